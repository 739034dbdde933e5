"""The story of the house: an Afnemer delivers, the citizen reads, the message is metered once and stays metered."""

from itertools import pairwise

import pytest

from tests.berichtenbox.documents import PDF, bericht_json, bijlage_json
from tests.journeys.actors import ACTIEF, STAD, Afnemer, Browser, Programma, hold_clock, mails_to, wait_for
from tests.running import Wereld


@pytest.mark.artikel("3.8")
@pytest.mark.artikel("5.2")
def test_an_afnemer_delivers_and_the_citizen_reads_moves_and_deletes_while_verbruik_stays_one(wereld: Wereld) -> None:
    afnemer = Afnemer(wereld)
    vraag = {"berichtTypeCode": "ALGEMEEN", "gebruikers": [ACTIEF, "999990020"]}
    abonnementen = afnemer.ask("POST", "/abonnementen/_valideren", json=vraag).json()["abonnementen"]
    assert [each["isBerichtSturen"] for each in abonnementen] == [True, False]

    tekst = r"Beste inwoner,\r\nUw aanslag & <b>toelichting</b>."
    (outcome,) = afnemer.deliver(
        bericht_json(Onderwerp="Aanslag 2026", Berichttekst=tekst, Referentie="Z-1", Bijlagen=[bijlage_json()])
    )
    assert (outcome["VerwerkingsCode"], outcome["Stadium"]) == ("Verwerkt", "NA")
    assert afnemer.used() == 1

    browser = Browser(wereld)
    assert "/digid/inloggen" in browser.open("/berichtenbox").url
    browser.log_in()
    assert browser.url.endswith("/berichtenbox")
    assert browser.subjects() == ["Aanslag 2026"]
    assert "Ongelezen" in browser.text()
    kenmerk = browser.kenmerk("Aanslag 2026")
    browser.open(f"/berichtenbox/berichten/{kenmerk}")
    assert "Uw aanslag & <b>toelichting</b>." in browser.text()
    assert "Z-1" in browser.text()
    bijlage = browser.open(f"/berichtenbox/berichten/{kenmerk}/bijlagen/1")
    assert bijlage.content == PDF
    assert bijlage.headers["Content-Disposition"].startswith("attachment")
    _move_and_erase(browser, kenmerk)
    assert afnemer.used() == 1

    browser.open("/digid/uitloggen")
    browser.send("/digid/uitloggen")
    assert "/digid/inloggen" in browser.open("/berichtenbox").url


def _move_and_erase(browser: Browser, kenmerk: str) -> None:
    places = ("inbox", "archief", "prullenbak")
    for van, naar in pairwise(places):
        browser.open(f"/berichtenbox/{van}".removesuffix("/inbox"))
        assert browser.subjects() == ["Aanslag 2026"]
        browser.send("/berichtenbox/verplaatsen", ("kenmerk", kenmerk), button=("naar", naar))
        browser.open(f"/berichtenbox/{naar}")
        assert "Ongelezen" not in browser.text()
    browser.send("/berichtenbox/wissen", ("kenmerk", kenmerk))
    assert "Definitief verwijderen?" in browser.text()
    browser.send("/berichtenbox/wissen")
    for naar in places:
        assert browser.open(f"/berichtenbox/{naar}".removesuffix("/inbox")).status_code == 200
        assert browser.subjects() == []
    assert browser.open(f"/berichtenbox/berichten/{kenmerk}").status_code == 404


def test_a_program_walks_the_same_way_with_a_session_of_the_control_api(wereld: Wereld) -> None:
    afnemer, programma = Afnemer(wereld), Programma.log_in(wereld)
    afnemer.deliver(bericht_json(Onderwerp="Voor programma's", Bijlagen=[bijlage_json()]))
    assert programma.ask("GET", "/overzicht").json()["mappen"]["inbox"] == {"aantal": 1, "ongelezen": 1}
    (kop,) = programma.berichten()
    detail = programma.ask("GET", f"/berichten/{kop['id']}").json()
    assert detail["afzender"] == "Gemeente Voorbeeldstad"
    assert programma.ask("GET", f"/berichten/{kop['id']}/bijlagen/1").content == PDF
    assert programma.ask("PATCH", f"/berichten/{kop['id']}", json={"gelezen": True, "map": "archief"}).json()["gelezen"]
    assert [each["id"] for each in programma.berichten("archief")] == [kop["id"]]
    assert programma.ask("DELETE", f"/berichten/{kop['id']}").status_code == 204
    assert [each["id"] for each in programma.berichten("prullenbak")] == [kop["id"]]
    assert programma.ask("DELETE", f"/berichten/{kop['id']}").status_code == 204
    assert programma.ask("GET", f"/berichten/{kop['id']}").status_code == 404
    assert programma.ask("DELETE", f"/berichten/{kop['id']}").status_code == 404
    assert afnemer.used() == 1


@pytest.mark.artikel("1-berichtenbox")
def test_an_unticked_organisation_can_deliver_no_more_and_others_can(wereld: Wereld) -> None:
    programma, stad = Programma.log_in(wereld), Afnemer(wereld)
    instellingen = programma.ask("GET", "/instellingen").json()
    instellingen["organisaties"] = [{"oin": STAD, "ontvangen": False}]
    assert programma.ask("PUT", "/instellingen", json=instellingen).status_code == 200
    assert stad.deliver(bericht_json())[0]["Regel"] == "BB-geabonneerd"
    other = Afnemer(wereld, "demo-voorbeeldmeer").deliver(bericht_json(), leverancier="00000099000000004000")
    assert other[0]["VerwerkingsCode"] == "Verwerkt"
    assert stad.used() == 0


def test_the_kennisgeving_is_recorded_and_holds_no_link_and_no_bsn(wereld: Wereld) -> None:
    Afnemer(wereld).deliver(bericht_json(Onderwerp="Geheim onderwerp"))
    (mail,) = wait_for(lambda: mails_to(wereld))
    assert (mail["adres"], mail["soort"], mail["status"]) == ("actief@voorbeeld.example", "nieuw", "verzonden")
    assert mail["onderwerp"].startswith("Bericht van Gemeente Voorbeeldstad")
    assert "http" not in mail["tekst"]
    assert ACTIEF not in mail["tekst"]
    browser = Browser(wereld)
    browser.log_in()
    browser.open("/berichtenbox/kennisgevingen")
    assert "actief@voorbeeld.example" in browser.text()


def test_another_citizen_sees_nothing_of_it(wereld: Wereld) -> None:
    hold_clock(wereld, "2026-11-23T10:00:00Z")
    Afnemer(wereld).deliver(bericht_json())
    kenmerk = Programma.log_in(wereld).berichten()[0]["id"]
    other = Programma.log_in(wereld, "diakrieten")
    assert other.berichten() == []
    for method, body in (("GET", None), ("PATCH", {"map": "archief"}), ("DELETE", None)):
        assert other.ask(method, f"/berichten/{kenmerk}", json=body).status_code == 404
    assert other.ask("GET", f"/berichten/{kenmerk}/bijlagen/1").status_code == 404
