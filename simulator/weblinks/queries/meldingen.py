"""The alerts: to read, and to send."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.weblinks.models import Weblink, Weblinkmelding
from simulator.weblinks.values.bevinding import Melding, Meldingsoort
from simulator.weblinks.values.stand import Stand

_COLUMNS = (
    Weblinkmelding.id,
    Weblinkmelding.weblink_id,
    Weblink.url,
    Weblinkmelding.soort,
    Weblinkmelding.stand,
    Weblinkmelding.vorige_stand,
    Weblinkmelding.reden,
    Weblinkmelding.moment,
    Weblinkmelding.gemaild_op,
)


def list_meldingen(session: Session, afnemer_id: int, voor: int | None, aantal: int) -> list[Melding]:
    """The alerts of an Afnemer, the newest first, those before the one with id ``voor``."""
    place = tuple_(Weblinkmelding.moment, Weblinkmelding.id)
    statement = _select().where(Weblinkmelding.afnemer_id == afnemer_id)
    last = None if voor is None else session.get(Weblinkmelding, voor)
    if last is not None:
        statement = statement.where(place < (last.moment, last.id))
    statement = statement.order_by(Weblinkmelding.moment.desc(), Weblinkmelding.id.desc())
    return [_as_melding(row) for row in session.execute(statement.limit(aantal))]


def list_ongemaild(session: Session, afnemer_id: int, aantal: int) -> list[Melding]:
    """The alerts that the Afnemer was not told of by e-mail yet, the oldest first."""
    statement = _select().where(Weblinkmelding.afnemer_id == afnemer_id, Weblinkmelding.gemaild_op.is_(None))
    statement = statement.order_by(Weblinkmelding.moment, Weblinkmelding.id)
    return [_as_melding(row) for row in session.execute(statement.limit(aantal))]


def mark_gemaild(session: Session, ids: Collection[int], moment: datetime) -> None:
    """Write down that these were told."""
    if ids:
        statement = update(Weblinkmelding).where(any_of(Weblinkmelding.id, "ids")).values(gemaild_op=moment)
        session.connection().execute(statement, {"ids": list(ids)})


def _select() -> Any:
    return select(*_COLUMNS).join(Weblink, Weblink.id == Weblinkmelding.weblink_id)


def _as_melding(row: Any) -> Melding:
    return Melding(
        row.id, row.weblink_id, row.url, Meldingsoort(row.soort), Stand(row.stand), Stand(row.vorige_stand), row.reden,
        row.moment, row.gemaild_op,
    )  # fmt: skip
