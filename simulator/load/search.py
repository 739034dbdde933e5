"""The search for the ceiling: which rate to try next, and whether a service keeps up with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.load.plan import MAX_RATE
from simulator.load.report import Run
from simulator.load.scenarios import size_of

_PRECISE = 1.1
_LEAST, _FIRST = 1.0, 50.0
_FACTOR = 2.0
_MOST_TRIES = 16
_KEPT_UP = 0.95
"""So much of what is due a service that keeps up takes in before the end."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A rate that was tried, what was not kept then, and what to know of that run."""

    rate: float
    breaches: list[str]
    notes: list[str]

    @property
    def kept(self) -> bool:
        """Whether all budgets were."""
        return not self.breaches


@dataclass(slots=True)
class Search:
    """Which rates were tried, from ``start`` on."""

    start: float = 0.0
    tried: list[Tried] = field(default_factory=list)

    @property
    def found(self) -> float:
        """The highest rate at which all budgets were kept; 0 for none."""
        return max((each.rate for each in self.tried if each.kept), default=0.0)

    def add(self, rate: float, breaches: list[str], notes: list[str]) -> None:
        """How it went at this rate."""
        self.tried.append(Tried(rate, breaches, notes))

    def add_run(self, rate: float, run: Run) -> Tried:
        """The same, of a run: it keeps its budgets, and the service keeps up with it."""
        self.add(rate, [*run.breaches, *list_backlogs(run)], run.notes)
        return self.tried[-1]

    def next_rate(self) -> float | None:
        """Which rate to try now: doubling or halving, then halfway; ``None``: found."""
        broke = min((each.rate for each in self.tried if not each.kept), default=None)
        if len(self.tried) >= _MOST_TRIES:
            return None
        if self.found and broke:
            return None if broke / self.found <= _PRECISE else _round((self.found * broke) ** 0.5)
        if self.found:
            return self.found * _FACTOR if self.found * _FACTOR <= MAX_RATE else None
        if broke:
            return broke / _FACTOR if broke / _FACTOR >= _LEAST else None
        return self.start or _FIRST


def list_backlogs(run: Run) -> Iterator[str]:
    """A sentence for each phase before whose end too little of what was due in it was taken in.

    A queue that grows breaks no budget as long as it is short, and a run of a search ends before it is long. What was
    due last may be under way at the end, for as long as the quickest request took: who always takes that long does not
    fall behind. One arrival more says nothing either.
    """
    for phase, seconds in run.phases.items():
        due, in_time, under_way, largest = 0, 0, 0.0, 0
        for entry in (each for each in run.tally.entries if each.phase == phase):
            size = size_of(entry.scenario, int(run.plan["batch"]))
            due += entry.arrivals * size
            in_time += entry.in_time
            under_way += entry.arrivals * size * entry.times.percentile(0) / 1_000 / seconds
            largest = max(largest, size)
        if due - in_time > under_way + max(largest, due * (1 - _KEPT_UP)):
            yield (
                f"{phase}: {in_time:,} of the {due:,} messages that were due were taken in before the end "
                f"({in_time / due:.0%}), so the service falls behind."
            )


def _round(rate: float) -> float:
    """Three digits are more than a search within a tenth can know."""
    return float(f"{rate:.3g}")
