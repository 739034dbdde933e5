"""Spreading a year's post over its days: pure functions, whole numbers that add up exactly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.year.plan import Campagne, Jaarplan, Vakantie, Venster

_SATURDAY = 5
_DAY = timedelta(days=1)
_GATHERED, _TIMES = 10, 6
"""A campaign gathers so many berichten before it sends, unless it would then send less often than this."""


@dataclass(frozen=True, slots=True)
class Zending:
    """What one campaign sends on one day: berichten ``eerste`` up to ``eerste + aantal`` of that campaign."""

    dag: date
    campagne: int
    eerste: int
    aantal: int


def plan_zendingen(plan: Jaarplan, jaar: int, berichten: int) -> list[Zending]:
    """All that is sent in the year, by day; together exactly so many berichten."""
    shares = spread(berichten, [each.promille for each in plan.campagnes])
    zendingen = [
        Zending(dag, nummer, eerste, aantal)
        for nummer, (campagne, deel) in enumerate(zip(plan.campagnes, shares, strict=True))
        for dag, eerste, aantal in _gather(*_spread_campagne(campagne, jaar, plan.vakanties, deel))
    ]
    return sorted(zendingen, key=lambda each: (each.dag, each.campagne))


def plan_starts(plan: Jaarplan, venster: Venster, jaar: int, aantal: int) -> list[date]:
    """The days on which so many things begin, evenly over the working days of a window, in order."""
    dagen = list_days(*venster.bounds(jaar))
    weights = [_usual(dag) * quiet_factor(plan.vakanties, dag) for dag in dagen]
    spreads = zip(dagen, spread(aantal, weights if any(weights) else [1.0] * len(dagen)), strict=True)
    return [dag for dag, count in spreads for _ in range(count)]


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in these proportions that add up to ``total``: each gets what it has earned, and no more."""
    whole, given, earned = sum(weights), 0, 0.0
    parts = []
    for number, weight in enumerate(weights):
        earned += weight
        until = total if number == len(weights) - 1 else int(total * earned / whole + 1e-9)
        parts.append(until - given)
        given = until
    return parts


def list_days(first: date, last: date) -> list[date]:
    """Every day from and including one to another."""
    return [first + _DAY * number for number in range((last - first).days + 1)]


def quiet_factor(vakanties: Sequence[Vakantie], dag: date) -> float:
    """What is left of the usual on this day."""
    factor = 1.0
    for vakantie in vakanties:
        first, last = vakantie.bounds(dag.year)
        if first <= dag <= last:
            factor *= vakantie.factor
    return factor


def _spread_campagne(
    campagne: Campagne, jaar: int, vakanties: Sequence[Vakantie], aantal: int
) -> tuple[list[date], list[int]]:
    first, last = campagne.bounds(jaar)
    if campagne.vorm == "maandelijks":
        dagen = [
            dag
            for maand in sorted(set(campagne.maanden))
            if first <= (dag := _next_working_day(date(jaar, maand, campagne.dag))) <= last
        ] or [first]
        return dagen, spread(aantal, [1.0] * len(dagen))
    dagen = list_days(first, last)
    weights = [
        _usual(dag) * quiet_factor(vakanties, dag) * _weigh(campagne.vorm, (number + 0.5) / len(dagen))
        for number, dag in enumerate(dagen)
    ]
    return dagen, spread(aantal, weights if any(weights) else [1.0] * len(dagen))


def _weigh(vorm: str, part: float) -> float:
    """How much is sent when this part of the window has gone by."""
    if vorm == "piek":
        return 1.05 - part
    if vorm == "golf":
        return 1.05 - abs(2 * part - 1)
    return 1.0


def _usual(dag: date) -> float:
    return 0.0 if dag.weekday() >= _SATURDAY else 1.0


def _next_working_day(dag: date) -> date:
    while not _usual(dag):
        dag += _DAY
    return dag


def _gather(dagen: Sequence[date], counts: Sequence[int]) -> Iterator[tuple[date, int, int]]:
    """Day, first and number of each sending: a few berichten wait for more, what is left goes on the last day."""
    sent = waiting = 0
    enough = max(1, min(_GATHERED, sum(counts) // _TIMES))
    last = max((dag for dag, count in zip(dagen, counts, strict=True) if count), default=None)
    for dag, count in zip(dagen, counts, strict=True):
        waiting += count
        if waiting >= enough or (waiting and dag == last):
            yield dag, sent, waiting
            sent, waiting = sent + waiting, 0
