import time
from datetime import timedelta

import pytest

from simulator.control.usecases.klok import advance_klok
from simulator.infra.clock import Klok, Modus, real_micros, start_klok, to_micros
from simulator.infra.omgeving import Omgeving
from tests.control.conftest import Beheer


def test_a_clock_that_stands_still_is_moved_by_hand(beheer: Beheer) -> None:
    beheer.ask("PUT", "/klok", {"modus": "stil", "moment": "2026-03-01T09:00:00Z"})
    assert beheer.ask("GET", "/klok").json["moment"] == "2026-03-01T09:00:00Z"
    moved = beheer.ask("POST", "/klok/_vooruit", {"duur": "P21D"}).json
    assert (moved["moment"], moved["wachtend"]) == ("2026-03-22T09:00:00Z", 0)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/klok", {"modus": "versneld", "factor": 0}),
        ("PUT", "/klok", {"modus": "stil", "moment": "1850-01-01T00:00:00Z"}),
        ("POST", "/klok/_vooruit", {}),
        ("POST", "/klok/_vooruit", {"duur": "P1D", "seconden": 1}),
        ("POST", "/klok/_vooruit", {"duur": "een dag"}),
        ("POST", "/klok/_vooruit", {"tot": "2001-01-01T00:00:00Z"}),
    ],
)
def test_a_clock_that_cannot_be_is_refused(beheer: Beheer, method: str, path: str, body: dict[str, object]) -> None:
    answer = beheer.ask(method, path, body)
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, "SIM-klok-stand")


@pytest.mark.parametrize(
    "klok",
    [
        {"modus": "versneld", "factor": 0},
        {"modus": "versneld", "factor": -5},
        {"modus": "versneld", "factor": 1e300},
        {"modus": "stil", "moment": "1850-01-01T00:00:00Z"},
        {"modus": "echt", "moment": "9999-12-31T23:00:00Z"},
    ],
)
def test_no_omgeving_is_made_with_a_clock_that_cannot_be(beheer: Beheer, klok: dict[str, object]) -> None:
    answer = beheer.ask("POST", "/omgevingen", {"naam": f"{beheer.naam}-klok", "klok": klok})
    assert (answer.status_code, answer.json["regel"]["id"]) == (400, "SIM-klok-stand")
    assert beheer.ask("GET", f"/omgevingen/{beheer.naam}-klok").status_code == 404


def test_a_refusal_is_counted_under_its_rule(beheer: Beheer) -> None:
    beheer.ask("POST", "/klok/_vooruit", {})
    answer = beheer.ask("GET", "/regels").json
    counted = {each["id"]: each["geweigerd"] for each in answer["regels"]}
    assert counted["SIM-klok-stand"] == 1
    assert answer["totaal"] == len(answer["regels"])


def test_a_quick_clock_that_ran_past_the_target_does_not_go_back(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.VERSNELD, factor=100_000))
        uow.plan("slow", uow.moment, {})
    seen = []

    def be_slow(*_: object) -> None:
        time.sleep(0.2)
        seen.append(to_micros(omgeving.now()))

    advance_klok(omgeving, {"slow": be_slow}, omgeving.now() + timedelta(hours=2))
    assert omgeving.state.klok.anker >= seen[0]


def test_a_quick_clock_that_nobody_stopped_can_be_set_again(beheer: Beheer) -> None:
    now, four_days = real_micros(), 4 * 86_400_000_000
    omgeving: Omgeving = beheer.app.extensions["omgevingen"].get(beheer.naam)
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=Klok(Modus.VERSNELD, now - four_days, now, 1_000_000.0))
    assert beheer.ask("GET", "/klok").json["moment"] == "2100-01-01T00:00:00Z"
    assert beheer.ask("PUT", "/klok", {"modus": "echt"}).status_code == 200
    assert to_micros(omgeving.now()) - now < four_days


def test_what_must_happen_later_stands_on_the_agenda(beheer: Beheer) -> None:
    klok = beheer.ask("PUT", "/klok", {"modus": "stil", "moment": "2026-03-01T09:00:00Z"}).json
    bericht = {
        "BerichtID": "6e1b8f0e-0000-4000-8000-000000000003",
        "BerichtType": "ALGEMEEN",
        "GebruikerID": "999990019",
        "Onderwerp": "Later",
        "Berichttekst": "x",
        "PublicatieDatum": "2026-03-05T09:00:00Z",
    }
    beheer.deliver("demo-voorbeeldstad", "00000099000000001000", bericht)
    agenda = beheer.ask("GET", "/agenda").json["agenda"]
    assert [each["moment"] for each in agenda] == ["2026-03-05T09:00:00Z"]
    assert klok["moment"] < agenda[0]["moment"]
