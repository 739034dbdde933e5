"""What a run counts, per scenario and phase: it adds up over processes and travels as JSON."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

import msgspec

_WIDTH = math.log(1.02)  # a bucket is 2 % wide, which is as exact as a measured percentile ever is
_SHORTEST = 0.05


class Times(msgspec.Struct):
    """Durations in milliseconds, in buckets of 2 %."""

    buckets: dict[int, int] = {}
    longest: float = 0.0

    def add(self, milliseconds: float) -> None:
        """Count one."""
        bucket = max(0, math.ceil(math.log(max(milliseconds, _SHORTEST) / _SHORTEST) / _WIDTH))
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1
        self.longest = max(self.longest, milliseconds)

    def merge(self, other: Self) -> None:
        """Count all of another."""
        self.buckets = dict(Counter(self.buckets) + Counter(other.buckets))
        self.longest = max(self.longest, other.longest)

    def percentile(self, part: float) -> float:
        """The time within which this part (0..1) was ready; 0 when nothing was counted."""
        left = math.ceil(part * self.count)
        for bucket in sorted(self.buckets):
            left -= self.buckets[bucket]
            if left <= 0:
                return min(self.longest, _SHORTEST * math.exp(bucket * _WIDTH))
        return 0.0

    @property
    def count(self) -> int:
        """How many were counted."""
        return sum(self.buckets.values())


class Entry(msgspec.Struct):
    """One scenario in one phase; the time of the first request of an arrival counts from the moment it was due."""

    scenario: str
    phase: str
    arrivals: int = 0
    messages: int = 0
    """Acknowledged by the service."""
    in_time: int = 0
    """Of those, before the phase was over: what the service kept up with."""
    times: Times = msgspec.field(default_factory=Times)
    """Of all requests but those that only asked whether there was a result yet, and were answered well."""
    results: Times = msgspec.field(default_factory=Times)
    """From the moment that the delivery was due to its result, where the scenario waits for it."""
    codes: dict[str, int] = {}
    """VerwerkingsCodes that were seen."""
    failures: dict[str, int] = {}
    let_in: int = 0
    """Of the arrivals at a door that not everybody may pass: a login, or a box that somebody must have."""
    turned_away: dict[str, int] = {}
    """Of those at a door: why, and how many. That is no failure of the service."""

    @property
    def failed(self) -> int:
        """How many requests failed, were never answered or never sent."""
        return sum(self.failures.values())

    def count(self, milliseconds: float, failure: str = "") -> None:
        """One request; ``failure`` says in a few words what was wrong with its answer."""
        self.times.add(milliseconds)
        if failure:
            self.failures[failure] = self.failures.get(failure, 0) + 1

    def count_messages(self, number: int, *, in_time: bool) -> None:
        """So many messages were acknowledged."""
        self.messages += number
        self.in_time += number * in_time

    def count_codes(self, codes: Iterable[str]) -> None:
        """What became of messages."""
        self.codes = dict(Counter(self.codes) + Counter(codes))

    def merge(self, other: Self) -> None:
        """Add another of the same scenario and phase."""
        self.arrivals += other.arrivals
        self.messages += other.messages
        self.in_time += other.in_time
        self.times.merge(other.times)
        self.results.merge(other.results)
        self.codes = dict(Counter(self.codes) + Counter(other.codes))
        self.failures = dict(Counter(self.failures) + Counter(other.failures))
        self.let_in += other.let_in
        self.turned_away = dict(Counter(self.turned_away) + Counter(other.turned_away))


class Tally(msgspec.Struct):
    """Everything that one process counted, or all of them together."""

    entries: list[Entry] = []
    late: Times = msgspec.field(default_factory=Times)
    """How late the load generator itself was, looked at ten times a second."""

    def of(self, scenario: str, phase: str) -> Entry:
        """The entry of a scenario in a phase, made when it is new."""
        for entry in self.entries:
            if entry.scenario == scenario and entry.phase == phase:
                return entry
        self.entries.append(Entry(scenario, phase))
        return self.entries[-1]

    def merge(self, other: Self) -> None:
        """Add what another process counted."""
        for entry in other.entries:
            self.of(entry.scenario, entry.phase).merge(entry)
        self.late.merge(other.late)

    def to_builtins(self) -> Any:
        """Plain data, for a message between processes."""
        return msgspec.to_builtins(self, str_keys=True)

    @classmethod
    def from_builtins(cls, data: Any) -> Self:
        """What ``to_builtins`` made."""
        return msgspec.convert(data, cls, strict=False)
