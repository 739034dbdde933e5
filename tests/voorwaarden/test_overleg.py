"""Articles 3.4, 3.5 and 3.8: what is decided after the Afnemersoverleg, and never before it."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from simulator.infra.omgeving import Omgeving
from simulator.voorwaarden import Tariefbesluit, get_tariefbesluit, overleg
from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer, Browser, Programma
from tests.running import Wereld
from tests.voorwaarden.logius import SECOND, Logius, dutch, regel_of

API = "/api/berichtenbox/v1"


@pytest.fixture
def logius(wereld: Wereld) -> Logius:
    found = Logius(wereld)
    found.stand_still(dutch("2026-12-01", "09:00"))
    return found


def niveau(keuze: str, vanaf: datetime) -> dict[str, Any]:
    return {"soort": "zekerheidsniveau", "niveau": keuze, "vanaf": vanaf.isoformat()}


def uitfasering(**changed: str) -> dict[str, Any]:
    return {
        "soort": "koppelvlak", "api": API, "opvolger": "1.1.0", "uitgefaseerdOp": "2027-01-01",
        "vervaltOp": "2027-07-01",
    } | changed  # fmt: skip


@pytest.mark.artikel("1-afnemersoverleg")
@pytest.mark.artikel("3.4")
@pytest.mark.parametrize(
    ("datum", "genomen", "vanaf", "pointers"),
    [
        pytest.param("2026-12-02", None, "2027-01-01", ["/overleg", "/genomenOp"], id="a meeting that has yet to be"),
        pytest.param("2026-11-20", "2026-11-19", "2027-01-01", ["/genomenOp"], id="taken before the meeting"),
        pytest.param("2026-11-20", "2026-12-02", "2027-01-01", ["/genomenOp"], id="not yet taken"),
        pytest.param("2026-11-20", "2026-11-20", "2026-11-19", ["/inhoud"], id="in force before the meeting"),
    ],
)
def test_a_decision_never_predates_its_meeting(
    logius: Logius, datum: str, genomen: str | None, vanaf: str, pointers: list[str]
) -> None:
    refused = logius.decide(logius.meet(datum), niveau("basis", dutch(vanaf)), genomenOp=genomen)
    assert regel_of(refused) == (400, "VW-3.4-overleg")
    assert [each["pointer"] for each in refused.json()["errors"]] == pointers
    assert logius.ask("GET", "/besluiten").json()["besluiten"] == []
    assert logius.ask("GET", "/zekerheidsniveaus").json()["besluiten"] == []


@pytest.mark.artikel("3.4")
def test_a_decision_on_the_day_of_its_meeting_is_recorded_with_it(logius: Logius) -> None:
    made = logius.decide(
        logius.meet("2026-12-01", "Veiliger"), niveau("midden", dutch("2026-12-01")), toelichting="Ja."
    )
    assert made.status_code == 201, made.text
    (besluit,) = logius.ask("GET", "/besluiten").json()["besluiten"]
    assert besluit == made.json()
    assert (besluit["overleg"]["onderwerp"], besluit["genomenOp"], besluit["toelichting"]) == (
        "Veiliger", "2026-12-01", "Ja.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "inhoud",
    [
        niveau("midden", datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
        uitfasering(uitgefaseerdOp="0001-01-01"),
        uitfasering(vervaltOp="9999-12-31"),
    ],
)
def test_a_decision_for_a_day_with_which_nobody_can_count_is_refused(logius: Logius, inhoud: dict[str, Any]) -> None:
    refused = logius.decide(logius.meet("0001-01-01"), inhoud, genomenOp="0001-01-01")
    assert refused.status_code == 400
    assert "ligt te ver weg" in refused.text


def test_a_decision_after_no_meeting_is_refused(logius: Logius) -> None:
    assert regel_of(logius.decide("nooit", niveau("basis", dutch("2027-01-01")))) == (404, "VW-3.4-overleg")


@pytest.mark.artikel("3.4")
@pytest.mark.artikel("1-zekerheidsniveau")
def test_who_is_logged_in_on_basis_is_stopped_from_the_moment_of_the_decision_and_not_before(
    wereld: Wereld, logius: Logius
) -> None:
    begin = dutch("2026-12-01", "09:05")
    meeting = logius.meet("2026-11-20")
    assert logius.decide(meeting, niveau("basis", dutch("2026-12-01", "08:00"))).status_code == 201
    assert logius.decide(meeting, niveau("midden", begin)).status_code == 201
    browser = Browser(wereld)
    browser.open("/digid/inloggen?naar=/berichtenbox")
    browser.send("/digid/inloggen", ("niveau", "basis"), ("gebruikersnaam", "actief"), ("wachtwoord", "Simulator-1!"))
    assert browser.url.endswith("/berichtenbox"), browser.text()
    logius.move_to(begin - SECOND)
    assert browser.open("/berichtenbox").url.endswith("/berichtenbox")
    logius.move_to(begin)
    assert "/digid/inloggen" in browser.open("/berichtenbox").url
    assert "niveau Midden" in browser.text()
    browser.log_in()
    assert browser.url.endswith("/berichtenbox")


@pytest.mark.artikel("3.4")
def test_a_level_that_a_test_decides_in_one_step_is_in_the_register_too(logius: Logius) -> None:
    logius.ask("POST", "/zekerheidsniveaus", {"niveau": "basis"}).raise_for_status()
    logius.ask("POST", "/zekerheidsniveaus", {"niveau": "midden", "vanaf": "2020-01-01T00:00:00Z"}).raise_for_status()
    besluiten = logius.ask("GET", "/besluiten").json()["besluiten"]
    assert [(each["inhoud"]["niveau"], each["overleg"]["datum"]) for each in besluiten] == [
        ("basis", "2026-12-01"), ("midden", "2020-01-01"),
    ]  # fmt: skip
    assert len(logius.ask("GET", "/zekerheidsniveaus").json()["besluiten"]) == 2


@pytest.mark.artikel("3.5")
def test_every_answer_of_a_version_that_makes_way_says_when(wereld: Wereld, logius: Logius) -> None:
    assert "Deprecation" not in Afnemer(wereld).offer(bericht_json()).headers
    assert logius.decide(logius.meet("2026-11-20"), uitfasering()).status_code == 201
    said = {"Deprecation": "@1798758000", "Sunset": "Wed, 30 Jun 2027 22:00:00 GMT"}
    short_road = Afnemer(wereld).offer(bericht_json())
    long_road = Afnemer(wereld).ask("GET", "/berichttypes")
    refused = requests.get(f"{wereld.base}{API}/berichttypes", timeout=30)
    for answer, status in ((short_road, 201), (long_road, 200), (refused, 401)):
        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in said} == said
        assert answer.headers["API-Version"] == "1.0.0"
    assert "Sunset" not in wereld.afnemer("GET", "/api/verbruik/v1/verbruik").headers
    elsewhere = requests.get(f"{wereld.simulator.base}{API}/openapi.json", timeout=30)
    assert "Sunset" not in elsewhere.headers, "another omgeving decided nothing"


@pytest.mark.artikel("3.5")
def test_the_versions_of_a_koppelvlak_stand_side_by_side(logius: Logius) -> None:
    meeting = logius.meet("2026-11-20")
    for opvolger in ("1.1.0", "1.10.0"):
        assert logius.decide(meeting, uitfasering(opvolger=opvolger)).status_code == 201
    found = {each["api"]: each for each in logius.ask("GET", "/koppelvlakken").json()["koppelvlakken"]}
    assert found[API] == {
        "api": API, "versie": "1.0.0", "opvolger": "1.10.0", "uitgefaseerdOp": "2027-01-01", "vervaltOp": "2027-07-01",
    }  # fmt: skip
    assert found["/api/verbruik/v1"]["opvolger"] is None


@pytest.mark.artikel("3.5")
@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"api": "/api/telex/v1"}, "/inhoud/api"),
        ({"opvolger": "1.0.0"}, "/inhoud/opvolger"),
        ({"vervaltOp": "2027-01-01"}, "/inhoud/vervaltOp"),
    ],
)
def test_versions_that_cannot_stand_side_by_side_are_refused(
    logius: Logius, changed: dict[str, str], pointer: str
) -> None:
    refused = logius.decide(logius.meet("2026-11-20"), uitfasering(**changed))
    assert regel_of(refused) == (400, "VW-3.5-koppelvlak")
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


@pytest.mark.artikel("3.8")
def test_there_is_no_tariff_from_before_2018(logius: Logius) -> None:
    meeting = logius.meet("2026-11-20")
    assert regel_of(logius.decide(meeting, {"soort": "tarief", "jaar": 2017, "prijs": 4700})) == (400, "VW-3.8-tarief")
    assert logius.decide(meeting, {"soort": "tarief", "jaar": 2018, "prijs": 4540}).status_code == 201


@pytest.mark.artikel("3.8")
def test_the_last_tariff_that_was_laid_down_for_a_year_holds(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work(datetime(2026, 12, 1, tzinfo=UTC)) as uow:
        held = overleg.add_overleg(uow, dutch("2026-11-20", "12:00").date(), "Tarieven")
        for jaar, prijs in ((2027, 3200), (2028, 3300), (2027, 3100)):
            tarief = Tariefbesluit(jaar=jaar, prijs=prijs, prijs_privaat=prijs // 2)
            overleg.record_besluit(uow, overleg.Besluitinvoer(held.id, tarief), {})
    with omgeving.reading() as session:
        found = get_tariefbesluit(session, 2027)
        assert found is not None
        assert (found.prijs, found.prijs_privaat) == (3100, 1550)
        assert get_tariefbesluit(session, 2026) is None


@pytest.mark.artikel("3.4")
def test_what_if_says_who_would_have_been_stopped_how_often_and_when(wereld: Wereld, logius: Logius) -> None:
    logius.ask("POST", "/zekerheidsniveaus", {"niveau": "basis"}).raise_for_status()
    logins = [("actief", "basis", "2026-12-01"), ("alleen-basis", "basis", "2026-12-01"),
              ("alleen-basis", "basis", "2026-12-02"), ("actief", "midden", "2026-12-02"),
              ("actief", "midden", "2026-12-04")]  # fmt: skip
    for persona, bereikt, dag in logins:
        logius.move_to(dutch(dag, "23:30"))
        wereld.control("POST", "/sessies", json={"persona": persona, "niveau": bereikt}).raise_for_status()
    period = {"niveau": "midden", "vanaf": "2026-12-01T00:00:00Z", "tot": dutch("2026-12-04").isoformat()}
    uitkomst = logius.ask("POST", "/zekerheidsniveaus/_watals", period | {"bsn": True}).json()
    assert (uitkomst["logins"], uitkomst["tegengehouden"], uitkomst["personen"]) == (4, 3, 2)
    assert (uitkomst["ookToenTegengehouden"], uitkomst["alsnogToegelaten"]) == (0, 0)
    assert uitkomst["dagen"] == [
        {"dag": "2026-12-01", "logins": 2, "tegengehouden": 2}, {"dag": "2026-12-02", "logins": 2, "tegengehouden": 1},
    ]  # fmt: skip
    assert [(each["wie"], each["aantal"], each["kanHoger"]) for each in uitkomst["wie"]] == [
        ("999990044", 2, False), ("999990019", 1, True),
    ]  # fmt: skip
    assert uitkomst["wie"][0]["laatste"] == "2026-12-02T22:30:00Z"
    named = logius.ask("POST", "/zekerheidsniveaus/_watals", period)
    assert "9999900" not in named.text
    assert len({each["wie"] for each in named.json()["wie"]}) == 2
    assert logius.ask("GET", "/zekerheidsniveaus").json()["niveau"] == "basis", "it changes nothing"


@pytest.mark.artikel("3.4")
def test_what_if_the_level_had_been_lower_says_who_would_have_come_in(wereld: Wereld, logius: Logius) -> None:
    wereld.control("POST", "/sessies", json={"persona": "alleen-basis", "niveau": "basis"}).raise_for_status()
    Programma.log_in(wereld)
    period = {"vanaf": "2026-12-01T00:00:00Z", "tot": "2026-12-02T00:00:00Z"}
    lower = logius.ask("POST", "/zekerheidsniveaus/_watals", period | {"niveau": "basis"}).json()
    assert (lower["logins"], lower["tegengehouden"], lower["alsnogToegelaten"]) == (2, 0, 1)
    same = logius.ask("POST", "/zekerheidsniveaus/_watals", period | {"niveau": "midden"}).json()
    assert (same["tegengehouden"], same["ookToenTegengehouden"]) == (1, 1)
