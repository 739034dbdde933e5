"""Store the bijlagen of a large delivery before the delivery itself, a portion at a time: nobody waits for them all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from simulator.berichtenbox.queries.vooruit import (
    Portie,
    clear_portie,
    find_porties,
    forget_porties,
    list_porties,
    store_portie,
)
from simulator.berichtenbox.values import AangebodenBericht
from simulator.infra.clock import real_micros
from simulator.infra.ids import current_slot, made_at, new_ids, slot_of
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.telemetry import get_logger

GROOT = 2_000_000
"""Bytes of bijlagen: the most in one portion, and a delivery with more of them is stored in portions."""
_VERLATEN_NA = timedelta(hours=1)
"""No delivery takes so long, so what another process stored before that is nobody's any more."""
_BEZIG: set[int] = set()
"""The portions that a thread of this process has to do with, by ``van``."""
_BEGIN = datetime.min.replace(tzinfo=UTC)
_log = get_logger(__name__)


class Vooruit(NamedTuple):
    """What is there before its delivery: ``ids[i]`` is for its i-th bericht, and grows with the PublicatieDatum."""

    ids: Sequence[int]
    porties: Mapping[Portie, frozenset[int]]
    """By portion the berichten whose bijlagen are in it, by id."""

    def take(self, transaction: GroupTransaction, opgeslagen: AbstractSet[int]) -> frozenset[int]:
        """The berichten whose bijlagen are in this database: it may have been emptied, or somebody cleared them.

        Portions whose berichten are all stored are done; of the others the rest is to be cleared.
        """
        heel = [portie.van for portie, ids in self.porties.items() if ids <= opgeslagen]
        rest = [portie.van for portie, ids in self.porties.items() if not ids <= opgeslagen]
        er = forget_porties(transaction, heel) | (find_porties(transaction, rest) if rest else frozenset())
        return frozenset().union(*(ids for portie, ids in self.porties.items() if portie.van in er))


@contextmanager
def bijlagen_vooruit(
    omgeving: Omgeving, berichten: Sequence[AangebodenBericht], plaatsen: Collection[int]
) -> Iterator[Vooruit]:
    """Store the bijlagen of the berichten at ``plaatsen``; what has no bericht when the block ends is cleared away."""
    _clear(omgeving, _list_verlaten(omgeving))
    volgorde = sorted(range(len(berichten)), key=lambda plaats: berichten[plaats].publicatiedatum or _BEGIN)
    ids = [0] * len(berichten)
    for key, plaats in zip(new_ids(len(berichten)), volgorde, strict=True):
        ids[plaats] = key
    gekozen = frozenset(plaatsen)
    delen = list(_split(berichten, [plaats for plaats in volgorde if plaats in gekozen]))
    porties = {Portie(ids[deel[0]], ids[deel[-1]]): frozenset(ids[plaats] for plaats in deel) for deel in delen}
    eigen = {portie.van for portie in porties}
    _BEZIG.update(eigen)
    try:
        for portie, deel in zip(porties, delen, strict=True):
            with omgeving.unit_of_work() as uow:
                store_portie(uow.session, portie, [(ids[plaats], berichten[plaats].bijlagen) for plaats in deel])
        yield Vooruit(ids, porties)
    finally:
        _clear(omgeving, porties)
        _BEZIG.difference_update(eigen)


def _split(berichten: Sequence[AangebodenBericht], plaatsen: Sequence[int]) -> Iterator[list[int]]:
    """In portions; all bijlagen of one bericht are in one."""
    deel: list[int] = []
    omvang = 0
    for plaats in plaatsen:
        eigen = count_bytes([berichten[plaats]])
        if deel and omvang + eigen > GROOT:
            yield deel
            deel, omvang = [], 0
        deel.append(plaats)
        omvang += eigen
    if deel:
        yield deel


def count_bytes(berichten: Sequence[AangebodenBericht]) -> int:
    """The size of all their bijlagen together."""
    return sum([len(bijlage.inhoud) for bericht in berichten for bijlage in bericht.bijlagen])


def _list_verlaten(omgeving: Omgeving) -> list[Portie]:
    """What was left by a process that was killed, or could not be cleared."""
    grens = real_micros() - _VERLATEN_NA // timedelta(microseconds=1)
    with omgeving.reading() as session:
        porties = list_porties(session)
    return [
        portie
        for portie in porties
        if portie.van not in _BEZIG and (slot_of(portie.van) == current_slot() or made_at(portie.van) < grens)
    ]


def _clear(omgeving: Omgeving, porties: Collection[Portie]) -> None:
    """Mostly there is nothing. What fails here the next large delivery clears: the answer of this one is known."""
    if not porties:
        return
    try:
        with omgeving.reading() as session:
            er = set(list_porties(session))
        for portie in er.intersection(porties):
            with omgeving.unit_of_work() as uow:
                clear_portie(uow.session, portie)
    except Exception:  # noqa: BLE001 - as above
        _log.warning("bijlagen not cleared", exc_info=True, omgeving=omgeving.naam)
