"""Families of the population, computed neighbourhood by neighbourhood: nothing is stored, and both sides say the same.

Everybody has a fixed name and birthday (``population``); what is computed here is only who belongs to whom. People of
whom the first eight digits differ by a fixed step live in one *straat* of sixteen; couples are made inside a straat, so
that a partner costs sixteen people to find. A *buurt* is 1024 such straten; a child is given to a couple of its buurt
that bears its name and has the age. So a family costs a bounded amount of work, however large the country is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from simulator.gebruikers.values.bsn import complete
from simulator.gebruikers.values.hashing import draw
from simulator.gebruikers.values.population import Population, birthday_of, surname_of

_HUIZEN = 16
_STRATEN = 1024
_BUURT = _HUIZEN * _STRATEN
"""Numbers, by their first eight digits."""
# ASSUMPTION: no figure about real families is aimed at; these give about the shares that anybody would expect.
_SAMEN = 88
_ZELFDE_GESLACHT = 4
_LEEFTIJDSVERSCHIL = 10 * 365
_JAAR = 365.2425
_JONGSTE_MOEDER, _OUDSTE_MOEDER = 19 * _JAAR, 43 * _JAAR
_JONGSTE_VADER, _OUDSTE_VADER = 19 * _JAAR, 56 * _JAAR
_TUSSEN_KINDEREN = 300
_MEESTE_KINDEREN = 4


class Bewoner(NamedTuple):
    """What families are made from: birthday as an ordinal, the surname by its place in the list."""

    bsn: int
    vrouw: bool
    geboren: int
    achternaam: int


class Paar(NamedTuple):
    """Two who are together since a day (an ordinal), the eldest first."""

    oudste: Bewoner
    jongste: Bewoner
    sinds: int


@dataclass(frozen=True, slots=True)
class Families:
    """Of one buurt: who are the parents of whom, by BSN, and the children of whom, the eldest first."""

    ouders: dict[int, Paar] = field(default_factory=dict)
    kinderen: defaultdict[int, list[Bewoner]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Gezinnen:
    """The families of a population; personas are left out, because fixtures say who theirs are."""

    population: Population
    personas: frozenset[int] = frozenset()

    def find_paar(self, bsn: int) -> Paar | None:
        """The couple that this person is one of, whether or not it is together already."""
        return next((paar for paar in _paren(self, *_straat_of(bsn)) if bsn in {paar[0].bsn, paar[1].bsn}), None)

    def find_ouders(self, bsn: int) -> Paar | None:
        """The parents, if they live here as well."""
        return _families(self, _buurt_of(bsn)).ouders.get(bsn)

    def list_kinderen(self, bsn: int) -> Sequence[Bewoner]:
        """The children, the eldest first."""
        return tuple(_families(self, _buurt_of(bsn)).kinderen.get(bsn, ()))


def _buurt_of(bsn: int) -> int:
    return bsn // 10 // _BUURT


def _straat_of(bsn: int) -> tuple[int, int]:
    return _buurt_of(bsn), bsn // 10 % _STRATEN


@lru_cache(maxsize=16_384)
def _paren(gezinnen: Gezinnen, buurt: int, straat: int) -> tuple[Paar, ...]:
    """The couples of a straat: from the eldest on, each with the next who will do."""
    begin = buurt * _BUURT + straat
    over = sorted(_bewoners(gezinnen, (begin + huis * _STRATEN for huis in range(_HUIZEN))), key=_leeftijd)
    paren: list[Paar] = []
    while over:
        een = over.pop(0)
        if draw(gezinnen.population.seed, "samen", een.bsn) % 100 >= _SAMEN:
            continue
        ander = next((each for each in over if _passen(gezinnen.population.seed, een, each)), None)
        if ander is not None:
            over.remove(ander)
            sinds = ander.geboren + int((20 + draw(gezinnen.population.seed, "sinds", ander.bsn) % 120 / 10) * _JAAR)
            paren.append(Paar(een, ander, sinds))
    return tuple(paren)


def _bewoners(gezinnen: Gezinnen, numbers: Iterable[int]) -> list[Bewoner]:
    population, found = gezinnen.population, []
    for number in numbers:
        bsn = complete(number)
        if bsn and bsn in population and bsn not in gezinnen.personas:
            vrouw, achternaam = surname_of(population.seed, bsn)
            found.append(Bewoner(bsn, vrouw, birthday_of(population.seed, bsn), achternaam))
    return found


def _leeftijd(bewoner: Bewoner) -> tuple[int, int]:
    return bewoner.geboren, bewoner.bsn


def _passen(seed: int, een: Bewoner, ander: Bewoner) -> bool:
    if ander.geboren - een.geboren > _LEEFTIJDSVERSCHIL:
        return False
    same = draw(seed, "zelfde", een.bsn) % 100 < _ZELFDE_GESLACHT
    return (een.vrouw == ander.vrouw) is same


@lru_cache(maxsize=32)
def _families(gezinnen: Gezinnen, buurt: int) -> Families:
    """Every child of a buurt with the first couple that will do, in the order of a draw that nobody can foresee."""
    paren = [paar for straat in range(_STRATEN) for paar in _paren(gezinnen, buurt, straat)]
    per_naam: defaultdict[int, list[Paar]] = defaultdict(list)
    for paar in paren:
        for naam in {paar.oudste.achternaam, paar.jongste.achternaam} if _same_sex(paar) else {_vader(paar).achternaam}:
            per_naam[naam].append(paar)
    families = Families()
    begin = buurt * _BUURT
    for kind in sorted(_bewoners(gezinnen, range(begin, begin + _BUURT)), key=_leeftijd):
        for paar in per_naam.get(kind.achternaam, ()):
            if _kan_kind_zijn(families, paar, kind):
                families.ouders[kind.bsn] = paar
                families.kinderen[paar.oudste.bsn].append(kind)
                families.kinderen[paar.jongste.bsn].append(kind)
                break
    return families


def _kan_kind_zijn(families: Families, paar: Paar, kind: Bewoner) -> bool:
    if not all(_heeft_leeftijd(ouder, kind) for ouder in (paar.oudste, paar.jongste)):
        return False
    others = families.kinderen.get(paar.oudste.bsn, ())
    return len(others) < _MEESTE_KINDEREN and (not others or kind.geboren - others[-1].geboren >= _TUSSEN_KINDEREN)


def _heeft_leeftijd(ouder: Bewoner, kind: Bewoner) -> bool:
    jongste, oudste = (_JONGSTE_MOEDER, _OUDSTE_MOEDER) if ouder.vrouw else (_JONGSTE_VADER, _OUDSTE_VADER)
    return jongste <= kind.geboren - ouder.geboren <= oudste


def _same_sex(paar: Paar) -> bool:
    return paar.oudste.vrouw == paar.jongste.vrouw


def _vader(paar: Paar) -> Bewoner:
    return paar.jongste if paar.oudste.vrouw else paar.oudste
