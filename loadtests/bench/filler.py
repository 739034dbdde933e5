"""Fill a simulator with messages, in batches whose bodies other processes make meanwhile."""

import itertools
import multiprocessing
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import click
import psutil
import requests
from rich.progress import Progress, TaskID

from loadtests.bench.deliveries import OIN, make_body, post
from loadtests.bench.people import Receivers
from loadtests.bench.simulator import Place, count_metered, started, wait_until_idle
from simulator.gebruikers.values.population import Bereik
from tests.running import RunningSimulator

BATCH = 1000
CONNECTIONS = 4
MAKERS = 2
_REMEMBERED = 50
"""Of those who get a batch, to look into their boxes later."""
_SAMPLE = 20_000

_receivers: Receivers


def _start_maker(bereik: Bereik, core: int | None) -> None:
    global _receivers  # noqa: PLW0603 - one for each process that makes bodies
    if core is not None:
        psutil.Process().cpu_affinity([core])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
    random.seed()
    _receivers = Receivers(OIN, bereik)


def _make(size: int) -> tuple[bytes, list[str]]:
    """A batch, and some of those who get it."""
    bsns = _receivers.pool(size)
    return make_body(bsns), bsns[:_REMEMBERED]


class Filler:
    """Batches on several connections at once, their bodies made by other processes meanwhile."""

    def __init__(self, base: str, makers: ProcessPoolExecutor, connections: int) -> None:
        self._base = base
        self._makers = makers
        self._connections = connections
        self._stopping = threading.Event()
        self._receivers: list[str] = []
        self._batches = 0

    def citizens(self) -> Iterator[str]:
        """Who got something from this run, as likely at its beginning as just now; in any order and without end."""
        while True:
            yield random.choice(self._receivers)

    def _remember(self, bsns: list[str]) -> None:
        self._batches += 1
        if len(self._receivers) < _SAMPLE:
            self._receivers += bsns
        elif random.random() < _SAMPLE / _REMEMBERED / self._batches:
            for bsn in bsns:
                self._receivers[random.randrange(len(self._receivers))] = bsn

    def fill(self, number: int, on_batch: Callable[[int], None]) -> None:
        """Deliver so many messages."""
        sizes = iter([BATCH] * (number // BATCH) + ([number % BATCH] if number % BATCH else []))
        lock = threading.Lock()

        def work() -> None:
            with requests.Session() as session:
                prepared = self._prepare(sizes, lock)
                while prepared and not self._stopping.is_set():
                    size, body = prepared
                    prepared = self._prepare(sizes, lock)
                    content, bsns = body.result()
                    self._remember(bsns)
                    answer = post(session, self._base, content)
                    if answer.status_code != requests.codes.created:
                        raise click.ClickException(f"a batch was not taken: {answer.status_code} {answer.text[:400]}")
                    on_batch(size)

        self._on_every_connection(work)

    def _on_every_connection(self, work: Callable[[], None]) -> None:
        """Until all have done their part; where one fails, or Ctrl-C comes, the others stop as well."""
        with ThreadPoolExecutor(self._connections) as threads:
            try:
                for each in [threads.submit(work) for _ in range(self._connections)]:
                    each.result()
            except BaseException:
                self._stopping.set()
                raise

    def _prepare(
        self, sizes: Iterator[int], lock: threading.Lock
    ) -> tuple[int, Future[tuple[bytes, list[str]]]] | None:
        with lock:
            size = next(sizes, 0)
        return (size, self._makers.submit(_make, size)) if size else None

    def measure(self, batches: int) -> float:
        """Messages a second in batches, the bodies ready beforehand."""
        bodies = [body for body, _ in self._makers.map(_make, [BATCH] * batches)]
        numbers = itertools.count()

        def work() -> None:
            with requests.Session() as session:
                while (number := next(numbers)) < batches:
                    post(session, self._base, bodies[number]).raise_for_status()

        start = time.perf_counter()
        self._on_every_connection(work)
        return batches * BATCH / (time.perf_counter() - start)


def make_makers(number: int, bereik: Bereik, core: int | None) -> ProcessPoolExecutor:
    """The processes that make bodies."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, spawn, _start_maker, (bereik, core))


def fill_to(running: RunningSimulator, filler: Filler, size: int, bar: Progress, task: TaskID) -> None:
    """Deliver what is missing, but something at least, to have boxes to look into."""
    stored = count_metered(running)
    bar.update(task, description=f"to {size:,} messages", total=size, completed=stored)
    start, done = time.perf_counter(), itertools.count(1)

    def advance(number: int) -> None:
        rate = next(done) * BATCH / (time.perf_counter() - start)
        bar.update(task, advance=number, description=f"to {size:,} messages, {rate:,.0f}/s")

    filler.fill(max(BATCH, size - stored), advance)
    bar.update(task, description=f"{size:,} messages: the agenda")
    wait_until_idle(running, limit=7200)


def fill_place(place: Place, size: int, core: int | None, flags: tuple[str, ...], bar: Progress) -> None:
    """What is missing of a store of this size, spread over the whole country, by a simulator that ends afterwards."""
    flags = ("--population", Bereik.LANDELIJK.value, *flags)
    with make_makers(MAKERS, Bereik.LANDELIJK, core) as makers, started(place, *flags) as running:
        if count_metered(running) < size:
            task = bar.add_task("filling", total=None)
            fill_to(running, Filler(running.base, makers, CONNECTIONS), size, bar, task)
            bar.remove_task(task)
