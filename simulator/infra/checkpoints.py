"""Moving the journals of SQLite into their files beside the deliveries, so that no delivery waits for it."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from simulator.infra.clock import stopwatch
from simulator.infra.database import Database
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
from simulator.infra.telemetry import get_logger

PORTION = 8 << 20
"""Bytes that are moved at once: a commit that comes meanwhile waits for the same disk, the longer the more it is."""
MANY = 128 << 20
"""Bytes after which a journal is begun anew: the one moment that writers stand aside, so it comes seldom."""
SOME = 4 << 20
"""Bytes: what is worth clearing away when nobody writes any more."""
_EVERY = 0.1
_AT_REST = 0.5
_STILL = 1.0
_SELDOM = 30.0
_log = get_logger(__name__)


class Journal(NamedTuple):
    """The file of a journal: its size in bytes, and when it was written last, by the system's clock."""

    size: int = 0
    written: int = 0


@dataclass
class _Pace:
    """What was seen of one journal. Under load it keeps its size, as it is begun anew in place, so time has to tell."""

    seen: Journal
    changed: float
    """When it was seen to change last."""
    moved: float
    """When it was moved last; how large the file was then, and how many bytes of it were in use."""
    size: int = 0
    used: int = 0
    due: float = 0.0

    def look(self, journal: Journal, now: float) -> None:
        if journal != self.seen:
            self.seen, self.changed = journal, now

    def after(self, used: int, now: float, portion: int) -> None:
        """What came since the last time tells when there is a portion again."""
        came = used - self.used if used > self.used else used
        self.due = now + min((now - self.moved) * portion / max(came, 1), _SELDOM) - _EVERY / 2
        self.moved, self.size, self.used = now, self.seen.size, used


class Checkpointer(threading.Thread):
    """One thread of one process, for all its omgevingen on SQLite.

    SQLite would do this in the commit that makes the journal too large, and whoever waits for that commit would wait
    for the whole of it. Here writers go on while it moves into the file a portion at a time, and stand aside only for
    the last bit, when it is begun anew.
    """

    def __init__(self, omgevingen: Omgevingen, portion: int = PORTION, many: int = MANY) -> None:
        super().__init__(name="checkpoints", daemon=True)
        self._omgevingen = omgevingen
        self._portion = portion
        self._many = many
        self._paces: dict[str, _Pace] = {}

    def run(self) -> None:
        """Look ten times a second while there is something to move, as long as the process lives."""
        while True:
            time.sleep(_EVERY if self.go_round() else _AT_REST)

    def go_round(self) -> bool:
        """See to each journal that has a portion to move, or that lies still; answers whether one has any."""
        held = self._omgevingen.held_here()
        full = [self._visit(omgeving) for omgeving in held]
        names = {omgeving.naam for omgeving in held}
        self._paces = {naam: pace for naam, pace in self._paces.items() if naam in names}
        return any(full)

    def _visit(self, omgeving: Omgeving) -> bool:
        """Whatever fails, the thread goes on: a full disk, or a file that went. Whoever writes there hears of it."""
        try:
            with omgeving.lease() as database:
                return self._see_to(omgeving.naam, database)
        except Exception:  # noqa: BLE001 - what is wrong in one omgeving is not the fault of the next
            _log.warning("journal not cleared", exc_info=True, omgeving=omgeving.naam)
            return False

    def _see_to(self, naam: str, database: Database) -> bool:
        journal, now = look_at_journal(database.file), stopwatch()
        pace = self._paces.setdefault(naam, _Pace(Journal(), now, now))
        pace.look(journal, now)
        still = now - pace.changed > _STILL and journal.size >= SOME
        full = journal.size >= self._portion
        if (still or full) and not (now < pace.due and journal.size < pace.size + self._portion):
            used = 0
            try:
                used = database.move_journal()
                if still or used >= self._many:
                    database.clear_journal(truncate=still)
            finally:
                pace.after(used, now, self._portion)
        return full


def look_at_journal(file: Path | None) -> Journal:
    """Asked of the directory: a process that opens and closes a file of SQLite itself loses its locks on it."""
    try:
        found = None if file is None else file.with_name(file.name + "-wal").stat()
    except FileNotFoundError:
        found = None
    return Journal() if found is None else Journal(found.st_size, found.st_mtime_ns)
