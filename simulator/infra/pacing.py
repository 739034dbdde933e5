"""Many jobs at other people's hosts: so many at once, not too many at one host, not too fast, and not for too long."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from simulator.infra.clock import stopwatch

T = TypeVar("T")
R = TypeVar("R")
_MAX_HOSTS = 10_000
_COLLECT = 0.5
"""Seconds between two times that what is done is handed over."""


@dataclass
class Pace:
    """How fast one host is asked, over all batches of this process."""

    per_second: float
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, host: str) -> float:
        """Take a turn at a host, which is then 0; or answers the seconds until there is one."""
        now = stopwatch()
        with self._lock:
            wait = self._next.get(host, now) - now
            if wait > 0:
                return wait
            if len(self._next) >= _MAX_HOSTS:
                self._next = {name: moment for name, moment in self._next.items() if moment > now}
            # Who comes a little late gets that back, so that the rate is kept and not only never exceeded.
            self._next[host] = max(self._next.get(host, now), now - 0.1) + 1 / self.per_second
        return 0.0

    def wait(self, host: str) -> None:
        """Take a turn at a host, when there is one."""
        while (seconds := self.take(host)) > 0:
            _nothing.wait(seconds)


_nothing = threading.Event()


class Caps(NamedTuple):
    """How many jobs at once, in all and at one host."""

    total: int = 32
    per_host: int = 4


@dataclass(frozen=True, slots=True)
class Jobs(Generic[T, R]):
    """What is to be done, each at its host; ``collect`` gets what is done so far, in the thread that asked."""

    items: Iterable[tuple[str, T]]
    work: Callable[[T], R]
    collect: Callable[[list[tuple[T, R]]], None]


def run_paced(jobs: Jobs[T, R], pace: Pace, caps: Caps, seconds: float) -> list[T]:
    """Do the jobs; begins none after so many ``seconds``, and answers those. The first error is raised in the end."""
    board = _Board(jobs.items, pace, caps, stopwatch() + seconds)
    done: deque[tuple[T, R]] = deque()
    errors: list[Exception] = []

    def labour() -> None:
        while (taken := board.take()) is not None:
            host, item = taken
            try:
                done.append((item, jobs.work(item)))
            except Exception as error:  # noqa: BLE001 - raised again below, in the thread that asked
                errors.append(error)
                board.stop()
            finally:
                board.give_back(host)

    threads = [
        threading.Thread(target=labour, name=f"paced-{n}", daemon=True) for n in range(min(caps.total, board.size))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(_COLLECT)
            _collect(done, jobs.collect)
    _collect(done, jobs.collect)
    if errors:
        raise errors[0]
    return board.left()


def _collect(done: deque[Any], collect: Callable[[list[Any]], None]) -> None:
    """Hand over what is there now; threads go on adding."""
    found = [done.popleft() for _ in range(len(done))]
    if found:
        collect(found)


class _Board(Generic[T]):
    """The jobs that wait, by host, and who may take which."""

    def __init__(self, jobs: Iterable[tuple[str, T]], pace: Pace, caps: Caps, until: float) -> None:
        self._waiting: dict[str, deque[T]] = {}
        self.size = 0
        for host, item in jobs:
            self._waiting.setdefault(host, deque()).append(item)
            self.size += 1
        self._pace, self._caps, self._until = pace, caps, until
        self._busy: Counter[str] = Counter()
        self._changed = threading.Condition()

    def take(self) -> tuple[str, T] | None:
        """The next job whose host has room; waits for one; ``None`` when there is nothing more to begin."""
        with self._changed:
            while self._waiting and stopwatch() < self._until:
                wait = self._until - stopwatch()
                for host in list(self._waiting):
                    if self._busy[host] >= self._caps.per_host:
                        continue
                    seconds = self._pace.take(host)
                    if not seconds:
                        return host, self._pop(host)
                    wait = min(wait, seconds)
                self._changed.wait(wait)
            self._changed.notify_all()
        return None

    def _pop(self, host: str) -> T:
        self._busy[host] += 1
        queue = self._waiting.pop(host)
        item = queue.popleft()
        if queue:
            self._waiting[host] = queue  # behind the others: each host has its turn
        return item

    def give_back(self, host: str) -> None:
        """One job less at this host."""
        with self._changed:
            self._busy[host] -= 1
            self._changed.notify()

    def stop(self) -> None:
        """Begin nothing any more."""
        with self._changed:
            self._until = 0.0
            self._changed.notify_all()

    def left(self) -> list[T]:
        """What was not begun."""
        return [item for queue in self._waiting.values() for item in queue]
