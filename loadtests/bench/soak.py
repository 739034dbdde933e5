"""``loadtests/soak``: a steady rate for a long time: does anything grow, stall or get lost."""

import itertools
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from typing import Any

import click
from rich.progress import Progress

from loadtests.bench import picture, sender
from loadtests.bench.deliveries import OIN
from loadtests.bench.disturb import KINDS, Disturbance, Task, disturbing
from loadtests.bench.figures import mib, ms, whole
from loadtests.bench.filler import fill_place
from loadtests.bench.hold import holding
from loadtests.bench.machine import Probe, Seen, probing, shares_of, slower, sync_of
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import (
    Place,
    bytes_read,
    count_metered,
    count_overdue,
    memory_of,
    processor_time,
    started,
    wait_until_idle,
)
from tests.running import RunningSimulator

POOL = 20_000
WARM_UP = 3.0
AN_HOUR = 60
HOUR = {"fill": 10_000_000, "minutes": AN_HOUR, "ceiling_seconds": 180, "window": 300, "hold": True}
"""What ``--hour`` stands for; what is given besides goes first."""
COLUMNS = (
    "until, minutes",
    "answered / s",
    "p50 ms",
    "p99 ms",
    "p99.9 ms",
    "worst ms",
    "sender late ms",
    "processor: server / others",
    "read from disk",
    "machine slower",
    "fdatasync ms, mean / worst",
    "memory",
    "WAL",
    "stored",
)
SHOWN = 12
"""Rows of the table; of a longer run each is several windows."""


@dataclass(frozen=True, kw_only=True)
class SoakOptions(StorageOptions):
    minutes: float
    rate: float
    share: float
    connections: int
    window: float
    ceiling_seconds: float
    disturb: bool
    disturb_only: tuple[str, ...]
    fill: int
    hold: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """What else goes on, in the order of a round."""
        return tuple(each for each in KINDS if each in self.disturb_only or (self.disturb and not self.disturb_only))

    @property
    def name(self) -> str:
        """Of the table; what the document has no place for is only shown."""
        parts = ["soak", *["hour"] * (self.minutes >= AN_HOUR), *["disturbed"] * bool(self.kinds)]
        some = self.kinds if len(self.kinds) < len(KINDS) else ()
        return self.name_of("-".join([*parts, *some]))


@dataclass(frozen=True)
class Stretch:
    """A window of the run, with what the server weighed at its end."""

    seconds: float
    rate: float
    errors: int
    latencies: dict[str, float]
    sender_late_ms: float
    backlog: int
    busy: float
    """Processor time of the server, in cores: at 1 it can do no more, and under 1 it waited for something else."""
    read: int
    """Bytes that the server had to wait for, because they were not in memory."""
    memory: int
    wal: int
    disk: int
    machine: Seen


@dataclass
class Outcome:
    """The whole run, and whether the books agree."""

    ceiling: float = 0.0
    rate: float = 0.0
    before: int = 0
    """Messages stored when it begins."""
    stretches: list[Stretch] = field(default_factory=list)
    latencies: dict[str, float] = field(default_factory=dict)
    acknowledged: int = 0
    metered: int = 0
    errors: int = 0
    unsent: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    overdue: int = 0
    drain_seconds: float = 0.0
    check: list[dict[str, str]] = field(default_factory=list)
    disturbance: Disturbance = field(default_factory=Disturbance)

    @property
    def machine(self) -> list[Seen]:
        """What the machine itself did in each stretch."""
        return [each.machine for each in self.stretches]

    @property
    def answered(self) -> float:
        """A second, until the last answer."""
        return self.acknowledged / sum(each.seconds for each in self.stretches)

    @property
    def problems(self) -> list[str]:
        """Why this run failed; empty if it did not."""
        found = []
        if self.errors:
            found.append(f"{self.errors} deliveries were not answered with 201: {self.statuses}")
        if self.unsent:
            found.append(f"{self.unsent:,} deliveries were due and not sent: the server did not keep up with the rate")
        if self.acknowledged != self.metered:
            found.append(f"{self.acknowledged} were acknowledged and {self.metered} metered")
        found += [f"mosim check: {each}" for each in self.check]
        return found + [f"meanwhile: {each}" for each in self.disturbance.refused]


