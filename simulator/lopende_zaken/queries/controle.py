"""The deliveries about zaken in order, for the proof that metering agrees."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.lopende_zaken.models import Zaakbericht

_STREAM = 10_000


def list_zaakberichten(session: Session) -> Iterator[tuple[int, int]]:
    """Id and Afnemer of every delivery that changed something, in order of id."""
    statement = select(Zaakbericht.id, Zaakbericht.afnemer_id).order_by(Zaakbericht.id)
    return ((row[0], row[1]) for row in session.execute(statement.execution_options(yield_per=_STREAM)))
