"""The berichttypes of each Afnemer, as a frozen record for the hot path and as rows to manage."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Berichttype
from simulator.infra.omgeving import Omgeving

BerichttypeIndex = Mapping[int, Mapping[str, bool]]
"""Per Afnemer its codes, and whether each is active."""
GEEN_BERICHTTYPES: Mapping[str, bool] = MappingProxyType({})


def berichttype_index(omgeving: Omgeving) -> BerichttypeIndex:
    """Which codes are active, loaded anew only when something changed."""
    return omgeving.cached("berichtenbox.berichttypes", _load_index)


def _load_index(session: Session) -> BerichttypeIndex:
    index: dict[int, dict[str, bool]] = {}
    for afnemer_id, code, actief in session.execute(
        select(Berichttype.afnemer_id, Berichttype.code, Berichttype.actief)
    ):
        index.setdefault(afnemer_id, {})[code] = actief
    return MappingProxyType({afnemer_id: MappingProxyType(codes) for afnemer_id, codes in index.items()})


def list_berichttypes(session: Session, afnemer_id: int) -> Sequence[Berichttype]:
    """The berichttypes of one Afnemer, by code."""
    return session.scalars(
        select(Berichttype).where(Berichttype.afnemer_id == afnemer_id).order_by(Berichttype.code)
    ).all()


def get_berichttype(session: Session, afnemer_id: int, code: str) -> Berichttype | None:
    """One berichttype of one Afnemer."""
    return session.scalars(
        select(Berichttype).where(Berichttype.afnemer_id == afnemer_id, Berichttype.code == code)
    ).one_or_none()
