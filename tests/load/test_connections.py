"""How many requests are under way at once, and what that means for who thinks or waits."""

import json
from pathlib import Path
from threading import Timer

import pytest

from simulator.load.visits.visit import OK, Stopped
from tests.load.commands import mosim, read_lines
from tests.load.services import ClosedPortaal, running_service
from tests.load.sessions import Answer, a_visit


def test_a_visit_holds_a_connection_during_each_request_and_none_between_them() -> None:
    visit = a_visit(Answer(), Answer(), Answer(503), connections=1)
    for _ in range(2):
        visit.ask("GET", "/", expected=OK)
    with pytest.raises(Stopped):
        visit.ask("GET", "/", expected=OK)
    assert visit.service.session.free == [False, False, False]
    assert visit.service.slots.acquire(blocking=False)
    assert not visit.service.slots.acquire(blocking=False)


def test_the_time_that_a_request_waits_for_a_connection_counts() -> None:
    visit = a_visit()
    visit.ask("GET", "/", expected=OK)
    visit.service.slots.acquire()  # another visit
    Timer(0.1, visit.service.slots.release).start()
    visit.ask("GET", "/", expected=OK)
    assert visit.entry.times.longest > 90


@pytest.mark.slow
def test_citizens_who_think_leave_the_connections_to_others(tmp_path: Path) -> None:
    ClosedPortaal.at_the_door.clear()
    flags = "run --json --scenario browser --rate 20 --duration 1s --think 2 --connections 1 --timeout 120 --data none"
    with running_service(ClosedPortaal) as url:
        done = mosim(*flags.split(), "--budget", "p95=600000", "--url", url, "--output", str(tmp_path))
    assert read_lines(done)["browser"]["failed"] == 0, done.stdout + done.stderr
    assert ClosedPortaal.at_the_door[0] > 1
    (breach,) = json.loads(done.stdout)["breaches"]
    assert breach.startswith("browser: all 20 visits ended at once, most often because DigiD refused the login")
