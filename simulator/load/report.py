"""What is left of a run: ``run.json``, and its table."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from simulator.load.errors import Unusable
from simulator.load.tally import Entry, Tally

FILE = "run.json"
_LATE, _STALLED = 50.0, 1_000.0
_EXACT = 100.0


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

    @property
    def lines(self) -> "list[Line]":
        """Every scenario in every phase, in the order of the run."""
        phases = list(self.phases)
        entries = sorted(self.tally.entries, key=lambda entry: (entry.scenario, phases.index(entry.phase)))
        return [_line(entry, self.phases[entry.phase]) for entry in entries]


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
    def failed_part(self) -> float:
        """Failures as a part of all requests."""
        return self.failed / self.requests if self.requests else 0.0

    @property
    def name(self) -> str:
        """Scenario and phase."""
        return f"{self.scenario} ({self.phase})"

    @property
    def what_became(self) -> str:
        """The VerwerkingsCodes of its messages, most first."""
        codes = sorted(self.codes.items(), key=lambda each: -each[1])
        return ", ".join(f"{code} {number:,}" for code, number in codes)

    @property
    def cells(self) -> tuple[object, ...]:
        """For a table."""
        times = (show(each) for each in (self.p50, self.p95, self.p99, self.longest))
        return (
            self.scenario, self.phase, f"{self.arrivals:,}", show(self.messages_per_second), *times,
            f"{self.failed:,}", show(self.result_p95),
        )  # fmt: skip


def show(figure: float) -> str:
    """As exact as it is: one decimal below a hundred; nothing for nought."""
    return f"{figure:,.0f}" if figure >= _EXACT else f"{figure:g}" if figure else ""


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


def describe_generator(tally: Tally) -> Iterator[str]:
    """What to know of the load generator itself before believing the figures."""
    late, worst = tally.late.percentile(0.95), tally.late.longest
    if late > _LATE or worst > _STALLED:
        yield (
            f"The load generator itself was late (p95 {late:,.0f} ms, at worst {worst:,.0f} ms), and the times above "
            "hold that too: give it more processes with --workers, or cores of its own."
        )


def _line(entry: Entry, seconds: float) -> Line:
    p50, p95, p99 = (round(entry.times.percentile(part), 1) for part in (0.5, 0.95, 0.99))
    return Line(
        entry.scenario,
        entry.phase,
        entry.arrivals,
        round(entry.in_time / seconds, 1),
        entry.times.count,
        entry.failed,
        p50,
        p95,
        p99,
        round(entry.times.longest, 1),
        round(entry.results.percentile(0.95), 1),
        entry.codes,
    )
