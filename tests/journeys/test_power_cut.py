"""Killed under load and started again: what was acknowledged is there once and metered once."""

import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest
import requests

from tests.running import RunningSimulator, running_simulator

OIN = "00000099000000001000"
BSN = "999990019"
WRITERS = 8


def _body(bericht_id: str) -> dict[str, object]:
    bericht = {"BerichtID": bericht_id, "BerichtType": "ALGEMEEN", "Onderwerp": "Stroomstoring",
               "Berichttekst": "Wat bevestigd is, blijft.", "GebruikerID": BSN}  # fmt: skip
    return {"BerichtLeverancierID": OIN, "Berichten": [bericht]}


def _deliver(base: str, message_id: str, session: requests.Session) -> requests.Response:
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": message_id}
    return session.post(f"{base}/api/berichtenbox/v1/berichten", json=_body(message_id), headers=headers, timeout=20)


class Writers:
    """Afnemers that go on delivering until the simulator dies under them."""

    def __init__(self, simulator: RunningSimulator) -> None:
        self._simulator = simulator
        self.sent: set[str] = set()
        self.acknowledged: dict[str, str] = {}
        self.enough = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def run_until_killed(self, after: int) -> None:
        self._after = after
        for thread in self._threads:
            thread.start()
        assert self.enough.wait(60)
        self._simulator.kill()
        for thread in self._threads:
            thread.join(30)

    def _write(self) -> None:
        with requests.Session() as session:
            while True:
                message_id = str(uuid.uuid4())
                self.sent.add(message_id)
                try:
                    answer = _deliver(self._simulator.base, message_id, session)
                except requests.RequestException:
                    return
                assert answer.status_code == 201, answer.text
                self.acknowledged[message_id] = answer.json()["statusID"]
                if len(self.acknowledged) >= self._after:
                    self.enough.set()


def _check(data: Path, database_url: str) -> str:
    command = [sys.executable, "-m", "simulator", "check", "--data", str(data)]
    if database_url:
        command += ["--database-url", database_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _verbruik(base: str) -> int:
    answer = requests.get(
        f"{base}/api/verbruik/v1/verbruik?per=dag", headers={"X-API-Key": "demo-voorbeeldstad"}, timeout=30
    )
    return sum(regel["aantal"] for regel in answer.json()["regels"])


def _cut_and_recover(data: Path, flags: tuple[str, ...], database_url: str) -> None:
    with running_simulator(data, *flags, database_url=database_url) as simulator:
        before = _verbruik(simulator.base)
        writers = Writers(simulator)
        writers.run_until_killed(after=400)
    _check(data, database_url)
    with running_simulator(data, *flags, database_url=database_url) as simulator, requests.Session() as session:
        for message_id in writers.sent:
            answer = _deliver(simulator.base, message_id, session)
            assert answer.status_code == 201, answer.text
            if message_id in writers.acknowledged:
                assert answer.json()["statusID"] == writers.acknowledged[message_id]
            status = session.get(
                simulator.base + answer.json()["statusURI"].removeprefix(simulator.base),
                headers={"X-API-Key": "demo-voorbeeldstad"},
                timeout=20,
            ).json()
            assert status["context"]["Verwerkt"]["Berichten"][0]["VerwerkingsCode"] == "Verwerkt", status
        assert _verbruik(simulator.base) - before == len(writers.sent)
    _check(data, database_url)


@pytest.mark.slow
def test_one_worker_on_sqlite_loses_nothing_in_a_power_cut(tmp_path: Path) -> None:
    _cut_and_recover(tmp_path, (), "")


@pytest.mark.slow
@pytest.mark.postgres
def test_two_workers_on_postgresql_lose_nothing_in_a_power_cut(tmp_path: Path, postgres_url: str) -> None:
    _cut_and_recover(tmp_path, ("--workers", "2"), postgres_url)
