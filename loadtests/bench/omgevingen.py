"""``loadtests/omgevingen``: many omgevingen in use at once, and what each costs."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import click

from loadtests.bench import sender
from loadtests.bench.deliveries import OIN
from loadtests.bench.figures import mib, ms, percentile, whole
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import (
    Place,
    count_metered,
    memory_of,
    own_memory_of,
    processor_time,
    started,
    wait_until_idle,
)
from tests.running import RunningSimulator

POOL = 2000
SETTLE = 2.0
KIB = 1024


@dataclass(frozen=True, kw_only=True)
class OmgevingenOptions(StorageOptions):
    number: int
    connections: int
    seconds: float
    idle: float
    rounds: int

    @property
    def names(self) -> list[str]:
        return [f"wereld-{number}" for number in range(1, self.number + 1)]


@dataclass(frozen=True)
class Weight:
    """What the simulator takes at one moment, over all its processes."""

    when: str
    memory: int
    files: int
    threads: int
    connections: int
    """To PostgreSQL."""
    disk: int
    busy: float
    """Share of one core while nobody asks anything."""
    backends: int
    """Memory of PostgreSQL, beside what its processes share; 0 when the server is not ours."""


@dataclass
class Outcome:
    """The weights, and how it went: over all rounds."""

    rate_alone: float
    weights: list[Weight]
    made_ms: list[float] = field(default_factory=list)
    dropped_ms: list[float] = field(default_factory=list)
    total: sender.Window = field(default_factory=sender.Window)
    metered: int = 0

    @property
    def acknowledged(self) -> int:
        return self.total.statuses[sender.CREATED]

    def as_json(self) -> dict[str, Any]:
        return {
            "weights": [asdict(each) for each in self.weights],
            "made_ms": self.made_ms,
            "dropped_ms": self.dropped_ms,
            "rate": self.total.rate,
            "rate_alone": self.rate_alone,
            "latencies": self.total.latencies.in_ms(),
            "acknowledged": self.acknowledged,
            "metered": self.metered,
            "errors": self.total.errors,
        }


class Run:
    """One run on a running simulator."""

    def __init__(self, running: RunningSimulator, place: Place, options: OmgevingenOptions) -> None:
        self._running = running
        self._place = place
        self._options = options
        self._bsns = Receivers(OIN).pool(POOL)

    def weigh(self, when: str) -> Weight:
        """After a moment of rest; the time of the processor over a while without requests."""
        time.sleep(min(SETTLE, self._options.idle))
        processes = self._running.processes()
        before = processor_time(processes)
        time.sleep(self._options.idle)
        busy = (processor_time(processes) - before) / self._options.idle if self._options.idle else 0.0
        connections = backends = 0
        if self._place.database_url:
            query = "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
            connections = int(self._place.ask_postgresql(query))
        if self._place.postgresql:
            backends = own_memory_of(self._place.postgresql.processes())
        return Weight(when, memory_of(processes), sum(each.num_fds() for each in processes),
                      sum(each.num_threads() for each in processes), connections, self._place.disk(), busy,
                      backends)  # fmt: skip

    def each(self, method: str, paths: Iterable[tuple[str, object]]) -> Iterator[float]:
        """How long each request of the control API takes, in milliseconds."""
        for path, body in paths:
            start = time.perf_counter()
            self._running.control(method, path, json=body).raise_for_status()
            yield (time.perf_counter() - start) * 1000

    def round(self, outcome: Outcome, number: int, on_step: Callable[[str], None]) -> None:
        """Make them, use them all at once, drop them."""
        names, times = self._options.names, f" ({number})" if self._options.rounds > 1 else ""
        on_step(f"making {len(names)}{times}")
        outcome.made_ms += self.each("POST", (("/omgevingen", {"naam": naam}) for naam in names))
        outcome.weights.append(self.weigh(f"{len(names)} more, new{times}"))
        on_step(f"all in use at once{times}")
        outcome.total.merge(self.deliver(names))
        for naam in names:
            wait_until_idle(self._running, naam)
        outcome.weights.append(self.weigh(f"{len(names)} more, used{times}"))
        outcome.metered += sum(count_metered(self._running, naam) for naam in names)
        on_step(f"dropping them{times}")
        outcome.dropped_ms += self.each("DELETE", ((f"/omgevingen/{naam}", None) for naam in names))
        outcome.weights.append(self.weigh(f"dropped again{times}"))

    def deliver(self, names: list[str]) -> sender.Window:
        """From all connections at once, to the omgevingen in turn."""
        letters = sender.Letters(self._bsns, tuple(f"/omgevingen/{naam}" for naam in names) or ("",))
        plan = sender.Plan(self._options.seconds, connections=self._options.connections)
        return sender.send(self._running.base, letters, plan, self._options.load, lambda _: None)


def run(options: OmgevingenOptions) -> Outcome:
    with options.place() as place, started(place, *options.flags) as running, progress() as bar:
        need_disk(place.data)
        work = Run(running, place, options)
        task = bar.add_task("one omgeving, in use", total=3 * options.rounds)
        alone = work.deliver([])
        wait_until_idle(running)
        outcome = Outcome(alone.rate, [work.weigh("one, used")])
        for number in range(1, options.rounds + 1):
            work.round(outcome, number, lambda description: bar.update(task, advance=1, description=description))
        return outcome


def make_report(outcome: Outcome, options: OmgevingenOptions) -> Report:
    rest = outcome.weights[0]
    columns = ("omgevingen", "memory", "each", "open files", "threads", "connections", "memory of PostgreSQL", "disk",
               "processor when idle")  # fmt: skip
    rows = []
    for each in outcome.weights:
        more = (each.memory - rest.memory) / options.number / KIB if each.when.startswith(str(options.number)) else None
        rest = rest if more is not None else each  # a later round adds to what the one before left
        connections = whole(each.connections or None)
        rows.append((each.when, mib(each.memory), "" if more is None else f"{more:,.0f} KiB", whole(each.files),
                     whole(each.threads), connections, mib(each.backends) if each.backends else "–", mib(each.disk),
                     f"{each.busy:.1%}"))  # fmt: skip
    in_ms = outcome.total.latencies.in_ms()
    note = (
        f"{options.storage}. An omgeving is made in {_times(outcome.made_ms)} and dropped in "
        f"{_times(outcome.dropped_ms)}. Deliveries from {options.connections} connections, spread over all "
        f"{options.number}: {outcome.total.rate:,.0f}/s, p50 {ms(in_ms['p50_ms'])} ms, p99 {ms(in_ms['p99_ms'])} ms; "
        f"all to one: {outcome.rate_alone:,.0f}/s. {outcome.acknowledged:,} were acknowledged and {outcome.metered:,} "
        f"metered; {outcome.total.errors} errors. The second round shows what is taken once, and what each time anew."
    )
    told = [place for place in range(len(columns)) if any(row[place] != "–" for row in rows)]
    shown = [tuple(row[place] for place in told) for row in rows]
    return Report(options.name_of("omgevingen"), tuple(columns[place] for place in told), shown, (note,))


def _times(taken: list[float]) -> str:
    return f"{ms(percentile(sorted(taken), 0.5))} ms (worst {ms(max(taken))})"


@click.command()
@click.option("--number", default=100, show_default=True, help="Omgevingen, beside standaard.")
@click.option("--connections", default=32, show_default=True, help="Deliveries on their way at once.")
@click.option("--seconds", default=20.0, show_default=True, help="Of delivering to all of them.")
@click.option("--idle", default=10.0, show_default=True, help="Seconds of watching what it costs to do nothing.")
@click.option("--rounds", default=2, show_default=True, help="Of making, using and dropping all of them.")
@storage
@common
def main(**given: Any) -> None:
    """Make many omgevingen, use all of them at once, and weigh the simulator before, during and after."""
    options = OmgevingenOptions(**given)
    outcome = run(options)
    options.finish(make_report(outcome, options), outcome.as_json())
    if outcome.total.errors or outcome.acknowledged != outcome.metered:
        raise click.ClickException("not every delivery was acknowledged and metered once")


if __name__ == "__main__":
    main()
