"""The clock of an omgeving, and the only place that reads the clock of the machine."""

import time
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEDERLAND = ZoneInfo("Europe/Amsterdam")
"""Where the calendar of people is: days, months and invoices begin at midnight there."""
_MICROSECOND = timedelta(microseconds=1)
_NEAR = (2000, 2100)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""How far a clock goes, by hand or by itself: beyond the year 9999 it would show what no calendar can."""


def to_micros(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01T00:00Z of an aware datetime: the form in which moments are stored."""
    return (moment - EPOCH) // _MICROSECOND


_LATEST_MICROS = to_micros(LATEST)


def from_micros(micros: int) -> datetime:
    """The aware UTC datetime of stored microseconds."""
    return EPOCH + timedelta(microseconds=micros)


def dutch_day(moment: datetime) -> date:
    """The day that people in the Netherlands live in at an aware moment."""
    return moment.astimezone(NEDERLAND).date()


def dutch_midnight(dag: date) -> datetime:
    """The moment at which that day begins for people in the Netherlands."""
    return datetime(dag.year, dag.month, dag.day, tzinfo=NEDERLAND).astimezone(UTC)


def check_near(**dagen: date | None) -> None:
    """Raise ``ValueError`` for a day or moment, by name, with which nobody can count without leaving the calendar."""
    for naam, dag in dagen.items():
        if dag is not None and not _NEAR[0] <= dag.year <= _NEAR[1]:
            raise ValueError(f"{naam} ligt te ver weg: het is een dag van {_NEAR[0]} tot en met {_NEAR[1]}")


def add_months(dag: date, aantal: int) -> date:
    """The same day ``aantal`` calendar months later; where a month has no such day, its last."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def real_micros() -> int:
    """Microseconds since 1970 on the machine's own clock."""
    return time.time_ns() // 1_000


def stopwatch() -> float:
    """Seconds on a clock that never goes back; for durations only."""
    return time.perf_counter()


class Modus(StrEnum):
    """How simulated time passes."""

    ECHT = "echt"
    """At the real rate (set ahead of real time if it was moved forward by hand)."""
    VERSNELD = "versneld"
    """At ``factor`` times the real rate."""
    STIL = "stil"
    """Not at all, until it is moved by hand."""


@dataclass(frozen=True, slots=True)
class Klok:
    """A clock as stored: at real moment ``anker_echt`` it showed ``anker``; both in microseconds since 1970."""

    modus: Modus = Modus.ECHT
    anker_echt: int = 0
    anker: int = 0
    factor: float = 1.0

    def micros(self) -> int:
        """What this clock shows now, in microseconds since 1970; at ``LATEST`` it stops."""
        if self.modus is Modus.STIL:
            return self.anker
        elapsed = real_micros() - self.anker_echt
        shown = self.anker + (elapsed if self.factor == 1.0 else int(elapsed * self.factor))
        return min(shown, _LATEST_MICROS)

    def now(self) -> datetime:
        """What this clock shows now."""
        return from_micros(self.micros())

    def moved_to(self, micros: int) -> "Klok":
        """The same clock, showing ``micros`` from now on."""
        return Klok(self.modus, real_micros(), micros, self.factor)

    def seconds_until(self, micros: int) -> float | None:
        """Real seconds until this clock shows ``micros``; ``None`` if it never will by itself."""
        if self.modus is Modus.STIL:
            return 0.0 if micros <= self.anker else None
        return max(0.0, (micros - self.micros()) / 1_000_000 / self.factor)


def start_klok(modus: Modus, moment: datetime | None = None, factor: float = 1.0) -> Klok:
    """A clock in ``modus`` that shows ``moment`` (default: real time) from now on; only ``versneld`` has a factor."""
    real = real_micros()
    start = real if moment is None else to_micros(moment)
    return Klok(modus, real, start, factor if modus is Modus.VERSNELD else 1.0)
