"""Read the register of the Afnemersoverleg and the changes of the Voorwaarden."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.voorwaarden.models import (
    Afnemersoverleg,
    Overlegbesluit,
    Voorwaardenkennisgeving,
    Voorwaardenwijziging,
)
from simulator.voorwaarden.values.overleg import (
    Besluit,
    Besluitinhoud,
    Besluitsoort,
    Overleg,
    Tariefbesluit,
    Uitfasering,
    Voorwaardenkeuze,
)
from simulator.voorwaarden.values.wijziging import Antwoord, Kennisgeving, Wijziging

_inhoud: msgspec.json.Decoder[Besluitinhoud] = msgspec.json.Decoder(Besluitinhoud)


def list_overleggen(session: Session) -> list[Overleg]:
    """Every meeting by date, those to come too."""
    rows = session.scalars(select(Afnemersoverleg).order_by(Afnemersoverleg.datum, Afnemersoverleg.id))
    return [as_overleg(row) for row in rows]


def find_overleg(session: Session, overleg_id: int) -> Overleg | None:
    """One meeting."""
    row = session.get(Afnemersoverleg, overleg_id)
    return None if row is None else as_overleg(row)


def list_besluiten(session: Session, soort: Besluitsoort | None = None) -> list[Besluit]:
    """Every decision, or those of one kind, in the order in which they were recorded."""
    statement = select(Overlegbesluit, Afnemersoverleg).join(
        Afnemersoverleg, Afnemersoverleg.id == Overlegbesluit.overleg_id
    )
    if soort is not None:
        statement = statement.where(Overlegbesluit.soort == soort.value)
    return [
        as_besluit(row, as_overleg(overleg)) for row, overleg in session.execute(statement.order_by(Overlegbesluit.id))
    ]


def get_tariefbesluit(session: Session, jaar: int) -> Tariefbesluit | None:
    """The tariff that was last laid down for a year; ``None`` where nobody decided on one."""
    found = [each.inhoud for each in list_besluiten(session, Besluitsoort.TARIEF)]
    return next((each for each in reversed(found) if isinstance(each, Tariefbesluit) and each.jaar == jaar), None)


def list_uitfaseringen(session: Session) -> dict[str, Uitfasering]:
    """Of each API that was decided on, by prefix, the last decision."""
    found = [each.inhoud for each in list_besluiten(session, Besluitsoort.KOPPELVLAK)]
    return {each.api: each for each in found if isinstance(each, Uitfasering)}


def has_voorwaardenbesluit(session: Session, versie: str) -> bool:
    """Whether it was decided to change the Voorwaarden into this version."""
    found = [each.inhoud for each in list_besluiten(session, Besluitsoort.VOORWAARDEN)]
    return any(isinstance(each, Voorwaardenkeuze) and each.versie == versie for each in found)


def list_wijzigingen(session: Session) -> list[Wijziging]:
    """Every change that was announced, by the date on which it begins."""
    rows = session.scalars(
        select(Voorwaardenwijziging).order_by(Voorwaardenwijziging.ingangsdatum, Voorwaardenwijziging.id)
    )
    return [as_wijziging(row) for row in rows]


def list_kennisgevingen(session: Session, **where: int) -> list[Kennisgeving]:
    """What Afnemers were told and answered, by date of the change: ``afnemer_id`` or ``wijziging_id`` narrows it."""
    statement = (
        select(Voorwaardenkennisgeving, Voorwaardenwijziging)
        .join(Voorwaardenwijziging, Voorwaardenwijziging.id == Voorwaardenkennisgeving.wijziging_id)
        .filter_by(**where)
        .order_by(Voorwaardenwijziging.ingangsdatum, Voorwaardenwijziging.id, Voorwaardenkennisgeving.afnemer_id)
    )
    return [as_kennisgeving(row, as_wijziging(wijziging)) for row, wijziging in session.execute(statement)]


def lock_kennisgevingen(session: Session, wijziging_id: int, afnemers: Sequence[int]) -> list[Any]:
    """The rows of these Afnemers about a change, each with it, held until the transaction ends."""
    statement = (
        select(Voorwaardenkennisgeving, Voorwaardenwijziging)
        .join(Voorwaardenwijziging, Voorwaardenwijziging.id == Voorwaardenkennisgeving.wijziging_id)
        .where(Voorwaardenkennisgeving.wijziging_id == wijziging_id, Voorwaardenkennisgeving.afnemer_id.in_(afnemers))
        .with_for_update(of=Voorwaardenkennisgeving)
    )
    return list(session.execute(statement))


def as_overleg(row: Afnemersoverleg) -> Overleg:
    """A meeting as a value."""
    return Overleg(row.id, row.datum, row.onderwerp)


def as_besluit(row: Overlegbesluit, overleg: Overleg) -> Besluit:
    """A decision as a value."""
    return Besluit(row.id, overleg, row.genomen_op, row.toelichting, _inhoud.decode(row.inhoud), row.vastgelegd_op)


def as_wijziging(row: Voorwaardenwijziging) -> Wijziging:
    """A change as a value."""
    return Wijziging(row.id, row.versie, row.ingangsdatum, row.samenvatting, row.aangekondigd_op)


def as_kennisgeving(row: Voorwaardenkennisgeving, wijziging: Wijziging) -> Kennisgeving:
    """A notice as a value."""
    antwoord = None if row.antwoord is None else Antwoord(row.antwoord)
    return Kennisgeving(wijziging, row.afnemer_id, row.verzonden_op, antwoord, row.beantwoord_op, row.beeindigd_op)
