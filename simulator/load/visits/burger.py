"""Which citizen comes, and for what: the same for who uses a browser and who uses a program."""

from collections.abc import Sequence

from simulator.load.visits.visit import Visit

NEW = 3
"""Messages that are read in a visit, at most."""
# ASSUMPTION: nothing is published on what people open. Everybody looks at the Berichtenbox; of hundred visits so many
# are, or are also, for something else.
_INTEREST = {"zaken": 30, "gegevens": 25, "verwerkingen": 10}


def wants(visit: Visit, what: str) -> bool:
    """Whether this citizen came for that too: spread evenly, so that a short run has the right mix as well."""
    part, begin = _INTEREST[what], list(_INTEREST).index(what)
    return (visit.turn + begin) * part % 100 < part


def pick_reader(visit: Visit) -> str:
    """Somebody to whom a message was delivered lately; anybody, as long as there is none."""
    recent = visit.service.recent
    return _one_of(recent, visit) if recent else visit.service.afzender.pick_people(visit.number, 1)[0]


def pick_burger(visit: Visit) -> str:
    """Somebody who was told of something new, and comes for that."""
    service = visit.service
    if wants(visit, "zaken") and service.recent_zaken:
        return _one_of(service.recent_zaken, visit)
    if wants(visit, "gegevens") and service.recent_gegevens:
        return _one_of(service.recent_gegevens, visit)
    return pick_reader(visit)


def _one_of(people: Sequence[str], visit: Visit) -> str:
    return people[visit.number % len(people)]
