"""A database that goes away under load: 503 meanwhile, nothing half done, and on again without a restart."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
import requests

from loadtests.power_cut import Storage, assert_nothing_is_lost, assert_offering_all_again_completes_it
from tests.journeys.actors import Afnemer, wait_for
from tests.journeys.storms import assert_come_back_later, storm
from tests.postgres import PostgresServer
from tests.running import RunningSimulator, Wereld

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL that these tests may stop."""
    server = PostgresServer()
    yield server
    server.close()


def _page(simulator: RunningSimulator, path: str) -> requests.Response:
    return requests.get(simulator.base + path, headers={"Accept": "text/html"}, timeout=30)


def _pids(simulator: RunningSimulator) -> set[int]:
    return {process.pid for process in simulator.processes()}


@pytest.mark.postgres
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_that_stops_and_starts_is_waited_for(
    tmp_path: Path, server: PostgresServer, mode: Literal["fast", "immediate"]
) -> None:
    storage = Storage(tmp_path, ("--workers", "2"), server.create_database(f"away_{mode}"))
    with storage.run() as simulator:
        wereld, pids = Wereld(simulator, "standaard"), _pids(simulator)
        with storm(simulator, 1) as found:
            found.wait_for_taken(30)
            server.stop(mode)
            found.wait_for_refused(30)
            assert requests.get(f"{simulator.base}/livez", timeout=30).status_code == 200
            assert_come_back_later(requests.get(f"{simulator.base}/readyz", timeout=30))
            assert_come_back_later(wereld.afnemer("GET", "/api/berichtenbox/v1/berichttypes"))
            assert_come_back_later(simulator.control("GET", "/omgevingen"))
            assert_come_back_later(simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}))
            assert_come_back_later(_page(simulator, "/berichtenbox"), "text/html")
            server.start()
            found.wait_for_taken(30)
            assert wait_for(lambda: requests.get(f"{simulator.base}/readyz", timeout=30).status_code == 200, 120)
        assert_nothing_is_lost(wereld, found.traffic)
        assert_offering_all_again_completes_it(wereld, found.traffic)
        assert _pids(simulator) == pids
    storage.check(found.traffic)


def test_a_sqlite_file_that_another_program_holds_is_waited_for_and_others_go_on(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with storage.run() as simulator:
        wereld, other = Wereld(simulator, "standaard"), Wereld(simulator, "ander")
        simulator.control("POST", "/omgevingen", json={"naam": "ander"}).raise_for_status()
        (file,) = (tmp_path / "omgevingen").glob("standaard.*.sqlite3")
        holder = sqlite3.connect(file, isolation_level=None)
        with storm(simulator, 2) as found, ThreadPoolExecutor(48) as pool:
            found.wait_for_taken(20)
            holder.execute("BEGIN EXCLUSIVE")
            found.wait_for_refused(20)
            # More of them than the simulator has threads.
            crowd = [pool.submit(Afnemer(wereld).offer) for _ in range(96)]
            for _ in range(20):
                assert Afnemer(other).offer().status_code == 201
            assert_come_back_later(simulator.control("PUT", "/klok", json={"modus": "stil"}))
            assert requests.get(f"{simulator.base}/livez", timeout=30).status_code == 200
            for each in crowd:
                assert_come_back_later(each.result())
            holder.execute("ROLLBACK")
            holder.close()
            found.wait_for_taken(20)
        assert_nothing_is_lost(wereld, found.traffic)
        assert_offering_all_again_completes_it(wereld, found.traffic)
    storage.check(found.traffic)


def test_a_data_directory_that_is_moved_away_and_back_is_waited_for(tmp_path: Path) -> None:
    storage, away = Storage(tmp_path), tmp_path / "away"
    with storage.run() as simulator:
        wereld = Wereld(simulator, "standaard")
        with storm(simulator, 3) as found:
            found.wait_for_taken(20)
            (tmp_path / "omgevingen").rename(away)
            found.wait_for_refused(20)
            assert_come_back_later(simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}))
            away.rename(tmp_path / "omgevingen")
            found.wait_for_taken(20)
        assert_nothing_is_lost(wereld, found.traffic)
        assert_offering_all_again_completes_it(wereld, found.traffic)
    storage.check(found.traffic)
