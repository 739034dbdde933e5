"""Two runs side by side, and what became worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.load.budgets import Place, find_breaches, read_budgets
from simulator.load.report import Line, Run

_FIGURES = ("messages_per_second", "p50", "p95", "p99", "failed", "result_p95")


@dataclass(frozen=True, slots=True)
class Difference:
    """The same scenario and phase in two runs."""

    first: Line
    second: Line

    @property
    def slower(self) -> float:
        """How much slower the second is at p95: 0.2 is a fifth."""
        return _grown(self.first.p95, self.second.p95)

    @property
    def slower_result(self) -> float:
        """The same, of the time to the result."""
        return _grown(self.first.result_p95, self.second.result_p95)

    @property
    def figures(self) -> dict[str, tuple[Any, Any]]:
        """Every figure, first and second."""
        return {name: (getattr(self.first, name), getattr(self.second, name)) for name in _FIGURES}

    @property
    def cells(self) -> tuple[object, ...]:
        """For a table."""
        *pairs, result = self.figures.values()
        shown = _show_pair(result) if any(result) else ""  # few scenarios wait for one
        return (self.first.scenario, self.first.phase, *map(_show_pair, pairs), shown, f"{self.slower:+.0%}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both runs have, what only the first has, and what was asked otherwise, which may explain it all.

    ``broken`` is what only the second did not keep of its budgets.
    """

    differences: list[Difference]
    missing: list[str]
    changed: list[str]
    broken: list[str]

    def list_worse(self, tolerance: float) -> Iterator[str]:
        """A sentence for everything that became worse: slower by so many percent, failing more, broken, not there."""
        for each in self.differences:
            for slower, what in ((each.slower, "at p95"), (each.slower_result, "to the result, at p95")):
                if slower * 100 > tolerance:
                    yield f"{each.first.name} became {slower:.0%} slower {what}; {tolerance:g}% was allowed."
            if each.second.failed_part > each.first.failed_part:
                yield f"{each.first.name} failed more: {each.first.failed_part:.2%} → {each.second.failed_part:.2%}."
        yield from self.broken
        yield from (f"{each} is not in the second run." for each in self.missing)


def compare(first: Run, second: Run) -> Comparison:
    """Compare two runs, by scenario and phase."""
    before, after = ({(line.scenario, line.phase): line for line in run.lines} for run in (first, second))
    return Comparison(
        differences=[Difference(before[key], line) for key, line in after.items() if key in before],
        missing=[line.name for key, line in before.items() if key not in after],
        changed=list(_list_changed(_choices(first), _choices(second))),
        broken=list(_list_broken(first, second)),
    )


def _list_broken(first: Run, second: Run) -> Iterator[str]:
    """What the second did not keep and the first did, such as its VerwerkingsCodes; or that it broke off."""
    before, after = _find_breaches(first), _find_breaches(second)
    yield from (line for place, line in after.items() if place not in before)
    if first.breaches == [*before.values()]:
        yield from (line for line in second.breaches if line not in after.values())


def _find_breaches(run: Run) -> dict[Place, str]:
    return find_breaches(run.tally, read_budgets(str(run.plan.get("budget", ""))))


def _grown(first: float, second: float) -> float:
    return round(second / first - 1, 3) if first else 0.0


def _show_pair(pair: tuple[float, float]) -> str:
    return f"{pair[0]:,g} → {pair[1]:,g}"


def _list_changed(first: dict[str, Any], second: dict[str, Any]) -> Iterator[str]:
    for name in first | second:
        if first.get(name) != second.get(name):
            yield f"{name}: {first.get(name)!r} → {second.get(name)!r}"


def _choices(run: Run) -> dict[str, Any]:
    return {"version": run.version, "url": run.url, "workers": run.workers} | run.plan
