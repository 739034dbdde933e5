"""Statements on the driver of the database: compiled once, run without SQLAlchemy in between. For the hot path."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement, Executable

_CONFLICT = "23505"
"""PostgreSQL: a key is there already."""
_VALUES = re.compile(r"(?<=VALUES )(\([^()]*\))")
_AT_ONCE = 64
"""So many rows go together: each step of SQLite lets go of the interpreter and gets it back after who waits, and each
row of PostgreSQL is a message to and fro.

More than this is a batch: on SQLite one statement, a step per row, and the small deliveries that wait are served in
between; on PostgreSQL a ``COPY``, which is quicker from about this number on.
"""


class Driver:
    """Statements that are compiled once and run on the cursor of the driver, without SQLAlchemy in between."""

    def __init__(self, cursor: Any, dialect: str) -> None:
        self._cursor = cursor
        self._dialect = dialect

    @classmethod
    def of(cls, connection: Connection) -> "Driver":
        """The driver underneath a connection, in the transaction that it is in."""
        return cls(connection.connection.cursor(), connection.dialect.name)

    def insert(self, table: Table, rows: Sequence[Sequence[object]], *, ignore_conflicts: bool = False) -> int:
        """Insert rows whose values are in the order of the columns; answers how many were stored."""
        if self._dialect != "sqlite" and len(rows) > _AT_ONCE:
            return self._copy(_copy_sql(table), rows, ignore_conflicts=ignore_conflicts)
        return self._run(_insert_sql(table, self._dialect, ignore_conflicts=ignore_conflicts), rows)

    def _copy(self, sql: "_CopySql", rows: Sequence[Sequence[object]], *, ignore_conflicts: bool) -> int:
        """A batch on PostgreSQL. COPY bears no conflict, and there seldom is one: then by way of a table of its own."""
        if not ignore_conflicts:
            return self._copy_into(sql.copy, sql, rows)
        self._cursor.execute("SAVEPOINT zonder_botsing")
        try:
            stored = self._copy_into(sql.copy, sql, rows)
        except Exception as error:
            if getattr(error, "sqlstate", "") != _CONFLICT:
                raise
            self._cursor.execute("ROLLBACK TO SAVEPOINT zonder_botsing")
            self._cursor.execute(sql.make)
            self._copy_into(sql.copy_aside, sql, rows)
            self._cursor.execute(sql.move)
            stored = int(self._cursor.rowcount)
        self._cursor.execute("RELEASE SAVEPOINT zonder_botsing")
        return stored

    def _copy_into(self, statement: str, sql: "_CopySql", rows: Sequence[Sequence[object]]) -> int:
        with self._cursor.copy(statement) as copy:
            copy.set_types(sql.types)
            for row in rows:
                copy.write_row(row)
        return int(self._cursor.rowcount)

    def add_up(self, table: Table, rows: Sequence[Sequence[object]]) -> None:
        """Insert rows; where the primary key is there already, add ``aantal`` to it."""
        # One order for everybody, or two workers could each wait for the other's row.
        self._run(_add_up_sql(table, self._dialect), sorted(cast("Sequence[tuple[Any, ...]]", rows)))

    def _run(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        if not rows:
            return 0
        if len(rows) > _AT_ONCE:
            self._cursor.executemany(sql, rows)
            return int(self._cursor.rowcount)
        stored = 0
        # For SQLite fewer statements to prepare, for PostgreSQL fewer messages to and fro.
        for part in _split(rows, digits=1 if self._dialect == "sqlite" else 3):
            self._cursor.execute(_for_rows(sql, len(part)), part[0] if len(part) == 1 else list(chain(*part)))
            stored += self._cursor.rowcount
        return stored

    def query(self, statement: Executable, **binds: object) -> list[tuple[Any, ...]]:
        """All rows of a SELECT that lives at module level, as the driver gives them (moments in microseconds)."""
        sql, names = _statement_sql(statement, self._dialect)
        self._cursor.execute(sql, [self._value(binds[name]) for name in names])
        return cast("list[tuple[Any, ...]]", self._cursor.fetchall())

    def _value(self, value: object) -> object:
        return json.dumps(value) if isinstance(value, list) and self._dialect == "sqlite" else value


def _split(rows: Sequence[Sequence[object]], digits: int) -> Iterator[Sequence[Sequence[object]]]:
    """In parts of a size with so many significant binary ``digits``, so that few different statements serve any number.

    With one, the powers of two, there are 7 of these; with three there are 20, and never more than two for one insert.
    """
    first = 0
    while first < len(rows):
        left = len(rows) - first
        shift = max(0, left.bit_length() - digits)
        number = left >> shift << shift
        yield rows[first : first + number]
        first += number


@lru_cache(maxsize=256)
def _for_rows(sql: str, number: int) -> str:
    """The INSERT of one row as one of ``number`` rows."""
    head, values, rest = _VALUES.split(sql, maxsplit=1)
    return f"{head}{', '.join([values] * number)}{rest}"


@lru_cache(maxsize=2)
def dialect_of(name: str) -> tuple[Dialect, Any]:
    """The dialect with positional binds, as the drivers want them, and its ``insert``."""
    if name == "sqlite":
        return sqlite.dialect(), sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 30 ms, so only where it is used

    dialect: Any = postgresql.dialect  # untyped in SQLAlchemy
    return dialect(paramstyle="format"), postgresql.insert


@lru_cache(maxsize=256)
def _insert_sql(table: Table, dialect: str, *, ignore_conflicts: bool) -> str:
    compiler, make = dialect_of(dialect)
    statement: Any = make(table)
    if ignore_conflicts:
        statement = statement.on_conflict_do_nothing()
    return str(statement.compile(dialect=compiler))


class _CopySql(NamedTuple):
    """The statements of ``COPY`` into one table; ``aside`` is a temporary one, emptied by ``move`` and by a commit."""

    make: str
    copy_aside: str
    move: str
    copy: str
    types: Sequence[str]


@lru_cache(maxsize=64)
def _copy_sql(table: Table) -> _CopySql:
    compiler, _ = dialect_of("postgresql")
    aside, columns = f"apart_{table.name}", ", ".join(column.name for column in table.columns)
    return _CopySql(
        make=f"CREATE TEMPORARY TABLE IF NOT EXISTS {aside} (LIKE {table.name}) ON COMMIT DELETE ROWS",
        copy_aside=f"COPY {aside} ({columns}) FROM STDIN (FORMAT BINARY)",
        move=f"WITH rijen AS (DELETE FROM {aside} RETURNING {columns}) "  # noqa: S608 - names of ours
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM rijen ON CONFLICT DO NOTHING",
        copy=f"COPY {table.name} ({columns}) FROM STDIN (FORMAT BINARY)",
        types=[column.type.compile(compiler).partition("(")[0].lower() for column in table.columns],
    )


@lru_cache(maxsize=256)
def _add_up_sql(table: Table, dialect: str) -> str:
    compiler, make = dialect_of(dialect)
    statement = make(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={"aantal": table.c.aantal + statement.excluded.aantal}
    )
    return str(statement.compile(dialect=compiler))


@lru_cache(maxsize=256)
def _statement_sql(statement: ClauseElement, dialect: str) -> tuple[str, tuple[str, ...]]:
    compiled: Any = statement.compile(dialect=dialect_of(dialect)[0])
    literal = [name for name, value in compiled.params.items() if value is not None]
    if literal:  # Literals would be lost here: only names travel. Use bindparam or literal_column.
        msg = f"a driver statement takes named binds only, not {literal}"
        raise ValueError(msg)
    return str(compiled), tuple(compiled.positiontup or ())
