"""The bodies of requests: read in pieces into one buffer, and of large ones only so many bytes in hand at a time."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Protocol

from simulator.infra.errors import Unavailable

LARGE = 1 << 20
"""Bytes; what is smaller never waits."""
PATIENCE = 30.0
"""Seconds that a large body waits for its turn."""
_PIECE = 1 << 18
_RETRY_AFTER = 5
_ARENA_MAX = -8
"""``M_ARENA_MAX`` of malloc.h."""
Body = bytes | bytearray


class TooManyLargeBodies(Unavailable):
    """There is no room for this large body now; nothing of it was read."""

    slug = "te-veel-grote-verzoeken"
    title = "Er zijn te veel grote verzoeken tegelijk"


class Source(Protocol):
    """Where a body comes from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class Gate:
    """Lets large bodies in by turns, so that together they hold at most ``room`` bytes; small ones pass by.

    A body that is larger than all the room goes in when nobody else is. Of those inside and waiting there are at most
    ``most``, because each keeps a thread that small bodies need.
    """

    def __init__(self, room: int = 200_000_000, most: int = 16) -> None:
        self._room = room
        self._free = room
        self._most = most
        self._inside = 0
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    def enter(self, size: int, patience: float = PATIENCE) -> int:
        """Wait for room for ``size`` bytes; answers what to give back in ``leave``. Raises ``TooManyLargeBodies``."""
        charge = min(size, self._room)
        ticket = object()
        with self._changed:
            if self._inside + len(self._queue) >= self._most:
                raise TooManyLargeBodies("Stuur grote verzoeken na elkaar.", retry_after=_RETRY_AFTER)
            self._queue.append(ticket)
            fits = self._changed.wait_for(lambda: self._queue[0] is ticket and charge <= self._free, patience)
            self._queue.remove(ticket)
            self._changed.notify_all()  # who comes next may fit too
            if not fits:
                raise TooManyLargeBodies("Er kwam op tijd geen plaats voor dit verzoek.", retry_after=_RETRY_AFTER)
            self._free -= charge
            self._inside += 1
        return charge

    def leave(self, charge: int) -> None:
        """Give back what ``enter`` answered."""
        with self._changed:
            self._free += charge
            self._inside -= 1
            self._changed.notify_all()


def read_pieces(source: Source, limit: int, start: Body = b"") -> bytearray:
    """``start`` and all that follows in one buffer; stops after the first byte beyond ``limit``."""
    body = bytearray(start)
    while len(body) <= limit and (piece := source.read(min(_PIECE, limit + 1 - len(body)))):
        body += piece
    return body


def give_back_memory() -> None:
    """Return what a large body took to the system; glibc would keep it, once for each thread that had one."""
    trim = _find("malloc_trim")
    if trim is not None:
        trim(0)


def keep_memory_together() -> None:
    """Let all threads take memory from two places; glibc has sixteen, which cost memory and a twentieth of the rate."""
    limit = _find("mallopt")
    if limit is not None:
        limit(_ARENA_MAX, 2)


@cache
def _find(name: str) -> Callable[..., int] | None:
    if sys.platform != "linux":
        return None
    from ctypes import CDLL  # noqa: PLC0415 - not at every start

    return getattr(CDLL(None), name, None)  # musl has neither, and gives back by itself
