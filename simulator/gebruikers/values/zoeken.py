"""Finding people by what they are: by birthday and by place, from an index that is computed when first asked."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from simulator.gebruikers.values.namen import load_woordenlijsten
from simulator.gebruikers.values.population import Bereik, Population, birthday_of, place_of

_EERSTE_GEMEENTE = 3000
# ASSUMPTION: each place is its own gemeente (as in ``population``), with a code that no real gemeente has.
_VERZONNEN_GEMEENTE = 9000


def list_jarigen(population: Population, dag: date) -> Sequence[int]:
    """The BSNs of who was born on a day. Of a whole country only the test numbers can be searched."""
    return _index(population.seed, birthday_of).get(dag.toordinal(), ())


def list_adressanten(population: Population, plaats: str) -> Sequence[int]:
    """The BSNs of who was given an address in a place; a partner may live elsewhere, at that of the other."""
    place = _places().get(plaats)
    return () if place is None else _index(population.seed, place_of).get(place, ())


def gemeentecode_of(plaats: str) -> str:
    """The code of four digits of a place."""
    place = _places().get(plaats)
    if place is None:  # of a persona
        return f"{_VERZONNEN_GEMEENTE + sum(plaats.encode()) % 1000:04d}"
    return f"{_EERSTE_GEMEENTE + place:04d}"


def plaats_of(gemeentecode: str) -> str | None:
    """The place with this code, if it is one of the word lists."""
    place = int(gemeentecode) - _EERSTE_GEMEENTE
    plaatsen = load_woordenlijsten().plaatsen
    return plaatsen[place] if 0 <= place < len(plaatsen) else None


def list_plaatsen() -> Sequence[str]:
    """Every place where somebody can live, apart from those of personas."""
    return load_woordenlijsten().plaatsen


@lru_cache(maxsize=1)
def _places() -> Mapping[str, int]:
    return {plaats: place for place, plaats in enumerate(load_woordenlijsten().plaatsen)}


@lru_cache(maxsize=8)
def _index(seed: int, aspect: Callable[[int, int], int]) -> Mapping[int, Sequence[int]]:
    found: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))
    for bsn in Population(seed, Bereik.TEST).bsns():
        found[aspect(seed, bsn)].append(int(bsn))
    return dict(found)