class Soak:
    """One run on a running simulator."""

    def __init__(self, running: RunningSimulator, place: Place, options: SoakOptions, bar: Progress) -> None:
        self._running = running
        self._place = place
        self._options = options
        self._bar = bar
        self._bsns = Receivers(OIN).pool(POOL)
        self._letters = sender.Letters(self._bsns)
        self._task = bar.add_task("finding the ceiling", total=None)
        self._used = 0.0
        self._read = 0

    def run(self) -> Outcome:
        options, outcome = self._options, Outcome()
        task = Task(self._running.base, self._running.admin, self._bsns, options.kinds, options.load)
        with disturbing(task) as outcome.disturbance, probing(options.server, self._place.data) as probe:
            total = self._deliver(outcome, probe)
        self._bar.update(self._task, description="closing the books", total=None)
        self._close(outcome, total)
        return outcome

    def _deliver(self, outcome: Outcome, probe: Probe) -> sender.Window:
        """Find the ceiling of a simulator that does all this, then keep the rate."""
        options = self._options
        if not options.rate:
            outcome.ceiling = find_ceiling(self._running, self._letters, options.ceiling_seconds, options.load)
        outcome.rate = options.rate or outcome.ceiling * options.share
        wait_until_idle(self._running)
        outcome.before = count_metered(self._running)
        whole_run = round(options.minutes * 60)
        self._bar.update(self._task, description=f"{outcome.rate:,.0f}/s", total=whole_run, completed=0)
        plan = sender.Plan(options.minutes * 60, outcome.rate, options.connections, options.window)
        probe.close_window()
        self._used = processor_time(self._running.processes())
        self._read = bytes_read(self._running.processes())

        def on_window(window: sender.Window) -> None:
            stretch = self._weigh(window, probe.close_window())
            outcome.stretches.append(stretch)
            self._bar.console.print(_line(len(outcome.stretches), stretch), soft_wrap=True)
            self._bar.advance(self._task, round(window.seconds))

        return sender.send(self._running.base, self._letters, plan, options.load, on_window)

    def _close(self, outcome: Outcome, total: sender.Window) -> None:
        outcome.latencies = total.latencies.in_ms()
        outcome.acknowledged, outcome.errors = total.statuses[sender.CREATED], total.errors
        outcome.unsent = total.unsent
        outcome.statuses = dict(total.statuses)
        outcome.overdue = count_overdue(self._running)
        outcome.drain_seconds = wait_until_idle(self._running, limit=3600)
        outcome.metered = count_metered(self._running) - outcome.before
        outcome.check = self._place.check()

    def _weigh(self, window: sender.Window, machine: Seen) -> Stretch:
        processes = self._running.processes()
        before, self._used = self._used, processor_time(processes)
        read, self._read = self._read, bytes_read(processes)
        return Stretch(
            window.seconds, window.rate, window.errors, window.latencies.in_ms(), round(window.late * 1000, 1),
            window.backlog, (self._used - before) / window.seconds, self._read - read, memory_of(processes),
            self._place.wal(), self._place.disk(), machine,
        )  # fmt: skip


def find_ceiling(running: RunningSimulator, letters: sender.Letters, seconds: float, core: int | None) -> float:
    """As many as it takes with all that follows: what is left on the agenda afterwards counts as well."""
    sender.send(running.base, letters, sender.Plan(WARM_UP), core, lambda _: None)
    wait_until_idle(running)
    found = sender.send(running.base, letters, sender.Plan(seconds), core, lambda _: None)
    return found.statuses[sender.CREATED] / (found.seconds + wait_until_idle(running))


