"""Afnemers as they are stored, and the index that every request reads."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from simulator.afnemers.models import Afnemer, AfnemerDienst, ApiSleutel, Mandaat
from simulator.afnemers.values.afnemer import Aansluitstand, AfnemerIndex, AfnemerRecord, Dienst, Sector, Sluiting
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


@dataclass(frozen=True, slots=True)
class MandaatRecord:
    """Since when an intermediair may deliver in the name of another, both by id."""

    intermediair_id: int
    namens_id: int
    verleend_op: datetime


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
    aansluitingen = _load_aansluitingen(session)
    mandaten = _load_mandaten(session)
    return [
        _record(row, aansluitingen.get(row.id, {}), mandaten.get(row.id, frozenset()))
        for row in session.scalars(select(Afnemer).order_by(Afnemer.oin))
    ]


def list_sleutels(session: Session, afnemer_id: int) -> list[SleutelRecord]:
    """The keys of one Afnemer, the oldest first, revoked ones too."""
    rows = session.scalars(select(ApiSleutel).where(ApiSleutel.afnemer_id == afnemer_id).order_by(ApiSleutel.id))
    return [SleutelRecord(row.id, row.afnemer_id, row.hint, row.aangemaakt_op, row.ingetrokken_op) for row in rows]


def list_mandaten(session: Session, afnemer_id: int) -> list[MandaatRecord]:
    """The mandaten that an Afnemer gave and those that it got, the oldest first."""
    mine = or_(Mandaat.namens_id == afnemer_id, Mandaat.intermediair_id == afnemer_id)
    rows = session.scalars(select(Mandaat).where(mine).order_by(Mandaat.verleend_op))
    return [MandaatRecord(row.intermediair_id, row.namens_id, row.verleend_op) for row in rows]


def find_afnemer(session: Session, oin: str) -> Afnemer | None:
    """The row of the Afnemer with this OIN."""
    return session.scalars(select(Afnemer).where(Afnemer.oin == oin)).one_or_none()


def _record(row: Afnemer, aansluitingen: dict[Dienst, Aansluitstand], mandaten: frozenset[int]) -> AfnemerRecord:
    return AfnemerRecord(
        id=row.id,
        oin=Oin(row.oin),
        naam=row.naam,
        diensten=frozenset(dienst for dienst, stand in aansluitingen.items() if stand.sluiting is None),
        mandaten=mandaten,
        sector=Sector(row.sector),
        actief=row.actief,
        aansluitingen=MappingProxyType(aansluitingen),
    )


def _load_aansluitingen(session: Session) -> Mapping[int, dict[Dienst, Aansluitstand]]:
    found: defaultdict[int, dict[Dienst, Aansluitstand]] = defaultdict(dict)
    for row in session.scalars(select(AfnemerDienst)):
        sluiting = None if row.sluiting is None else Sluiting(row.sluiting)
        found[row.afnemer_id][Dienst(row.dienst)] = Aansluitstand(row.sinds, sluiting)
    return found


def _load_mandaten(session: Session) -> Mapping[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for intermediair_id, namens_id in session.execute(select(Mandaat.intermediair_id, Mandaat.namens_id)):
        found[intermediair_id].add(namens_id)
    return {key: frozenset(each) for key, each in found.items()}
