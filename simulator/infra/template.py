"""A new world on PostgreSQL: made once by the models and the fixtures, then repeated in a quarter of the time."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, event

from simulator.infra.database import METADATA

_MAKES = ("CREATE ", "ALTER ", "DROP ")
_VERSION = "alembic_version"


class Template(NamedTuple):
    """A schema as statements and rows: who makes another from it compiles nothing."""

    statements: str
    """All that made or changed a table, in that order."""
    rows: Mapping[str, bytes]
    """What ``COPY`` gives and takes, by table; those that others point to come first."""

    @classmethod
    def take(cls, connection: Connection, build: Callable[[], None]) -> "Template":
        """What ``build`` makes in the schema of this connection, which must be empty."""
        with _recorded(connection) as statements:
            build()
        cursor: Any = connection.connection.cursor()
        rows = {}
        for table in (*(each.name for each in METADATA.sorted_tables), _VERSION):
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as copy:
                content = b"".join(bytes(block) for block in copy)
            if cursor.rowcount:
                rows[table] = content
        cursor.execute(
            "SELECT format('SELECT setval(%L, %s)', sequencename, last_value) FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return cls(";\n".join([*statements, *(row[0] for row in cursor.fetchall())]), rows)

    def make(self, connection: Connection) -> None:
        """The same in the schema of this connection, which must be empty."""
        cursor: Any = connection.connection.cursor()
        cursor.execute(self.statements, prepare=False)  # PostgreSQL prepares one statement at a time
        for table, content in self.rows.items():
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(content)


@contextmanager
def _recorded(connection: Connection) -> Iterator[list[str]]:
    """The statements that make or change a table, as they are sent."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith(_MAKES):
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", record)
