"""Whether a service keeps up with a rate: a queue that grows is found before it breaks a budget."""

from pathlib import Path

import pytest

from simulator.load.budgets import judge, read_budgets
from simulator.load.report import Run
from simulator.load.search import list_backlogs
from simulator.load.tally import Tally
from tests.load.commands import mosim
from tests.load.services import OneASecond, running_service

SECONDS, BATCH = 15.0, 100


def served(arrivals: int, *, at_once: float = 0.0, each: float = 0.0) -> Run:
    """A run of batches, due at even times, that are served one by one in so many seconds, or all ``at_once``."""
    run = Run("", "", "", {"batch": BATCH}, 1, {"all": SECONDS}, Tally())
    entry, free = run.tally.of("batch", "all"), 0.0
    for number in range(arrivals):
        due = (number + 0.5) * SECONDS / arrivals
        free = max(free, due) + each
        done = free + at_once
        entry.arrivals += 1
        entry.count((done - due) * 1_000)
        entry.count_messages(BATCH, in_time=done <= SECONDS)
    return run


def test_a_rate_of_which_the_queue_grows_is_not_kept_though_its_budgets_are() -> None:
    run = served(120, each=SECONDS / 120 * 1.25)
    assert judge(run.tally, read_budgets("")) == []
    found = "all: 9,500 of the 12,000 messages that were due were taken in before the end (79%)"
    assert list(list_backlogs(run)) == [f"{found}, so the service falls behind."]


@pytest.mark.parametrize("arrivals", [9, 30, 120, 1_000])
@pytest.mark.parametrize("load", [1.35, 2.0, 4.0])
def test_more_than_is_served_is_found_with_few_batches_and_with_many(arrivals: int, load: float) -> None:
    assert list(list_backlogs(served(arrivals, each=SECONDS / arrivals * load)))


@pytest.mark.parametrize("arrivals", [30, 120, 1_000])
def test_the_ceiling_is_found_within_a_tenth(arrivals: int) -> None:
    assert list(list_backlogs(served(arrivals, each=SECONDS / arrivals * 1.1)))
    assert not list(list_backlogs(served(arrivals, each=SECONDS / arrivals * 1.02)))


@pytest.mark.parametrize("arrivals", [1, 2, 7, 9, 30, 120, 1_000])
@pytest.mark.parametrize("seconds", [0.001, 0.4, 1.0, 3.0, 4.9])
def test_who_always_takes_as_long_keeps_up(arrivals: int, seconds: float) -> None:
    assert not list(list_backlogs(served(arrivals, at_once=seconds)))


def test_visits_that_bring_no_messages_are_never_behind() -> None:
    run = served(10)
    run.tally.of("abonnementen", "all").arrivals = 10
    assert not list(list_backlogs(run))


@pytest.mark.slow
def test_the_search_tells_that_a_service_falls_behind(tmp_path: Path) -> None:
    flags = "search --scenario aanlevering --rate 1.9 --duration 6s --timeout 120 --budget p95=60000"
    with running_service(OneASecond) as url:
        done = mosim(*flags.split(), "--key-header", "Authorization", "--url", url, "--output", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1.9 messages/s: all: 5 of the 11 messages that were due were taken in before the end (45%)" in done.stderr
    assert "kept up to 0 messages/s" in done.stdout
