"""Emptying, dropping and expiring of one omgeving at once: what the catalogue names is what everybody uses."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from simulator.app import NewWorld
from simulator.infra.agenda import AgendaRunner
from simulator.infra.database import Database
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen, OmgevingNotFound
from simulator.infra.stores import PostgresStore, SqliteStore
from simulator.settings import Settings

NAAM = "gedeeld"


class Hooked(SqliteStore):
    """Something else happens while a database is opened, or after the catalogue was read."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, NewWorld(Settings()))
        self.on_open: Callable[[], None] = lambda: None
        self.on_read: Callable[[], None] = lambda: None

    def open(self, naam: str, incarnatie: int) -> Database:
        hook, self.on_open = self.on_open, lambda: None
        hook()
        return super().open(naam, incarnatie)

    @contextmanager
    def catalogus(self, *, writes: bool = True) -> Iterator[Connection]:
        with super().catalogus(writes=writes) as connection:
            yield connection
        if not writes:
            hook, self.on_read = self.on_read, lambda: None
            hook()


def _plan(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.plan("test", omgeving.now(), {})


def _count(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).select_from(AgendaItem)) or 0


def _count_after_a_start(directory: Path) -> int:
    with closing(Omgevingen(SqliteStore(directory, NewWorld(Settings())), 1, {})) as worlds:
        return _count(worlds.get(NAAM))


def test_of_two_who_empty_an_omgeving_at_once_neither_throws_away_what_the_other_made(tmp_path: Path) -> None:
    store = Hooked(tmp_path)
    with closing(Omgevingen(store, 1, {})) as worlds:
        worlds.create(NieuweOmgeving(NAAM))
        other = threading.Thread(target=worlds.reset, args=(NAAM,))

        def empty_it_too() -> None:
            other.start()
            other.join(timeout=0.5)  # it may wait for its turn

        store.on_open = empty_it_too
        worlds.reset(NAAM)
        other.join()
        _plan(worlds.get(NAAM))
    assert _count_after_a_start(tmp_path) == 1


def test_who_cannot_open_what_the_catalogue_names_does_not_go_on_in_what_will_be_swept(tmp_path: Path) -> None:
    store = Hooked(tmp_path)

    def fail() -> None:
        raise OperationalError("", None, OSError("too many open files"))

    with closing(Omgevingen(store, 1, {})) as worlds:
        _plan(worlds.create(NieuweOmgeving(NAAM)))
        store.on_open = fail
        with pytest.raises(OperationalError):
            worlds.reset(NAAM)
        assert _count(worlds.get(NAAM)) == 0
        _plan(worlds.get(NAAM))
    assert _count_after_a_start(tmp_path) == 1


def test_one_that_was_made_anew_does_not_expire_with_the_one_before(tmp_path: Path) -> None:
    store = Hooked(tmp_path)
    with closing(Omgevingen(store, 1, {})) as worlds:
        worlds.create(NieuweOmgeving(NAAM, ttl=0))

        def make_anew() -> None:
            worlds.drop(NAAM)
            _plan(worlds.create(NieuweOmgeving(NAAM)))

        store.on_read = make_anew
        worlds.drop_expired()
        assert _count(worlds.get(NAAM)) == 1


def test_who_still_has_a_dropped_omgeving_in_hand_makes_no_new_file_of_it(tmp_path: Path) -> None:
    with closing(Omgevingen(Hooked(tmp_path), 1, {})) as worlds:
        late = worlds.create(NieuweOmgeving(NAAM))
        worlds.drop(NAAM)
        with pytest.raises(FileNotFoundError):
            _count(late)
        assert not list((tmp_path / "omgevingen").glob(f"{NAAM}.*"))


