"""Moving the journals of SQLite into their files beside the deliveries, so that no delivery waits for it."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy.exc import SQLAlchemyError

from simulator.infra.clock import stopwatch
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen

MANY = 128 << 20
"""Bytes: the more at once, the fewer times a page of an index is written."""
SOME = 4 << 20
"""Bytes: what is worth clearing away when nobody writes any more."""
_PAGE = 4096
_EVERY = 1.0
_SELDOM = 30.0
_log = structlog.get_logger(__name__)


class Journal(NamedTuple):
    """The file of a journal: its size in bytes, and when it was written last, by the system's clock."""

    size: int = 0
    written: int = 0


@dataclass
class _Pace:
    """A journal under load keeps its size, as it is begun anew in place: when it was cleared, and when it is full."""

    seen: Journal
    cleared: float
    due: float = 0.0


class Checkpointer(threading.Thread):
    """One thread of one process, for all its omgevingen on SQLite.

    SQLite would do this in the commit that makes the journal too large, and whoever waits for that commit would wait
    for the whole of it. Here writers go on, and stand aside only for what came in meanwhile.
    """

    def __init__(self, omgevingen: Omgevingen, many: int = MANY) -> None:
        super().__init__(name="checkpoints", daemon=True)
        self._omgevingen = omgevingen
        self._many = many
        self._paces: dict[str, _Pace] = {}

    def run(self) -> None:
        """Look once a second, as long as the process lives."""
        while True:
            time.sleep(_EVERY)
            self.go_round()

    def go_round(self) -> None:
        """Clear away each journal that is full, or that has lain still since the last round."""
        held = self._omgevingen.held_here()
        for omgeving in held:
            self._visit(omgeving)
        names = {omgeving.naam for omgeving in held}
        self._paces = {naam: pace for naam, pace in self._paces.items() if naam in names}

    def _visit(self, omgeving: Omgeving) -> None:
        with omgeving.lease() as database:
            journal = look_at_journal(database.file)
            pace = self._paces.setdefault(omgeving.naam, _Pace(Journal(), stopwatch()))
            still = journal == pace.seen and journal.size >= SOME
            pace.seen = journal
            if not still and (journal.size < self._many or stopwatch() < pace.due):
                return
            try:
                pages = database.checkpoint(truncate=still)
            except (SQLAlchemyError, OSError):  # a full disk, or a file that went: whoever writes hears of it
                _log.warning("journal not cleared", exc_info=True, omgeving=omgeving.naam)
                return
        # What it took to fill this far tells when it is full again.
        now, fill = stopwatch(), self._many / max(pages * _PAGE, 1)
        pace.due = now + min((now - pace.cleared) * fill, _SELDOM) - _EVERY / 2
        pace.cleared = now


def look_at_journal(file: Path | None) -> Journal:
    """Asked of the directory: a process that opens and closes a file of SQLite itself loses its locks on it."""
    try:
        found = None if file is None else file.with_name(file.name + "-wal").stat()
    except FileNotFoundError:
        found = None
    return Journal() if found is None else Journal(found.st_size, found.st_mtime_ns)
