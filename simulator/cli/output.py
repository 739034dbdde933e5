"""How commands show things: tables for people, JSON for scripts."""

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


_ANY_WIDTH = 10_000


def print_json(value: object) -> None:
    """``value`` as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Rows under their columns; text is shown as it is, never as markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console = open_console()
    if console.measure(table, options=console.options.update(max_width=_ANY_WIDTH)).maximum > console.width:
        table.padding = 0  # room for the words first
    console.print(table)


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Label and value, one a line."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for label, value in facts:
        table.add_row(Text(label, style="bold"), Text("" if value is None else str(value)))
    open_console().print(table)


def open_console(*, stderr: bool = False) -> "Console":
    """A console as wide as the terminal; wide enough for every table when output goes into a pipe."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 160, highlight=False)


def own_name() -> str:
    """How to type this program here: its name where that is found, else the path that it was started with."""
    started = Path(sys.argv[0])
    if started.stem == "__main__":
        return "python -m simulator"
    found = shutil.which(started.name)
    return started.name if found and Path(found).resolve() == started.resolve() else str(started)
