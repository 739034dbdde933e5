"""The twelve personas of the design, each with the property that a test needs."""

import json
from pathlib import Path

import pytest

from simulator.settings import Settings
from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import WACHTWOORD, Afnemer, Browser, Programma, advance, hold_clock, mails_to
from tests.running import Wereld

BSN_OF = {
    "actief": "999990019", "niet-geabonneerd": "999990020", "niet-actief": "999990032", "alleen-basis": "999990044",
    "opslag-faalt": "999990056", "validatie-faalt": "999990068", "overleden": "999990081", "minderjarig": "999990093",
    "zonder-email": "999990111", "diakrieten": "999990123", "geheim-adres": "999990135", "email-stuitert": "999990147",
}  # fmt: skip
GELEVERD = {
    "actief": ("Verwerkt", "NA"),
    "niet-geabonneerd": ("NietActiefOfGeabonneerd", "NA"),
    "niet-actief": ("NietActiefOfGeabonneerd", "NA"),
    "alleen-basis": ("Verwerkt", "NA"),
    "opslag-faalt": ("TechnischProbleem", "StoreMessage"),
    "validatie-faalt": ("TechnischProbleem", "ValidatieGebruiker"),
    "overleden": ("NietActiefOfGeabonneerd", "NA"),
    "minderjarig": ("NietActiefOfGeabonneerd", "NA"),
    "zonder-email": ("Verwerkt", "NA"),
    "diakrieten": ("Verwerkt", "NA"),
    "geheim-adres": ("Verwerkt", "NA"),
    "email-stuitert": ("Verwerkt", "NA"),
}


def test_there_are_exactly_these_twelve(wereld: Wereld) -> None:
    personas = wereld.control("GET", "/personas").json()["personas"]
    assert {each["naam"]: each["bsn"] for each in personas} == BSN_OF
    stored = [json.loads(file.read_text()) for file in Path(Settings().fixtures_dir / "personas").glob("*.json")]
    assert {each["naam"]: each["bsn"] for each in stored} == BSN_OF


def test_a_delivery_to_each_ends_as_its_property_says(wereld: Wereld) -> None:
    afnemer = Afnemer(wereld)
    outcome = afnemer.deliver(*(bericht_json(GebruikerID=BSN_OF[naam]) for naam in GELEVERD))
    assert {
        naam: (each["VerwerkingsCode"], each["Stadium"]) for naam, each in zip(GELEVERD, outcome, strict=True)
    } == GELEVERD
    assert afnemer.used() == sum(code == "Verwerkt" for code, _ in GELEVERD.values())
    vraag = {"berichtTypeCode": "ALGEMEEN", "gebruikers": list(BSN_OF.values())}
    answers = afnemer.ask("POST", "/abonnementen/_valideren", json=vraag).json()["abonnementen"]
    welcome = {each["gebruiker"] for each in answers if each["isBerichtSturen"]}
    refused = {"niet-geabonneerd", "niet-actief", "overleden", "minderjarig"}
    assert welcome == {bsn for naam, bsn in BSN_OF.items() if naam not in refused}


@pytest.mark.parametrize(
    "naam", ["actief", "niet-geabonneerd", "niet-actief", "zonder-email", "diakrieten", "geheim-adres"]
)
def test_whoever_has_digid_midden_reaches_the_berichtenbox(wereld: Wereld, naam: str) -> None:
    browser = Browser(wereld)
    browser.log_in(naam)
    assert browser.url.endswith("/berichtenbox"), browser.text()


@pytest.mark.artikel("1-zekerheidsniveau")
@pytest.mark.artikel("3.4")
def test_alleen_basis_is_sent_back_with_the_reason(wereld: Wereld) -> None:
    browser = Browser(wereld)
    browser.open("/digid/inloggen?naar=/berichtenbox")
    answers = (("gebruikersnaam", "alleen-basis"), ("wachtwoord", WACHTWOORD))
    refused = browser.send("/digid/inloggen", ("niveau", "midden"), *answers)
    assert refused.status_code >= 400
    browser.send("/digid/inloggen", ("niveau", "basis"), *answers)
    assert "/digid/inloggen" in browser.url
    assert "MijnOverheid vraagt DigiD-niveau Midden" in browser.text()
    assert wereld.control("POST", "/zekerheidsniveaus", json={"niveau": "basis"}).status_code == 200
    assert browser.open("/berichtenbox").url.endswith("/berichtenbox")


@pytest.mark.artikel("1-gebruiker")
@pytest.mark.parametrize("naam", ["overleden", "minderjarig"])
def test_who_died_or_is_too_young_does_not_get_in(wereld: Wereld, naam: str) -> None:
    browser = Browser(wereld)
    browser.open("/digid/inloggen")
    answers = (("niveau", "midden"), ("gebruikersnaam", naam), ("wachtwoord", WACHTWOORD))
    assert browser.send("/digid/inloggen", *answers).status_code == 403
    assert "/digid/inloggen" in browser.open("/berichtenbox").url


def test_zonder_email_gets_post_and_no_kennisgeving(wereld: Wereld) -> None:
    hold_clock(wereld, "2026-11-23T10:00:00Z")
    Afnemer(wereld).deliver(bericht_json(GebruikerID=BSN_OF["zonder-email"]), bericht_json())
    advance(wereld, "PT1S")
    assert mails_to(wereld, BSN_OF["zonder-email"]) == []
    assert len(mails_to(wereld)) == 1
    assert len(Programma.log_in(wereld, "zonder-email").berichten()) == 1


def test_diakrieten_keeps_every_letter_of_the_name(wereld: Wereld) -> None:
    browser = Browser(wereld)
    browser.log_in("diakrieten")
    for part in ("van 't", "Hôf-d'Éstrées-Müller", "Łukasiewicz"):
        assert part in browser.text()
    naam = Programma.log_in(wereld, "diakrieten").ask("GET", "/overzicht").json()["naam"]
    assert "Hôf-d'Éstrées-Müller Čapková Łukasiewicz" in naam


def test_geheim_adres_is_marked_as_such(wereld: Wereld) -> None:
    geheim, actief = (
        wereld.control("POST", "/gebruikers/_tonen", json={"bsn": BSN_OF[naam]}).json()
        for naam in ("geheim-adres", "actief")
    )
    assert (geheim["geheim"], actief["geheim"]) == (True, False)


def test_niet_actief_activates_the_box_and_then_takes_post(wereld: Wereld) -> None:
    browser, afnemer = Browser(wereld), Afnemer(wereld)
    browser.log_in("niet-actief")
    browser.open("/instellingen")
    browser.send("/instellingen/activeren")
    (outcome,) = afnemer.deliver(bericht_json(GebruikerID=BSN_OF["niet-actief"]))
    assert outcome["VerwerkingsCode"] == "Verwerkt"
    browser.open("/berichtenbox")
    assert len(browser.subjects()) == 1
