"""A table, on the terminal and between two markers of docs/performance.md."""

import platform
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

DOCUMENT = Path(__file__).parents[2] / "docs" / "performance.md"


class MarkersMissing(ValueError):  # noqa: N818 - the message is for the person at the command line
    """The document has no place for this table."""


@dataclass(frozen=True)
class Report:
    """What a command found: a table, and what has to be said about it."""

    name: str
    """Of the markers: ``<!-- name: begin -->`` and ``<!-- name: end -->``."""
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: tuple[str, ...] = ()
    picture: str = ""
    """File name in the images beside the document."""

    def show(self, console: Console) -> None:
        table = Table(*self.columns, title=describe_machine())
        for row in self.rows:
            table.add_row(*row)
        console.print(table)
        for note in self.notes:
            console.print(f"\n{note}", style="dim")

    def markdown(self) -> str:
        lines = [_row(self.columns), _row(("---",) * len(self.columns)), *map(_row, self.rows)]
        shown = [f"![{self.name}](images/{self.picture})", ""] if self.picture else []
        return "\n".join([*shown, *lines, *(f"\n{note}" for note in (f"{describe_machine()}.", *self.notes))])

    def write(self, document: Path, drawing: str = "") -> None:
        """Put the table in its place, and the picture beside the others."""
        document.write_text(replace_marked(document.read_text("utf-8"), self.name, self.markdown()), "utf-8")
        if self.picture:
            images = document.parent / "images"
            images.mkdir(exist_ok=True)
            (images / self.picture).write_text(drawing, "utf-8")


def replace_marked(text: str, name: str, content: str) -> str:
    """The text with something else between the two markers."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise MarkersMissing(f"there is no {begin} … {end} in the document")
    return pattern.sub(lambda _: f"{begin}\n{content}\n{end}", text)


def describe_machine() -> str:
    """Where and when, in one line."""
    cpus, memory = psutil.cpu_count(), psutil.virtual_memory().total / 2**30
    today = datetime.now(UTC).date()
    return (
        f"{today:%-d %B %Y}, {cpus} cores ({_cpu()}), {memory:.0f} GiB, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", info.read_text("utf-8")) if info.exists() else None
    return found.group(1) if found else platform.machine()


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
