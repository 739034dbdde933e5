"""What is left of a run: ``run.json``, its table, and the comparison of two runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from simulator.load.errors import Unusable
from simulator.load.tally import Entry, Tally

FILE = "run.json"
_LATE = 50.0


class Run(msgspec.Struct):
    """One run: what was asked, what was counted, and what was not kept."""

    version: str
    started: str
    url: str
    plan: dict[str, Any]
    workers: int
    phases: dict[str, float]
    """The seconds of each phase."""
    tally: Tally
    breaches: list[str] = []
    notes: list[str] = []


@dataclass(frozen=True, slots=True)
class Line:
    """One scenario in one phase, in figures; times in milliseconds."""

    scenario: str
    phase: str
    arrivals: int
    messages_per_second: float
    requests: int
    failed: int
    p50: float
    p95: float
    p99: float
    longest: float
    result_p95: float
    codes: dict[str, int]

    @property
    def cells(self) -> tuple[object, ...]:
        """For a table."""
        codes = ", ".join(f"{code} {number:,}" for code, number in self.codes.items())
        times = (self.p50, self.p95, self.p99, self.longest)
        figures = (f"{self.arrivals:,}", self.messages_per_second, *times, f"{self.failed:,}", self.result_p95 or "")
        return (self.scenario, self.phase, *figures, codes)


@dataclass(frozen=True, slots=True)
class Difference:
    """The same scenario and phase in two runs."""

    scenario: str
    phase: str
    messages_per_second: tuple[float, float]
    p50: tuple[float, float]
    p95: tuple[float, float]
    p99: tuple[float, float]
    failed: tuple[int, int]

    @property
    def slower(self) -> float:
        """How much slower the second is at p95: 0.2 is a fifth."""
        return self.p95[1] / self.p95[0] - 1 if self.p95[0] else 0.0

    @property
    def cells(self) -> tuple[object, ...]:
        """For a table."""
        pairs = (self.messages_per_second, self.p50, self.p95, self.p99, self.failed)
        figures = (f"{first:g} → {second:g}" for first, second in pairs)
        return (self.scenario, self.phase, *figures, f"{self.slower:+.0%}")


def write_run(run: Run, folder: Path) -> None:
    """Keep it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1))


def read_run(path: Path) -> Run:
    """The run in a folder, or in a file; raises ``Unusable``."""
    file = path / FILE if path.is_dir() else path
    try:
        return msgspec.json.decode(file.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError) as error:
        raise Unusable(f"there is no run of mosim load in {path}: {error}") from error


def list_lines(run: Run) -> list[Line]:
    """Every scenario in every phase, in the order of the run."""
    phases = list(run.phases)
    entries = sorted(run.tally.entries, key=lambda entry: (entry.scenario, phases.index(entry.phase)))
    return [_line(entry, run.phases[entry.phase]) for entry in entries]


def describe_generator(tally: Tally) -> Iterator[str]:
    """What to know of the load generator itself before believing the figures."""
    late = tally.late.percentile(0.95)
    if late > _LATE:
        yield (
            f"The load generator itself was late (p95 {late:,.0f} ms), and the times above hold that too: "
            "give it more processes with --workers, or cores of its own."
        )


def compare(first: Run, second: Run) -> list[Difference]:
    """What both runs have, side by side."""
    before = {(line.scenario, line.phase): line for line in list_lines(first)}
    pairs = [(before[key], line) for line in list_lines(second) if (key := (line.scenario, line.phase)) in before]
    return [
        Difference(
            a.scenario,
            a.phase,
            (a.messages_per_second, b.messages_per_second),
            (a.p50, b.p50),
            (a.p95, b.p95),
            (a.p99, b.p99),
            (a.failed, b.failed),
        )
        for a, b in pairs
    ]


def _line(entry: Entry, seconds: float) -> Line:
    p50, p95, p99 = (round(entry.times.percentile(part), 1) for part in (0.5, 0.95, 0.99))
    return Line(
        entry.scenario,
        entry.phase,
        entry.arrivals,
        round(entry.messages / seconds, 1),
        entry.times.count,
        entry.failed,
        p50,
        p95,
        p99,
        round(entry.times.longest, 1),
        round(entry.results.percentile(0.95), 1),
        entry.codes,
    )
