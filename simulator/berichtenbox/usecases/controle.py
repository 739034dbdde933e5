"""Prove that what is metered is what was stored, every bericht once, with the bijlagen that it came with."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from simulator.afnemers import Dienst
from simulator.berichtenbox.queries.controle import Aantal, list_aantallen, list_bijlage_aantallen
from simulator.infra.omgeving import Omgeving
from simulator.verbruik import list_feiten

_Aantallen = dict[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Verschil:
    """A delivery of which the stored berichten and the metered ones differ in number."""

    aanlevering_id: int
    afnemer_id: int
    berichttype: str
    opgeslagen: int
    gemeten: int


@dataclass(frozen=True, slots=True)
class Bijlageverschil:
    """A bericht of which not all bijlagen are there, or too many; ``bericht`` is its id."""

    bericht: int
    aangeleverd: int
    gevonden: int


def check_bijlagen(omgeving: Omgeving) -> list[Bijlageverschil]:
    """The berichten that have another number of bijlagen than they came with; of erased ones none are left."""
    with omgeving.reading() as session:
        return [Bijlageverschil(*row) for row in list_bijlage_aantallen(session)]


def check_berichten(omgeving: Omgeving) -> list[Verschil]:
    """The deliveries whose metering differs from their berichten, erased ones included; none is what it should be."""
    with omgeving.reading() as session:
        feiten = (
            Aantal(feit.aanlevering_id, feit.afnemer_id, feit.berichttype, feit.aantal)
            for feit in list_feiten(session, Dienst.BERICHTENBOX)
        )
        return list(_compare(_per_aanlevering(list_aantallen(session)), _per_aanlevering(feiten)))


def _per_aanlevering(aantallen: Iterator[Aantal]) -> Iterator[tuple[int, _Aantallen]]:
    for aanlevering_id, groep in groupby(aantallen, key=lambda each: each.aanlevering_id):
        yield aanlevering_id, {(each.afnemer_id, each.berichttype): each.aantal for each in groep}


def _compare(
    opgeslagen: Iterator[tuple[int, _Aantallen]], gemeten: Iterator[tuple[int, _Aantallen]]
) -> Iterator[Verschil]:
    """Walk both in order of delivery side by side, so that millions need no memory."""
    links, rechts = next(opgeslagen, None), next(gemeten, None)
    while links is not None or rechts is not None:
        aanlevering_id = min(each[0] for each in (links, rechts) if each is not None)
        wel = links[1] if links is not None and links[0] == aanlevering_id else {}
        telt = rechts[1] if rechts is not None and rechts[0] == aanlevering_id else {}
        for key in sorted(wel.keys() | telt.keys()):
            if wel.get(key, 0) != telt.get(key, 0):
                yield Verschil(aanlevering_id, *key, wel.get(key, 0), telt.get(key, 0))
        links = next(opgeslagen, None) if wel else links
        rechts = next(gemeten, None) if telt else rechts
