"""A primary and its replica, simulators and the balancer in front of them, each on a machine of its own."""

import contextlib
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
import requests

from loadtests.bench.network import Machine, machines
from loadtests.bench.replicated import Replicated, replicated
from tests.running import RunningSimulator, running_simulator

ROOT = Path(__file__).parents[2]
BALANCER = ROOT / "loadtests" / "haproxy.cfg"
"""That of the profile ``scale`` in docker-compose.yml."""
SIMULATORS = 3
SENDERS = 2
_PORT = 8000
_NAMED = "simulator-node"
PATIENCE = 60
MISSING = "haproxy is not installed (Debian: apt install haproxy)"


@dataclass(frozen=True)
class Cluster:
    """All of it, running."""

    place: dict[str, Machine]
    database: Replicated
    simulators: list[RunningSimulator]
    door: str


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A primary and its replica, simulators, and a balancer in front."""
    nodes = [f"simulator-{number}" for number in range(1, SIMULATORS + 1)]
    senders = [f"sender-{number}" for number in range(1, SENDERS + 1)]
    with contextlib.ExitStack() as stack:
        names = ("primary", "replica", *nodes, "balancer", "locust", *senders)
        place = stack.enter_context(machines(names))
        database = stack.enter_context(replicated(place["primary"], place["replica"]))
        running = [_simulator(place[name], folder / name, database.primary) for name in nodes]
        with ThreadPoolExecutor(len(running)) as pool:  # all at once, as machines do after a power cut
            simulators = list(pool.map(stack.enter_context, running))
        door = stack.enter_context(_balancer(place["balancer"], [place[name].address for name in nodes], folder))
        yield Cluster(place, database, simulators, door)


def _simulator(machine: Machine, data: Path, url: str) -> contextlib.AbstractContextManager[RunningSimulator]:
    flags = ("--host", machine.address, "--port", str(_PORT), "--log-level", "warning")
    return running_simulator(data, *flags, database_url=url, within=machine.within)


@contextlib.contextmanager
def _balancer(machine: Machine, addresses: list[str], folder: Path) -> Iterator[str]:
    """HAProxy with the file of the compose profile; its name server answers as that of Docker does."""
    file, listen, names = BALANCER, ("127.0.0.11", 53), [_NAMED, *addresses]
    if not machine.within:  # all on one loopback network, where those addresses are taken
        listen, file = (machine.address, 5353), folder / "haproxy.cfg"
        text = BALANCER.read_text("utf-8").replace("bind :", f"bind {machine.address}:")
        file.write_text(text.replace("127.0.0.11:53", f"{machine.address}:5353"), "utf-8")
    server = [sys.executable, "-m", "loadtests.bench.names", listen[0], str(listen[1]), *names]
    door = f"http://{machine.address}:{_PORT}"
    with (folder / "balancer.log").open("w", encoding="utf-8") as log:
        started = [
            machine.start(*command, stdout=log, stderr=log, cwd=ROOT)
            for command in (server, ["haproxy", "-db", "-f", str(file)])
        ]
        try:
            wait_for(lambda: _is_ready(door), "the balancer has no simulator")
            yield door
        finally:
            for process in started:
                process.terminate()
                process.wait(10)


def _is_ready(door: str) -> bool:
    with contextlib.suppress(requests.RequestException):
        return requests.get(f"{door}/readyz", timeout=2).ok
    return False


def is_installed() -> bool:
    return shutil.which("haproxy") is not None


def wait_for(condition: Callable[[], bool], otherwise: str) -> None:
    """Until it holds; raises what to say otherwise."""
    end = time.perf_counter() + PATIENCE
    while not condition():
        if time.perf_counter() > end:
            raise click.ClickException(otherwise)
        time.sleep(0.05)
