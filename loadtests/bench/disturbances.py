"""``loadtests/disturbances``: what each thing that goes on beside deliveries costs them, at the same rate."""

from dataclasses import asdict, dataclass
from typing import Any

import click

from loadtests.bench import sender
from loadtests.bench.deliveries import OIN
from loadtests.bench.disturb import KINDS, Disturbance, Task, disturbing
from loadtests.bench.figures import ms, whole
from loadtests.bench.machine import Seen, probing, shares_of, sync_of
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, processor_time, started, wait_until_idle
from loadtests.bench.soak import POOL, find_ceiling
from tests.running import RunningSimulator

GOING_ON: dict[str, tuple[str, ...]] = {
    "nothing": (),
    **{kind: (kind,) for kind in KINDS},
    "all together": tuple(KINDS),
    "nothing again": (),
}
"""The last is compared to the first: the difference is the machine, or what is stored by then."""
COLUMNS = (
    "while",
    "answered / s",
    "p50 ms",
    "p99 ms",
    "p99.9 ms",
    "worst ms",
    "processor: server / others",
    "fdatasync ms, mean / worst",
    "times",
)


@dataclass(frozen=True, kw_only=True)
class DisturbancesOptions(StorageOptions):
    seconds: float
    rate: float
    share: float
    ceiling_seconds: float
    connections: int


@dataclass(frozen=True)
class Turn:
    """What deliveries noticed of one of them."""

    name: str
    rate: float
    errors: int
    latencies: dict[str, float]
    busy: float
    """Processor time of the server, in cores."""
    machine: Seen
    disturbance: Disturbance


@dataclass(frozen=True)
class Outcome:
    """All turns, at one rate."""

    rate: float
    turns: list[Turn]
    check: list[dict[str, str]]

    @property
    def problems(self) -> list[str]:
        """Why this run failed; empty if it did not."""
        errors = [
            f"{each.name}: {each.errors} deliveries were not answered with 201" for each in self.turns if each.errors
        ]
        refused = [f"{each.name}: {remark}" for each in self.turns for remark in each.disturbance.refused]
        return [*errors, *refused, *(f"mosim check: {each}" for each in self.check)]


class Comparison:
    """Deliveries to one running simulator, while this goes on and then that."""

    def __init__(self, running: RunningSimulator, place: Place, options: DisturbancesOptions) -> None:
        self._running = running
        self._place = place
        self._options = options
        self._bsns = Receivers(OIN).pool(POOL)
        self._letters = sender.Letters(self._bsns)

    def find_rate(self) -> float:
        """The one that was asked for, or a share of the ceiling while all goes on."""
        options = self._options
        if options.rate:
            return options.rate
        with disturbing(self._task(tuple(KINDS))):
            return options.share * find_ceiling(self._running, self._letters, options.ceiling_seconds, options.load)

    def take(self, name: str, rate: float) -> Turn:
        """Deliver at this rate while it goes on, and wait for what is left of it."""
        options, processes = self._options, self._running.processes()
        plan = sender.Plan(options.seconds, rate, options.connections, options.seconds)
        with disturbing(self._task(GOING_ON[name])) as disturbance, probing(options.server, self._place.data) as probe:
            used = processor_time(processes)
            total = sender.send(self._running.base, self._letters, plan, options.load, lambda _: None)
            busy = (processor_time(processes) - used) / total.seconds
            seen = probe.close_window()
        wait_until_idle(self._running)
        errors = total.errors + total.unsent
        return Turn(name, total.rate, errors, total.latencies.in_ms(), busy, seen, disturbance)

    def _task(self, kinds: tuple[str, ...]) -> Task:
        return Task(self._running.base, self._running.admin, self._bsns, kinds, self._options.load)


def run(options: DisturbancesOptions) -> Outcome:
    with options.place() as place, started(place, *options.flags) as running, progress() as bar:
        need_disk(place.data)
        comparison, taken = Comparison(running, place, options), list[Turn]()
        task = bar.add_task("finding the ceiling", total=len(GOING_ON))
        rate = comparison.find_rate()
        wait_until_idle(running)
        for name in GOING_ON:
            bar.update(task, description=f"{rate:,.0f}/s, while: {name}", completed=len(taken))
            taken.append(comparison.take(name, rate))
        return Outcome(rate, taken, place.check())


def make_report(outcome: Outcome, options: DisturbancesOptions) -> Report:
    rows = [
        (each.name, whole(each.rate), *map(ms, each.latencies.values()), shares_of(each.busy, [each.machine]),
         sync_of([each.machine]), whole(each.disturbance.rounds or None))
        for each in outcome.turns
    ]  # fmt: skip
    meant = "; ".join(f"*{kind}*: {what}" for kind, what in KINDS.items())
    note = (
        f"{options.storage}; open loop at {outcome.rate:,.0f}/s over {options.connections} connections for "
        f"{options.seconds:.0f} s each, one after another on one simulator. Once a second, or as soon as the last time "
        f"is over: {meant}. Processor is that of the server, in cores, and what other processes had of its core; "
        f"fdatasync is that of one block beside it, five times a second. "
        f"{'; '.join(outcome.problems) or 'Nothing was refused or lost'}."
    )
    return Report(options.name_of("disturbances"), COLUMNS, rows, (note,))


@click.command()
@click.option("--seconds", default=60.0, show_default=True, help="Of each.")
@click.option("--rate", default=0.0, help="Deliveries a second; without it a share of the ceiling.")
@click.option("--share", default=0.6, show_default=True, help="Of the ceiling while all goes on, measured first.")
@click.option("--ceiling-seconds", default=15.0, show_default=True, help="To find the ceiling in.")
@click.option("--connections", default=64, show_default=True, help="Kept open.")
@storage
@common
def main(**given: Any) -> None:
    """Deliver at a steady rate while nothing else goes on, while each disturbance does, and while all do together.

    Open loop, as in `loadtests/soak`. Exit code 1 when anything was refused or `mosim check` has a remark.
    """
    options = DisturbancesOptions(**given)
    outcome = run(options)
    options.finish(make_report(outcome, options), asdict(outcome) | {"problems": outcome.problems})
    if outcome.problems:
        raise click.ClickException("; ".join(outcome.problems[:5]))


if __name__ == "__main__":
    main()
