"""How fast the machine itself is from second to second: on a shared one, half the tail is somebody else's work."""

import contextlib
import os
import statistics
import threading
import time
from collections.abc import Iterator

_EVERY = 1.0
_LOOP = 40_000


class Probe:
    """A loop that is always the same, timed by the processor time that it takes, once a second."""

    def __init__(self) -> None:
        self._window: list[float] = []
        self.windows: list[float] = []
        """Milliseconds of the loop, the mean of each window."""

    def measure(self) -> None:
        """Once."""
        start, total = time.thread_time(), 0
        for number in range(_LOOP):
            total += number * number
        self._window.append((time.thread_time() - start) * 1000)

    def close_window(self) -> None:
        """What came since the last time is a window."""
        taken, self._window = self._window, []
        self.windows.append(statistics.fmean(taken) if taken else 0.0)

    def slower(self) -> list[float]:
        """How many times slower than in the best window the machine was in each; zero where nobody looked."""
        best = min((each for each in self.windows if each), default=1.0)
        return [each / best for each in self.windows]


@contextlib.contextmanager
def probing(core: int | None) -> Iterator[Probe]:
    """Meanwhile, on this core."""
    probe, done = Probe(), threading.Event()

    def work() -> None:
        if core is not None:
            os.sched_setaffinity(threading.get_native_id(), {core})
        while not done.wait(_EVERY):
            probe.measure()

    thread = threading.Thread(target=work, name="probe", daemon=True)
    thread.start()
    try:
        yield probe
    finally:
        done.set()
        thread.join()
