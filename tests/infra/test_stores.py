"""Several workers that begin on one database at the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import requests
from sqlalchemy import Connection, select

from simulator.app import NewWorld
from simulator.infra.models import AgendaItem
from simulator.infra.omgevingen import STANDAARD, NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore, SqliteStore
from simulator.settings import Settings
from tests.running import RunningSimulator, running_simulator

WORKERS = 4


@pytest.mark.slow
@pytest.mark.postgres
def test_workers_that_start_at_once_on_an_empty_database_make_one_world(tmp_path: Path, postgres_url: str) -> None:
    with ThreadPoolExecutor() as pool, ExitStack() as stack:
        started = [pool.submit(_start, stack, tmp_path / naam, postgres_url) for naam in ("een", "twee")]
        simulators = [each.result() for each in started]
        for simulator in simulators:
            assert requests.get(f"{simulator.base}/readyz", timeout=60).status_code == 200
            overview = simulator.control("GET", "/omgevingen").json()["omgevingen"]
            assert [each["naam"] for each in overview] == [STANDAARD]
            assert len(simulator.control("GET", "/afnemers").json()["afnemers"]) == 5
    output = "".join(line for simulator in simulators for line in simulator.output)
    assert "Traceback" not in output, output


def _start(stack: ExitStack, data: Path, url: str) -> RunningSimulator:
    return stack.enter_context(running_simulator(data, "--workers", "2", database_url=url))


@dataclass(frozen=True)
class NextVersion:
    """The world of a version after this one, with a migration that cannot be done twice."""

    now: NewWorld
    revision: str = "9999"
    key: str = "volgende"

    def create(self, connection: Connection) -> None:
        raise AssertionError("what exists is never made anew")

    def migrate(self, connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE van_de_volgende_versie (id BIGINT)")
        time.sleep(0.05)  # long enough for the others to be there
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    def populate(self, uow: object) -> None:
        raise AssertionError("what exists is never seeded again")


@pytest.mark.postgres
def test_an_older_omgeving_is_migrated_once_by_workers_that_start_at_once(postgres_url: str) -> None:
    now = NewWorld(Settings())
    with closing(Omgevingen(PostgresStore(postgres_url, 4, now), 1, {})) as worlds:
        generation = worlds.get(STANDAARD).state.generation

    def start(_: int) -> int:
        with closing(Omgevingen(PostgresStore(postgres_url, 4, NextVersion(now)), 1, {})) as worlds:
            return worlds.get(STANDAARD).state.generation

    with ThreadPoolExecutor(WORKERS) as pool:
        assert list(pool.map(start, range(WORKERS))) == [generation] * WORKERS
    with psycopg.connect(postgres_url) as connection:
        query = "SELECT count(*) FROM information_schema.tables WHERE table_name = 'van_de_volgende_versie'"
        assert connection.execute(query).fetchone() == (1,)


def test_a_world_of_an_older_version_is_migrated_when_it_is_opened(tmp_path: Path) -> None:
    now = NewWorld(Settings())
    with closing(Omgevingen(SqliteStore(tmp_path, now), 1, {})):
        pass
    with (
        closing(Omgevingen(SqliteStore(tmp_path, NextVersion(now)), 1, {})) as worlds,
        worlds.get(STANDAARD).reading() as session,
    ):
        found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    assert found == "9999"


def test_an_omgeving_that_is_dropped_while_somebody_reads_in_it_holds_up_nobody(omgevingen: Omgevingen) -> None:
    used = omgevingen.create(NieuweOmgeving("in-gebruik"))
    with used.reading() as session, ThreadPoolExecutor(1) as pool:
        session.scalars(select(AgendaItem)).all()
        dropped = pool.submit(omgevingen.drop, "in-gebruik")
        omgevingen.create(NieuweOmgeving("ondertussen"))
        dropped.result(30)
    assert "in-gebruik" not in {info.naam for info in omgevingen.overview()}
    omgevingen.drop("ondertussen")
