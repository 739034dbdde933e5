"""The stored berichten counted per delivery, and their bijlagen, for the proof that all is there and metered."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Bericht, Bijlage

_STREAM = 10_000


class Aantal(NamedTuple):
    """How many berichten of one berichttype a delivery brought for an Afnemer."""

    aanlevering_id: int
    afnemer_id: int
    berichttype: str
    aantal: int


def list_aantallen(session: Session) -> Iterator[Aantal]:
    """Every delivery that stored something, in order; erased berichten count, for they were delivered."""
    key = (Bericht.aanlevering_id, Bericht.afnemer_id, Bericht.berichttype)
    statement = (
        select(*key, func.count()).group_by(*key).order_by(Bericht.aanlevering_id).execution_options(yield_per=_STREAM)
    )
    return (Aantal(*row) for row in session.execute(statement))


def list_bijlage_aantallen(session: Session) -> list[tuple[int, int, int]]:
    """The berichten that have another number of bijlagen than they came with: id, how many came, how many there are."""
    gevonden = func.count(Bijlage.bericht_id)
    statement = (
        select(Bericht.id, Bericht.aantal_bijlagen, gevonden)
        .outerjoin(Bijlage, Bijlage.bericht_id == Bericht.id)
        .where(Bericht.aantal_bijlagen > 0)
        .group_by(Bericht.id, Bericht.aantal_bijlagen)
        .having(gevonden != Bericht.aantal_bijlagen)
        .order_by(Bericht.id)
    )
    return [(key, aantal, er) for key, aantal, er in session.execute(statement)]
