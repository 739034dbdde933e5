"""The search for the ceiling: which rate to try next."""

from dataclasses import dataclass, field

from simulator.load.plan import MAX_RATE

_PRECISE = 1.1
_LEAST, _FIRST = 1.0, 50.0
_FACTOR = 2.0
_MOST_TRIES = 16


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


def _round(rate: float) -> float:
    """Three digits are more than a search within a tenth can know."""
    return float(f"{rate:.3g}")
