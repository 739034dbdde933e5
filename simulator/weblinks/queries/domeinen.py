"""What holds for the weblinks of an Afnemer: the settings of the omgeving, its domains, where it wants to be told."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.infra.omgeving import Omgeving
from simulator.weblinks.models import Weblinkcontact, Weblinkdomein
from simulator.weblinks.rules.weblink import Weblinkkader
from simulator.weblinks.values.stand import Weblinkbeleid

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


def get_contact(session: Session, afnemer_id: int) -> Weblinkcontact | None:
    """Where the Afnemer wants e-mail about its weblinks; ``None`` for nowhere."""
    return session.get(Weblinkcontact, afnemer_id)


def list_contacten(session: Session, afnemers: Collection[int]) -> list[Weblinkcontact]:
    """Those of these Afnemers that want e-mail."""
    statement = select(Weblinkcontact).where(Weblinkcontact.afnemer_id.in_(sorted(afnemers))).with_for_update()
    return list(session.scalars(statement.order_by(Weblinkcontact.afnemer_id)))


def _load_domeinen(session: Session) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for afnemer_id, domein in session.execute(select(Weblinkdomein.afnemer_id, Weblinkdomein.domein)):
        found.setdefault(afnemer_id, set()).add(domein)
    return MappingProxyType({afnemer_id: frozenset(domeinen) for afnemer_id, domeinen in found.items()})
