"""The threads that do the agenda: what they ask of the database, alone and beside other processes."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from simulator.app import NewWorld
from simulator.infra.agenda import AgendaRunner, Extern, Handlers, list_agenda
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore
from simulator.settings import Settings

NAAM = "gedeeld"
LEASE = timedelta(minutes=5)


@contextmanager
def running(omgevingen: Omgevingen, handlers: Handlers) -> Iterator[AgendaRunner]:
    runner = AgendaRunner(omgevingen, handlers)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


@pytest.fixture
def here_and_there(postgres_url: str) -> Iterator[tuple[Omgevingen, Omgevingen]]:
    """What two processes on one database have: each its own registry, with an omgeving they share."""
    here, there = (Omgevingen(PostgresStore(postgres_url, 4, NewWorld(Settings())), 1, {}) for _ in range(2))
    with closing(here), closing(there):
        here.create(NieuweOmgeving(NAAM))
        yield here, there


def plan(omgeving: Omgeving, soort: str, over: timedelta = timedelta()) -> None:
    with omgeving.unit_of_work() as uow:
        uow.plan(soort, omgeving.now() + over, {})


def wait_until(reached: threading.Event) -> None:
    assert reached.wait(30)


def test_what_becomes_due_by_itself_is_done(omgevingen: Omgevingen, omgeving: Omgeving) -> None:
    done = threading.Event()
    with running(omgevingen, {"x": lambda *_: done.set()}):
        plan(omgeving, "x", timedelta(seconds=1))
        wait_until(done)


def test_work_outside_that_work_inside_plans_follows_at_once(omgevingen: Omgevingen, omgeving: Omgeving) -> None:
    done = threading.Event()

    def inside(_omgeving: Omgeving, uow: UnitOfWork, _rows: object) -> None:
        uow.plan("outside", uow.moment, {})

    outside = Extern(lambda *_: done.set(), LEASE)
    with running(omgevingen, {"inside": inside, "outside": outside}):
        plan(omgeving, "inside")
        wait_until(done)


def test_work_outside_that_a_request_plans_is_done(omgevingen: Omgevingen, omgeving: Omgeving) -> None:
    done = threading.Event()
    with running(omgevingen, {"inside": lambda *_: None, "outside": Extern(lambda *_: done.set(), LEASE)}):
        plan(omgeving, "outside")
        wait_until(done)


def test_a_steady_stream_of_plans_is_done_together(omgevingen: Omgevingen, omgeving: Omgeving) -> None:
    rounds: list[int] = []
    done = threading.Event()

    def note(_omgeving: Omgeving, _uow: UnitOfWork, rows: Any) -> None:
        rounds.append(len(rows))
        if sum(rounds) == 100:
            done.set()

    with running(omgevingen, {"x": note}):
        for _ in range(100):
            plan(omgeving, "x")
        wait_until(done)
    assert len(rounds) < 50, rounds


def test_an_omgeving_with_ever_more_to_do_outside_leaves_the_others_their_turn(
    omgevingen: Omgevingen, omgeving: Omgeving
) -> None:
    druk = omgevingen.create(NieuweOmgeving(f"{omgeving.naam}-druk"))
    with druk.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, druk.now()))
    begun, done = threading.Event(), threading.Event()

    def work(here: Omgeving, _row: object) -> None:
        if here.naam == omgeving.naam:
            done.set()
        else:
            begun.set()
            plan(here, "outside")

    with running(omgevingen, {"inside": lambda *_: None, "outside": Extern(work, LEASE)}):
        plan(druk, "outside")
        wait_until(begun)
        plan(omgeving, "outside")
        wait_until(done)
    omgevingen.drop(druk.naam)


@pytest.mark.postgres
def test_a_process_that_has_nothing_to_do_asks_little_however_many_omgevingen_there_are(postgres_url: str) -> None:
    store = PostgresStore(postgres_url, 4, NewWorld(Settings()))
    with closing(Omgevingen(store, 1, {})) as worlds:
        for number in range(5):
            worlds.create(NieuweOmgeving(f"rust-{number}"))
        with running(worlds, {"x": lambda *_: None, "y": Extern(lambda *_: None, LEASE)}):
            time.sleep(1)  # the first look in each
            asked: Counter[str] = Counter()
            with counting(store, asked):
                time.sleep(2)
    in_omgevingen = {sql: times for sql, times in asked.items() if "agenda" in sql or "simulation_state" in sql}
    assert in_omgevingen == {}


@contextmanager
def counting(store: PostgresStore, asked: Counter[str]) -> Iterator[None]:
    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked[statement] += 1

    event.listen(store.engine, "before_cursor_execute", note)
    yield
    event.remove(store.engine, "before_cursor_execute", note)


@pytest.mark.slow
@pytest.mark.postgres
def test_what_a_process_planned_and_left_is_done_by_another(here_and_there: tuple[Omgevingen, Omgevingen]) -> None:
    here, there = here_and_there
    first, second = threading.Event(), threading.Event()
    with running(there, {"x": lambda *_: first.set(), "y": lambda *_: second.set()}):
        plan(here.get(NAAM), "x")
        wait_until(first)
        plan(here.get(NAAM), "y")  # now that the other has just looked
        wait_until(second)


@pytest.mark.postgres
def test_a_clock_that_another_process_stopped_stands_still_here(here_and_there: tuple[Omgevingen, Omgevingen]) -> None:
    here, there = here_and_there
    begun, done = threading.Event(), threading.Event()
    with running(there, {"begin": lambda *_: begun.set(), "x": lambda *_: done.set()}):
        plan(there.get(NAAM), "x", timedelta(seconds=2))
        plan(there.get(NAAM), "begin")
        wait_until(begun)  # so the other knows what is next, and when
        with here.get(NAAM).unit_of_work() as uow:
            uow.change_state(klok=start_klok(Modus.STIL, here.get(NAAM).now()))
        assert not done.wait(3)
    assert [item.soort for item in list_agenda(here.get(NAAM))] == ["x"]


@pytest.mark.postgres
def test_what_another_process_dropped_or_emptied_is_forgotten(here_and_there: tuple[Omgevingen, Omgevingen]) -> None:
    here, there = here_and_there
    done = threading.Event()
    with running(there, {"x": lambda *_: done.set()}):
        old = there.get(NAAM)
        here.reset(NAAM)
        plan(there.get(NAAM), "x")
        wait_until(done)
        assert there.held(NAAM) is not old
        here.drop(NAAM)
        for _ in range(300):
            if there.held(NAAM) is None:
                break
            time.sleep(0.1)
    assert there.held(NAAM) is None
