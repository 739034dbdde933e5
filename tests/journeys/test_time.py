"""Journeys through simulated time: nothing waits for a real clock."""

from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer, Browser, Programma, advance, hold_clock, mails_to
from tests.running import Wereld

BEGIN = "2026-11-23T10:00:00Z"


def test_a_scheduled_bericht_becomes_visible_at_its_moment_and_not_before(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer, programma = Afnemer(wereld), Programma.log_in(wereld)
    (outcome,) = afnemer.deliver(bericht_json(PublicatieDatum="2026-11-23T11:00:00Z"))
    assert outcome["VerwerkingsCode"] == "Verwerkt"
    assert afnemer.used() == 1
    advance(wereld, "PT10M")
    assert programma.berichten() == []
    assert mails_to(wereld) == []
    for _ in range(4):
        advance(wereld, "PT12M")
        programma.ask("GET", "/overzicht")  # so that the session is never 15 minutes idle
    advance(wereld, "PT1M59S")
    assert programma.berichten() == []
    assert mails_to(wereld) == []
    advance(wereld, "PT1S")
    (kop,) = programma.berichten()
    assert kop["gepubliceerdOp"] == "2026-11-23T11:00:00Z"
    (mail,) = mails_to(wereld)
    assert mail["moment"] == "2026-11-23T11:00:00Z"


def test_a_bericht_unread_for_three_weeks_gives_one_herhaling_and_a_read_one_none(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer = Afnemer(wereld)
    afnemer.deliver(bericht_json(Onderwerp="Blijft liggen"), bericht_json(Onderwerp="Wordt gelezen"))
    browser = Browser(wereld)
    advance(wereld, "PT0S")
    browser.log_in()
    browser.open(f"/berichtenbox/berichten/{browser.kenmerk('Wordt gelezen')}")
    advance(wereld, "P20D")
    assert "herhaling" not in [mail["soort"] for mail in mails_to(wereld)]
    advance(wereld, "P1D")
    herhalingen = [mail for mail in mails_to(wereld) if mail["soort"] == "herhaling"]
    assert len(herhalingen) == 1
    advance(wereld, "P30D")
    assert len([mail for mail in mails_to(wereld) if mail["soort"] == "herhaling"]) == 1
    assert afnemer.used() == 2


def test_processing_takes_its_time_when_it_is_set(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    assert wereld.control("PATCH", "/instellingen", json={"verwerkingstijd": 60}).status_code == 200
    afnemer, programma = Afnemer(wereld), Programma.log_in(wereld)
    bewijs = afnemer.offer(bericht_json()).json()
    seen = []
    for step in ("PT0S", "PT40S", "PT20S"):
        advance(wereld, step)
        status = afnemer.status(bewijs["statusID"])
        seen.append((status["status"], status["context"]["Verwerkt"] is not None, len(programma.berichten())))
    assert seen == [("RECEIVED", False, 0), ("IN_PROGRESS", False, 0), ("REPORT", True, 1)]


def test_a_mail_that_bounces_is_tried_once_more_and_then_the_contact_is_lost(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    stuitert = "999990147"
    Afnemer(wereld).deliver(bericht_json(GebruikerID=stuitert))
    advance(wereld, "P3D")
    assert sorted(mail["status"] for mail in mails_to(wereld, stuitert)) == ["gestuiterd", "opgegeven"]
    gebruiker = wereld.control("POST", "/gebruikers/_tonen", json={"bsn": stuitert}).json()
    assert gebruiker["contactVerloren"]
    Afnemer(wereld).deliver(bericht_json(GebruikerID=stuitert))
    advance(wereld, "P3D")
    assert len(mails_to(wereld, stuitert)) == 2


def test_a_session_ends_after_a_quarter_of_an_hour_of_nothing_and_after_two_hours_in_all(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    stil, druk = Browser(wereld), Browser(wereld)
    stil.log_in()
    druk.log_in()
    for _ in range(9):
        advance(wereld, "PT13M")
        assert druk.open("/berichtenbox").url.endswith("/berichtenbox")
    assert "15 minuten" in _sent_back(stil)
    advance(wereld, "PT4M")
    assert "2 uur" in _sent_back(druk)


def _sent_back(browser: Browser) -> str:
    assert "/digid/inloggen" in browser.open("/berichtenbox").url
    return browser.text()


def test_a_delivery_of_fourteen_days_ahead_is_refused_on_the_simulated_clock(wereld: Wereld) -> None:
    hold_clock(wereld, "2031-01-01T00:00:00Z")
    codes = [
        each["VerwerkingsCode"]
        for each in Afnemer(wereld).deliver(
            bericht_json(PublicatieDatum="2031-01-14T00:00:00Z"), bericht_json(PublicatieDatum="2031-01-14T00:00:01Z")
        )
    ]
    assert codes == ["Verwerkt", "PublicatieDatumLigtTeVerInDeToekomst"]
