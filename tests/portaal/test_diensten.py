from typing import NoReturn

import pytest
from flask import Flask, render_template

from simulator import berichtenbox
from simulator.gebruikers import Bsn
from simulator.infra.errors import Unavailable
from simulator.infra.omgeving import Omgeving
from simulator.portaal.usecases.diensten import DIENSTEN, Dienst, list_standen
from tests.berichtenbox.postvak_builder import ANNA, Post, put_berichten

NIET_ACTIEF = Bsn("999990032")


def out_of_order(_omgeving: Omgeving, _bsn: Bsn) -> NoReturn:
    raise Unavailable


BROKEN = Dienst("Kapotte dienst", "/kapot", "let-op", "", out_of_order)


@pytest.mark.parametrize(
    ("aantal", "zin"),
    [
        (0, "U hebt geen ongelezen berichten."),
        (1, "U hebt 1 ongelezen bericht."),
        (3, "U hebt 3 ongelezen berichten."),
    ],
)
def test_the_berichtenbox_tells_in_a_sentence_what_is_unread(omgeving: Omgeving, aantal: int, zin: str) -> None:
    if aantal:
        put_berichten(omgeving, Post(("een", "twee", "drie")[:aantal]))

    told = berichtenbox.summarize_dienst(omgeving, ANNA)

    assert (told.aantal, told.zin, len(told.laatste)) == (aantal, zin, aantal)


def test_the_newest_three_come_with_their_page(omgeving: Omgeving) -> None:
    put_berichten(omgeving, Post(("een", "twee", "drie", "vier")))

    laatste = berichtenbox.summarize_dienst(omgeving, ANNA).laatste

    assert [each.titel for each in laatste] == ["vier", "drie", "twee"]
    assert all(each.href.startswith("/berichtenbox/berichten/") and each.toelichting for each in laatste)


def test_a_box_that_is_not_active_says_so(omgeving: Omgeving) -> None:
    assert berichtenbox.summarize_dienst(omgeving, NIET_ACTIEF).zin == "Uw Berichtenbox is nog niet actief."


def test_a_service_that_refuses_costs_only_its_own_place(omgeving: Omgeving) -> None:
    standen = list_standen(omgeving, ANNA, (BROKEN, *DIENSTEN))

    assert (standen[0].samenvatting, standen[0].aantal) == (None, 0)
    assert all(each.samenvatting for each in standen[1:])


def test_home_says_which_service_cannot_be_reached(app: Flask, standaard: Omgeving) -> None:
    schil = {"naam": "Anna", "standen": list_standen(standaard, ANNA, (*DIENSTEN, BROKEN))}
    with app.test_request_context("/"):
        page = render_template("portaal/home.html", schil=schil, persoon={"box_actief": True}, nu=standaard.now())

    assert "Kapotte dienst" in page
    assert "Deze dienst is even niet bereikbaar." in page
    assert "U hebt geen ongelezen berichten." in page
