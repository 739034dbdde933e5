"""Group commit: together when together, and nobody pays for another's error."""

import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from simulator.infra.group_commit import ALONE, GroupCommit
from simulator.infra.models import RegelTelling
from simulator.infra.omgeving import GroupTransaction, Omgeving, count_regels
from simulator.infra.regels import Herkomst, Regel, Uitkomst

REGEL = Regel("TEST-groep", "Een regel", "test", Herkomst.AANGENOMEN)


def is_gone(error: Exception) -> bool:
    return isinstance(error, ConnectionError)


def test_work_that_arrives_while_a_group_runs_becomes_one_group() -> None:
    groups: list[int] = []
    first_runs, go_on = threading.Event(), threading.Event()

    def run(items: Sequence[int]) -> Sequence[int]:
        groups.append(len(items))
        if len(groups) == 1:
            first_runs.set()
            go_on.wait(5)
        return [item * 2 for item in items]

    queue = GroupCommit()
    with ThreadPoolExecutor(10) as pool:
        leader = pool.submit(queue.submit, run, 1)
        first_runs.wait(5)
        others = [pool.submit(queue.submit, run, n) for n in range(2, 10)]
        while len(queue._pending) < 8:
            pass
        go_on.set()
        assert [leader.result(), *(other.result() for other in others)] == [2, 4, 6, 8, 10, 12, 14, 16, 18]
    assert groups == [1, 8]


def test_nobody_takes_work_that_was_broken_off_for_done() -> None:
    first_runs, go_on, groups = threading.Event(), threading.Event(), list[int]()

    def run(items: Sequence[int]) -> Sequence[int]:
        groups.append(len(items))
        if len(groups) == 1:
            first_runs.set()
            assert go_on.wait(60)
            return items
        raise SystemExit

    queue = GroupCommit()
    with ThreadPoolExecutor(3) as pool:
        leader = pool.submit(queue.submit, run, 1)
        assert first_runs.wait(60)
        others = [pool.submit(queue.submit, run, n) for n in (2, 3)]
        while len(queue._pending) < 2:
            pass
        go_on.set()
        assert leader.result() == 1
        assert {type(other.exception()) for other in others} == {SystemExit, RuntimeError}


def test_a_group_never_weighs_more_than_agreed() -> None:
    sizes: list[int] = []

    def run(items: Sequence[int]) -> Sequence[int]:
        sizes.append(len(items))
        return items

    queue = GroupCommit(max_weight=10)
    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(queue.submit, run, n, 4) for n in range(40)]:
            future.result()
    assert sum(sizes) == 40
    assert max(sizes) <= 2


@pytest.mark.parametrize("others", [[1, 1, ALONE, 1, 1], [ALONE, 1, 1], [1, ALONE], [ALONE, ALONE]])
def test_what_is_to_be_alone_shares_its_group_with_nobody(others: list[int]) -> None:
    groups: list[list[int]] = []
    busy, go_on = threading.Event(), threading.Event()

    def run(items: Sequence[int]) -> Sequence[int]:
        groups.append(list(items))
        busy.set()
        go_on.wait()
        return items

    queue = GroupCommit()
    with ThreadPoolExecutor(8) as pool:
        pool.submit(queue.submit, run, 0)
        busy.wait()
        for number, weight in enumerate(others):
            pool.submit(queue.submit, run, weight, weight)
            while len(queue._pending) <= number:
                pass
        go_on.set()
    assert sum(map(len, groups)) == len(others) + 1
    assert all(group == [ALONE] for group in groups if ALONE in group)


def test_the_error_of_one_never_fails_another(omgeving: Omgeving) -> None:
    def apply(transaction: GroupTransaction, items: Sequence[int]) -> Sequence[int | Exception]:
        for item in items:
            if item == 13:
                raise RuntimeError("thirteen")
            transaction.tel(REGEL, Uitkomst.GESLAAGD)
        return [ValueError("seven") if item == 7 else item for item in items]

    def submit(item: int) -> object:
        try:
            return omgeving.group_commit(apply, item)
        except (RuntimeError, ValueError) as error:
            return str(error)

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(submit, range(20)))
    assert results == [*range(7), "seven", *range(8, 13), "thirteen", *range(14, 20)]
    with omgeving.reading() as session:
        assert count_regels(session)["TEST-groep"] == {"geslaagd": 19}


def test_a_failed_group_stores_nothing(omgeving: Omgeving) -> None:
    def apply(transaction: GroupTransaction, items: Sequence[int]) -> Sequence[int]:
        transaction.insert(RegelTelling.__table__, [("TEST-x", "geslaagd", 0, 1)])  # type: ignore[arg-type]
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        omgeving.group_commit(apply, 1)
    with omgeving.reading() as session:
        assert count_regels(session) == {}


def test_an_error_that_is_everybodys_is_not_tried_for_each() -> None:
    runs: list[int] = []
    first_runs, go_on = threading.Event(), threading.Event()

    def run(items: Sequence[int]) -> Sequence[int]:
        runs.append(len(items))
        first_runs.set()
        go_on.wait(5)
        raise ConnectionError("gone")

    def submit(item: int) -> str:
        try:
            return str(queue.submit(run, item))
        except ConnectionError as error:
            return str(error)

    queue = GroupCommit(is_shared=is_gone)
    with ThreadPoolExecutor(8) as pool:
        leader = pool.submit(submit, 0)
        first_runs.wait(5)
        others = [pool.submit(submit, n) for n in range(1, 8)]
        while len(queue._pending) < 7:
            pass
        go_on.set()
        assert {leader.result(), *(other.result() for other in others)} == {"gone"}
    assert runs == [1, 7]


def test_while_the_database_is_gone_one_tries_and_the_others_are_told_at_once() -> None:
    commit, begun, go_on = GroupCommit(is_shared=is_gone), threading.Event(), threading.Event()

    def fail(items: Sequence[int]) -> list[int]:
        raise ConnectionError

    def try_slowly(items: Sequence[int]) -> list[int]:
        begun.set()
        go_on.wait(20)
        return list(items)

    with pytest.raises(ConnectionError):
        commit.submit(fail, 1)
    with ThreadPoolExecutor(1) as pool:
        trying = pool.submit(commit.submit, try_slowly, 2)
        assert begun.wait(20)
        with pytest.raises(ConnectionError):
            commit.submit(try_slowly, 3)
        go_on.set()
        assert trying.result(20) == 2
    assert commit.submit(try_slowly, 4) == 4


def test_an_error_that_many_get_does_not_grow_with_them() -> None:
    commit, begun, go_on = GroupCommit(is_shared=is_gone), threading.Event(), threading.Event()

    def fail(items: Sequence[int]) -> list[int]:
        raise ConnectionError

    def fail_slowly(items: Sequence[int]) -> list[int]:
        begun.set()
        go_on.wait(20)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        commit.submit(fail, 1)
    with ThreadPoolExecutor(1) as pool:
        trying = pool.submit(commit.submit, fail_slowly, 2)
        assert begun.wait(20)
        lengths = []
        for _ in range(100):
            with pytest.raises(ConnectionError) as told:
                commit.submit(fail_slowly, 3)
            lengths.append(len(list(traceback.walk_tb(told.value.__traceback__))))
        go_on.set()
        assert isinstance(trying.exception(20), ConnectionError)
    assert max(lengths) < 10
