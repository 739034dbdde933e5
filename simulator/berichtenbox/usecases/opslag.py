"""Store berichten that passed the judgement: each BerichtID of an Afnemer once, whatever arrives at the same time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import NamedTuple, cast

from simulator.berichtenbox.models import BERICHTEN, BIJLAGEN
from simulator.berichtenbox.queries.berichten import find_berichten
from simulator.berichtenbox.queries.vooruit import bijlage_rijen
from simulator.berichtenbox.usecases.vooruit import Vooruit
from simulator.berichtenbox.values import AangebodenBericht
from simulator.infra.clock import to_micros
from simulator.infra.ids import new_ids, stable_hash, stable_hashes
from simulator.infra.omgeving import GroupTransaction

_ID, _AFNEMER_ID, _BERICHT_ID, _DEDUPE = (
    list(BERICHTEN.columns.keys()).index(naam) for naam in ("id", "afnemer_id", "bericht_id", "dedupe")
)
_Rij = tuple[object, ...]
_VROEGST_US, _LAATST_US = to_micros(datetime(1, 1, 2, tzinfo=UTC)), to_micros(datetime(9999, 12, 31, tzinfo=UTC))
"""What the calendar of every time zone has room for."""


class TeBewaren(NamedTuple):
    """A bericht on its way to the database."""

    bericht: AangebodenBericht
    afnemer_id: int
    aanlevering_id: int
    zichtbaar_us: int
    levering: int
    """Which delivery of the transaction it came with, and as which bericht of that."""
    plaats: int


class Bewaard(NamedTuple):
    """Where the berichten went: ``ids[i]`` belongs to the i-th, unless that was ``dubbel``."""

    ids: Sequence[int]
    dubbel: frozenset[int]


def dedupe_key(afnemer_id: int, bericht_id: bytes, salt: int = 0) -> int:
    """The 64-bit key under which a BerichtID of an Afnemer is unique; another ``salt`` when two of them collide."""
    return stable_hash(_dedupe_text(afnemer_id, bericht_id, salt))


def _dedupe_text(afnemer_id: int, bericht_id: bytes, salt: int = 0) -> bytes:
    text = b"%b\x00%b" % (_as_bytes(afnemer_id), bericht_id)
    return b"%b\x00%b" % (text, salt.to_bytes(2, "big")) if salt else text


@lru_cache(maxsize=1024)
def _as_bytes(afnemer_id: int) -> bytes:
    return afnemer_id.to_bytes(8, "big")


def store_berichten(
    transaction: GroupTransaction, berichten: Sequence[TeBewaren], vooruit: Vooruit | None = None
) -> Bewaard:
    """One statement for the berichten and one for their bijlagen; more only when a BerichtID was there already.

    Those of one delivery whose bijlagen were stored ahead get the ids that it has for them.
    """
    ids = _take_ids(berichten, vooruit)
    sleutels = stable_hashes([_dedupe_text(each.afnemer_id, each.bericht.bericht_id) for each in berichten])
    rijen = [_to_rij(*each) for each in zip(ids, sleutels, berichten, strict=True)]
    bewaard = transaction.insert(BERICHTEN, rijen, ignore_conflicts=True)
    dubbel = frozenset() if bewaard == len(rijen) else _find_dubbele(transaction, rijen)
    er_al = frozenset[int]()
    if vooruit is not None:
        er_al = vooruit.take(transaction, {key for plaats, key in enumerate(ids) if plaats not in dubbel})
    bijlagen = [
        rij
        for plaats, (key, each) in enumerate(zip(ids, berichten, strict=True))
        if each.bericht.bijlagen and plaats not in dubbel and key not in er_al
        for rij in bijlage_rijen(key, each.bericht.bijlagen)
    ]
    transaction.insert(BIJLAGEN, bijlagen)
    return Bewaard(ids, dubbel)


def list_nieuw(
    transaction: GroupTransaction, afnemer_id: int, berichten: Sequence[AangebodenBericht], plaatsen: Iterable[int]
) -> list[int]:
    """Of the berichten at ``plaatsen`` the first with each BerichtID that the Afnemer did not use before."""
    per_id = {berichten[plaats].bericht_id: plaats for plaats in reversed(list(plaatsen))}
    sleutels = [dedupe_key(afnemer_id, bericht_id) for bericht_id in per_id]
    for opgeslagen in find_berichten(transaction, sleutels).values():
        if opgeslagen.afnemer_id == afnemer_id:
            per_id.pop(opgeslagen.bericht_id, None)
    return sorted(per_id.values())


def _take_ids(berichten: Sequence[TeBewaren], vooruit: Vooruit | None) -> Sequence[int]:
    if vooruit is not None:
        return [vooruit.ids[each.plaats] for each in berichten]
    return new_ids(len(berichten)) if berichten else range(0)


def _to_rij(key: int, sleutel: int, te_bewaren: TeBewaren) -> _Rij:
    bericht, afnemer_id, aanlevering_id, zichtbaar_us, _, _ = te_bewaren
    einddatum = bericht.einddatum_handelingstermijn
    return (
        key, int(bericht.gebruiker), zichtbaar_us, afnemer_id, aanlevering_id, bericht.bericht_id,
        sleutel, bericht.berichttype, bericht.onderwerp, bericht.tekst,
        bericht.referentie, None if einddatum is None else _within_calendar(einddatum), len(bericht.bijlagen), False,
    )  # fmt: skip


def _within_calendar(einddatum: datetime) -> int:
    """ASSUMPTION: no document bounds a termijn, so one that no calendar can show is stored as the nearest that can."""
    return min(max(to_micros(einddatum), _VROEGST_US), _LAATST_US)


def _find_dubbele(transaction: GroupTransaction, rijen: Sequence[_Rij]) -> frozenset[int]:
    """Tell a BerichtID that was there from one whose 64-bit key happens to be taken by another; store the latter."""
    dubbel: set[int] = set()
    te_gaan = dict(enumerate(rijen))
    for salt in count(1):
        opgeslagen = find_berichten(transaction, [_key(rij) for rij in te_gaan.values()])
        botsing: dict[int, _Rij] = {}
        for plaats, rij in te_gaan.items():
            gevonden = opgeslagen[_key(rij)]
            if gevonden.id == rij[_ID]:
                continue
            if (gevonden.afnemer_id, gevonden.bericht_id) == (rij[_AFNEMER_ID], rij[_BERICHT_ID]):
                dubbel.add(plaats)
            else:
                botsing[plaats] = _resalt(rij, salt)
        if not botsing:
            break
        transaction.insert(BERICHTEN, list(botsing.values()), ignore_conflicts=True)
        te_gaan = botsing
    return frozenset(dubbel)


def _key(rij: _Rij) -> int:
    return cast("int", rij[_DEDUPE])


def _resalt(rij: _Rij, salt: int) -> _Rij:
    sleutel = dedupe_key(cast("int", rij[_AFNEMER_ID]), cast("bytes", rij[_BERICHT_ID]), salt)
    return (*rij[:_DEDUPE], sleutel, *rij[_DEDUPE + 1 :])
