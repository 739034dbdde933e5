"""Who is counted as lost when a run is over: who waits for the service, and for how long it did."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from simulator.load.visits.visit import OK
from tests.load.commands import mosim, read_lines
from tests.load.services import ClosedPortaal, UnfinishedService, running_service
from tests.load.sessions import a_visit


def test_who_was_never_answered_waited_from_the_moment_it_was_due() -> None:
    visit = a_visit(ago=100)
    visit.lose("no answer")
    ((scenario, why, waited),) = visit.service.session.lost
    assert (scenario, why, waited >= 100_000) == ("status", "no answer", True)


def test_who_had_answers_waited_since_it_asked_what_is_open_now() -> None:
    visit = a_visit(ago=100)
    for _ in range(2):
        visit.ask("GET", "/", expected=OK)
    visit.lose("no answer")
    assert visit.service.session.lost[0][2] < 90_000
    assert visit.entry.failures == {"no answer": 1}


def test_who_waits_for_the_phone_of_somebody_waits_for_no_service() -> None:
    visit, seen = a_visit(), []

    @contextmanager
    def phone() -> Iterator[None]:
        seen.append(visit.idle)
        yield

    with visit.after_others(phone()):
        seen.append(visit.idle)
    assert seen == [True, False]


@pytest.mark.slow
def test_citizens_who_still_think_when_a_run_is_over_have_lost_nothing(tmp_path: Path) -> None:
    flags = "run --json --scenario browser --rate 5 --duration 1s --think 600 --timeout 5 --data none"
    with running_service(ClosedPortaal) as url:
        done = mosim(*flags.split(), "--budget", "p95=600000", "--url", url, "--output", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    line = read_lines(done)["browser"]
    assert (line["arrivals"], line["requests"], line["failed"]) == (5, 5, 0)


@pytest.mark.slow
def test_who_still_follows_a_message_when_a_run_is_over_has_lost_it(tmp_path: Path) -> None:
    flags = "run --json --scenario status --rate 5 --duration 1s --timeout 1 --budget p95=600000"
    with running_service(UnfinishedService) as url:
        done = mosim(*flags.split(), "--url", url, "--output", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    line = read_lines(done)["status"]
    assert (line["arrivals"], line["failed"]) == (5, 5)
    with (tmp_path / "requests_failures.csv").open(encoding="utf-8", newline="") as file:
        told = {row["Error"]: int(row["Occurrences"]) for row in csv.DictReader(file)}
    assert sum(told.values()) == 5, told
    assert any("GET status: no result in time" in why for why in told), told
    assert "Failed: GET status: no result in time" in done.stderr
