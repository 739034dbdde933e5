"""Keep the files of SQLite in memory, as a system does by itself that has room for them.

Some do not: a virtual machine may take cached pages back that nobody used for some seconds, whatever room there is. A
large store is then read from disk again and again, and that disk is what is measured.
"""

import contextlib
import ctypes
import mmap
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import click

_EVERY = 2.0
_PART = 64 << 20


class Hold:
    """Maps and locks each file of SQLite in a folder, and what is added to it later."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.mmap.restype = ctypes.c_void_p
        self._libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
        self._libc.mlock.argtypes = self._libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        self._held: dict[Path, int] = {}
        self._parts: list[tuple[int, int]] = []
        self._stopped = threading.Event()

    def grow(self) -> None:
        """Hold what came since the last time; raises ``ClickException`` when the system forbids it."""
        for file in self._folder.rglob("*.sqlite3"):
            with contextlib.suppress(FileNotFoundError), file.open("rb") as opened:
                self._hold(file, opened.fileno())

    def _hold(self, file: Path, descriptor: int) -> None:
        size = os.fstat(descriptor).st_size // mmap.PAGESIZE * mmap.PAGESIZE
        begin = self._held.get(file, 0)
        while begin < size:
            part = min(_PART, size - begin)
            address = self._libc.mmap(None, part, mmap.PROT_READ, mmap.MAP_SHARED, descriptor, begin)
            if address in {None, ctypes.c_void_p(-1).value} or self._libc.mlock(address, part):
                raise click.ClickException(f"cannot keep {file} in memory: {os.strerror(ctypes.get_errno())}")
            self._parts.append((address, part))
            begin += part
            self._held[file] = begin

    def keep_up(self) -> None:
        """Go on as the files grow, until ``stop``."""
        while not self._stopped.wait(_EVERY):
            with contextlib.suppress(click.ClickException):  # it was said at the beginning, or the room ran out
                self.grow()

    def stop(self) -> None:
        """Let ``keep_up`` come to its end."""
        self._stopped.set()

    def close(self) -> None:
        """Give everything back."""
        for address, part in self._parts:
            self._libc.munmap(address, part)
        self._parts.clear()


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold all that is there now and all that comes."""
    hold = Hold(folder)
    hold.grow()
    thread = threading.Thread(target=hold.keep_up, daemon=True)
    thread.start()
    try:
        yield
    finally:
        hold.stop()
        thread.join()
        hold.close()
