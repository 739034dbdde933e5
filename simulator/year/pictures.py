"""Bars for the report: pure geometry, drawn by the template."""

from collections.abc import Sequence
from dataclasses import dataclass

BREEDTE, HOOGTE = 760, 280
LINKS, ONDER, BOVEN = 64, 244, 12
_BAR = 0.68
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LINES = 4
_FEW = 0.005


@dataclass(frozen=True, slots=True)
class Reeks:
    """One colour: a value for each month."""

    naam: str
    waarden: Sequence[float]


@dataclass(frozen=True, slots=True)
class Vlak:
    """A rectangle; ``kleur`` is the number of its series."""

    x: float
    y: float
    breedte: float
    hoogte: float
    kleur: int
    uitleg: str


@dataclass(frozen=True, slots=True)
class Streep:
    """A line of the scale, or a name under the bars."""

    plaats: float
    tekst: str


@dataclass(frozen=True, slots=True)
class Beeld:
    """Stacked bars, ready to draw."""

    id: str
    titel: str
    vlakken: list[Vlak]
    schaal: list[Streep]
    namen: list[Streep]
    legenda: list[str]


def stack(naam: str, titel: str, maanden: Sequence[str], reeksen: Sequence[Reeks], eenheid: str = "") -> Beeld:
    """A bar for each month, with the series on top of each other."""
    heights = [sum(each.waarden[place] for each in reeksen) for place in range(len(maanden))]
    top = _round_up(max(heights, default=0))
    step, height = (BREEDTE - LINKS) / max(1, len(maanden)), ONDER - BOVEN
    vlakken = []
    for place, maand in enumerate(maanden):
        below = 0.0
        x = LINKS + step * (place + (1 - _BAR) / 2)
        for kleur, reeks in enumerate(reeksen):
            waarde = reeks.waarden[place]
            hoogte = height * waarde / top
            if waarde:
                uitleg = f"{maand}, {reeks.naam}: {show_number(waarde)}{eenheid}"
                y = ONDER - height * below / top - hoogte
                vlakken.append(Vlak(round(x, 1), round(y, 1), round(step * _BAR, 1), round(hoogte, 1), kleur, uitleg))
            below += waarde
    schaal = [
        Streep(round(ONDER - height * line / _LINES, 1), f"{show_number(top * line / _LINES)}{eenheid}")
        for line in range(_LINES + 1)
    ]
    namen = [Streep(round(LINKS + step * (place + 0.5), 1), maand[:3]) for place, maand in enumerate(maanden)]
    return Beeld(naam, titel, vlakken, schaal, namen, [each.naam for each in reeksen])


def show_number(number: float) -> str:
    """As people in the Netherlands write it: ``1.234`` or ``0,5``."""
    text = f"{number:,.0f}" if abs(number - round(number)) < _FEW else f"{number:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


def _round_up(highest: float) -> float:
    """The end of a scale that holds this."""
    power = 1.0
    while power * 10 <= highest:
        power *= 10
    return next((power * step for step in _STEPS if power * step >= highest), power * 10)
