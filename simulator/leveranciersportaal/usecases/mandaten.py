"""Mandaten as an Afnemer gives and takes them itself: it decides who may deliver in its name, and about nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index, beheer
from simulator.infra.omgeving import Omgeving
from simulator.leveranciersportaal.usecases.toegang import check_toegang

_VOORSTELLEN = 50
Wijzig = Callable[[Omgeving, AfnemerRecord, str], AfnemerRecord]


class Mandaat(NamedTuple):
    """The other side of a mandaat, and since when."""

    afnemer: AfnemerRecord
    sinds: datetime


@dataclass(frozen=True, slots=True)
class Mandaten:
    """What an Afnemer gave and what it got."""

    gegeven: tuple[Mandaat, ...]
    gekregen: tuple[Mandaat, ...]
    voorstellen: tuple[AfnemerRecord, ...]
    """Afnemers of the Berichtenbox that have no mandaat yet, to choose from."""


def get_mandaten(omgeving: Omgeving, afnemer: AfnemerRecord) -> Mandaten:
    """Both sides, by name."""
    by_id = afnemer_index(omgeving).by_id
    with omgeving.reading() as session:
        found = beheer.list_mandaten(session, afnemer.id)
    gegeven = [Mandaat(by_id[each.intermediair_id], each.verleend_op) for each in found if each.namens_id == afnemer.id]
    gekregen = [Mandaat(by_id[each.namens_id], each.verleend_op) for each in found if each.namens_id != afnemer.id]
    known = {afnemer.id, *(each.afnemer.id for each in gegeven)}
    voorstellen = [
        each for each in by_id.values() if each.id not in known and each.actief and Dienst.BERICHTENBOX in each.diensten
    ]
    return Mandaten(
        tuple(sorted(gegeven, key=_naam_of)),
        tuple(sorted(gekregen, key=_naam_of)),
        tuple(sorted(voorstellen, key=lambda each: each.naam)[:_VOORSTELLEN]),
    )


def grant_mandaat(omgeving: Omgeving, afnemer: AfnemerRecord, oin: str) -> AfnemerRecord:
    """Let the Afnemer with this OIN deliver in the name of the caller; answers it.

    Raises ``AfnemerNietActief``, ``DienstNietAfgenomen``, ``AfnemerNotFound`` or ``MandaatOngeldig``.
    """
    check_toegang(afnemer, Dienst.BERICHTENBOX)
    beheer.add_mandaat(omgeving, oin, str(afnemer.oin))
    return afnemer_index(omgeving).by_oin[oin]


def withdraw_mandaat(omgeving: Omgeving, afnemer: AfnemerRecord, oin: str) -> AfnemerRecord:
    """Take it back, in force for the next delivery; without a mandaat this changes nothing."""
    check_toegang(afnemer, Dienst.BERICHTENBOX)
    beheer.remove_mandaat(omgeving, oin, str(afnemer.oin))
    return afnemer_index(omgeving).by_oin[oin]


def _naam_of(mandaat: Mandaat) -> str:
    return mandaat.afnemer.naam
