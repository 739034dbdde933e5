"""What is decided about the deliveries of one transaction: from frozen records, and what people changed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, afnemer_index
from simulator.berichtenbox.queries.berichttypes import GEEN_BERICHTTYPES, berichttype_index
from simulator.berichtenbox.rules.beoordeling import GEEN_BSN, Beoordeling, Kader, judge_aanbod, judge_bericht
from simulator.berichtenbox.rules.machtiging import judge_machtiging, judge_ontvangst
from simulator.berichtenbox.values import Aanbod, Soort
from simulator.gebruikers import is_bsn, ontvangst
from simulator.infra.omgeving import GroupTransaction, Omgeving

_ONGEWIJZIGD = ontvangst.ONGEWIJZIGD
_ONTVANGT = ontvangst.OntvangstSoort.ONTVANGT


class AanleveringInvoer(NamedTuple):
    """A delivery and who brings it."""

    aanleveraar: AfnemerRecord
    aanbod: Aanbod


class Oordeel(NamedTuple):
    """The judgement of a delivery."""

    namens: AfnemerRecord | None
    beoordelingen: list[Beoordeling]
    """One per bericht; exactly one when the document failed the schema."""


class _Grond(NamedTuple):
    """What deliveries by one Afnemer in the name of one OIN are judged on."""

    namens: AfnemerRecord | None
    afwijzing: Beoordeling | None
    """Why the delivery fails as a whole."""
    kader: Kader | None


class Oordelaar:
    """Judges the deliveries of one transaction; what they have in common is looked up once."""

    def __init__(
        self, transaction: GroupTransaction, omgeving: Omgeving, invoeren: Iterable[AanleveringInvoer]
    ) -> None:
        if omgeving.state.generation != transaction.generation:
            omgeving.refresh()
        self._moment = transaction.moment
        self._index = afnemer_index(omgeving)
        self._berichttypes = berichttype_index(omgeving)
        self._ontvangers = ontvangst.load_ontvangers(omgeving)
        gebruikers = {bericht.gebruiker for invoer in invoeren for bericht in invoer.aanbod.berichten}
        self._bsns = {gebruiker: int(gebruiker) for gebruiker in gebruikers if is_bsn(gebruiker)}
        bsns = sorted(self._bsns.values())
        self._wijzigingen = ontvangst.find_wijzigingen(transaction, bsns) if bsns else {}
        self._gronden: dict[tuple[int, str], _Grond] = {}

    def judge(self, invoer: AanleveringInvoer) -> Oordeel:
        """Judge every bericht, apart from its BerichtID being new."""
        berichten = invoer.aanbod.berichten
        namens, afwijzing, kader = self._find_grond(invoer)
        if kader is None:
            return Oordeel(namens, [afwijzing or GEEN_BSN] * max(1, len(berichten)))
        return Oordeel(namens, [judge_bericht(bericht, kader) for bericht in berichten])

    def _find_grond(self, invoer: AanleveringInvoer) -> _Grond:
        if invoer.aanbod.soort is Soort.XML:  # a date, a BatchID and mistakes of its own
            return self._make_grond(invoer)
        key = (invoer.aanleveraar.id, invoer.aanbod.leverancier)
        grond = self._gronden.get(key)
        if grond is None:
            grond = self._gronden[key] = self._make_grond(invoer)
        return grond

    def _make_grond(self, invoer: AanleveringInvoer) -> _Grond:
        aanbod = invoer.aanbod
        namens = self._index.by_oin.get(aanbod.leverancier)
        aanleveraar = self._index.by_id.get(invoer.aanleveraar.id, invoer.aanleveraar)
        afwijzing = judge_aanbod(aanbod, self._moment, judge_machtiging(aanleveraar, namens))
        if namens is None or afwijzing is not None:
            return _Grond(namens, afwijzing, None)
        kader = Kader(
            begin=aanbod.aanmaakdatum or self._moment,
            berichttypes=self._berichttypes.get(namens.id, GEEN_BERICHTTYPES),
            ontvangst=self._decide_ontvangst(namens),
            batch_id=aanbod.extern_id if aanbod.soort is Soort.XML else None,
        )
        return _Grond(namens, None, kader)

    def _decide_ontvangst(self, namens: AfnemerRecord) -> Callable[[str], Beoordeling | None]:
        oin, afnemer_id = str(namens.oin), namens.id
        bsns, wijzigingen, judge = self._bsns, self._wijzigingen, self._ontvangers.judge

        def decide(gebruiker: str) -> Beoordeling | None:
            bsn = bsns.get(gebruiker)
            if bsn is None:
                return GEEN_BSN
            antwoord = judge(bsn, oin, afnemer_id, wijzigingen.get(bsn, _ONGEWIJZIGD))
            return None if antwoord.soort is _ONTVANGT else judge_ontvangst(antwoord)

        return decide
