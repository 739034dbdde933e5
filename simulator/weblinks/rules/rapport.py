"""The picture of the trend: how many weblinks were of which stand, day by day, as rectangles in an SVG."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from simulator.infra.charts import group_digits, round_up
from simulator.weblinks.values.stand import Stand

BREEDTE, HOOGTE = 720, 220
_LINKS, _RECHTS, _ONDER, _BOVEN = 44, 12, 26, 10
_TUSSEN = 0.25
"""Of the width of a day is left open."""
_STREPEN = 4
_DAGEN_MET_NAAM = 8
VOLGORDE = (
    Stand.IN_ORDE,
    Stand.OMGELEID,
    Stand.NIET_GECONTROLEERD,
    Stand.CERTIFICAAT_VERLOOPT,
    Stand.ONBEREIKBAAR,
    Stand.KAPOT,
    Stand.BUITEN_DOMEIN,
)
"""From the bottom of the picture up."""


@dataclass(frozen=True, slots=True)
class Vlak:
    """A part of the bar of a day."""

    x: float
    y: float
    breedte: float
    hoogte: float
    stand: Stand
    uitleg: str


@dataclass(frozen=True, slots=True)
class Streep:
    """A line of the scale, or the name of a day below the picture."""

    plaats: float
    tekst: str


@dataclass(frozen=True, slots=True)
class Tekening:
    """Everything that the template draws."""

    vlakken: tuple[Vlak, ...]
    schaal: tuple[Streep, ...]
    dagen: tuple[Streep, ...]
    links: int = _LINKS
    onder: int = HOOGTE - _ONDER
    breedte: int = BREEDTE
    hoogte: int = HOOGTE


def css_of(stand: Stand) -> str:
    """The name of a stand in the style sheet."""
    return stand.value.replace(" ", "-")


class _Dag(NamedTuple):
    """Where the bar of a day stands, how wide it is, and how high one weblink."""

    dag: date
    x: float
    breedte: float
    schaal: float


def draw_trend(trend: Mapping[date, Counter[Stand]]) -> Tekening:
    """The bars of these days, on a scale that ends in a round number."""
    top = round_up(max((counts.total() for counts in trend.values()), default=0))
    height = HOOGTE - _ONDER - _BOVEN
    step = (BREEDTE - _LINKS - _RECHTS) / max(1, len(trend))
    width = step * (1 - _TUSSEN)
    bars = [_Dag(dag, _LINKS + number * step, width, height / top) for number, dag in enumerate(trend)]
    every = max(1, -(-len(trend) // _DAGEN_MET_NAAM))
    return Tekening(
        vlakken=tuple(vlak for bar in bars for vlak in _draw_day(bar, trend[bar.dag])),
        schaal=tuple(
            Streep(HOOGTE - _ONDER - height * part / _STREPEN, group_digits(top * part // _STREPEN))
            for part in range(_STREPEN + 1)
        ),
        # Counted from today back, so that today has its name.
        dagen=tuple(Streep(round(bar.x + width / 2, 1), _name(bar.dag)) for bar in bars[::-1][::every]),
    )


def _draw_day(bar: _Dag, counts: Counter[Stand]) -> Iterator[Vlak]:
    y = float(HOOGTE - _ONDER)
    for stand in VOLGORDE:
        if counts[stand]:
            high = counts[stand] * bar.schaal
            y -= high
            uitleg = f"{_name(bar.dag)}: {counts[stand]} {stand.value}"
            yield Vlak(round(bar.x, 1), round(y, 1), round(bar.breedte, 1), round(high, 1), stand, uitleg)


def _name(dag: date) -> str:
    return f"{dag.day}-{dag.month}"
