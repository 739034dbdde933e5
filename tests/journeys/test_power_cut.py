"""Killed under load and started again: what was acknowledged is there once and metered once."""

import json
import subprocess
import sys
import threading
import uuid
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests

from tests.berichtenbox.documents import aanlevering_json, bericht_json
from tests.journeys.actors import Afnemer, Programma, mails_to, wait_for
from tests.running import RunningSimulator, Wereld, running_simulator

WRITERS = 8
CUTS = 2
ENOUGH = 75
"""Deliveries before a cut; those of all cuts together fit in one list of e-mail."""


class Writers:
    """Afnemers that go on delivering until the simulator dies under them."""

    def __init__(self) -> None:
        self.sent: dict[str, str] = {}
        """X-Message-ID to the exact body, also of what nobody ever answered."""
        self.acknowledged: dict[str, str] = {}
        self.surprises: list[str] = []

    def write_until_killed(self, simulator: RunningSimulator) -> None:
        enough = threading.Event()
        goal = len(self.acknowledged) + ENOUGH
        threads = [threading.Thread(target=self._write, args=(simulator.base, goal, enough)) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        assert enough.wait(120), self.surprises
        processes = simulator.processes()
        simulator.kill()
        _, alive = psutil.wait_procs(processes, 10)
        assert not alive
        for thread in threads:
            thread.join(60)
        assert not self.surprises

    @property
    def doubtful(self) -> set[str]:
        """Sent, but cut off before the answer: stored or not, nobody can tell without asking."""
        return set(self.sent) - set(self.acknowledged)

    def _write(self, base: str, goal: int, enough: threading.Event) -> None:
        with requests.Session() as session:
            while True:
                message_id = str(uuid.uuid4())
                self.sent[message_id] = json.dumps(aanlevering_json(bericht_json(BerichtID=message_id)))
                try:
                    answer = deliver(base, message_id, self.sent[message_id], session)
                except requests.RequestException:
                    return
                if answer.status_code != 201:
                    self.surprises.append(f"{answer.status_code} {answer.text}")
                    enough.set()
                    return
                self.acknowledged[message_id] = answer.json()["statusID"]
                if len(self.acknowledged) >= goal:
                    enough.set()


def deliver(base: str, message_id: str, body: str, session: requests.Session) -> requests.Response:
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": message_id, "Content-Type": "application/json"}
    return session.post(f"{base}/api/berichtenbox/v1/berichten", data=body, headers=headers, timeout=30)


@dataclass(frozen=True)
class Storage:
    """Where a simulator keeps its data, and how many workers use it."""

    data: Path
    flags: tuple[str, ...] = ()
    database_url: str = ""

    def check(self) -> None:
        """``check`` reads the database itself: berichten, metering and totals agree, and nothing failed for good."""
        command = [sys.executable, "-m", "simulator", "check", "--json", "--data", str(self.data)]
        if self.database_url:
            command += ["--database-url", self.database_url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout) == {"omgevingen": ["standaard"], "bevindingen": []}


def count_berichten(wereld: Wereld) -> int:
    """What lies in the inbox of the citizen."""
    aantal: int = Programma.log_in(wereld).ask("GET", "/overzicht").json()["mappen"]["inbox"]["aantal"]
    return aantal


def assert_all_acknowledged_is_there_once(wereld: Wereld, writers: Writers) -> None:
    afnemer = Afnemer(wereld)
    for status_id in writers.acknowledged.values():
        (outcome,) = afnemer.status(status_id)["context"]["Verwerkt"]["Berichten"]
        assert outcome["VerwerkingsCode"] == "Verwerkt"
    stored = count_berichten(wereld)
    assert stored == afnemer.used()
    assert len(writers.acknowledged) <= stored <= len(writers.sent)


def assert_offering_all_again_completes_it(wereld: Wereld, writers: Writers) -> None:
    """A repeat of what was acknowledged gets the same answer, and of what is in doubt makes it certain."""
    with requests.Session() as session:
        for message_id, body in writers.sent.items():
            answer = deliver(wereld.simulator.base, message_id, body, session)
            assert answer.status_code == 201, answer.text
            assert writers.acknowledged.get(message_id, answer.json()["statusID"]) == answer.json()["statusID"]
    assert count_berichten(wereld) == Afnemer(wereld).used() == len(writers.sent)
    assert wait_for(lambda: len(mails_to(wereld)) >= len(writers.sent), 60)
    assert len(mails_to(wereld)) == len(writers.sent)
    assert wait_for(lambda: not [each for each in _agenda(wereld) if "kennisgeven" in each])


def _agenda(wereld: Wereld) -> list[str]:
    return [each["soort"] for each in wereld.control("GET", "/agenda").json()["agenda"]]


def cut_and_recover(storage: Storage) -> None:
    writers = Writers()
    for _ in range(CUTS):
        with running_simulator(storage.data, *storage.flags, database_url=storage.database_url) as simulator:
            assert_all_acknowledged_is_there_once(Wereld(simulator, "standaard"), writers)
            writers.write_until_killed(simulator)
        storage.check()
    assert writers.doubtful, "the cut was not under load"
    with running_simulator(storage.data, *storage.flags, database_url=storage.database_url) as simulator:
        wereld = Wereld(simulator, "standaard")
        assert_all_acknowledged_is_there_once(wereld, writers)
        assert_offering_all_again_completes_it(wereld, writers)
    storage.check()


@pytest.mark.slow
def test_one_worker_on_sqlite_loses_nothing_in_a_power_cut(tmp_path: Path) -> None:
    cut_and_recover(Storage(tmp_path))


@pytest.mark.slow
@pytest.mark.postgres
def test_two_workers_on_postgresql_lose_nothing_in_a_power_cut(tmp_path: Path, postgres_url: str) -> None:
    cut_and_recover(Storage(tmp_path, ("--workers", "2"), postgres_url))
