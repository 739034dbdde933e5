"""Afnemers as they are stored, and the index that every request reads."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.afnemers.models import Afnemer, AfnemerDienst, ApiSleutel, Mandaat
from simulator.afnemers.values.afnemer import AfnemerIndex, AfnemerRecord, Dienst
from simulator.afnemers.values.oin import Oin
from simulator.infra.omgeving import Omgeving

_CACHE_KEY = "afnemers.index"


@dataclass(frozen=True, slots=True)
class SleutelRecord:
    """A key as its owner may see it: never the key itself."""

    id: int
    afnemer_id: int
    hint: str
    aangemaakt_op: datetime
    ingetrokken_op: datetime | None


def afnemer_index(omgeving: Omgeving) -> AfnemerIndex:
    """All Afnemers of the omgeving, from a cache that every change empties at once in all workers."""
    return omgeving.cached(_CACHE_KEY, load_index)


def load_index(session: Session) -> AfnemerIndex:
    """Read the index from the database: three statements, however many Afnemers there are."""
    by_id = {record.id: record for record in list_afnemers(session)}
    sleutels = session.execute(
        select(ApiSleutel.hash, ApiSleutel.afnemer_id).where(ApiSleutel.ingetrokken_op.is_(None))
    )
    return AfnemerIndex(
        by_key_hash=MappingProxyType({bytes(hash_): by_id[afnemer_id] for hash_, afnemer_id in sleutels}),
        by_oin=MappingProxyType({record.oin: record for record in by_id.values()}),
        by_id=MappingProxyType(by_id),
    )


def list_afnemers(session: Session) -> list[AfnemerRecord]:
    """All Afnemers by OIN, the inactive ones too."""
    diensten = _group(session, AfnemerDienst)
    mandaten = _group(session, Mandaat)
    return [
        AfnemerRecord(
            id=row.id,
            oin=Oin(row.oin),
            naam=row.naam,
            diensten=frozenset(Dienst(each) for each in diensten.get(row.id, ())),
            mandaten=frozenset(mandaten.get(row.id, ())),
            privaat=row.privaat,
            actief=row.actief,
        )
        for row in session.scalars(select(Afnemer).order_by(Afnemer.oin))
    ]


def list_sleutels(session: Session, afnemer_id: int) -> list[SleutelRecord]:
    """The keys of one Afnemer, the oldest first, revoked ones too."""
    rows = session.scalars(select(ApiSleutel).where(ApiSleutel.afnemer_id == afnemer_id).order_by(ApiSleutel.id))
    return [SleutelRecord(row.id, row.afnemer_id, row.hint, row.aangemaakt_op, row.ingetrokken_op) for row in rows]


def find_afnemer(session: Session, oin: str) -> Afnemer | None:
    """The row of the Afnemer with this OIN."""
    return session.scalars(select(Afnemer).where(Afnemer.oin == oin)).one_or_none()


def _group(session: Session, model: type[AfnemerDienst | Mandaat]) -> Mapping[int, list[Any]]:
    """Second column by first, of a table of pairs."""
    owner, value = list(model.__table__.columns)[:2]
    pairs: defaultdict[int, list[Any]] = defaultdict(list)
    for key, each in session.execute(select(owner, value)):
        pairs[key].append(each)
    return pairs
