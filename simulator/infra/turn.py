"""The turns of those who write in one file of SQLite, which has one writer at a time."""

import errno
import threading
from collections import deque
from pathlib import Path

from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from simulator.infra.outage import is_outage

PATIENCE = 10
"""Seconds to wait for a turn, or for a connection."""


class Turn:
    """Who writes in ``file`` now; the others queue, and go in the order in which they came.

    Queueing here is quick, polling the busy lock of SQLite is not. A lock of Python goes to who asks first after it is
    free: under load that is a thread that runs already, and the agenda or the journal would wait for luck.

    After a write that failed because the file cannot be written now, one at a time tries; the others are told at once,
    so that one omgeving that is broken does not keep the threads that others need.
    """

    def __init__(self, file: Path | None) -> None:
        self._mutex = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()
        self._failing = False
        self._file = file
        self._inode = file.stat().st_ino if file is not None and file.exists() else None

    def __enter__(self) -> None:
        if not self._take(0 if self._failing else PATIENCE):
            raise PoolTimeoutError("others wait to write already")
        try:
            # SQLite would go on writing in a file that is not in its directory any more, for nobody.
            if self._file is not None and self._inode is not None and self._file.stat().st_ino != self._inode:
                raise FileNotFoundError(errno.ENOENT, "another file took the place of this database")
        except OSError:
            self._failing = True
            self._pass_on()
            raise

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if error is None or is_outage(error):
            self._failing = error is not None
        self._pass_on()

    def _take(self, timeout: float) -> bool:
        with self._mutex:
            if not self._held:
                self._held = True
                return True
            if not timeout:
                return False
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._mutex:
            if mine not in self._waiting:  # it came in this very moment
                return True
            self._waiting.remove(mine)
            return False

    def _pass_on(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
