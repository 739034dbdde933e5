"""What if MijnOverheid had asked another level: the logins of a period once more, on paper."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from simulator.digid.queries import load_besluiten, walk_logins
from simulator.digid.rules import niveau_at
from simulator.digid.values import Niveau
from simulator.gebruikers import Bsn, get_gebruiker
from simulator.infra.clock import dutch_day
from simulator.infra.omgevingen import Omgeving


@dataclass(frozen=True, slots=True)
class Terugblikvraag:
    """The logins from ``vanaf`` until ``tot``, as if MijnOverheid had asked ``niveau``; and how many people to name."""

    niveau: Niveau
    vanaf: datetime
    tot: datetime
    personen: int = 1_000


@dataclass(slots=True)
class Tegengehoudene:
    """Somebody who would have been stopped, how often, and whether their DigiD can do better."""

    bsn: int
    aantal: int
    eerste: datetime
    laatste: datetime
    kan_hoger: bool = False


@dataclass(slots=True)
class Terugblik:
    """What would have been: how many logins were stopped, of whom, and per Dutch day."""

    logins: int = 0
    tegengehouden: int = 0
    ook_toen: int = 0
    """Of those, how many were stopped at the time too."""
    alsnog_toegelaten: int = 0
    """Stopped at the time, and not on this level."""
    personen: int = 0
    per_dag: dict[date, tuple[int, int]] = field(default_factory=dict)
    """Logins, and how many of them would have been stopped."""
    namen: tuple[Tegengehoudene, ...] = ()
    """Who was stopped most often comes first."""


def look_back(omgeving: Omgeving, vraag: Terugblikvraag) -> Terugblik:
    """Say who would have been stopped; it changes nothing."""
    uitkomst, personen = Terugblik(), dict[int, Tegengehoudene]()
    logins, gestopt = Counter[date](), Counter[date]()
    with omgeving.reading() as session:
        besluiten = load_besluiten(session)
        for bsn, bereikt, moment in walk_logins(session, vraag.vanaf, vraag.tot):
            nu, toen = bereikt < vraag.niveau, bereikt < niveau_at(besluiten, moment)
            logins[dag := dutch_day(moment)] += 1
            uitkomst.ook_toen += nu and toen
            uitkomst.alsnog_toegelaten += toen and not nu
            if nu:
                gestopt[dag] += 1
                _add_person(personen, bsn, moment)
        uitkomst.namen = _name_some(omgeving, session, personen, vraag)
    uitkomst.logins, uitkomst.tegengehouden, uitkomst.personen = logins.total(), gestopt.total(), len(personen)
    uitkomst.per_dag = {dag: (aantal, gestopt[dag]) for dag, aantal in sorted(logins.items())}
    return uitkomst


def _add_person(personen: dict[int, Tegengehoudene], bsn: int, moment: datetime) -> None:
    person = personen.setdefault(bsn, Tegengehoudene(bsn, 0, moment, moment))
    person.aantal += 1
    person.eerste, person.laatste = min(person.eerste, moment), max(person.laatste, moment)


def _name_some(
    omgeving: Omgeving, session: Session, personen: dict[int, Tegengehoudene], vraag: Terugblikvraag
) -> tuple[Tegengehoudene, ...]:
    named = sorted(personen.values(), key=lambda each: (-each.aantal, each.eerste, each.bsn))[: vraag.personen]
    for person in named:
        gebruiker = get_gebruiker(omgeving, session, Bsn(person.bsn))
        person.kan_hoger = gebruiker is not None and gebruiker.digid_niveau >= vraag.niveau
    return tuple(named)
