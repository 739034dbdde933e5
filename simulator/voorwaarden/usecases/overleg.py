"""The register of the Afnemersoverleg: meetings, and the decisions that follow from them."""

from collections.abc import Mapping
from datetime import date

import msgspec

from simulator.infra.clock import dutch_day
from simulator.infra.ids import new_id
from simulator.infra.omgeving import UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.voorwaarden.errors import KOPPELVLAK, OVERLEG, TARIEF, OverlegNotFound
from simulator.voorwaarden.models import Afnemersoverleg, Overlegbesluit
from simulator.voorwaarden.queries import (
    as_besluit,
    as_overleg,
    find_overleg,
    get_tariefbesluit,
    list_besluiten,
    list_overleggen,
    list_uitfaseringen,
)
from simulator.voorwaarden.rules import check_besluit, check_tarief, check_uitfasering, ingang_of
from simulator.voorwaarden.values.overleg import (
    Besluit,
    Besluitinhoud,
    Besluitinvoer,
    Besluitsoort,
    Niveaukeuze,
    Overleg,
    Tariefbesluit,
    Uitfasering,
    Versie,
    Voorwaardenkeuze,
)

__all__ = [
    "Besluit",
    "Besluitinhoud",
    "Besluitinvoer",
    "Besluitsoort",
    "Niveaukeuze",
    "Overleg",
    "Tariefbesluit",
    "Uitfasering",
    "Versie",
    "Voorwaardenkeuze",
    "add_overleg",
    "get_tariefbesluit",
    "list_besluiten",
    "list_overleggen",
    "list_uitfaseringen",
    "record_besluit",
]


def add_overleg(uow: UnitOfWork, datum: date, onderwerp: str) -> Overleg:
    """Put a meeting into the register; one in the future is planned, and nothing can follow from it yet."""
    row = Afnemersoverleg(id=new_id(), datum=datum, onderwerp=onderwerp)
    uow.session.add(row)
    uow.session.flush()
    return as_overleg(row)


def record_besluit(uow: UnitOfWork, invoer: Besluitinvoer, versies: Mapping[str, str]) -> Besluit:
    """Record a decision that follows from a meeting (articles 3.4, 3.5, 3.8 and 8.1).

    ``versies`` are the APIs there are, by prefix. Raises ``OverlegNotFound``, ``BesluitZonderOverleg``,
    ``TariefOngeldig`` or ``UitfaseringOngeldig``.
    """
    overleg = find_overleg(uow.session, invoer.overleg_id)
    if overleg is None:
        raise OverlegNotFound
    vandaag = dutch_day(uow.moment)
    genomen_op = invoer.genomen_op or vandaag
    check_besluit(overleg, genomen_op, ingang_of(invoer.inhoud), vandaag)
    uow.tel(OVERLEG, Uitkomst.GESLAAGD)
    if isinstance(invoer.inhoud, Tariefbesluit):
        check_tarief(invoer.inhoud)
        uow.tel(TARIEF, Uitkomst.GESLAAGD)
    if isinstance(invoer.inhoud, Uitfasering):
        check_uitfasering(invoer.inhoud, versies)
        uow.tel(KOPPELVLAK, Uitkomst.GESLAAGD)
    row = Overlegbesluit(
        overleg_id=overleg.id,
        soort=invoer.inhoud.soort.value,
        genomen_op=genomen_op,
        toelichting=invoer.toelichting,
        inhoud=msgspec.json.encode(invoer.inhoud).decode(),
        vastgelegd_op=uow.moment,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.touch()
    return as_besluit(row, overleg)
