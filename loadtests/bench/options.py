"""What every command here can be told, and how it ends: a table, the document, or JSON."""

import contextlib
import functools
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from loadtests.bench.report import DOCUMENT, MarkersMissing, Report
from loadtests.bench.simulator import Place
from tests.postgres import PostgresServer

F = TypeVar("F", bound=Callable[..., Any])
_CORES = (
    click.option("--server-core", default=0, show_default=True, help="Core of the server."),
    click.option("--load-core", default=1, show_default=True, help="Core of what asks it."),
    click.option("--no-pin", is_flag=True, help="Let the system choose the cores."),
)
_COMMON = (
    click.option("--no-write", is_flag=True, help="Only show the table; leave the document as it is."),
    click.option(
        "--document", type=click.Path(path_type=Path, dir_okay=False), default=DOCUMENT,
        help="Where the table belongs, between its markers.  [default: docs/performance.md]",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts; progress goes to stderr."),
)  # fmt: skip
_STORAGE = (
    click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory, kept afterwards."),
    click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True,
                 help="PostgreSQL: one of its own, from a package, thrown away afterwards."),
    click.option("--database-url", default="", help="An empty PostgreSQL that is there already."),
    click.option("--workers", default=1, show_default=True, help="More than one needs PostgreSQL."),
)  # fmt: skip
_STOPPED = 143
"""The exit code after SIGTERM, as shells have it."""
errors = Console(stderr=True)


def common(command: F) -> F:
    """The options of a command with the server on one core and what asks it on another."""
    return _with(unpinned(command), _CORES)


def unpinned(command: F) -> F:
    """The options of every command, which takes all that it started along when it is told to stop (SIGTERM)."""

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(_STOPPED))
        return command(**given)

    return _with(cast("F", run), _COMMON)


def storage(command: F) -> F:
    """The options of a command that is about the simulator alone."""
    return _with(command, _STORAGE)


def _with(command: F, options: tuple[Callable[[F], F], ...]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, kw_only=True)
class Options:
    """The common options, as given."""

    no_write: bool
    document: Path
    as_json: bool
    server_core: int = 0
    load_core: int = 1
    no_pin: bool = True
    """As long as a command does not ask for cores, it leaves them alone."""

    def __post_init__(self) -> None:
        """Refuse cores that are not there, before anything is started."""
        there = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
        missing = {self.server_core, self.load_core} - there
        if missing and not self.no_pin:
            which = ", ".join(map(str, sorted(missing)))
            raise click.UsageError(f"there is no core {which} here; choose another, or add --no-pin")

    @property
    def server(self) -> int | None:
        return None if self.no_pin else self.server_core

    @property
    def load(self) -> int | None:
        return None if self.no_pin else self.load_core

    def finish(self, report: Report, result: object, drawing: str = "") -> None:
        """Show and write what was found."""
        if self.as_json:
            click.echo(json.dumps(result, indent=2))
        else:
            report.show(Console())
        if not self.no_write:
            try:
                report.write(self.document, drawing)
            except MarkersMissing as error:
                errors.print(f"not written: {error}", style="yellow")
            else:
                errors.print(f"written: {self.document}, between the markers «{report.name}»")


@dataclass(frozen=True, kw_only=True)
class StorageOptions(Options):
    """With where the data goes."""

    data: Path | None
    database: str
    database_url: str
    workers: int

    def __post_init__(self) -> None:
        """Refuse more workers on the one core of the server, where they would only be in each other's way."""
        super().__post_init__()
        if self.workers > 1 and not self.no_pin:
            raise click.UsageError("--workers would share one core; add --no-pin")

    @property
    def is_postgresql(self) -> bool:
        return self.database == "postgresql" or bool(self.database_url)

    @property
    def flags(self) -> tuple[str, ...]:
        return ("--workers", str(self.workers))

    @property
    def storage(self) -> str:
        return f"PostgreSQL, workers: {self.workers}" if self.is_postgresql else "SQLite"

    def name_of(self, report: str) -> str:
        """Each database has a table of its own."""
        return f"{report}-postgresql" if self.is_postgresql else report

    @contextlib.contextmanager
    def place(self) -> Iterator[Place]:
        """A directory on a real disk; thrown away afterwards, unless it was named."""
        data = self.data or Path(tempfile.mkdtemp(prefix="mosim-load-"))
        try:
            with self.place_in(data) as place:
                yield place
        finally:
            if self.data is None:
                shutil.rmtree(data, ignore_errors=True)

    @contextlib.contextmanager
    def place_in(self, data: Path) -> Iterator[Place]:
        """With the database that was asked for."""
        if self.database_url or not self.is_postgresql:
            yield Place(data, self.database_url, self.server)
            return
        with contextlib.closing(PostgresServer()) as server:
            yield Place(data, server.create_database("loadtest"), self.server, server)


def progress() -> Progress:
    """On stderr, so that what is asked for stays readable by a program."""
    text, bar = TextColumn("{task.description}"), BarColumn(bar_width=30)
    return Progress(text, bar, MofNCompleteColumn(), TimeRemainingColumn(), console=errors, transient=True)


def in_memory(directory: Path) -> bool:
    """Whether a file here is on a disk of memory, where durable costs nothing and proves nothing."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    points = [line.split()[1:3] for line in mounts.read_text("utf-8").splitlines()]
    inside = [each for each in points if directory.resolve().is_relative_to(each[0])]
    return max(inside, key=lambda each: len(each[0]))[1] == "tmpfs" if inside else False


def need_disk(directory: Path) -> None:
    """Say so when a figure about durability cannot be taken here."""
    if in_memory(directory):
        errors.print(f"{directory} is in memory: durable figures from here mean nothing", style="yellow")
