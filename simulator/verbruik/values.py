"""Units of verbruik, the day they fall on, and the answers about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from simulator.infra.clock import EPOCH, dutch_day

_HOUR_US = 3_600_000_000


class Per(StrEnum):
    """How verbruik is added up over time."""

    DAG = "dag"
    MAAND = "maand"


class Kosten(StrEnum):
    """What can be charged for a dienst."""

    AANSLUITING = "aansluiting"
    GEBRUIK = "gebruik"


class Verbruiksregel(NamedTuple):
    """What one delivery used: ``aantal`` berichten of one berichttype, for the Afnemer in whose name it was sent."""

    aanlevering_id: int
    afnemer_id: int
    berichttype: str
    """The code of a berichttype; of a zaak, which has none, ``ZAAK``."""
    dienst: str
    intermediair_id: int | None
    aantal: int


class Feit(NamedTuple):
    """A stored fact, by what identifies it; for comparing with the berichten themselves."""

    aanlevering_id: int
    afnemer_id: int
    berichttype: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Periode:
    """The days from ``van`` up to and including ``tot``."""

    van: date
    tot: date
    per: Per

    @classmethod
    def per_dag(cls, van: date, tot: date) -> "Periode":
        """These days, one by one."""
        return cls(van, tot, Per.DAG)

    @classmethod
    def per_maand(cls, van: date, tot: date) -> "Periode":
        """These days, added up by month."""
        return cls(van, tot, Per.MAAND)


@dataclass(frozen=True, slots=True)
class Verbruik:
    """Units of one berichttype in one day (``2026-11-23``) or month (``2026-11``)."""

    periode: str
    dienst: str
    berichttype: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Verschil:
    """A day on which the totals do not say what the facts say."""

    afnemer_id: int
    dag: int
    dienst: str
    berichttype: str
    feiten: int
    totaal: int


def dag_at(moment_us: int) -> int:
    """The day on which something counts, as the number 20261123."""
    # ASSUMPTION: verbruik counts on the Dutch calendar day of delivery, because invoices are in Dutch months.
    return _dag_of_hour(moment_us // _HOUR_US)


@lru_cache(maxsize=1024)
def _dag_of_hour(hour: int) -> int:
    # Days begin on a whole hour, also when the clocks change: an hour has one answer.
    return as_number(dutch_day(EPOCH + timedelta(hours=hour)))


def as_number(dag: date) -> int:
    """20261123: sorts and compares as a day does, on every database."""
    return dag.year * 10_000 + dag.month * 100 + dag.day
