"""The agenda: how much it does at once, and work outside the database."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from simulator.infra.agenda import WERK, AgendaRunner, Extern, list_agenda, run_due
from simulator.infra.attempts import BEZIG
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=5)


class KilledError(BaseException):
    """What the end of a process looks like from inside: nothing after it is done."""


@pytest.fixture(autouse=True)
def _noon(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.STIL, NOON))


def plan(omgeving: Omgeving, soort: str, *rows: Mapping[str, object]) -> None:
    with omgeving.unit_of_work() as uow:
        for row in rows or ({},):
            uow.plan(soort, NOON, row)


def write(omgeving: Omgeving) -> None:
    """What a delivery does: take the one write transaction."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(plan, omgeving, "delivery").result(timeout=60)


@pytest.mark.parametrize(
    ("aantallen", "together"),
    [
        ([200, 200, 200], [2, 1]),
        ([WERK, 1], [1, 1]),
        ([2 * WERK, 2 * WERK], [1, 1]),
        ([1] * 200, [128, 72]),
    ],
)
def test_one_transaction_takes_a_limited_amount_of_work(
    omgeving: Omgeving, aantallen: list[int], together: list[int]
) -> None:
    seen: list[int] = []

    def note(_omgeving: Omgeving, _uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        seen.append(len(rows))

    plan(omgeving, "x", *({"aantal": aantal} for aantal in aantallen))
    assert run_due(omgeving, {"x": note}, NOON) == len(aantallen)
    assert seen == together


def test_rows_of_kinds_that_nobody_here_does_are_left_for_others(omgeving: Omgeving) -> None:
    plan(omgeving, "y")
    plan(omgeving, "x")
    assert run_due(omgeving, {"x": lambda *_: None}, NOON) == 1
    assert [item.soort for item in list_agenda(omgeving)] == ["y"]


def test_nobody_waits_for_work_outside_the_database(omgeving: Omgeving) -> None:
    done: list[object] = []

    def work(_omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        write(omgeving)
        done.append(row["n"])

    plan(omgeving, "x", {"n": 1}, {"n": 2})
    assert run_due(omgeving, {"x": Extern(work, LEASE)}, NOON) == 2
    assert done == [1, 2]
    assert [item.soort for item in list_agenda(omgeving)] == ["delivery", "delivery"]


def test_work_outside_that_fails_is_tried_again_later_and_given_up_in_the_end(omgeving: Omgeving) -> None:
    tries: list[object] = []

    def fail(_omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        tries.append(row)
        raise RuntimeError("nobody there")

    plan(omgeving, "x")
    handlers = {"x": Extern(fail, LEASE)}
    run_due(omgeving, handlers, NOON)
    (item,) = list_agenda(omgeving)
    assert (item.status, item.pogingen, item.fout) == ("wacht", 1, "RuntimeError")
    assert item.moment == NOON + timedelta(minutes=1)

    run_due(omgeving, handlers, NOON + timedelta(days=1))
    (item,) = list_agenda(omgeving)
    assert (item.status, item.pogingen, len(tries)) == ("mislukt", 8, 8)


def test_work_outside_that_is_late_keeps_its_tries(omgeving: Omgeving) -> None:
    def fail(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        raise RuntimeError("nobody there")

    now = NOON + timedelta(days=1)
    plan(omgeving, "x")
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.STIL, now))
    run_due(omgeving, {"x": Extern(fail, LEASE)}, now)
    (item,) = list_agenda(omgeving)
    assert (item.status, item.pogingen, item.moment) == ("wacht", 1, now + timedelta(minutes=1))


def test_who_dies_before_the_row_is_removed_leaves_it_to_be_done_again(omgeving: Omgeving) -> None:
    sent: list[object] = []

    def send_and_die(_omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        sent.append(row)
        raise KilledError

    plan(omgeving, "x", {"n": 1})
    with pytest.raises(KilledError):
        run_due(omgeving, {"x": Extern(send_and_die, LEASE)}, NOON)
    (item,) = list_agenda(omgeving)
    assert (item.moment, item.fout) == (NOON + LEASE, BEZIG)

    send = {"x": Extern(lambda _omgeving, row: sent.append(row), LEASE)}
    assert run_due(omgeving, send, NOON + LEASE - timedelta(seconds=1)) == 0
    assert run_due(omgeving, send, NOON + LEASE) == 1
    assert sent == [{"n": 1}, {"n": 1}]
    assert list_agenda(omgeving) == []


def test_who_begins_alone_does_at_once_what_a_process_that_was_stopped_had_in_hand(
    omgevingen: Omgevingen, omgeving: Omgeving
) -> None:
    done = threading.Event()

    def die(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        raise KilledError

    plan(omgeving, "x")
    with pytest.raises(KilledError):
        run_due(omgeving, {"x": Extern(die, LEASE)}, NOON)
    runner = AgendaRunner(omgevingen, {"x": Extern(lambda *_: done.set(), LEASE)})
    runner.start()
    try:
        # Where others write too, one of them may be at work on it.
        assert done.wait(0.5 if omgeving.is_shared else 30) is not omgeving.is_shared
    finally:
        runner.stop()


def test_what_kills_every_worker_is_given_up(omgeving: Omgeving) -> None:
    def die(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        raise KilledError

    plan(omgeving, "x")
    for turn in range(8):
        with pytest.raises(KilledError):
            run_due(omgeving, {"x": Extern(die, LEASE)}, NOON + turn * LEASE)
    assert run_due(omgeving, {"x": Extern(die, LEASE)}, NOON + timedelta(days=1)) == 0
    assert [item.status for item in list_agenda(omgeving)] == ["mislukt"]


def test_who_comes_back_after_the_lease_does_not_touch_the_row_of_its_successor(omgeving: Omgeving) -> None:
    def fail(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        raise RuntimeError("second")

    def oversleep(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        run_due(omgeving, {"x": Extern(fail, LEASE)}, NOON + LEASE)

    plan(omgeving, "x")
    run_due(omgeving, {"x": Extern(oversleep, LEASE)}, NOON)
    (item,) = list_agenda(omgeving)
    assert (item.pogingen, item.fout) == (2, "RuntimeError")


def test_many_workers_do_work_outside_once(omgeving: Omgeving) -> None:
    done: list[int] = []
    plan(omgeving, "x", *({"n": number} for number in range(40)))
    handlers = {"x": Extern(lambda _omgeving, row: done.append(row["n"]), LEASE)}
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(run_due, omgeving, handlers, NOON) for _ in range(4)]:
            future.result()
    assert sorted(done) == list(range(40))


def test_an_outsider_that_hangs_does_not_hold_up_the_rest_of_the_agenda(
    omgevingen: Omgevingen, omgeving: Omgeving
) -> None:
    hanging, done, release = threading.Event(), threading.Event(), threading.Event()

    def hang(_omgeving: Omgeving, _row: Mapping[str, Any]) -> None:
        hanging.set()
        release.wait(10)

    runner = AgendaRunner(omgevingen, {"x": Extern(hang, LEASE), "y": lambda *_: done.set()})
    runner.start()
    try:
        plan(omgeving, "x")
        assert hanging.wait(5)
        plan(omgeving, "y")
        assert done.wait(5)
    finally:
        release.set()
        runner.stop()


def test_a_database_that_is_away_is_no_attempt_of_a_row(omgeving: Omgeving) -> None:
    def fail(_omgeving: Omgeving, _uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        if len(rows) > 1:
            raise RuntimeError("one of these is wrong")
        raise OperationalError("", None, psycopg.OperationalError("nobody answers"))

    plan(omgeving, "x", {"n": 1}, {"n": 2})
    with pytest.raises(OperationalError):
        run_due(omgeving, {"x": fail}, NOON)
    assert [(item.pogingen, item.moment) for item in list_agenda(omgeving)] == [(0, NOON)] * 2


@pytest.mark.parametrize("table", ["agenda", "simulation_state"])
def test_an_omgeving_that_is_broken_holds_up_no_other(omgevingen: Omgevingen, omgeving: Omgeving, table: str) -> None:
    broken = omgevingen.create(NieuweOmgeving(f"aa-{omgeving.naam}"))
    done = threading.Event()
    runner = AgendaRunner(omgevingen, {"x": lambda *_: done.set()})
    rename(broken, table, "elsewhere")
    runner.start()
    try:
        for _ in range(2):  # the second time, the thread has met the broken one
            done.clear()
            plan(omgeving, "x")
            assert done.wait(30)
    finally:
        runner.stop()
        rename(broken, "elsewhere", table)
        omgevingen.drop(broken.naam)


def rename(omgeving: Omgeving, table: str, name: str) -> None:
    with omgeving.unit_of_work() as uow:
        uow.session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
