import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from simulator.infra.clock import stopwatch
from simulator.infra.pacing import Caps, Jobs, Pace, run_paced


def run(
    items: Iterable[tuple[str, Any]], work: Callable[[Any], Any], pace: Pace, caps: Caps, seconds: float
) -> tuple[list[Any], list[Any]]:
    """What was done, and what was left."""
    done: list[Any] = []
    left = run_paced(Jobs(items, work, done.extend), pace, caps, seconds)
    return done, left


def test_everything_is_done_and_nothing_is_left() -> None:
    jobs = [(f"host-{n % 3}", n) for n in range(100)]
    done, left = run(jobs, lambda n: n * 2, Pace(100_000), Caps(), 10)
    assert sorted(done) == [(n, n * 2) for n in range(100)]
    assert left == []


def test_never_more_at_once_than_the_caps_say() -> None:
    lock, busy, most = threading.Lock(), Counter[str](), Counter[str]()

    def work(host: str) -> None:
        with lock:
            busy[host] += 1
            busy["all"] += 1
            for name in (host, "all"):
                most[name] = max(most[name], busy[name])
        threading.Event().wait(0.005)
        with lock:
            busy[host] -= 1
            busy["all"] -= 1

    run([(host, host) for host in "abcd" * 10], work, Pace(100_000), Caps(total=6, per_host=2), 10)
    assert most["all"] <= 6
    assert max(most[host] for host in "abcd") <= 2


def test_a_host_is_asked_no_faster_than_its_pace_and_does_not_hold_up_another() -> None:
    started, moments = stopwatch(), {}

    def work(name: str) -> None:
        moments[name] = stopwatch() - started

    jobs = [("traag", f"traag-{n}") for n in range(6)] + [("ander", "ander-0")]
    run(jobs, work, Pace(20), Caps(), 10)
    assert max(moment for name, moment in moments.items() if name.startswith("traag")) >= 5 / 20 - 0.11
    assert moments["ander-0"] < moments["traag-5"]


def test_the_pace_holds_over_batches() -> None:
    pace = Pace(10)
    assert [pace.take("a") > 0 for _ in range(3)] == [False, True, True]
    assert pace.take("b") == 0


def test_what_was_not_begun_in_time_is_left() -> None:
    done, left = run([("a", n) for n in range(50)], lambda n: n, Pace(10), Caps(), 0.25)
    assert 1 <= len(done) <= 5
    assert len(done) + len(left) == 50


def test_an_error_is_raised_and_stops_the_rest() -> None:
    def work(n: int) -> None:
        raise ValueError(n)

    with pytest.raises(ValueError, match="0"):
        run([("a", n) for n in range(1000)], work, Pace(100_000), Caps(total=1), 10)
