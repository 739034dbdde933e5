"""What is decided about a delivery before anything is stored: from frozen records, so outside the transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.berichtenbox.queries.berichttypes import GEEN_BERICHTTYPES, berichttype_index
from simulator.berichtenbox.rules.beoordeling import GEEN_BSN, VERWERKT, Beoordeling, Kader, judge_aanbod, judge_bericht
from simulator.berichtenbox.rules.machtiging import judge_machtiging, judge_ontvangst
from simulator.berichtenbox.values import Aanbod, Soort
from simulator.gebruikers import is_bsn, ontvangst
from simulator.infra.omgeving import Omgeving

_GEEN_WIJZIGINGEN: Mapping[int, ontvangst.Wijziging] = {}
_ONGEWIJZIGD = ontvangst.ONGEWIJZIGD
_ONTVANGT = ontvangst.OntvangstSoort.ONTVANGT


class AanleveringInvoer(NamedTuple):
    """A delivery and who brings it."""

    aanleveraar: AfnemerRecord
    aanbod: Aanbod


class Oordeel(NamedTuple):
    """The judgement of a delivery on the records of one ``generation``; the changes that people made come later."""

    generation: int
    namens: AfnemerRecord | None
    kader: Kader | None
    """Absent when the delivery fails as a whole."""
    ontvangers: ontvangst.Ontvangers
    beoordelingen: list[Beoordeling]
    """One per bericht; exactly one when the document failed the schema."""


def judge_aanlevering(omgeving: Omgeving, invoer: AanleveringInvoer, moment: datetime) -> Oordeel:
    """Judge every bericht by the cached records; the answers of ``gebruikers`` are as computed, without changes."""
    aanbod = invoer.aanbod
    generation = omgeving.state.generation
    index = afnemer_index(omgeving)
    ontvangers = ontvangst.load_ontvangers(omgeving)
    namens = index.by_oin.get(aanbod.leverancier)
    aanleveraar = index.by_id.get(invoer.aanleveraar.id, invoer.aanleveraar)
    afwijzing = judge_aanbod(aanbod, moment, judge_machtiging(aanleveraar, namens))
    if namens is None or afwijzing is not None:
        return Oordeel(generation, namens, None, ontvangers, [afwijzing or GEEN_BSN] * max(1, len(aanbod.berichten)))
    kader = Kader(
        begin=aanbod.aanmaakdatum or moment,
        berichttypes=berichttype_index(omgeving).get(namens.id, GEEN_BERICHTTYPES),
        ontvangst=_decide_ontvangst(ontvangers, namens, _GEEN_WIJZIGINGEN),
        batch_id=aanbod.extern_id if aanbod.soort is Soort.XML else None,
    )
    return Oordeel(
        generation, namens, kader, ontvangers, [judge_bericht(bericht, kader) for bericht in aanbod.berichten]
    )


def _decide_ontvangst(
    ontvangers: ontvangst.Ontvangers, namens: AfnemerRecord, wijzigingen: Mapping[int, ontvangst.Wijziging]
) -> Callable[[str], Beoordeling | None]:
    oin, afnemer_id = str(namens.oin), namens.id

    def decide(gebruiker: str) -> Beoordeling | None:
        if not is_bsn(gebruiker):
            return GEEN_BSN
        bsn = int(gebruiker)
        antwoord = ontvangers.judge(bsn, oin, afnemer_id, wijzigingen.get(bsn, _ONGEWIJZIGD))
        return None if antwoord.soort is _ONTVANGT else judge_ontvangst(antwoord)

    return decide


def list_bsns(invoer: AanleveringInvoer, oordeel: Oordeel) -> list[int]:
    """The people whose changes matter to this delivery."""
    if oordeel.kader is None:
        return []
    paren = zip(invoer.aanbod.berichten, oordeel.beoordelingen, strict=True)
    return [
        int(bericht.gebruiker)
        for bericht, beoordeling in paren
        if beoordeling is VERWERKT or is_bsn(bericht.gebruiker)  # what passed the judgement is a BSN
    ]


def judge_wijzigingen(
    invoer: AanleveringInvoer, oordeel: Oordeel, wijzigingen: Mapping[int, ontvangst.Wijziging]
) -> list[Beoordeling]:
    """The judgement, with the few berichten judged anew whose addressee ever changed something."""
    beoordelingen = list(oordeel.beoordelingen)
    if not wijzigingen or oordeel.kader is None or oordeel.namens is None:
        return beoordelingen
    kader = oordeel.kader._replace(ontvangst=_decide_ontvangst(oordeel.ontvangers, oordeel.namens, wijzigingen))
    for plaats, bericht in enumerate(invoer.aanbod.berichten):
        if is_bsn(bericht.gebruiker) and int(bericht.gebruiker) in wijzigingen:
            beoordelingen[plaats] = judge_bericht(bericht, kader)
    return beoordelingen
