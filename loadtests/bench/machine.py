"""What the machine itself does from second to second: on a shared one, half the tail is somebody else's work.

A thread on the core of the server takes some 0.3 % of it, and one that looks at the disk no more of whichever core.
"""

import contextlib
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from loadtests.bench.figures import ms

_LOOK = 0.05
"""Seconds between two looks at whether the core stood still: it is seen when it lasts longer than this."""
_LOOP_EVERY = 20
"""Looks from one loop to the next: a second."""
_LOOP = 40_000
_SYNC_EVERY = 0.2
_BLOCK = bytes(4096)
_sync = getattr(os, "fdatasync", os.fsync)


@dataclass
class Seen:
    """The machine in one window."""

    loops: list[float] = field(default_factory=list)
    """Milliseconds of processor time that a loop took which is always the same."""
    late_ms: float = 0.0
    """How late a thread on this core was woken at worst. Some milliseconds are the turn of others on this core."""
    syncs: list[float] = field(default_factory=list)
    """Milliseconds that one block took to the disk (fdatasync), beside what the server brings there."""
    stolen: float = 0.0
    """Share of the core that went to other guests of the same host, as far as the kernel knows."""
    used: float | None = None
    """Share of it that anybody here had: the server, this probe, and who should not be there; unknown of any core."""

    @property
    def loop_ms(self) -> float:
        """The mean; zero when nobody looked."""
        return statistics.fmean(self.loops) if self.loops else 0.0


def sync_of(windows: Sequence[Seen]) -> str:
    """How long one block took to the disk in these windows: the mean and the longest, in milliseconds."""
    taken = [each for window in windows for each in window.syncs]
    return f"{ms(statistics.fmean(taken))} / {ms(max(taken))}" if taken else "–"


def shares_of(server: float, windows: Sequence[Seen]) -> str:
    """What the server had of its core in these windows, and what others had of it."""
    used = [each.used for each in windows if each.used is not None]
    return f"{server:.0%} / {max(0.0, statistics.fmean(used) - server):.0%}" if used else f"{server:.0%}"


def slower(windows: Sequence[Seen]) -> list[float]:
    """How many times slower than in the best window the core was in each; zero where nobody looked."""
    best = min((each.loop_ms for each in windows if each.loops), default=1.0)
    return [each.loop_ms / best for each in windows]


class Probe:
    """Looks at one core (``None``: any) and at the disk under a folder, window by window."""

    def __init__(self, core: int | None, folder: Path) -> None:
        self._core = core
        self._file = folder / "probe"
        self._seen = Seen()
        self._done = threading.Event()
        self._since = self._times()

    def loop(self) -> None:
        """Take the time of the loop once."""
        start, total = time.thread_time(), 0
        for number in range(_LOOP):
            total += number * number
        self._seen.loops.append((time.thread_time() - start) * 1000)

    def close_window(self) -> Seen:
        """What was seen since the last time."""
        seen, self._seen = self._seen, Seen()
        before, self._since = self._since, self._times()
        seconds, stolen, used = (now - then for now, then in zip(self._since, before, strict=True))
        seen.stolen = stolen / max(seconds, 1e-9)
        seen.used = None if self._core is None else used / max(seconds, 1e-9)
        return seen

    def _times(self) -> tuple[float, float, float]:
        """The moment, and the seconds of a core until now that other guests had, and that anybody here used."""
        cores = psutil.cpu_times(percpu=True)
        mine = cores if self._core is None else [cores[self._core]]
        stolen = statistics.fmean(getattr(each, "steal", 0.0) for each in mine)
        used = statistics.fmean(each.user + getattr(each, "nice", 0.0) + each.system for each in mine)
        return time.monotonic(), stolen, used

    def look_at_core(self) -> None:
        """From that core itself, until ``stop``."""
        if self._core is not None:
            os.sched_setaffinity(threading.get_native_id(), {self._core})
        looks, until = 0, time.monotonic() + _LOOK
        while not self._done.wait(_LOOK):
            self._seen.late_ms = max(self._seen.late_ms, (time.monotonic() - until) * 1000)
            looks += 1
            if looks % _LOOP_EVERY == 0:
                self.loop()
            until = time.monotonic() + _LOOK

    def look_at_disk(self) -> None:
        """Until ``stop``."""
        try:
            with self._file.open("wb", buffering=0) as file:
                while not self._done.wait(_SYNC_EVERY):
                    start = time.monotonic()
                    file.seek(0)
                    file.write(_BLOCK)
                    _sync(file.fileno())
                    self._seen.syncs.append((time.monotonic() - start) * 1000)
        finally:
            self._file.unlink(missing_ok=True)

    def stop(self) -> None:
        """Let those who look come to their end."""
        self._done.set()


@contextlib.contextmanager
def probing(core: int | None, folder: Path) -> Iterator[Probe]:
    """Meanwhile."""
    probe = Probe(core, folder)
    threads = [threading.Thread(target=each, daemon=True) for each in (probe.look_at_core, probe.look_at_disk)]
    for thread in threads:
        thread.start()
    try:
        yield probe
    finally:
        probe.stop()
        for thread in threads:
            thread.join()
