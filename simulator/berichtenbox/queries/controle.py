"""The stored berichten counted per delivery, for the proof that metering agrees."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Bericht

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
