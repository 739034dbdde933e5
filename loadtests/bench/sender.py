"""Deliver over a number of connections: at a rate that is kept whatever the answers do (open loop), or without pause.

With a rate, a delivery is due at a moment of its own, and its latency counts from there: a server that stalls makes
all that became due meanwhile late, which a client that waits for answers before it goes on would never show.
"""

import asyncio
import gc
import itertools
import multiprocessing
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

import click
import psutil

from loadtests.bench.deliveries import make_request
from loadtests.bench.figures import Latencies

CREATED = 201
_TICK = 0.001
_PATIENCE = 60.0
LOST = 0
"""The «status» of a delivery whose connection went away before the answer."""
UNSENT = -1
"""That of one that was due, and never sent, because every connection was still waiting for an answer."""


@dataclass
class Window:
    """What was answered in a stretch of time."""

    seconds: float = 0.0
    latencies: Latencies = field(default_factory=Latencies)
    statuses: Counter[int] = field(default_factory=Counter)
    late: float = 0.0
    """Seconds that the sender itself was behind at worst: no latency below this says something about the server."""
    backlog: int = 0
    """Due and not yet sent, at the end."""

    def merge(self, other: "Window") -> None:
        self.seconds += other.seconds
        self.latencies.merge(other.latencies)
        self.statuses += other.statuses
        self.late = max(self.late, other.late)
        self.backlog = other.backlog

    @property
    def errors(self) -> int:
        return sum(self.statuses.values()) - self.statuses[CREATED] - self.unsent

    @property
    def unsent(self) -> int:
        return self.statuses[UNSENT]

    @property
    def rate(self) -> float:
        return self.statuses[CREATED] / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Plan:
    """How long, how fast, over how many connections; ``rate`` 0 sends as soon as a connection is free."""

    seconds: float
    rate: float = 0.0
    connections: int = 32
    window: float = 60.0


@dataclass(frozen=True)
class Letters:
    """What is sent: a new message each time, to these people in turn, at these omgevingen in turn."""

    bsns: list[str]
    prefixes: tuple[str, ...] = ("",)
    """Of the path: ``/omgevingen/naam``, or nothing for ``standaard``."""

    def maker(self) -> Callable[[], bytes]:
        bsns, prefixes = itertools.cycle(self.bsns), itertools.cycle(self.prefixes)
        return lambda: make_request(next(bsns), next(prefixes))


def send(base: str, letters: Letters, plan: Plan, core: int | None, on_window: Callable[[Window], None]) -> Window:
    """Carry out the plan in a process of its own; each window is told as it ends, and all together are the answer."""
    mine, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, base, letters, plan, core))
    process.start()
    theirs.close()
    try:
        while True:
            window: Window
            window, last = mine.recv()
            if last:
                return window
            on_window(window)
    except EOFError:
        raise click.ClickException("the process that delivers ended early") from None
    finally:
        process.join(10)
        process.kill()


def _work(parent: Connection, base: str, letters: Letters, plan: Plan, core: int | None) -> None:
    if core is not None:
        psutil.Process().cpu_affinity([core])
    gc.disable()  # a pause of ours would be counted as one of the server
    sender = _Sender(base, letters.maker(), plan, lambda window: parent.send((window, False)))
    parent.send((asyncio.run(sender.run()), True))


class _Sender:
    def __init__(self, base: str, make: Callable[[], bytes], plan: Plan, on_window: Callable[[Window], None]) -> None:
        parts = urlsplit(base)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._make = make
        self._plan = plan
        self._on_window = on_window
        self._due: deque[float] = deque()
        self._free: list[_Connection] = []
        self._busy = 0
        self._scheduled = 0
        self._sending = True
        self._window = Window()
        self._total = Window()

    async def run(self) -> Window:
        loop = asyncio.get_running_loop()
        for _ in range(self._plan.connections):
            await loop.create_connection(lambda: _Connection(self), *self._address)
        start = time.perf_counter()
        await self._pace(start)
        self._sending = False
        until = time.perf_counter() + _PATIENCE
        while (self._busy or self._due) and time.perf_counter() < until:
            self._start_due()
            await asyncio.sleep(_TICK)
        self._window.statuses[LOST] += self._busy
        self._window.statuses[UNSENT] += len(self._due)
        self._close_window(time.perf_counter() - start)
        for connection in tuple(self._free):
            connection.close()
        return self._total

    async def _pace(self, start: float) -> None:
        window_end = start + self._plan.window
        while (now := time.perf_counter()) < start + self._plan.seconds:
            self._schedule(start, now)
            self._start_due()
            if now >= window_end and start + self._plan.seconds - now > self._plan.window / 2:
                self._close_window(now - start)
                window_end += self._plan.window
            await asyncio.sleep(_TICK)
            self._window.late = max(self._window.late, time.perf_counter() - now - _TICK)
        if self._plan.rate:
            self._schedule(start, start + self._plan.seconds)  # what became due in the last moment counts as well

    def _schedule(self, start: float, now: float) -> None:
        """Put on the list what is due by now."""
        rate = self._plan.rate
        if not rate:
            self._due.extend([now] * (len(self._free) - len(self._due)))
            return
        until = min(int((now - start) * rate) + 1, round(self._plan.seconds * rate))
        self._due.extend(start + number / rate for number in range(self._scheduled, until))
        self._scheduled = until

    def _start_due(self) -> None:
        while self._due and self._free:
            self._free.pop().send(self._make(), self._due.popleft())
            self._busy += 1

    def ready(self, connection: "_Connection") -> None:
        self._free.append(connection)

    def answered(self, connection: "_Connection", status: int, due: float) -> None:
        now = time.perf_counter()
        self._window.statuses[status] += 1
        self._window.latencies.add(now - due)
        self._busy -= 1
        self._free.append(connection)
        if not self._plan.rate and self._sending:
            self._due.append(now)
        if self._due:
            self._start_due()

    def lost(self, connection: "_Connection", *, waiting: bool) -> None:
        if waiting:
            self._window.statuses[LOST] += 1
            self._busy -= 1
        elif connection in self._free:
            self._free.remove(connection)
        if self._sending:
            loop = asyncio.get_running_loop()
            task = loop.create_task(loop.create_connection(lambda: _Connection(self), *self._address))
            task.add_done_callback(lambda done: done.exception())

    def _close_window(self, elapsed: float) -> None:
        window, self._window = self._window, Window()
        window.seconds = elapsed - self._total.seconds
        window.backlog = len(self._due)
        self._total.merge(window)
        self._on_window(window)


class _Connection(asyncio.Protocol):
    """One connection that is kept: one delivery on its way at a time."""

    def __init__(self, sender: _Sender) -> None:
        self._sender = sender
        self._received = b""
        self._due: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._sender.ready(self)

    def send(self, request: bytes, due: float) -> None:
        self._due = due
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or self._due is None or len(body) < content_length(head):
            return
        due, self._due, self._received = self._due, None, b""
        self._sender.answered(self, int(head[9:12]), due)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the interface
        self._sender.lost(self, waiting=self._due is not None)

    def close(self) -> None:
        self._transport.close()


def content_length(head: bytes) -> int:
    """Of the head of an answer; 0 if it does not say."""
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0
