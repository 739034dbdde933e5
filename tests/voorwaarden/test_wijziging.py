"""Articles 8.1 and 8.2: a change is announced in time, answered, and ends delivery to who does not accept."""

from typing import Any

import pytest

from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer, Programma
from tests.lopende_zaken.documents import zaak_json
from tests.running import Wereld
from tests.voorwaarden.logius import SECOND, Logius, dutch, regel_of
from tests.voorwaarden.test_aansluiting import NIEUW, into_production

EEN, TWEE = "3.0", "3.1"


@pytest.fixture
def logius(wereld: Wereld) -> Logius:
    """On 1 December 2026, with a decision to change the terms."""
    found = Logius(wereld)
    found.stand_still(dutch("2026-12-01", "09:00"))
    found.decide_on_versie(EEN, "2026-11-30")
    return found


def announce(logius: Logius, ingangsdatum: str = "2027-01-01", versie: str = EEN) -> str:
    answer = logius.announce(versie, ingangsdatum)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def refuse(logius: Logius, wijziging: str) -> None:
    answer = logius.answer(wijziging, "geweigerd")
    assert (answer.status_code, answer.json()["stand"]) == (200, "geweigerd"), answer.text


def bericht() -> dict[str, Any]:
    """Published long before the simulated day, so that it is never too far ahead."""
    return bericht_json(PublicatieDatum="2026-11-01T00:00:00Z")


def is_delivered(wereld: Wereld) -> bool:
    answer = Afnemer(wereld).offer(bericht())
    if answer.status_code == 403:
        assert regel_of(answer) == (403, "VW-8.2-aanvaarding")
    return answer.status_code == 201


@pytest.mark.artikel("8.1")
@pytest.mark.parametrize(
    ("vandaag", "eerste", "te_vroeg"),
    [
        pytest.param("2026-12-15", "2027-01-15", "2027-01-14", id="over the year"),
        pytest.param("2027-01-31", "2027-02-28", "2027-02-27", id="31 January"),
        pytest.param("2028-01-31", "2028-02-29", "2028-02-28", id="31 January of a leap year"),
        pytest.param("2028-02-29", "2028-03-29", "2028-03-28", id="leap day"),
        pytest.param("2027-03-28", "2027-04-28", "2027-04-27", id="the day summer time begins"),
    ],
)
def test_a_change_is_announced_a_calendar_month_ahead(logius: Logius, vandaag: str, eerste: str, te_vroeg: str) -> None:
    logius.stand_still(dutch(vandaag, "23:59"))
    assert regel_of(logius.announce(EEN, te_vroeg)) == (400, "VW-8.1-termijn")
    assert logius.announce(EEN, eerste).status_code == 201


@pytest.mark.artikel("8.1")
def test_the_day_of_an_announcement_is_that_of_the_netherlands(logius: Logius) -> None:
    logius.stand_still(dutch("2027-01-01") - SECOND)
    assert logius.announce(EEN, "2027-01-31").status_code == 201
    logius.decide_on_versie(TWEE, "2026-12-31")
    logius.stand_still(dutch("2027-01-01"))  # in UTC it is still the year before
    assert regel_of(logius.announce(TWEE, "2027-01-31")) == (400, "VW-8.1-termijn")


@pytest.mark.artikel("8.1")
def test_a_change_without_a_decision_after_the_afnemersoverleg_is_not_announced(logius: Logius) -> None:
    assert regel_of(logius.announce(TWEE, "2028-01-01")) == (409, "VW-8.1-besluit")


@pytest.mark.artikel("8.1")
def test_a_version_is_announced_once(logius: Logius) -> None:
    announce(logius)
    assert regel_of(logius.announce(EEN, "2028-01-01")) == (409, "VW-8.1-versie")
    assert regel_of(logius.announce("2.9", "2028-01-01")) == (409, "VW-8.1-versie")


@pytest.mark.artikel("8.1")
def test_every_active_afnemer_is_told_at_that_moment_and_no_other(wereld: Wereld, logius: Logius) -> None:
    wereld.control("PATCH", "/afnemers/00000099000000004000", json={"actief": False}).raise_for_status()
    announce(logius)
    (wijziging,) = logius.ask("GET", "/voorwaarden").json()["wijzigingen"]
    assert {each["oin"] for each in wijziging["kennisgevingen"]} == {
        "00000099000000001000", "00000099000000002000", "00000099000000003000", "00000099000000009000",
    }  # fmt: skip
    assert {each["verzondenOp"] for each in wijziging["kennisgevingen"]} == {"2026-12-01T08:00:00Z"}
    assert regel_of(logius.answer(wijziging["id"], "aanvaard", "00000099000000004000")) == (404, "VW-8.2-antwoord")


@pytest.mark.artikel("8.1")
@pytest.mark.artikel("2.1")
def test_the_new_version_holds_from_dutch_midnight_of_its_day(logius: Logius) -> None:
    announce(logius)
    logius.move_to(dutch("2027-01-01") - SECOND)
    assert (logius.versie(), set(logius.standen().values())) == ("2.9", {"open"})
    logius.move_to(dutch("2027-01-01"))
    assert (logius.versie(), set(logius.standen().values())) == (EEN, {"stilzwijgend aanvaard"})


