"""The tables of an omgeving as docs/scale.md would have them on Citus, made of PostgreSQL's own partitions.

Both have the same law: a unique key holds the column by which its table is spread, and a statement that names that
column goes to one part. So what the page says can be tried on an engine that is here.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, PrimaryKeyConstraint, Select, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import AddConstraint, CreateIndex

from simulator.app import METADATA
from tests.architecture.source import ROOT

PARTS = 8
_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
_FUNCTION_ROW = re.compile(r"^\| `(\w+\.\w+)` \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
_BY = re.compile(r"by `(\w+)`\Z")
_KEY = re.compile(r"^key `\(([\w, ]+)\)`")
_MOVES = re.compile(r"`\(?([\w, ]+?)\)?` moves to `(\w+) \(([\w, ]+)\)`")


@cache
def declared() -> dict[str, tuple[str, str]]:
    """The rows of the tables of docs/scale.md: by name, the second and the third column."""
    return _read_rows(_ROW)


@cache
def declared_functions() -> dict[str, tuple[str, str]]:
    """The same of the statements that are made in a function, by its room and its name."""
    return _read_rows(_FUNCTION_ROW)


def _read_rows(pattern: re.Pattern[str]) -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    return {name: (second, third) for name, second, third in pattern.findall(text)}


@dataclass(frozen=True)
class Moved:
    """A unique key that its table cannot keep, and the table that keeps it, spread by the first of its columns."""

    key: tuple[str, ...]
    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a table goes: spread ``by`` a column (empty: not spread), with another primary key, without some keys."""

    table: Table
    by: str
    key: tuple[str, ...]
    moved: tuple[Moved, ...]


@cache
def place_of(name: str) -> Place:
    """What the page says of one table."""
    where, needs = declared()[name]
    by, key = _BY.match(where), _KEY.match(needs)
    moved = tuple(Moved(_split(unique), table, _split(columns)) for unique, table, columns in _MOVES.findall(needs))
    return Place(METADATA.tables[name], by[1] if by else "", _split(key[1]) if key else (), moved)


def spread_places() -> list[Place]:
    """Those that the page distributes."""
    return [place for table in METADATA.sorted_tables if (place := place_of(table.name)).by]


def list_statements() -> dict[str, str]:
    """The SELECTs that live at module level: compiled once, because they are asked most."""
    modules = [module for name, module in sys.modules.items() if name.startswith("simulator.")]
    found = {name: each for module in modules for name, each in vars(module).items() if isinstance(each, Select)}
    dialect: Any = postgresql.dialect  # untyped in SQLAlchemy
    return {name: str(each.compile(dialect=dialect())) for name, each in found.items()}


STATEMENTS = list_statements()


def unique_keys(table: Table) -> list[tuple[str, ...]]:
    """The columns of each key that only one row may have."""
    constraints = [each for each in table.constraints if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)]
    indexes = [each for each in table.indexes if each.unique]
    return [tuple(column.name for column in key.columns) for key in (*constraints, *indexes)]


def spread(connection: Connection, place: Place) -> None:
    """Make the table anew in parts, with the keys of the page; what was in it goes along."""
    name, whole = place.table.name, f"heel_{place.table.name}"
    run = connection.exec_driver_sql
    run(f"ALTER TABLE {name} RENAME TO {whole}")
    run(f"CREATE TABLE {name} (LIKE {whole} INCLUDING DEFAULTS) PARTITION BY HASH ({place.by})")
    _make_parts(connection, name)
    run(f"INSERT INTO {name} SELECT * FROM {whole}")
    run(f"DROP TABLE {whole}")
    key = place.key or tuple(place.table.primary_key.columns.keys())
    run(f"ALTER TABLE {name} ADD PRIMARY KEY ({', '.join(key)})")
    for constraint in _kept(place):
        connection.execute(AddConstraint(constraint, isolate_from_table=False))  # else METADATA forgets it for good
    for index in place.table.indexes:
        connection.execute(CreateIndex(index))
    for moved in place.moved:
        _move(connection, place, moved)
    run(f"ANALYZE {name}")


def _kept(place: Place) -> Iterator[Any]:
    """The other keys of the model, and its foreign keys to what is everywhere."""
    moved = {each.key for each in place.moved}
    for each in place.table.constraints:
        unique = isinstance(each, UniqueConstraint) and tuple(each.columns.keys()) not in moved
        if unique or isinstance(each, ForeignKeyConstraint):
            yield each


def _move(connection: Connection, place: Place, moved: Moved) -> None:
    """A table for one unique key; a column that the model lacks is a hash of that key."""
    run, columns = connection.exec_driver_sql, place.table.columns
    hashed = f"hashtextextended(concat_ws(' ', {', '.join(moved.key)}), 0)"
    chosen = [name if name in columns else f"{hashed} AS {name}" for name in moved.columns]
    query = f"SELECT {', '.join(chosen)} FROM {place.table.name}"
    run(f"CREATE TEMPORARY TABLE vorm AS {query} WITH NO DATA")
    run(f"CREATE TABLE {moved.table} (LIKE vorm) PARTITION BY HASH ({moved.columns[0]})")
    run("DROP TABLE vorm")
    _make_parts(connection, moved.table)
    run(f"INSERT INTO {moved.table} {query}")
    run(f"ALTER TABLE {moved.table} ADD PRIMARY KEY ({', '.join(dict.fromkeys((moved.columns[0], *moved.key)))})")


def _make_parts(connection: Connection, name: str) -> None:
    for part in range(PARTS):
        connection.exec_driver_sql(
            f"CREATE TABLE {name}_deel_{part} PARTITION OF {name} FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
        )


def touched(plan: Any) -> dict[str, set[int]]:
    """By table the parts that a plan of EXPLAIN (FORMAT JSON) would read."""
    found: dict[str, set[int]] = {}
    for node in walk(plan):
        table, is_part, number = node.get("Relation Name", "").partition("_deel_")
        if is_part:
            found.setdefault(table, set()).add(int(number))
    return found


def walk(plan: Any) -> Iterator[Any]:
    """A node of a plan and all that is under it."""
    yield plan
    for each in plan.get("Plans", []):
        yield from walk(each)


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))
