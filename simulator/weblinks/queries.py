"""What the tables know of weblinks: the domains that every judgement needs, and the stand of each link."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.infra.omgeving import Omgeving
from simulator.weblinks.models import Weblink, Weblinkdomein
from simulator.weblinks.rules.weblink import Weblinkkader
from simulator.weblinks.values.stand import Stand, Weblinkbeleid, Weblinkstand

BELEID = "weblink_beleid"
LOKAAL = "weblink_lokaal"
CERTIFICATEN = "weblink_certificaten"
"""The settings of an omgeving about weblinks, by the name under which the control API changes them."""


def weblinkbeleid(omgeving: Omgeving) -> Weblinkbeleid:
    """What this omgeving does with a delivery whose weblink breaks a rule; refusing, unless it was set otherwise."""
    return Weblinkbeleid(omgeving.instelling(BELEID, Weblinkbeleid.WEIGEREN.value))


def get_kader(omgeving: Omgeving, afnemer_id: int) -> Weblinkkader:
    """What holds for the weblinks of this Afnemer, from a cache that every change empties."""
    domeinen = omgeving.cached("weblinks.domeinen", _load_domeinen)
    lokaal: Mapping[str, str] = omgeving.instelling(LOKAAL, {})
    return Weblinkkader(domeinen.get(afnemer_id, frozenset()), MappingProxyType(dict(lokaal)))


def list_domeinen(session: Session, afnemer_id: int) -> list[Weblinkdomein]:
    """The registered domains of one Afnemer, by name."""
    statement = select(Weblinkdomein).where(Weblinkdomein.afnemer_id == afnemer_id).order_by(Weblinkdomein.domein)
    return list(session.scalars(statement))


def count_domeinen(session: Session, afnemer_id: int) -> int:
    """How many domains the Afnemer has."""
    statement = select(func.count()).select_from(Weblinkdomein).where(Weblinkdomein.afnemer_id == afnemer_id)
    return session.scalar(statement) or 0


def get_weblink_standen(session: Session, ids: Collection[int]) -> dict[int, Weblinkstand]:
    """How it is with these weblinks, by id, in one statement; what nobody registered is not in it."""
    if not ids:
        return {}
    statement = select(
        Weblink.id, Weblink.afnemer_id, Weblink.url, Weblink.stand, Weblink.sinds, Weblink.reden,
        Weblink.gecontroleerd_op,
    ).where(any_of(Weblink.id, "ids"))  # fmt: skip
    rows = session.execute(statement, {"ids": list(ids)})
    return {row.id: _as_stand(row) for row in rows}


def find_weblink(session: Session, afnemer_id: int, url_hash: bytes) -> Weblink | None:
    """The weblink of this Afnemer with this address."""
    statement = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.url_hash == url_hash)
    return session.scalars(statement).one_or_none()


def _as_stand(row: Any) -> Weblinkstand:
    return Weblinkstand(row.id, row.afnemer_id, row.url, Stand(row.stand), row.sinds, row.reden, row.gecontroleerd_op)


def _load_domeinen(session: Session) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for afnemer_id, domein in session.execute(select(Weblinkdomein.afnemer_id, Weblinkdomein.domein)):
        found.setdefault(afnemer_id, set()).add(domein)
    return MappingProxyType({afnemer_id: frozenset(domeinen) for afnemer_id, domeinen in found.items()})