@pytest.mark.artikel("8.2")
@pytest.mark.parametrize(
    ("ingang", "einde"),
    [
        pytest.param("2027-01-01", "2027-03-01", id="an ordinary month"),
        pytest.param("2027-12-31", "2028-02-29", id="into a leap year, at the end of the month"),
        pytest.param("2027-02-01", "2027-04-01", id="over the begin of summer time"),
        pytest.param("2027-10-01", "2027-12-01", id="over the end of summer time"),
    ],
)
def test_who_refuses_is_delivered_to_until_two_months_after_the_change_and_not_a_second_longer(
    wereld: Wereld, logius: Logius, ingang: str, einde: str
) -> None:
    refuse(logius, announce(logius, ingang))
    logius.move_to(dutch(einde) - SECOND)
    assert is_delivered(wereld)
    logius.move_to(dutch(einde))
    assert not is_delivered(wereld)
    assert logius.standen()["Gemeente Voorbeeldstad"] == "beëindigd"
    assert Afnemer(wereld, "demo-belastingen").offer(bericht(), leverancier="00000099000000002000").status_code == 201


@pytest.mark.artikel("8.2")
def test_every_dienst_ends_and_an_intermediary_delivers_for_it_no_more(wereld: Wereld, logius: Logius) -> None:
    refuse(logius, announce(logius))
    logius.move_to(dutch("2027-03-01"))
    zaak = wereld.afnemer("PUT", "/api/lopende-zaken/v1/zaken/Z-1", json=zaak_json())
    assert regel_of(zaak) == (403, "VW-8.2-aanvaarding")
    gegevens = wereld.afnemer("GET", "/api/persoonlijke-gegevens/v1/bronnen")
    assert regel_of(gegevens) == (403, "VW-8.2-aanvaarding")
    (outcome,) = Afnemer(wereld, "demo-verzendhuis").deliver(bericht())
    assert outcome["VerwerkingsCode"] != "Verwerkt"


@pytest.mark.artikel("8.2")
def test_a_dienst_that_would_open_later_ends_too(wereld: Wereld, logius: Logius) -> None:
    organisatie = {"oin": NIEUW, "naam": "Gemeente Nieuw"}
    key = str(logius.ask("POST", "/aansluitingen", organisatie).json()["sleutel"])
    for dienst in ("berichtenbox", "lopende-zaken"):
        wereld.control("POST", f"/aansluitingen/{NIEUW}/{dienst}/aanvulling").raise_for_status()
    into_production(wereld, "berichtenbox", startdatum="2027-04-01")
    wijziging = announce(logius)
    assert logius.answer(wijziging, "geweigerd", NIEUW).status_code == 200
    logius.move_to(dutch("2027-04-02"))
    answer = Afnemer(wereld, key).offer(bericht(), leverancier=NIEUW)
    assert regel_of(answer) == (403, "VW-8.2-aanvaarding")
    zaak = wereld.afnemer("PUT", "/api/lopende-zaken/v1/zaken/Z-1", key, json=zaak_json())
    assert regel_of(zaak) == (403, "VW-8.2-aanvaarding")


@pytest.mark.artikel("8.2")
def test_what_was_delivered_stays_with_the_citizen(wereld: Wereld, logius: Logius) -> None:
    (outcome,) = Afnemer(wereld).deliver(bericht_json(Onderwerp="Uw aanslag", PublicatieDatum="2026-11-01T00:00:00Z"))
    assert outcome["VerwerkingsCode"] == "Verwerkt"
    refuse(logius, announce(logius))
    logius.move_to(dutch("2027-03-01"))
    assert [each["onderwerp"] for each in Programma.log_in(wereld).berichten()] == ["Uw aanslag"]


@pytest.mark.artikel("8.2")
def test_an_afnemer_may_change_its_mind_until_the_end_and_then_no_more(wereld: Wereld, logius: Logius) -> None:
    wijziging = announce(logius)
    refuse(logius, wijziging)
    logius.move_to(dutch("2027-03-01") - SECOND)
    assert logius.answer(wijziging, "aanvaard").json()["stand"] == "aanvaard"
    logius.move_to(dutch("2027-03-01"))
    assert is_delivered(wereld)
    assert regel_of(logius.answer(wijziging, "geweigerd")) == (409, "VW-8.2-antwoord")


@pytest.mark.artikel("8.2")
def test_who_refuses_accepts_and_refuses_again_is_ended_once(wereld: Wereld, logius: Logius) -> None:
    wijziging = announce(logius)
    for antwoord in ("geweigerd", "aanvaard", "geweigerd", "geweigerd"):
        assert logius.answer(wijziging, antwoord).status_code == 200
    logius.move_to(dutch("2027-03-01"))
    assert not is_delivered(wereld)
    assert not [each for each in logius.ask("GET", "/agenda").json()["agenda"] if "voorwaarden" in each["soort"]]


@pytest.mark.artikel("8.2")
def test_who_says_nothing_has_accepted(wereld: Wereld, logius: Logius) -> None:
    announce(logius)
    logius.move_to(dutch("2027-03-01"))
    assert is_delivered(wereld)


def test_an_answer_about_nothing_is_not_found(logius: Logius) -> None:
    assert regel_of(logius.answer("iets", "aanvaard")) == (404, "VW-8.2-antwoord")
