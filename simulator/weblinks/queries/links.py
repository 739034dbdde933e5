"""The weblinks themselves: how it is with each, and what is to be done."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.weblinks.models import Weblink, Weblinkperiode
from simulator.weblinks.values.stand import Stand, Weblinkstand


class Opdracht(NamedTuple):
    """A weblink to follow."""

    id: int
    afnemer_id: int
    host: str
    url: str


def get_weblink_standen(session: Session, ids: Collection[int]) -> dict[int, Weblinkstand]:
    """How it is with these weblinks, by id, in one statement; what nobody registered is not in it."""
    if not ids:
        return {}
    statement = select(
        Weblink.id, Weblink.afnemer_id, Weblink.url, Weblink.stand, Weblink.sinds, Weblink.reden,
        Weblink.gecontroleerd_op,
    ).where(any_of(Weblink.id, "ids"))  # fmt: skip
    return {row.id: _as_stand(row) for row in session.execute(statement, {"ids": list(ids)})}


def find_weblink(session: Session, afnemer_id: int, url_hash: bytes) -> Weblink | None:
    """The weblink of this Afnemer with this address."""
    statement = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.url_hash == url_hash)
    return session.scalars(statement).one_or_none()


def list_due(session: Session, ids: Iterable[int]) -> list[Weblink]:
    """These weblinks, to be changed; in order of id, so that nobody waits for each other's rows."""
    statement = select(Weblink).where(any_of(Weblink.id, "ids")).order_by(Weblink.id).with_for_update()
    return list(session.scalars(statement, {"ids": list(ids)}))


def list_opdrachten(session: Session, ids: Iterable[int], gepland: int) -> list[Opdracht]:
    """Which of these weblinks are still to be followed for a check that was planned at this moment."""
    columns = (Weblink.id, Weblink.afnemer_id, Weblink.host, Weblink.url)
    statement = select(*columns).where(any_of(Weblink.id, "ids"), Weblink.volgende_controle == gepland)
    return [Opdracht(*row) for row in session.execute(statement.order_by(Weblink.id), {"ids": list(ids)})]


def list_to_review(session: Session, afnemer_id: int, na: int, aantal: int) -> list[Weblink]:
    """The next weblinks of an Afnemer, by id."""
    statement = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.id > na).order_by(Weblink.id)
    return list(session.scalars(statement.limit(aantal).with_for_update()))


def list_to_start(session: Session, afnemer_id: int, standen: Collection[Stand], na: int, aantal: int) -> list[Weblink]:
    """The next weblinks of an Afnemer that break no rule by themselves; without ``standen`` of any stand."""
    statement = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.id > na, Weblink.bezwaren == "[]")
    if standen:
        statement = statement.where(Weblink.stand.in_(sorted(each.value for each in standen)))
    return list(session.scalars(statement.order_by(Weblink.id).limit(aantal).with_for_update()))


def list_lopende_perioden(session: Session, ids: Collection[int]) -> dict[int, Weblinkperiode]:
    """The stretch that still runs of each of these weblinks."""
    statement = select(Weblinkperiode).where(any_of(Weblinkperiode.weblink_id, "ids"), Weblinkperiode.tot.is_(None))
    return {row.weblink_id: row for row in session.scalars(statement, {"ids": list(ids)})}


def _as_stand(row: Any) -> Weblinkstand:
    return Weblinkstand(row.id, row.afnemer_id, row.url, Stand(row.stand), row.sinds, row.reden, row.gecontroleerd_op)
