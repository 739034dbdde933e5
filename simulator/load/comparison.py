"""Two runs side by side, and what became worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.load.report import Line, Run

_FIGURES = ("messages_per_second", "p50", "p95", "p99", "failed")


@dataclass(frozen=True, slots=True)
class Difference:
    """The same scenario and phase in two runs."""

    first: Line
    second: Line

    @property
    def slower(self) -> float:
        """How much slower the second is at p95: 0.2 is a fifth."""
        return round(self.second.p95 / self.first.p95 - 1, 3) if self.first.p95 else 0.0

    @property
    def figures(self) -> dict[str, tuple[Any, Any]]:
        """Every figure, first and second."""
        return {name: (getattr(self.first, name), getattr(self.second, name)) for name in _FIGURES}

    @property
    def cells(self) -> tuple[object, ...]:
        """For a table."""
        pairs = (f"{first:,g} → {second:,g}" for first, second in self.figures.values())
        return (self.first.scenario, self.first.phase, *pairs, f"{self.slower:+.0%}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both runs have, what only the first has, and what was asked otherwise, which may explain it all."""

    differences: list[Difference]
    missing: list[str]
    changed: list[str]

    def list_worse(self, tolerance: float) -> Iterator[str]:
        """A sentence for everything that became worse: slower by so many percent, more failures, or not there."""
        for each in self.differences:
            if each.slower * 100 > tolerance:
                yield f"{each.first.name} became {each.slower:.0%} slower at p95; {tolerance:g}% was allowed."
            if each.second.failed_part > each.first.failed_part:
                yield f"{each.first.name} failed more: {each.first.failed_part:.2%} → {each.second.failed_part:.2%}."
        yield from (f"{each} is not in the second run." for each in self.missing)


def compare(first: Run, second: Run) -> Comparison:
    """Compare two runs, by scenario and phase."""
    before, after = ({(line.scenario, line.phase): line for line in run.lines} for run in (first, second))
    return Comparison(
        differences=[Difference(before[key], line) for key, line in after.items() if key in before],
        missing=[line.name for key, line in before.items() if key not in after],
        changed=list(_list_changed(_choices(first), _choices(second))),
    )


def _list_changed(first: dict[str, Any], second: dict[str, Any]) -> Iterator[str]:
    for name in first | second:
        if first.get(name) != second.get(name):
            yield f"{name}: {first.get(name)!r} → {second.get(name)!r}"


def _choices(run: Run) -> dict[str, Any]:
    return {"version": run.version, "url": run.url, "workers": run.workers} | run.plan
