"""Locust's own master, as docker-compose.yml starts it: without its page, and with it, when somebody presses Start."""

import contextlib
import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.load.commands import clean_environ
from tests.running import RunningSimulator

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
COMMANDS = [json.loads(each) for each in re.findall(r"command: (\[.+\])", COMPOSE)]
PLAN = {
    "scenario": "status", "shape": "constant", "rate": "20", "duration": "2s", "timeout": "120", "budget": "p95=600000",
}  # fmt: skip
SENT = 40
"""Two seconds of twenty deliveries; the status of each is asked until it is there."""


@contextmanager
def running(
    command: Sequence[str], replaced: dict[str, str], target: str, *flags: str
) -> Iterator[subprocess.Popen[str]]:
    """A command of docker-compose.yml on this machine, with its addresses ``replaced`` and the variable that it has."""
    words = [replaced.get(word, word) for word in command[1:]]
    module = {"locust": "locust", "mosim": "simulator"}[command[0]]
    started = [sys.executable, "-m", module, *words, *flags]
    with subprocess.Popen(
        started, env=clean_environ() | {"LOCUST_HOST": target}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


@contextmanager
def master_and_worker(
    simulator: RunningSimulator, *flags: str
) -> Iterator[tuple[subprocess.Popen[str], subprocess.Popen[str]]]:
    master = next(each for each in COMMANDS if each[0] == "locust")
    worker = next(each for each in COMMANDS if each == ["mosim", "load", "join", "locust"])
    port = free_port()
    own = {"/loadtests/locustfile.py": str(ROOT / "loadtests" / "locustfile.py")}
    bound = ("--master-bind-host", "127.0.0.1", "--master-bind-port", port)
    with (
        running(master, own, simulator.base, *bound, *flags) as counts,
        running(worker, {"locust": f"127.0.0.1:{port}"}, simulator.base) as sends,
    ):
        yield counts, sends


@pytest.mark.slow
def test_without_its_page_a_master_waits_for_who_joins_and_nothing_fails(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    plan = [word for name, value in PLAN.items() for word in (f"--{name}", value)]
    flags = ("--headless", "--expect-workers", "1", "--csv", str(tmp_path / "run"), *plan)
    with master_and_worker(simulator, *flags) as (master, worker):
        errors = master.communicate(timeout=120)[1]
        assert master.returncode == 0, errors
        assert worker.wait(timeout=120) == 0
    assert "All budgets were kept." in errors
    with (tmp_path / "run_stats.csv").open(encoding="utf-8", newline="") as file:
        rows = [each for each in csv.DictReader(file) if each["Type"]]
    assert is_all({each["Name"]: int(each["Request Count"]) for each in rows})
    assert {each["Failure Count"] for each in rows} == {"0"}


@pytest.mark.slow
def test_on_its_page_start_sends_what_was_chosen_there_and_nothing_fails(simulator: RunningSimulator) -> None:
    port = free_port()
    page = f"http://127.0.0.1:{port}"
    with master_and_worker(simulator, "--web-host", "127.0.0.1", "--web-port", port) as (master, worker):
        wait_for(page, master, lambda told: told["worker_count"] == 1)
        text = requests.get(page, timeout=30).text
        assert all(f'"{name}"' in text for name in PLAN), "each choice has a field"
        started = requests.post(f"{page}/swarm", data=PLAN | {"host": simulator.base}, timeout=30)
        assert (started.status_code, started.json()["success"]) == (200, True), started.text
        told = wait_for(page, master, lambda told: told["state"] == "stopped" and is_all(count(told)))
        master.terminate()  # as Docker stops it
        errors = master.communicate(timeout=120)[1]
        assert master.returncode == 0, errors
        assert worker.wait(timeout=120) == 0
    assert told["errors"] == []
    assert "All budgets were kept." in errors


def is_all(asked: dict[str, int]) -> bool:
    return set(asked) == {"GET status", "POST berichten"} and asked["GET status"] >= asked["POST berichten"] == SENT


def count(told: dict[str, Any]) -> dict[str, int]:
    return {each["name"]: each["num_requests"] for each in told["stats"][:-1]}


def wait_for(page: str, master: subprocess.Popen[str], is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the page is told of the run, when it is so; it asks as the browser does."""
    told: dict[str, Any] = {}
    until = time.monotonic() + 120
    while time.monotonic() < until and master.poll() is None:
        with contextlib.suppress(requests.ConnectionError):
            told |= requests.get(f"{page}/stats/requests", timeout=30).json()
            if is_so(told):
                return told
        time.sleep(0.2)
    raise AssertionError(f"the master ended with {master.poll()}, and told {told}")
