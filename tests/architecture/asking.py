"""What a database in parts is asked: each statement is explained before it is sent, with who sends it."""

import re
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from simulator.app import METADATA
from tests.architecture.sharding import STATEMENTS, declared, declared_functions, place_of, touched

_READS = {"SELECT", "UPDATE", "DELETE", "WITH"}
_QUERIES = re.compile(r"simulator\.(\w+)\.queries\.")
_INSERT = re.compile(r"INSERT INTO (\w+) ")
_CONFLICT = re.compile(r"ON CONFLICT \(([\w, ]+)\)")


@dataclass(frozen=True)
class Explained:
    """A statement that was sent, and of each table the parts that PostgreSQL would read for it."""

    sql: str
    parts: dict[str, set[int]]
    keys: int
    """How many keys it names; each is in one part."""
    asker: str
    """Room and name of the function among the queries that sent it; empty if none did."""

    @property
    def name(self) -> str:
        """That of the statement at module level that it is, or that it was made of by adding to it."""
        sql = _plain(self.sql)
        return next((name for start, name in _NAMES if sql == start or sql.startswith(f"{start} ")), "")

    @property
    def is_wide(self) -> bool:
        """Whether it reads more parts than it names keys."""
        return any(len(each) > self.keys for each in self.parts.values())

    @property
    def row(self) -> tuple[str, str]:
        """What the page says of it, if it says anything: why it may, and what it needs."""
        return declared_functions().get(self.asker) or declared().get(self.name) or ("", "")


def _plain(sql: str) -> str:
    """Without the names of what is bound."""
    return " ".join(re.sub(r"%\(\w+\)s", "%s", sql).split())


_NAMES = sorted(((_plain(statement), name) for name, statement in STATEMENTS.items()), reverse=True)
"""The longest first of those that begin alike."""


def explain_all(engine: Engine, log: list[Explained]) -> None:
    """From here on the database explains each statement of this thread on the connection that is about to send it.

    The agenda works in a thread of its own, off the road of any request.
    """
    here = threading.get_ident()

    class Explaining(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> "Explaining":
            self._explain(str(query), params)
            super().execute(follow_the_page(query), params, **options)
            return self

        def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
            given = list(params_seq)
            for params in given:
                self._explain(str(query), params)
            super().executemany(follow_the_page(query), given, **options)

        def _explain(self, query: str, params: Any) -> None:
            if threading.get_ident() != here or query.split(maxsplit=1)[0] not in {
                "SELECT",
                "UPDATE",
                "DELETE",
                "WITH",
            }:
                return
            with psycopg.Cursor(self.connection) as beside:
                beside.execute(f"EXPLAIN (FORMAT JSON) {query}".encode(), params)
                ((found,),) = beside.fetchall()
            log.append(Explained(query, touched(found[0]["Plan"]), _count_keys(params), _find_asker()))

    def explain(connection: Any, _record: object) -> None:
        connection.cursor_factory = Explaining

    engine.dispose()
    event.listen(engine, "connect", explain)


def follow_the_page(query: Any) -> Any:
    """An ON CONFLICT that names a key which its table cannot keep names the one that the page puts in its place."""
    table, conflict = (pattern.search(query) if isinstance(query, str) else None for pattern in (_INSERT, _CONFLICT))
    if table is None or conflict is None or table[1] not in METADATA.tables:
        return query
    place, key = place_of(table[1]), tuple(conflict[1].split(", "))
    if not place.by or place.by in key:
        return query
    is_moved = key in {moved.key for moved in place.moved}
    return query.replace(conflict[0], "ON CONFLICT" if is_moved else f"ON CONFLICT ({', '.join(place.key)})")


def _count_keys(params: Any) -> int:
    """Of several lists the shortest: one person may have many zaken."""
    values = params.values() if isinstance(params, Mapping) else params or ()
    return min((len(each) for each in values if isinstance(each, list)), default=1)


def _find_asker() -> str:
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if room := _QUERIES.match(frame.f_globals.get("__name__", "")):
            return f"{room[1]}.{frame.f_code.co_name}"
        frame = frame.f_back
    return ""
