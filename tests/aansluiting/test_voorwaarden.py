"""What an Afnemer sees of a change of the Voorwaarden, and says of it, over its own API."""

from typing import Any

import pytest
import requests

from simulator.aansluiting.usecases import overzicht
from simulator.afnemers import afnemer_index
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer
from tests.running import Wereld
from tests.voorwaarden.logius import SECOND, Logius, dutch, regel_of

PATH = "/api/aansluiting/v1/voorwaarden"
STAD, BELASTINGEN = "00000099000000001000", "demo-belastingen"


@pytest.fixture
def logius(wereld: Wereld) -> Logius:
    found = Logius(wereld)
    found.stand_still(dutch("2026-12-01", "09:00"))
    found.decide_on_versie("3.0", "2026-11-30")
    return found


def read(wereld: Wereld, key: str = "demo-voorbeeldstad") -> dict[str, Any]:
    answer = wereld.afnemer("GET", PATH, key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def say(wereld: Wereld, antwoord: str, wijziging: str) -> requests.Response:
    return wereld.afnemer("PUT", f"{PATH}/{wijziging}/antwoord", json={"antwoord": antwoord})


@pytest.mark.artikel("8.1")
def test_an_afnemer_reads_what_it_was_told(wereld: Wereld, logius: Logius) -> None:
    assert read(wereld) == {"versie": "2.9", "kennisgevingen": []}
    logius.announce("3.0", "2027-01-01").raise_for_status()
    (told,) = read(wereld)["kennisgevingen"]
    assert (told["versie"], told["stand"], told["verzondenOp"]) == ("3.0", "open", "2026-12-01T08:00:00Z")
    assert (told["ingangsdatum"], told["einddatum"]) == ("2027-01-01", "2027-03-01")
    assert "Nieuwe termijnen." in told["tekst"]


@pytest.mark.artikel("8.2")
def test_an_afnemer_refuses_for_itself_only_and_is_cut_off_on_the_day(wereld: Wereld, logius: Logius) -> None:
    logius.announce("3.0", "2027-01-01").raise_for_status()
    (told,) = read(wereld)["kennisgevingen"]
    assert say(wereld, "geweigerd", told["id"]).json()["stand"] == "geweigerd"
    assert read(wereld, BELASTINGEN)["kennisgevingen"][0]["stand"] == "open"
    bericht = bericht_json(PublicatieDatum="2026-11-01T00:00:00Z")
    logius.move_to(dutch("2027-03-01") - SECOND)
    assert Afnemer(wereld).offer(bericht).status_code == 201
    logius.move_to(dutch("2027-03-01"))
    assert regel_of(Afnemer(wereld).offer(bericht)) == (403, "VW-8.2-aanvaarding")
    (ended,) = read(wereld)["kennisgevingen"]
    assert (ended["stand"], ended["beeindigdOp"]) == ("beëindigd", "2027-02-28T23:00:00Z")
    assert regel_of(say(wereld, "aanvaard", told["id"])) == (409, "VW-8.2-antwoord")


@pytest.mark.artikel("8.2")
def test_who_refused_can_begin_anew_without_the_paperwork(wereld: Wereld, logius: Logius) -> None:
    logius.announce("3.0", "2027-01-01").raise_for_status()
    (told,) = read(wereld)["kennisgevingen"]
    say(wereld, "geweigerd", told["id"]).raise_for_status()
    logius.move_to(dutch("2027-03-01"))
    begun = logius.ask("POST", f"/aansluitingen/{STAD}/berichtenbox/aanvulling")
    assert begun.status_code == 200, begun.text
    found = begun.json()["aansluiting"]
    assert (found["fase"], found["sluiting"]) == ("aanvraag", "niet-ondertekend")


def test_a_notice_that_was_never_sent_is_not_found(wereld: Wereld) -> None:
    assert regel_of(say(wereld, "aanvaard", "iets")) == (404, "VW-8.2-antwoord")


@pytest.mark.artikel("8.1")
def test_a_notice_goes_to_every_contact_of_an_afnemer(omgeving: Omgeving) -> None:
    with omgeving.reading() as session:
        adressen = {
            str(afnemer.oin): overzicht.list_adressen(session, afnemer.id)
            for afnemer in afnemer_index(omgeving).by_oin.values()
        }
    assert adressen[STAD]
    assert all("@" in adres for found in adressen.values() for adres in found)
