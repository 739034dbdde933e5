"""What an Afnemer reads about its deliveries: newest first along the primary key, a bounded walk at a time.

There is no index by Afnemer: each delivery would pay for one, and reports are read seldom. An id grows with real time
in each slot, so the newest are found without one. However many deliveries others made, a walk looks at no more than
``STAP`` rows of a slot, and says where to go on.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import STAND_VAN_BERICHT, Aanlevering, Bericht, Berichtstand
from simulator.berichtenbox.queries.aanleveringen import AanleveringRecord, as_record
from simulator.infra.ids import AGE_MASK, slot_of

STAP = 200_000
"""Rows of others that a walk steps over: some forty milliseconds."""
LAATSTE = 20_000
"""Berichten of everybody among which those that were read are counted."""
_SLOT = AGE_MASK + 1
_BLOK = 50
_KOLOMMEN = (
    Aanlevering.afnemer_id, Aanlevering.namens_id, Aanlevering.id, Aanlevering.soort, Aanlevering.extern_id,
    Aanlevering.ontvangen_op, Aanlevering.verwerkt_op, Aanlevering.resultaat,
)  # fmt: skip
Plaats = tuple[int, int]
"""Age and slot of an id: what sorts ids of all workers by time."""


@dataclass(frozen=True, slots=True)
class Gang:
    """A walk over the deliveries of one Afnemer: those before ``na`` (an id), received in a period."""

    afnemer_id: int
    van: datetime | None = None
    tot: datetime | None = None
    """Not included."""
    na: int | None = None
    stap: int = STAP


class Rapportrij(NamedTuple):
    """A delivery, who called, and in whose name."""

    aanlevering: AanleveringRecord
    afnemer_id: int
    namens_id: int | None


class Stuk(NamedTuple):
    """The part of a table that a walk looks at: per slot the ids from one up to, not including, another."""

    delen: tuple[tuple[int, int], ...]
    verder: int | None
    """An id to go on from; nothing when the walk ends at the first row."""


def place_of(key: int) -> Plaats:
    """Where an id stands among those of all workers."""
    return key & AGE_MASK, slot_of(key)


def find_stuk(session: Session, gang: Gang) -> Stuk:
    """What a walk over deliveries may look at: at most ``stap`` rows of each slot, as far back in all."""
    return _find_stuk(session, Aanlevering.id, gang.na, gang.stap)


def _find_stuk(session: Session, key: Any, na: int | None, stap: int) -> Stuk:
    tops = [(slot, _top_of(slot, na)) for slot in _list_slots(session, key)]
    eerste = [(slot, _find_grens(session, key, slot, top, stap)) for slot, top in tops]
    grens = max((place_of(found) for _, found in eerste if found is not None), default=None)
    if grens is None:
        return Stuk(tuple((slot * _SLOT, top) for slot, top in tops), None)
    delen = tuple((_top_of(slot, grens[1] * _SLOT + grens[0]), top) for slot, top in tops)
    return Stuk(delen, grens[1] * _SLOT + grens[0])


def walk_aanleveringen(session: Session, gang: Gang, stuk: Stuk) -> Iterator[Rapportrij]:
    """The deliveries by or in the name of the Afnemer in this part, newest first, read as far as somebody asks."""
    slots = [_walk_slot(session, gang, *deel) for deel in stuk.delen]
    return heapq.merge(*slots, key=lambda rij: place_of(rij.aanlevering.id), reverse=True)


def find_rapportrij(session: Session, afnemer_id: int, aanlevering_id: int) -> Rapportrij | None:
    """One delivery by or in the name of the Afnemer."""
    statement = select(*_KOLOMMEN).where(Aanlevering.id == aanlevering_id, _is_gezocht(Gang(afnemer_id)))
    row = session.execute(statement).one_or_none()
    return None if row is None else _as_rij(*row)


def count_gelezen(session: Session, afnemer_id: int, moment: datetime, stap: int = LAATSTE) -> tuple[int, int]:
    """Of the newest berichten of all, how many are of this Afnemer and visible, and how many of those were read."""
    aantal = gelezen = 0
    for van, tot in _find_stuk(session, Bericht.id, None, stap).delen:
        row = session.execute(
            select(func.count(), func.count(Berichtstand.gelezen_op))
            .select_from(Bericht)
            .outerjoin(Berichtstand, STAND_VAN_BERICHT)
            .where(
                Bericht.id >= van, Bericht.id < tot, Bericht.afnemer_id == afnemer_id, Bericht.zichtbaar_vanaf <= moment
            )
        ).one()
        aantal, gelezen = aantal + row[0], gelezen + row[1]
    return aantal, gelezen


def _walk_slot(session: Session, gang: Gang, van: int, tot: int) -> Iterator[Rapportrij]:
    """Block by block, so that who stops halfway leaves nothing open and nothing read in vain."""
    statement = select(*_KOLOMMEN).where(Aanlevering.id >= van, _is_gezocht(gang)).order_by(Aanlevering.id.desc())
    length = _BLOK
    while length == _BLOK:
        block = [_as_rij(*row) for row in session.execute(statement.where(Aanlevering.id < tot).limit(_BLOK))]
        yield from block
        length, tot = len(block), block[-1].aanlevering.id if block else tot


def _as_rij(afnemer_id: int, namens_id: int | None, *rest: Any) -> Rapportrij:
    return Rapportrij(as_record(*rest), afnemer_id, namens_id)


def _is_gezocht(gang: Gang) -> ColumnElement[bool]:
    conditions = [or_(Aanlevering.afnemer_id == gang.afnemer_id, Aanlevering.namens_id == gang.afnemer_id)]
    if gang.van is not None:
        conditions.append(Aanlevering.ontvangen_op >= gang.van)
    if gang.tot is not None:
        conditions.append(Aanlevering.ontvangen_op < gang.tot)
    return and_(*conditions)


def _list_slots(session: Session, key: Any) -> list[int]:
    """The slots that have rows, each found by one look at the end of the key."""
    slots: list[int] = []
    top = session.scalar(select(func.max(key)))
    while top is not None:
        slots.append(slot_of(top))
        top = session.scalar(select(func.max(key)).where(key < slots[-1] * _SLOT))
    return slots


def _top_of(slot: int, na: int | None) -> int:
    """The first id of a slot that does not stand before ``na``."""
    if na is None:
        return (slot + 1) * _SLOT
    age, other = place_of(na)
    return slot * _SLOT + age + (slot < other)


def _find_grens(session: Session, key: Any, slot: int, top: int, stap: int) -> int | None:
    """The last row that a walk may look at; nothing when it comes to the first one before."""
    statement = select(key).where(key >= slot * _SLOT, key < top).order_by(key.desc()).offset(stap - 1).limit(1)
    return session.scalar(statement)
