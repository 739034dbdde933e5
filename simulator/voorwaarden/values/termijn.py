"""Calendar months as the Voorwaarden count them, on the Dutch calendar."""

from calendar import monthrange
from datetime import UTC, date, datetime, time

from simulator.infra.clock import NEDERLAND

_MONTHS = 12


def add_months(dag: date, aantal: int) -> date:
    """The same day ``aantal`` calendar months later; where a month has no such day, its last."""
    months = dag.year * _MONTHS + dag.month - 1 + aantal
    jaar, maand = months // _MONTHS, months % _MONTHS + 1
    return date(jaar, maand, min(dag.day, monthrange(jaar, maand)[1]))


def begin_of(dag: date) -> datetime:
    """The moment that a day begins in the Netherlands."""
    return datetime.combine(dag, time(), NEDERLAND).astimezone(UTC)
