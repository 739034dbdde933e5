"""Moving the journals of SQLite into their files beside the deliveries, so that no delivery waits for it."""

import struct
import threading
import time
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from simulator.infra.omgevingen import Omgevingen

MANY = 32_000
"""Pages of 4 KiB, 128 MiB: the more at once, the fewer times a page of an index is written."""
SOME = 1_000
"""What is worth clearing away when nobody writes any more."""
_EVERY = 1.0
_PAGES_AT = 16
"""Where the index of the journal says how many pages it holds (SQLite, WAL-mode File Format, section 2.1)."""
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
                pages = count_pages(database.file)
                self._seen[omgeving.naam] = pages
                still = SOME <= pages == before.get(omgeving.naam)
                if pages < self._many and not still:
                    continue
                try:
                    database.checkpoint(truncate=still)
                except (SQLAlchemyError, OSError):  # a full disk, or a file that went: whoever writes hears of it
                    _log.warning("journal not cleared", exc_info=True, omgeving=omgeving.naam)


def count_pages(file: Path | None) -> int:
    """How many pages the journal of a database file holds; 0 where there is none."""
    if file is None:
        return 0
    try:
        with file.with_name(file.name + "-shm").open("rb") as index:
            header = index.read(_PAGES_AT + 4)
    except FileNotFoundError:
        return 0
    return int(struct.unpack_from("=I", header, _PAGES_AT)[0]) if len(header) == _PAGES_AT + 4 else 0
