"""What an Afnemer used in a period, and whom its post reaches."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, Dienst
from simulator.berichtenbox import rapportage
from simulator.gebruikers import bevolking
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.leveranciersportaal.rules import check_periode
from simulator.verbruik import Periode, get_verbruik

PER_DAG, PER_MAAND = "dag", "maand"
_DECEMBER = 12
_MEEST = {PER_DAG: 366, PER_MAAND: 3660}


class Gebruik(NamedTuple):
    """Units of one berichttype in one day (``2026-11-23``) or month (``2026-11``)."""

    periode: str
    dienst: Dienst
    berichttype: str
    aantal: int


class Totaal(NamedTuple):
    """Units of one berichttype in the whole period."""

    dienst: Dienst
    berichttype: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Statistiek:
    """The numbers of one Afnemer in a period."""

    van: date
    tot: date
    per: str
    gebruik: tuple[Gebruik, ...]

    @property
    def totalen(self) -> tuple[Totaal, ...]:
        """By dienst and berichttype, the largest first."""
        sums: Counter[tuple[Dienst, str]] = Counter()
        for each in self.gebruik:
            sums[each.dienst, each.berichttype] += each.aantal
        return tuple(Totaal(*key, aantal) for key, aantal in sums.most_common())

    @property
    def diensten(self) -> frozenset[Dienst]:
        """Of which something was used."""
        return frozenset(each.dienst for each in self.gebruik)

    def list_reeks(self, dienst: Dienst) -> tuple[tuple[str, int], ...]:
        """What was used of a dienst in each day or month, also in those without anything."""
        sums = Counter(dict.fromkeys(_list_perioden(self.van, self.tot, self.per), 0))
        for each in self.gebruik:
            if each.dienst is dienst:
                sums[each.periode] += each.aantal
        return tuple(sums.items())


class Bereik(NamedTuple):
    """Whom the post of an Afnemer reaches now: who lives here, with an active box, and takes its post."""

    inwoners: int
    boxen: int
    geabonneerd: int


def get_statistiek(
    omgeving: Omgeving, afnemer: AfnemerRecord, van: date | None, tot: date | None, per: str
) -> Statistiek:
    """What was used from ``van`` up to and including ``tot``; without those this month, or the last twelve.

    Raises ``PeriodeOnleesbaar``.
    """
    tot = tot or dutch_day(omgeving.now())
    van = van or (tot.replace(day=1) if per == PER_DAG else _year_before(tot))
    check_periode(van, tot, _MEEST[per])
    periode = Periode.per_dag(van, tot) if per == PER_DAG else Periode.per_maand(van, tot)
    with omgeving.reading() as session:
        found = get_verbruik(session, afnemer.id, periode)
    gebruik = tuple(Gebruik(each.periode, Dienst(each.dienst), each.berichttype, each.aantal) for each in found)
    return Statistiek(van, tot, per, gebruik)


def get_bereik(omgeving: Omgeving, afnemer: AfnemerRecord) -> Bereik | None:
    """How many people have a box and take the post of this Afnemer; nothing for a population too large to count."""
    with omgeving.reading() as session:
        telling = bevolking.count_ontvangers(omgeving, session, afnemer.id, str(afnemer.oin))
    return None if telling is None else Bereik(*telling)


def get_leesaandeel(omgeving: Omgeving, afnemer: AfnemerRecord) -> rapportage.Leesaandeel:
    """How much of the latest post of this Afnemer is read."""
    return rapportage.get_leesaandeel(omgeving, afnemer)


def _year_before(tot: date) -> date:
    """The first day of twelve months that end in that of ``tot``."""
    return date(tot.year, 1, 1) if tot.month == _DECEMBER else date(tot.year - 1, tot.month + 1, 1)


def _list_perioden(van: date, tot: date, per: str) -> Iterator[str]:
    if per == PER_DAG:
        yield from (str(van + timedelta(days=number)) for number in range((tot - van).days + 1))
        return
    for month in range(van.year * 12 + van.month - 1, tot.year * 12 + tot.month):
        yield f"{month // 12}-{month % 12 + 1:02d}"
