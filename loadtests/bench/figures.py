"""Latencies in little memory, and how figures read."""

import math
from collections import Counter
from collections.abc import Sequence

_STEPS = 50
"""Of a histogram, to a factor e: each step is 2 % further."""


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the sorted values that at least this share of them does not exceed."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Latencies:
    """Any number of durations in seconds; percentiles are right to 2 %, the worst is exact."""

    def __init__(self) -> None:
        self.steps: Counter[int] = Counter()
        """How many by step."""
        self.count = 0
        self.worst = 0.0

    def add(self, seconds: float) -> None:
        self.steps[math.ceil(math.log(max(seconds, 1e-6)) * _STEPS)] += 1
        self.count += 1
        self.worst = max(self.worst, seconds)

    def merge(self, other: "Latencies") -> None:
        self.steps += other.steps
        self.count += other.count
        self.worst = max(self.worst, other.worst)

    def percentile(self, share: float) -> float:
        """In seconds, rounded up to the next step; 0 when there are none."""
        left = math.ceil(share * self.count)
        for step in sorted(self.steps):
            left -= self.steps[step]
            if left <= 0:
                return min(math.exp(step / _STEPS), self.worst)
        return 0.0

    def in_ms(self) -> dict[str, float]:
        """What every table shows."""
        shares = {"p50_ms": 0.5, "p99_ms": 0.99, "p999_ms": 0.999}
        return {name: round(self.percentile(share) * 1000, 2) for name, share in shares.items()} | {
            "worst_ms": round(self.worst * 1000, 2)
        }


def mib(size: float) -> str:
    """Bytes, for people."""
    return f"{size / 2**20:,.0f} MiB"


def whole(number: float | None) -> str:
    """A rate or a count, or a dash where nothing was measured."""
    return "–" if number is None else f"{number:,.0f}"


def ms(milliseconds: float | None) -> str:
    """A duration to two digits or so."""
    if milliseconds is None:
        return "–"
    return f"{milliseconds:.1f}" if milliseconds < 100 else f"{milliseconds:.0f}"  # noqa: PLR2004 - then a decimal says nothing
