"""How the journal of SQLite moves into its file beside the writers."""

from collections.abc import Callable
from typing import Any, NamedTuple

_APPROACHES = 8
"""Times at most that a journal is moved before writers stand aside: each has what came while the one before took."""
_REST = 1 << 20
"""Bytes: so little may be left for that moment."""


class Moved(NamedTuple):
    """Bytes in the journal, and those that a reader kept there."""

    used: int
    left: int


def move(cursor: Any, sync: Callable[[], None]) -> Moved:
    """Move what is there, and see it onto the disk by ``sync``.

    SQLite itself waits for the disk only when no writer came meanwhile, so under load all that was ever moved would be
    left for the moment that writers stand aside.
    """
    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    _, pages, done = cursor.fetchall()[0]
    sync()
    cursor.execute("PRAGMA page_size")
    size: int = cursor.fetchall()[0][0]
    return Moved(max(pages, 0) * size, max(pages - done, 0) * size)


def move_nearly_all(cursor: Any, sync: Callable[[], None]) -> bool:
    """Move until hardly any is left, as far as writers let it; not done when a reader keeps much of it there."""
    before, moved = 0, Moved(0, 0)
    for _ in range(_APPROACHES):
        moved = move(cursor, sync)
        if moved.left <= _REST and 0 <= moved.used - before <= _REST:
            break
        before = moved.used
    return moved.left <= _REST
