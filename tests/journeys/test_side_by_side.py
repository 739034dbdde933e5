"""Omgevingen side by side: twenty at once, and none ever sees anything of another."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer, Programma, advance, hold_clock, mails_to
from tests.running import RunningSimulator, Wereld

AANTAL = 20
BEGIN = datetime.fromisoformat("2026-11-23T10:00:00+00:00")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(AANTAL) as threads:
        yield threads


@pytest.fixture
def werelden(wereld: Wereld, pool: ThreadPoolExecutor) -> Iterator[list[Wereld]]:
    """Twenty omgevingen in one simulator, made and thrown away at the same time."""
    made = [Wereld(wereld.simulator, f"{wereld.naam}-naast-{nummer}") for nummer in range(AANTAL)]
    assert {answer.status_code for answer in pool.map(_create, made)} == {201}
    yield made
    assert {answer.status_code for answer in pool.map(_drop, made)} == {204}


def _create(wereld: Wereld) -> requests.Response:
    return wereld.simulator.control("POST", "/omgevingen", json={"naam": wereld.naam, "seed": 7})


def _drop(wereld: Wereld) -> requests.Response:
    return wereld.simulator.control("DELETE", f"/omgevingen/{wereld.naam}")


@dataclass(frozen=True)
class Leven:
    """What one omgeving was given, so what it must show: a number of its own in everything that is stored."""

    wereld: Wereld
    nummer: int

    @property
    def klok(self) -> str:
        return f"{BEGIN + timedelta(days=self.nummer):%Y-%m-%dT%H:%M:%SZ}"

    def live(self) -> str:
        """Deliver, log in, log out, change a clock and a setting; answers the token of the session."""
        hold_clock(self.wereld, self.klok)
        berichten = [bericht_json(Onderwerp=f"{self.wereld.naam} {each}") for each in range(self.nummer + 1)]
        for bericht in berichten:
            assert Afnemer(self.wereld).offer(bericht).status_code == 201
        refused = [bericht_json(Onderwerp="") for _ in range(self.nummer + 1)]
        assert {Afnemer(self.wereld).offer(each).status_code for each in refused} == {400}
        self.wereld.control("PATCH", "/instellingen", json={"digidSmsGeldig": 100 + self.nummer}).raise_for_status()
        code = {"code": f"EIGEN{self.nummer}", "omschrijving": "Alleen hier"}
        assert Afnemer(self.wereld).ask("POST", "/berichttypes", json=code).status_code == 201
        advance(self.wereld, "PT1S")
        return Programma.log_in(self.wereld).token

    def expected(self) -> dict[str, Any]:
        aantal = self.nummer + 1
        return {
            "berichten": sorted(f"{self.wereld.naam} {each}" for each in range(aantal)),
            "verbruik": aantal,
            "mails": aantal,
            "klok": f"{BEGIN + timedelta(days=self.nummer, seconds=1):%Y-%m-%dT%H:%M:%SZ}",
            "sms": 100 + self.nummer,
            "berichttypes": [f"EIGEN{self.nummer}"],
            "geweigerd": aantal,
        }

    def seen(self, token: str) -> dict[str, Any]:
        types = Afnemer(self.wereld).ask("GET", "/berichttypes").json()["berichttypes"]
        regels = {each["id"]: each for each in self.wereld.control("GET", "/regels").json()["regels"]}
        return {
            "berichten": sorted(each["onderwerp"] for each in Programma(self.wereld, token).berichten()),
            "verbruik": Afnemer(self.wereld).used(),
            "mails": len(mails_to(self.wereld)),
            "klok": self.wereld.control("GET", "/klok").json()["moment"],
            "sms": self.wereld.control("GET", "/instellingen").json().get("digidSmsGeldig"),
            "berichttypes": [each["code"] for each in types if each["code"].startswith("EIGEN")],
            "geweigerd": regels["BB-onderwerp-lengte"]["geweigerd"],
        }


def test_twenty_omgevingen_that_live_at_once_never_see_each_other(
    werelden: list[Wereld], pool: ThreadPoolExecutor
) -> None:
    levens = [Leven(wereld, nummer) for nummer, wereld in enumerate(werelden)]
    tokens = list(pool.map(Leven.live, levens))
    seen = list(pool.map(Leven.seen, levens, tokens))
    assert seen == [leven.expected() for leven in levens]
    strangers = [Programma(leven.wereld, tokens[(plaats + 1) % AANTAL]) for plaats, leven in enumerate(levens)]
    assert {answer.status_code for answer in pool.map(lambda each: each.ask("GET", "/overzicht"), strangers)} == {401}


def test_the_same_ids_in_twenty_omgevingen_are_twenty_different_berichten(
    werelden: list[Wereld], pool: ThreadPoolExecutor
) -> None:
    bericht = bericht_json()

    def deliver(wereld: Wereld) -> tuple[int, int]:
        answer = Afnemer(wereld).offer(bericht, message_id=bericht["BerichtID"])
        return answer.status_code, Afnemer(wereld).used()

    assert set(pool.map(deliver, werelden)) == {(201, 1)}


def test_twenty_threads_that_deliver_the_same_bericht_deliver_it_once(wereld: Wereld, pool: ThreadPoolExecutor) -> None:
    bericht = bericht_json()
    answers = list(pool.map(lambda _: Afnemer(wereld).deliver(bericht)[0]["VerwerkingsCode"], range(AANTAL)))
    assert sorted(answers) == ["BerichtBestaatAl"] * (AANTAL - 1) + ["Verwerkt"]
    assert Afnemer(wereld).used() == 1
    assert len(Programma.log_in(wereld).berichten()) == 1


def test_a_reset_leaves_nothing_and_touches_nobody_else(werelden: list[Wereld], pool: ThreadPoolExecutor) -> None:
    leven, other = Leven(werelden[3], 3), Leven(werelden[4], 4)
    token, other_token = pool.map(Leven.live, (leven, other))
    simulator, naam = leven.wereld.simulator, leven.wereld.naam
    assert simulator.control("POST", f"/omgevingen/{naam}/_legen").status_code == 200
    assert Programma(leven.wereld, token).ask("GET", "/overzicht").status_code == 401
    assert {each["geweigerd"] for each in _regels(leven) if each["id"].startswith("BB-")} == {0}
    assert leven.wereld.control("GET", "/agenda").json()["agenda"] == []
    seen = leven.seen(Programma.log_in(leven.wereld).token)
    klok = datetime.fromisoformat(seen.pop("klok"))
    assert abs(klok - datetime.now().astimezone()) < timedelta(minutes=1)
    assert seen == {"berichten": [], "verbruik": 0, "mails": 0, "sms": None, "berichttypes": [], "geweigerd": 0}
    assert other.seen(other_token) == other.expected()


def _regels(leven: Leven) -> list[dict[str, Any]]:
    regels: list[dict[str, Any]] = leven.wereld.control("GET", "/regels").json()["regels"]
    return regels


def _all_omgevingen(simulator: RunningSimulator) -> set[str]:
    return {each["naam"] for each in simulator.control("GET", "/omgevingen").json()["omgevingen"]}


def test_a_dropped_omgeving_is_gone_and_its_name_can_be_used_again(wereld: Wereld) -> None:
    naam = f"{wereld.naam}-weg"
    weg = Wereld(wereld.simulator, naam)
    for _ in range(2):
        assert _create(weg).status_code == 201
        assert Afnemer(weg).used() == 0
        assert Afnemer(weg).offer().status_code == 201
        assert _drop(weg).status_code == 204
        assert naam not in _all_omgevingen(wereld.simulator)
        gone = Afnemer(weg).offer()
        assert (gone.status_code, gone.json()["regel"]["id"]) == (404, "SIM-omgeving-bestaat")
    assert _drop(weg).status_code == 404


def test_an_omgeving_that_is_emptied_while_it_is_used_never_gives_an_error_of_ours(
    wereld: Wereld, pool: ThreadPoolExecutor
) -> None:
    codes: set[int] = set()
    emptied = threading.Event()

    def use(_: int) -> None:
        while not emptied.is_set():
            afnemer = Afnemer(wereld)
            codes.add(afnemer.offer(bericht_json()).status_code)
            codes.add(afnemer.ask("GET", "/berichttypes").status_code)
            codes.add(wereld.afnemer("GET", "/api/verbruik/v1/verbruik").status_code)

    users = [pool.submit(use, number) for number in range(8)]
    for _ in range(5):
        answer = wereld.simulator.control("POST", f"/omgevingen/{wereld.naam}/_legen")
        assert answer.status_code == 200, answer.text
    emptied.set()
    for user in users:
        user.result(30)
    assert codes <= {200, 201, 404, 503}
    assert 201 in codes
    wereld.simulator.control("POST", f"/omgevingen/{wereld.naam}/_legen").raise_for_status()
    assert Afnemer(wereld).used() == 0
