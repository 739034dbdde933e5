"""Prove that what is metered of Lopende Zaken is what was acknowledged: every delivery once, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.afnemers import Dienst
from simulator.infra.omgeving import Omgeving
from simulator.lopende_zaken.queries.controle import list_zaakberichten
from simulator.verbruik import list_feiten


@dataclass(frozen=True, slots=True)
class Verschil:
    """A delivery that was stored and metered a different number of times."""

    zaakbericht_id: int
    afnemer_id: int
    opgeslagen: int
    gemeten: int


def check_zaken(omgeving: Omgeving) -> list[Verschil]:
    """The deliveries whose metering differs from what was stored; none is what it should be."""
    with omgeving.reading() as session:
        feiten = ((each.aanlevering_id, each.afnemer_id, each.aantal) for each in list_feiten(session, _DIENST))
        berichten = ((*each, 1) for each in list_zaakberichten(session))
        return list(_compare(berichten, feiten))


_DIENST = Dienst.LOPENDE_ZAKEN
_Telling = tuple[int, int, int]


def _compare(opgeslagen: Iterator[_Telling], gemeten: Iterator[_Telling]) -> Iterator[Verschil]:
    """Walk both in order side by side, so that millions need no memory."""
    links, rechts = next(opgeslagen, None), next(gemeten, None)
    while links is not None or rechts is not None:
        key = min(each[:2] for each in (links, rechts) if each is not None)
        wel = links[2] if links is not None and links[:2] == key else 0
        telt = rechts[2] if rechts is not None and rechts[:2] == key else 0
        if wel != telt:
            yield Verschil(*key, wel, telt)
        links = next(opgeslagen, None) if wel else links
        rechts = next(gemeten, None) if telt else rechts