def _line(number: int, stretch: Stretch) -> str:
    in_ms = stretch.latencies
    percentiles = f"p50 {ms(in_ms['p50_ms'])}  p99 {ms(in_ms['p99_ms'])}  p99.9 {ms(in_ms['p999_ms'])}"
    return (
        f"{number:>4}  {stretch.rate:>9,.0f}/s  {percentiles}  worst {ms(in_ms['worst_ms'])} ms  "
        f"busy {stretch.busy:.0%}  read {mib(stretch.read)}  {mib(stretch.memory)}  wal {mib(stretch.wal)}  "
        f"errors {stretch.errors}"
    )


def run(options: SoakOptions) -> Outcome:
    with options.place() as place, progress() as bar, ExitStack() as stack:
        need_disk(place.data)
        if options.fill:
            fill_place(place, options.fill, options.load, options.flags, bar)
        running = stack.enter_context(started(place, *options.flags))
        if options.hold:
            stack.enter_context(holding(place.data))
        return Soak(running, place, options, bar).run()


def make_report(outcome: Outcome, options: SoakOptions) -> Report:
    rows = [*_rows(outcome), ("all", whole(outcome.answered), *map(ms, outcome.latencies.values()))]
    rows[-1] += ("",) * (len(COLUMNS) - len(rows[-1]))
    found = f"{options.share:.0%} of a ceiling of {outcome.ceiling:,.0f}/s" if outcome.ceiling else "as asked"
    verdict = "; ".join(outcome.problems) or (
        f"{outcome.acknowledged:,} deliveries were acknowledged, as many stored and metered, and `mosim check` agrees"
    )
    how = (
        f"{options.storage}, {outcome.before:,} messages stored before; open loop at {outcome.rate:,.0f}/s ({found}) "
        f"over {options.connections} connections: latency counts from the moment that a delivery was due. Of a row of "
        f"several windows the highest percentile is shown. {verdict}. At the end {overdue(outcome)}."
    )
    meanwhile = ", ".join(f"{number} {name}" for name, number in outcome.disturbance.done.items())
    if options.hold:
        how += " The files of SQLite were kept in memory (`--hold`)."
    notes = (how, _about_machine(outcome), *[f"Meanwhile: {meanwhile}."] * bool(meanwhile))
    name = options.name
    return Report(name, COLUMNS, rows, notes, f"{name}.svg")


def _about_machine(outcome: Outcome) -> str:
    behind = max((each.sender_late_ms for each in outcome.stretches), default=0)
    late = max((each.late_ms for each in outcome.machine), default=0)
    stolen = max((each.stolen for each in outcome.machine), default=0)
    return (
        f"Processor is that of the server, in cores, and what other processes had of its core. How many times slower "
        f"that core itself was than in its best window is what a loop that is always the same took of it. At worst a "
        f"thread there was woken {late:.0f} ms late, other guests of its host had {stolen:.1%} of it, and the sender "
        f"was {behind:.0f} ms behind. Five times a second one block goes to the same disk beside the server."
    )


def _rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    until, times_slower = 0.0, iter(slower(outcome.machine))
    for group in grouped(outcome.stretches, SHOWN):
        until += sum(each.seconds for each in group)
        worst = {name: ms(max(each.latencies[name] for each in group)) for name in group[0].latencies}
        rate = sum(each.rate for each in group) / len(group)
        late, last = ms(max(each.sender_late_ms for each in group)), group[-1]
        seen = [each.machine for each in group]
        shares = shares_of(sum(each.busy for each in group) / len(group), seen)
        slow = f"{max(next(times_slower) for _ in group):.2f} ×"
        sync = sync_of(seen)
        read = mib(sum(each.read for each in group))
        sizes = map(mib, (last.memory, last.wal, last.disk))
        yield f"{until / 60:.1f}", whole(rate), *worst.values(), late, shares, read, slow, sync, *sizes


