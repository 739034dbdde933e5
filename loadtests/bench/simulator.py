"""The simulator that is measured: a process of its own, on a core of its own, asked over HTTP what it holds."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import psutil
import requests

from loadtests.bench.deliveries import KEY
from tests.postgres import PostgresServer
from tests.running import RunningSimulator, running_simulator


@dataclass(frozen=True)
class Place:
    """Where a simulator keeps its data, and the core it works on (``None``: any)."""

    data: Path
    database_url: str = ""
    core: int | None = None
    postgresql: PostgresServer | None = None
    """The server of the database, when it is ours."""

    def disk(self) -> int:
        """Bytes of all databases; of SQLite with what is still in the journal, each page counted once."""
        if self.database_url:
            return int(self.ask_postgresql("SELECT pg_database_size(current_database())"))
        return sum(_pages_of(file) for file in self.data.rglob("*.sqlite3"))

    def wal(self) -> int:
        """Bytes in the journal of SQLite alone."""
        return sum(file.stat().st_size for file in self.data.rglob("*-wal"))

    def ask_postgresql(self, query: str) -> Any:
        import psycopg  # noqa: PLC0415 - an extra

        with psycopg.connect(self.database_url, autocommit=True) as connection:
            row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None

    def check(self) -> list[dict[str, str]]:
        """What ``mosim check`` has to remark."""
        command = [sys.executable, "-m", "simulator", "check", "--json", "--data", str(self.data)]
        command += ["--database-url", self.database_url] if self.database_url else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            raise click.ClickException(f"mosim check did not work: {done.stderr}")
        remarks: list[dict[str, str]] = json.loads(done.stdout)["bevindingen"]
        return remarks


def _pages_of(file: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        return int(connection.execute(query).fetchone()[0])


@contextlib.contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """What is started inside works on this core, with all its threads and children; nothing else moves."""
    if core is None:
        yield
        return
    if not hasattr(os, "sched_setaffinity"):
        raise click.ClickException("this system cannot tie a process to a core; add --no-pin")
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {core})
    except OSError as error:
        raise click.ClickException(f"there is no core {core} here; choose another, or add --no-pin") from error
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def started(place: Place, *flags: str) -> Iterator[RunningSimulator]:
    """``mosim serve``, as in use: durable, and without a line of log for each request."""
    place.data.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        with on_core(place.core):
            running = running_simulator(place.data, "--log-level", "warning", *flags, database_url=place.database_url)
            simulator = stack.enter_context(running)
        yield simulator


def memory_of(processes: list[psutil.Process]) -> int:
    """Resident bytes, added over all processes."""
    return sum(process.memory_info().rss for process in processes)


def processor_time(processes: list[psutil.Process]) -> float:
    """Seconds of the processor that they used, of who is still there."""
    used = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            used += times.user + times.system
    return used


def bytes_read(processes: list[psutil.Process]) -> int:
    """From disk, by who is still there: what they asked for and was in memory does not count. 0 where nobody tells."""
    read = 0
    for process in processes:
        with contextlib.suppress(psutil.Error, AttributeError):
            read += process.io_counters().read_bytes
    return read


def own_memory_of(processes: list[psutil.Process]) -> int:
    """Bytes that are of one process only, of who is still there: those of PostgreSQL share the rest."""
    own = 0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            own += process.memory_full_info().uss
    return own


def count_metered(simulator: RunningSimulator, omgeving: str = "standaard") -> int:
    """What the delivering Afnemer used; ``mosim check`` proves that as much is stored."""
    headers = {"X-API-Key": KEY, "X-Simulator-Omgeving": omgeving}
    answer = requests.get(
        f"{simulator.base}/api/verbruik/v1/verbruik?van=2020-01-01&per=maand", headers=headers, timeout=60
    )
    answer.raise_for_status()
    return int(answer.json()["totaal"])


def count_overdue(simulator: RunningSimulator, omgeving: str = "standaard") -> int:
    """What should have been done by now, mostly kennisgevingen; at most 200 are counted."""
    try:
        now = datetime.fromisoformat(simulator.control("GET", "/klok", omgeving).json()["moment"])
        agenda = simulator.control("GET", "/agenda", omgeving).json()["agenda"]
    except requests.RequestException as error:
        raise click.ClickException(f"the simulator did not tell what is on its agenda: {error}") from error
    return sum(each["status"] == "wacht" and datetime.fromisoformat(each["moment"]) <= now for each in agenda)


def wait_until_idle(simulator: RunningSimulator, omgeving: str = "standaard", limit: float = 600) -> float:
    """Wait for what deliveries left on the agenda; answers the seconds it took."""
    start = time.perf_counter()
    while count_overdue(simulator, omgeving):
        if time.perf_counter() - start > limit:
            raise click.ClickException(f"the agenda was not done within {limit:.0f} s")
        time.sleep(0.05)
    return time.perf_counter() - start