def test_two_workers_that_empty_an_omgeving_at_once_go_on_in_the_same(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = [PostgresStore(postgres_url, 4, NewWorld(Settings())) for _ in range(2)]
    here, there = (Omgevingen(store, 1, {}) for store in stores)
    with closing(here), closing(there):
        here.create(NieuweOmgeving(NAAM))
        there.get(NAAM)
        enter = stores[1].catalogus

        @contextmanager
        def after_the_other(**given: Any) -> Iterator[Connection]:
            monkeypatch.undo()
            here.reset(NAAM)
            with enter(**given) as connection:
                yield connection

        monkeypatch.setattr(stores[1], "catalogus", after_the_other)
        there.reset(NAAM)
        _plan(here.get(NAAM))
        assert _count(there.get(NAAM)) == 1
        with enter(writes=False) as catalogus:
            query = "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'omg\\_gedeeld\\_%%'"
            assert catalogus.exec_driver_sql(query).scalar() == 1


@pytest.mark.parametrize("naam", [NAAM, "weg"])
def test_a_worker_that_is_cut_off_after_it_emptied_or_dropped_leaves_nobody_in_the_old_world(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, naam: str
) -> None:
    stores = [PostgresStore(postgres_url, 4, NewWorld(Settings())) for _ in range(2)]
    here, there = (Omgevingen(store, 1, {}) for store in stores)

    def cut(_database: Database) -> None:
        raise OperationalError("", None, Exception("the connection is gone"))

    with closing(here), closing(there):
        here.create(NieuweOmgeving(naam))
        there.get(naam)
        monkeypatch.setattr(stores[0], "retire", cut)
        with pytest.raises(OperationalError):
            here.reset(naam)
        _plan(here.get(naam))
        assert _count(there.get(naam)) == 1
        with pytest.raises(OperationalError):
            here.drop(naam)
        with pytest.raises(OmgevingNotFound):
            there.get(naam)


def test_a_look_that_finds_no_database_is_told_to_all_who_wait_for_one(omgeving: Omgeving) -> None:
    looks: list[object] = []
    looking, go_on = threading.Event(), threading.Event()

    def fail(table: object) -> tuple[Any, ...]:
        looks.append(table)
        looking.set()
        assert go_on.wait(timeout=60)
        raise OperationalError("", None, psycopg.OperationalError("nobody answers"))

    omgeving.current_database().read_one = fail  # type: ignore[method-assign]
    with ThreadPoolExecutor(9) as pool:
        told = [pool.submit(omgeving.refresh_together)]
        assert looking.wait(timeout=60)
        told += [pool.submit(omgeving.refresh_together) for _ in range(8)]
        while len(omgeving._looks._pending) < 8:
            time.sleep(0.01)
        go_on.set()
    assert {type(each.exception()) for each in told} == {OperationalError}
    assert len(looks) == 2


def test_of_two_who_look_at_what_all_agree_on_the_older_look_does_not_stay(omgeving: Omgeving) -> None:
    database = omgeving.current_database()
    looked, go_on, read = threading.Event(), threading.Event(), database.read_one

    def read_and_wait(table: Any) -> tuple[Any, ...]:
        row = read(table)
        if not looked.is_set():
            looked.set()
            assert go_on.wait(timeout=60)
        return row

    def touch() -> None:
        with omgeving.unit_of_work() as uow:
            uow.touch()

    database.read_one = read_and_wait  # type: ignore[method-assign]
    older, newer = threading.Thread(target=omgeving.refresh), threading.Thread(target=touch)
    older.start()
    assert looked.wait(timeout=60)
    newer.start()
    newer.join(timeout=0.5)  # it may wait for the other
    go_on.set()
    older.join()
    newer.join()
    seen = omgeving.state.generation
    omgeving.refresh()
    assert seen == omgeving.state.generation


def test_a_row_that_another_thread_did_first_does_not_put_off_the_next(
    omgeving: Omgeving, omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch
) -> None:
    (worker,) = AgendaRunner(omgevingen, {"test": lambda *_: None})._workers
    monkeypatch.setattr("simulator.infra.agenda._run_until", lambda *_: ([0], None))
    outlook = worker._look(omgeving)
    assert outlook.ask_again < float("inf")
