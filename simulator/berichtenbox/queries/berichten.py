"""Finding what was delivered before, by flat keys; statements of the hot path, compiled once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from simulator.berichtenbox.models import Aanlevering, Bericht
from simulator.infra.database import any_of
from simulator.infra.omgeving import GroupTransaction

_BY_DEDUPE = select(Bericht.dedupe, Bericht.id, Bericht.afnemer_id, Bericht.bericht_id).where(
    any_of(Bericht.dedupe, "sleutels")
)
_BY_SLEUTEL = select(
    Aanlevering.sleutel, Aanlevering.id, Aanlevering.afnemer_id, Aanlevering.extern_id, Aanlevering.inhoud_hash
).where(any_of(Aanlevering.sleutel, "sleutels"))  # fmt: skip


class OpgeslagenBericht(NamedTuple):
    """What tells one stored bericht from another."""

    id: int
    afnemer_id: int
    bericht_id: bytes


class EerdereAanlevering(NamedTuple):
    """What tells whether a delivery is the same as one before."""

    id: int
    afnemer_id: int
    extern_id: bytes
    inhoud_hash: bytes


def find_berichten(transaction: GroupTransaction, sleutels: Sequence[int]) -> Mapping[int, OpgeslagenBericht]:
    """Stored berichten by their dedupe key."""
    rows = transaction.query(_BY_DEDUPE, sleutels=list(sleutels))
    return {
        dedupe: OpgeslagenBericht(key, afnemer_id, bytes(bericht_id)) for dedupe, key, afnemer_id, bericht_id in rows
    }


def find_aanleveringen(transaction: GroupTransaction, sleutels: Sequence[int]) -> Mapping[int, EerdereAanlevering]:
    """Earlier deliveries by their key."""
    rows = transaction.query(_BY_SLEUTEL, sleutels=list(sleutels))
    return {
        sleutel: EerdereAanlevering(key, afnemer, bytes(extern), bytes(inhoud))
        for sleutel, key, afnemer, extern, inhoud in rows
    }
