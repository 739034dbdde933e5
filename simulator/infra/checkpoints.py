"""Moving the journals of SQLite into their files beside the deliveries, so that no delivery waits for it."""

import threading
import time
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from simulator.infra.omgevingen import Omgevingen

MANY = 128 << 20
"""Bytes: the more at once, the fewer times a page of an index is written."""
SOME = 4 << 20
"""Bytes: what is worth clearing away when nobody writes any more."""
_EVERY = 1.0
_log = structlog.get_logger(__name__)


class Checkpointer(threading.Thread):
    """One thread of one process, for all its omgevingen on SQLite.

    SQLite would do this in the commit that makes the journal too large, and whoever waits for that commit would wait
    for the whole of it. Here writers go on during the first pass, and stand aside only for what came in meanwhile.
    """

    def __init__(self, omgevingen: Omgevingen, many: int = MANY) -> None:
        super().__init__(name="checkpoints", daemon=True)
        self._omgevingen = omgevingen
        self._many = many
        self._seen: dict[str, int] = {}

    def run(self) -> None:
        """Look once a second, as long as the process lives."""
        while True:
            time.sleep(_EVERY)
            self.go_round()

    def go_round(self) -> None:
        """Clear away each journal that is large, or that has lain still since the last round."""
        before, self._seen = self._seen, {}
        for omgeving in self._omgevingen.held_here():
            with omgeving.lease() as database:
                size = size_of_journal(database.file)
                self._seen[omgeving.naam] = size
                still = SOME <= size == before.get(omgeving.naam)
                if size < self._many and not still:
                    continue
                try:
                    database.checkpoint()
                except (SQLAlchemyError, OSError):  # a full disk, or a file that went: whoever writes hears of it
                    _log.warning("journal not cleared", exc_info=True, omgeving=omgeving.naam)


def size_of_journal(file: Path | None) -> int:
    """Bytes. Asked of the directory: a process that opens and closes a file of SQLite itself loses its locks on it."""
    try:
        return 0 if file is None else file.with_name(file.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0
