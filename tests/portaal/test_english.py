from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from simulator.digid import errors as digid_errors
from simulator.gebruikers import errors as gebruikers_errors
from simulator.gebruikers import list_personas
from simulator.infra.errors import Refusal
from simulator.infra.languages import read_catalogue, translate
from simulator.infra.omgeving import Omgeving
from simulator.portaal import errors as portaal_errors
from simulator.portaal.usecases.diensten import DIENSTEN
from tests.berichtenbox.postvak_builder import ANNA, Post, put_bericht, put_berichten
from tests.portaal.conftest import Login
from tests.portaal.texts import ROOT, list_marked, list_templates, list_unmarked, room_of

ONLY_DUTCH = {"conformiteit", "control", "facturatie", "leveranciersportaal", "weblinks"}
"""Rooms whose pages speak to trainers and developers, in Dutch; the pages say so to a screen reader."""
DUTCH_SHELL = '{% extends "leveranciersportaal/base.html" %}'
"""A page in the portal of the Afnemer, whichever room made it, is in Dutch as that portal is."""
SAME_IN_BOTH = {"MijnOverheid", "PDF,", "kB", "'BASIS'"}
TRANSLATED = sorted({room_of(file) for file in list_templates()} - ONLY_DUTCH)
CATALOGUE: dict[str, tuple[str, ...]] = {
    text: forms for file in sorted(ROOT.glob("*/translations/en.po")) for text, forms in read_catalogue(file).items()
}


@pytest.mark.parametrize("room", TRANSLATED)
def test_every_marked_text_of_a_room_is_there_in_english(room: str) -> None:
    assert sorted(list_marked(room) - CATALOGUE.keys()) == []


@pytest.mark.parametrize("template", list_templates(), ids=lambda file: file.name)
def test_no_word_of_a_template_is_left_unmarked(template: Path) -> None:
    source = template.read_text("utf-8")
    if source.startswith(DUTCH_SHELL):
        return
    if room_of(template) in ONLY_DUTCH:
        assert 'lang="nl"' in source
    else:
        assert sorted(set(list_unmarked(template)) - SAME_IN_BOTH) == []


def titles() -> Iterator[str]:
    for module in (digid_errors, gebruikers_errors, portaal_errors):
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Refusal) and each.__module__ == module.__name__:
                yield each.title


def test_what_pages_show_from_below_is_there_in_english(standaard: Omgeving) -> None:
    shown = {
        *titles(),
        *(persona.omschrijving for persona in list_personas(standaard)),
        *(text for dienst in DIENSTEN for text in (dienst.naam, dienst.telt)),
    }
    assert sorted(shown - CATALOGUE.keys()) == []


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/translations/en.po")), ids=lambda file: file.parts[-3])
def test_a_translation_keeps_the_variables_and_the_tags(file: Path) -> None:
    for text, forms in read_catalogue(file).items():
        for form in forms:
            for mark in ("%(", "<a ", "</", "#"):
                assert form.count(mark) == text.count(mark) or len(forms) > 1, text


def test_the_address_switches_the_language_and_the_browser_remembers_it(login: Login) -> None:
    client = login(ANNA)
    assert 'lang="nl"' in client.get("/").get_data(as_text=True)

    page = client.get("/?taal=en").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "Log out" in page
    assert 'href="/?taal=nl" lang="nl"' in page

    assert '<html lang="en">' in client.get("/instellingen").get_data(as_text=True)
    assert '<html lang="nl">' in client.get("/instellingen?taal=nl").get_data(as_text=True)
    assert '<html lang="nl">' in client.get("/instellingen?taal=xx").get_data(as_text=True)


def test_the_switch_keeps_the_rest_of_the_address_and_leaves_out_what_cannot_be_asked_again(login: Login) -> None:
    client = login(ANNA)

    assert "/berichtenbox?zoek=a%26b&amp;taal=en" in client.get("/berichtenbox?zoek=a%26b").get_data(as_text=True)
    refused = client.post("/instellingen", data={"email": "geen adres"}).get_data(as_text=True)
    assert 'href="/?taal=en"' in refused


def test_dates_counts_and_messages_follow_the_language(login: Login, standaard: Omgeving) -> None:
    put_berichten(standaard, Post(("een", "twee"), einddatum=standaard.now()))
    client = login(ANNA)

    assert "You have 2 unread messages." in client.get("/?taal=en").get_data(as_text=True)
    page = client.get("/berichtenbox").get_data(as_text=True)
    assert "2 messages, 2 unread" in page
    assert "Respond by" in page
    said = client.post("/berichtenbox/verplaatsen", data={"map": "inbox"}, follow_redirects=True)
    assert "You ticked no message." in said.get_data(as_text=True)


@pytest.mark.artikel("5.1")
def test_what_an_afnemer_wrote_stays_dutch_and_says_so(login: Login, standaard: Omgeving) -> None:
    kenmerk = put_bericht(standaard, Post(tekst="Beste mevrouw"))

    page = login(ANNA).get(f"/berichtenbox/berichten/{kenmerk}?taal=en").get_data(as_text=True)

    assert '<div class="bericht__tekst" lang="nl">' in page


def test_titles_on_the_start_page_are_translated_when_they_are_ours(app: Flask, login: Login) -> None:
    gegeven = {"bsn": str(ANNA), "categorie": "voertuigen", "peildatum": "2026-01-01"}
    groep = {"titel": "Auto", "velden": [{"type": "tekst", "label": "Merk", "waarde": "Volkswagen"}]}
    app.test_client().put(
        "/api/persoonlijke-gegevens/v1/gegevens", json={"gegevens": [gegeven | {"groepen": [groep]}]},
        headers={"X-API-Key": "demo-voorbeeldstad"},
    )  # fmt: skip

    page = login(ANNA).get("/?taal=en").get_data(as_text=True)

    assert '<a href="/persoonlijke-gegevens/voertuigen">Vehicles</a>' in page
    assert "See what the Personal Records Database (BRP) and 1 organisation recorded about you." in page


def test_a_sentence_with_numbers_is_found_and_an_unknown_one_stays_dutch(app: Flask) -> None:
    with app.test_request_context("/?taal=en"):
        assert translate("15 minuten") == "15 minutes"
        assert translate("U bent 13 jaar. MijnOverheid kunt u gebruiken vanaf 14 jaar.").startswith("You are 13")
        assert translate("Deze zin kent niemand, ook niet met een 7.") == "Deze zin kent niemand, ook niet met een 7."
    with app.test_request_context("/api/portaal/v1/berichten?taal=en"):
        assert translate("15 minuten") == "15 minuten"


def test_a_refusal_by_digid_is_said_in_english(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    data = {"gebruikersnaam": "actief", "wachtwoord": "fout"}

    page = app.test_client().post("/digid/inloggen?taal=en", data=data).get_data(as_text=True)

    assert "The user name and the password do not go together" in page
    assert "Check whether you filled in both correctly" in page
