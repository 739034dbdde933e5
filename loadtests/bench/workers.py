"""``loadtests/workers``: single deliveries and batches on PostgreSQL, by one worker and by two, in turns."""

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import click
import psutil

from loadtests.bench import wrk
from loadtests.bench.deliveries import OIN, PATH, make_body
from loadtests.bench.measure import BATCH, BATCHES, all_metered, measure_posts
from loadtests.bench.options import Options, need_disk, progress, unpinned
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, processor_time, started, wait_until_idle
from tests.postgres import PostgresServer
from tests.running import RunningSimulator

_CONNECTIONS = 64
_SENDERS = 8
"""Of batches: of two, both may come to the same worker."""
SINGLE, BATCHED = f"single, {_CONNECTIONS} connections", f"batches of {BATCH:,}, messages"


class Cores(NamedTuple):
    """How many cores each party used, on average over a run."""

    workers: float
    postgresql: float
    client: float

    @property
    def together(self) -> float:
        return sum(self)


@dataclass(frozen=True)
class Round:
    """What so many workers did of one kind, and what it took."""

    what: str
    workers: int
    rate: float
    """Deliveries or messages a second."""
    p99: float | None
    cores: Cores
    errors: int


class Meter:
    """The time of the processor that each party used while something was done."""

    def __init__(self, simulator: RunningSimulator, server: PostgresServer) -> None:
        self._parties: tuple[Callable[[], list[psutil.Process]], ...] = (simulator.processes, server.processes)

    def during(self, work: Callable[[], Any]) -> tuple[Any, Cores]:
        """What ``work`` answers, and the cores in use meanwhile; the client is this process with its children."""
        start, before = time.perf_counter(), self._used()
        found = work()
        after, seconds = self._used(), time.perf_counter() - start
        return found, Cores(*((late - early) / seconds for early, late in zip(before, after, strict=True)))

    def _used(self) -> tuple[float, ...]:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        client = time.process_time() + children.ru_utime + children.ru_stime
        return (*(processor_time(party()) for party in self._parties), client)


def measure(server: PostgresServer, name: str, workers: int, seconds: float) -> list[Round]:
    """One simulator on an empty database of the server, warm before it is measured."""
    receivers = Receivers(OIN)
    with tempfile.TemporaryDirectory(prefix="mosim-load-") as folder:
        place = Place(Path(folder), server.create_database(name))
        with started(place, "--workers", str(workers)) as simulator:
            meter = Meter(simulator, server)
            client = wrk.Wrk(simulator.base, receivers.pool(wrk.POOL), None)
            client.run(_CONNECTIONS, 2)
            run, single = meter.during(lambda: client.run(_CONNECTIONS, seconds))
            client.close()
            bodies = [make_body(receivers.pool(BATCH)) for _ in range(2 * BATCHES)]
            wait_until_idle(simulator)
            with all_metered(simulator, BATCH * len(bodies)):
                taken, batched = meter.during(
                    lambda: measure_posts(simulator.base, PATH, "application/json", bodies, _SENDERS)
                )
    return [
        Round(SINGLE, workers, run.rate, run.p99, single, run.errors),
        Round(BATCHED, workers, BATCH * len(bodies) / taken, None, batched, 0),
    ]


def describe(rounds: Sequence[Round], seconds: float) -> Report:
    """The medians, the second against the first, and how much that could be at most."""
    rows = []
    for what in (SINGLE, BATCHED):
        one, two = ([each for each in rounds if (each.what, each.workers) == (what, number)] for number in (1, 2))
        rows += [_row(one), _row(two)]
        ratio, all_cores = _median(each.rate for each in two) / _median(each.rate for each in one), os.cpu_count() or 1
        most = all_cores / _median(each.cores.together for each in one)
        rows.append((f"… two against one, {most:.2f} if each cost the same", "", f"{ratio:.2f}", *[""] * 6))
    columns = (
        "what",
        "workers",
        "per second",
        "p99 ms",
        "cores: workers",
        "PostgreSQL",
        "client",
        "together",
        "errors",
    )
    note = (
        f"Embedded PostgreSQL as it comes, `synchronous_commit` on; medians of {len(rounds) // 4} turns, single "
        f"ones of {seconds:g} s. The workers, PostgreSQL and the client share {os.cpu_count()} cores: when each "
        "delivery costs the same, two workers are as much better than one as there are cores for those that one keeps "
        "busy, together with the others; in larger groups it costs less."
    )
    return Report("workers", columns, rows, (note,))


def _row(rounds: Sequence[Round]) -> tuple[str, ...]:
    first = rounds[0]
    p99 = "" if first.p99 is None else f"{_median(each.p99 or 0 for each in rounds):.0f}"
    cores = [_median(party) for party in zip(*(each.cores for each in rounds), strict=True)]
    together = _median(each.cores.together for each in rounds)
    return (first.what, str(first.workers), f"{_median(each.rate for each in rounds):,.0f}", p99,
            *(f"{each:.2f}" for each in (*cores, together)), str(sum(each.errors for each in rounds)))  # fmt: skip


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


@click.command()
@click.option("--seconds", default=5.0, show_default=True, help="Of one run of single deliveries.")
@click.option("--turns", default=3, show_default=True, help="The medians of so many count.")
@unpinned
def main(seconds: float, turns: int, **given: Any) -> None:
    """Deliver to one worker and to two on an embedded PostgreSQL, in turns."""
    options = Options(**given)
    if not wrk.is_installed():
        raise click.ClickException(wrk.MISSING)
    need_disk(Path(tempfile.gettempdir()))
    rounds: list[Round] = []
    server = PostgresServer()
    try:
        with progress() as bar:
            task = bar.add_task("workers", total=2 * turns)
            for turn in range(turns):
                for workers in (1, 2):
                    bar.update(task, description=f"{workers} worker(s)")
                    rounds += measure(server, f"turn_{turn}_{workers}", workers, seconds)
                    bar.advance(task)
    finally:
        server.close()
    options.finish(describe(rounds, seconds), [asdict(each) for each in rounds])


if __name__ == "__main__":
    main()