def overdue(outcome: Outcome) -> str:
    """How far the agenda was behind."""
    if not outcome.overdue:
        return "nothing waited on the agenda"
    return f"the agenda (kennisgevingen) needed {outcome.drain_seconds:.1f} s more"


def grouped(stretches: list[Stretch], number: int) -> Iterator[list[Stretch]]:
    """At most so many groups, of one after another."""
    size = max(1, math.ceil(len(stretches) / number))
    for start in range(0, len(stretches), size):
        yield stretches[start : start + size]


def draw(stretches: list[Stretch]) -> str:
    until = list(itertools.accumulate(each.seconds / 60 for each in stretches))

    def line(value: Callable[[Stretch], float]) -> picture.Line:
        return [(at, value(each)) for at, each in zip(until, stretches, strict=True)]

    names = {"p50": "p50_ms", "p99": "p99_ms", "p99.9": "p999_ms", "worst": "worst_ms"}
    latencies = {name: line(_latency(key)) for name, key in names.items()}
    sizes = {"memory": line(lambda each: each.memory / 2**20), "WAL": line(lambda each: each.wal / 2**20)}
    panels = (
        picture.Panel("Latency, ms", "minutes", latencies, log_y=True),
        picture.Panel("Answered per second", "minutes", {"201": line(lambda each: each.rate)}),
        picture.Panel("MiB", "minutes", sizes),
    )
    return picture.draw(panels, "Latency, rate and memory during a long run at a steady rate")


def _latency(key: str) -> Callable[[Stretch], float]:
    return lambda each: each.latencies[key]


_KINDS = "; ".join(f"{kind}: {what}" for kind, what in KINDS.items())


def _take_hour(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - as click calls it
    if asked:
        context.default_map = HOUR


@click.command()
@click.option(
    "--hour", is_flag=True, is_eager=True, expose_value=False, callback=_take_hour,
    help="As --fill 10_000_000 --minutes 60 --ceiling-seconds 180 --window 300 --hold; needs 14 GB of disk and memory.",
)  # fmt: skip
@click.option("--minutes", default=10.0, show_default=True, help="How long.")
@click.option("--rate", default=0.0, help="Deliveries a second; without it a share of the ceiling.")
@click.option(
    "--share",
    default=0.8,
    show_default=True,
    help="Of the ceiling, which is measured first, with --disturb if that is given.",
)
@click.option("--ceiling-seconds", default=15.0, show_default=True, help="To find the ceiling in, at 32 connections.")
@click.option(
    "--connections", default=64, show_default=True, help="Kept open; a delivery that is due takes a free one."
)
@click.option("--window", default=60.0, show_default=True, help="Seconds of which each line tells.")
@click.option("--disturb", is_flag=True, help="Meanwhile all that --disturb-only can name.")
@click.option(
    "--disturb-only",
    type=click.Choice(list(KINDS)),
    multiple=True,
    help=f"Once a second meanwhile; repeatable. {_KINDS}.",
)
@click.option(
    "--fill", default=0, metavar="NUMBER", help="Messages stored before it begins, as far as --data has fewer."
)
@click.option(
    "--hold",
    is_flag=True,
    help="Keep the files of SQLite in memory, for a system that would take them out.",
)
@storage
@common
def main(**given: Any) -> None:
    """Deliver at a steady rate, and see whether anything grows, stalls or gets lost.

    Open loop: the rate is kept whatever the answers do, and latency counts from the moment that a delivery was due.
    Exit code 1 when a delivery was refused, when acknowledged and metered differ, or when `mosim check` has a remark.
    """
    options = SoakOptions(**given)
    outcome = run(options)
    result = asdict(outcome) | {"problems": outcome.problems}
    options.finish(make_report(outcome, options), result, draw(outcome.stretches))
    if outcome.problems:
        raise click.ClickException("; ".join(outcome.problems[:5]))


if __name__ == "__main__":
    main()
