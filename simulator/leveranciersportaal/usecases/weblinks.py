"""How it is with the weblinks of an Afnemer: what works, what asks for attention, and how that was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord
from simulator.infra.omgeving import Omgeving
from simulator.weblinks import overzicht

MEESTE = 100
"""Weblinks on the page; the API gives them all."""
_AANDACHT = "certificaat verloopt"
_SLECHT = frozenset({"onbereikbaar", "kapot", "buiten domein"})


class Telling(NamedTuple):
    """Weblinks that work, that ask for attention, and that do not work."""

    werkt: int
    aandacht: int
    slecht: int


class Regel(NamedTuple):
    """A weblink that somebody should look at."""

    url: str
    stand: str
    sinds: datetime
    reden: str
    bruikbaar: bool


@dataclass(frozen=True, slots=True)
class Weblinks:
    """All weblinks of one Afnemer, now and in the last month."""

    aantal: int
    nu: Telling
    wachtend: int
    trend: Sequence[tuple[date, Telling]]
    regels: tuple[Regel, ...]


def get_weblinks(omgeving: Omgeving, afnemer: AfnemerRecord) -> Weblinks:
    """What the report about weblinks says, with the trend of thirty days."""
    samenvatting = overzicht.sum_up(omgeving, afnemer)
    regels = tuple(
        Regel(each.url, each.stand.naam, each.sinds, each.reden, each.stand.bruikbaar)
        for each in overzicht.list_aandacht(omgeving, afnemer, MEESTE)
    )
    return Weblinks(
        samenvatting.standen.total(),
        _count(samenvatting.standen.items()),
        samenvatting.wachtend,
        tuple((dag, _count(standen.items())) for dag, standen in samenvatting.trend.items()),
        regels,
    )


def count_weblinks(omgeving: Omgeving, afnemer: AfnemerRecord) -> Telling:
    """How many work and how many do not, without the trend."""
    return _count(overzicht.sum_up(omgeving, afnemer, dagen=0).standen.items())


def _count(standen: Iterable[tuple[str, int]]) -> Telling:
    werkt = aandacht = slecht = 0
    for stand, aantal in standen:
        if stand in _SLECHT:
            slecht += aantal
        elif stand == _AANDACHT:
            aandacht += aantal
        else:
            werkt += aantal
    return Telling(werkt, aandacht, slecht)
