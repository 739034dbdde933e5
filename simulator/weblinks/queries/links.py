"""The weblinks themselves: how it is with each, and what is to be done."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.weblinks.models import Weblink, Weblinkperiode
from simulator.weblinks.values.stand import Stand, Weblinkstand

_VERLOREN = 86_400_000_000


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


def take_due(session: Session, moment_us: int, partij: int, aantal: int) -> int:
    """Put so many weblinks that are due, and that no batch has in hand, in this batch; answers how many.

    A batch that has one in hand for a day lost it: whoever did it stopped, more often than it is tried again.
    """
    free = or_(Weblink.partij.is_(None), Weblink.volgende_controle < moment_us - _VERLOREN)
    due = (
        select(Weblink.id)
        .where(Weblink.volgende_controle <= moment_us, free)
        .order_by(Weblink.volgende_controle, Weblink.id)
        .limit(aantal)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(due))
    if ids:
        statement = update(Weblink).where(any_of(Weblink.id, "ids")).values(partij=partij)
        session.connection().execute(statement, {"ids": ids})
    return len(ids)


def has_batch(session: Session, moment_us: int) -> bool:
    """Whether a batch has weblinks in hand, and has not lost them."""
    statement = select(Weblink.id).where(
        Weblink.partij.is_not(None), Weblink.volgende_controle >= moment_us - _VERLOREN
    )
    return session.scalars(statement.limit(1)).first() is not None


def put_back(session: Session, partij: int, ids: Collection[int], moment_us: int) -> None:
    """Take these out of the batch; they are due at this moment."""
    statement = update(Weblink).where(any_of(Weblink.id, "ids"), Weblink.partij == partij)
    if not ids:
        return
    values = {"partij": None, "volgende_controle": moment_us}
    session.connection().execute(statement.values(**values), {"ids": list(ids)})


def list_in_batch(session: Session, partij: int, ids: Iterable[int]) -> list[Weblink]:
    """Those of these weblinks that the batch still has in hand, to be changed; in order of id, as everybody does."""
    statement = select(Weblink).where(any_of(Weblink.id, "ids"), Weblink.partij == partij)
    return list(session.scalars(statement.order_by(Weblink.id).with_for_update(), {"ids": list(ids)}))


def list_opdrachten(session: Session, partij: int, aantal: int) -> list[Opdracht]:
    """What is still to be followed of a batch, so many of it."""
    columns = (Weblink.id, Weblink.afnemer_id, Weblink.host, Weblink.url)
    statement = select(*columns).where(Weblink.partij == partij).order_by(Weblink.id).limit(aantal)
    return [Opdracht(*row) for row in session.execute(statement)]


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
