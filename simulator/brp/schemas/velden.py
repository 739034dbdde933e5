"""Which fields there are, and an answer with only those that were asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_args

from msgspec import Struct, structs

from simulator.brp.schemas.persoon import AUTOMATISCH, Datum, GezagPersoonBeperkt, Persoon, PersoonBeperkt, Waardetabel
from simulator.brp.values import Soort

_DATUM = frozenset(get_args(Datum))


@dataclass(frozen=True, slots=True)
class Boom:
    """A field with those below it; of an ``eenheid`` (a date, a code) all is given or nothing."""

    takken: dict[str, "Boom"] = field(default_factory=dict)
    eenheid: bool = False

    def has(self, path: str) -> bool:
        """Whether a path leads to a field."""
        here = self
        for name in path.split("."):
            if name not in here.takken:
                return False
            here = here.takken[name]
        return True


@cache
def boom_of(soort: Soort) -> Boom:
    """The fields that can be asked for in a kind of question."""
    kinds: dict[Soort, type[Struct]] = {
        Soort.BURGERSERVICENUMMER: Persoon,
        Soort.ADRESSEERBAAR_OBJECT: GezagPersoonBeperkt,
    }
    kind: type[Struct] = kinds.get(soort, PersoonBeperkt)
    boom = _grow([kind])
    return Boom({name: tak for name, tak in boom.takken.items() if name not in AUTOMATISCH})


def _grow(kinds: Iterable[type[Struct]]) -> Boom:
    takken: dict[str, Boom] = {}
    held = frozenset(kinds)
    for kind in held:
        if kind.__struct_config__.tag_field:
            takken["type"] = Boom()
        for member in structs.fields(kind):
            grown = _grow(_structs_in(member.type))
            others = takken.get(member.encode_name, Boom())
            takken[member.encode_name] = Boom(others.takken | grown.takken, grown.eenheid)
    return Boom(takken, bool(held) and held <= _DATUM | {Waardetabel})


def _structs_in(annotation: Any) -> frozenset[type[Struct]]:
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return frozenset({annotation})
    return frozenset(each for part in get_args(annotation) for each in _structs_in(part))


def select_velden(persoon: Mapping[str, Any], fields: Iterable[str], soort: Soort) -> dict[str, Any]:
    """The person with the fields that were asked for, and what is always given."""
    asked: dict[str, Any] = {}
    for path in fields:
        here = asked
        for name in path.split("."):
            here = here.setdefault(name, {})
        here[""] = {}  # all that is below
    chosen = _prune(persoon, asked, boom_of(soort))
    return {name: persoon[name] for name in persoon if name in AUTOMATISCH} | chosen


def _prune(values: Mapping[str, Any], asked: Mapping[str, Any], boom: Boom) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    for name in asked:
        value, tak = values.get(name), boom.takken.get(name)
        if value is None or tak is None:
            continue
        below = asked[name]
        if "" in below or tak.eenheid or not tak.takken:
            chosen[name] = value
        elif isinstance(value, list):
            chosen[name] = [found for each in value if (found := _with_type(each, _prune(each, below, tak)))]
        else:
            chosen[name] = _with_type(value, _prune(value, below, tak))
    return {name: value for name, value in chosen.items() if value not in ({}, [])}


def _with_type(value: Mapping[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    """What comes in kinds says of which kind it is, unless nothing of it was asked."""
    return {"type": value["type"]} | chosen if chosen and "type" in value else chosen
