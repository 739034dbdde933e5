"""Process the deliveries of one transaction together: store, meter, plan and count, each with one statement for all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import cast

from simulator.afnemers import AfnemerRecord, Dienst
from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.errors.aanlevering import GelijktijdigAangeboden
from simulator.berichtenbox.models import AANLEVERINGEN
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat, Resultaat, encode_resultaat
from simulator.berichtenbox.rules.beoordeling import BESTAAT_AL, VERWERKT, Beoordeling, list_waarschuwingen
from simulator.berichtenbox.rules.telling import count_regels
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer
from simulator.berichtenbox.usecases.opslag import TeBewaren, store_berichten
from simulator.berichtenbox.usecases.vooruit import Vooruit
from simulator.berichtenbox.values import NUL_GUID, AangebodenBericht, Soort, Verwerkingscode
from simulator.infra.agenda import WERK
from simulator.infra.clock import to_micros
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.regels import Regel, Uitkomst
from simulator.verbruik import Verbruiksregel, meter

KENNISGEVEN = "berichtenbox.kennisgeven"
"""On the agenda: ``aantal`` berichten ``van`` .. ``tot`` (ids) are visible now: who wants a kennisgeving gets one."""
PUBLICEREN = "berichtenbox.publiceren"
"""On the agenda: berichten ``van`` .. ``tot`` reach their PublicatieDatum."""
_DIENST = Dienst.BERICHTENBOX.value
_ZICHTBAAR = attrgetter("zichtbaar_us")
_Opgeslagen = tuple[int, TeBewaren]
"""A bericht with the id under which it was stored."""
_ZONDER_EIGEN_ID = frozenset({Verwerkingscode.OIN_KOMT_NIET_OVEREEN, Verwerkingscode.XML_VALIDEERT_NIET})


@dataclass(slots=True)
class Levering:
    """One delivery while its transaction runs."""

    id: int
    sleutel: int
    invoer: AanleveringInvoer
    namens: AfnemerRecord | None
    """In whose name was delivered."""
    beoordelingen: list[Beoordeling]


def process_leveringen(
    transaction: GroupTransaction, omgeving: Omgeving, leveringen: Sequence[Levering], vooruit: Vooruit | None = None
) -> None:
    """Store what passed the judgement and all that follows from it; raises ``GelijktijdigAangeboden``.

    What is ``vooruit`` is of the one delivery that there is then.
    """
    verwerkt_us = transaction.moment_us + int(omgeving.instelling("verwerkingstijd", 0.0) * 1_000_000)
    # In order of publication, so that what becomes visible at one moment has ids in one range.
    kandidaten = sorted(_list_kandidaten(leveringen, verwerkt_us), key=_ZICHTBAAR)
    bewaard = store_berichten(transaction, kandidaten, vooruit)
    for plaats in bewaard.dubbel:
        dubbel = kandidaten[plaats]
        leveringen[dubbel.levering].beoordelingen[dubbel.plaats] = BESTAAT_AL
    rijen = [_to_rij(levering, transaction.moment_us, verwerkt_us) for levering in leveringen]
    if transaction.insert(AANLEVERINGEN, rijen, ignore_conflicts=True) != len(rijen):
        raise GelijktijdigAangeboden
    opgeslagen = list(zip(bewaard.ids, kandidaten, strict=True))
    if bewaard.dubbel:
        opgeslagen = [paar for plaats, paar in enumerate(opgeslagen) if plaats not in bewaard.dubbel]
    if vooruit is not None:  # its ids are in order of publication too, but within a moment in another than these
        opgeslagen.sort(key=itemgetter(0))
    _meter(transaction, leveringen, opgeslagen)
    _plan(transaction, opgeslagen, verwerkt_us)
    _tel(transaction, leveringen)


def _list_kandidaten(leveringen: Sequence[Levering], verwerkt_us: int) -> list[TeBewaren]:
    return [
        TeBewaren(
            bericht,
            levering.namens.id,
            levering.id,
            verwerkt_us if bericht.publicatiedatum is None else max(verwerkt_us, to_micros(bericht.publicatiedatum)),
            nummer,
            plaats,
        )
        for nummer, levering in enumerate(leveringen)
        if levering.namens is not None
        for plaats, bericht in enumerate(levering.invoer.aanbod.berichten)
        if levering.beoordelingen[plaats] is VERWERKT
    ]


def _to_rij(levering: Levering, ontvangen_us: int, verwerkt_us: int) -> tuple[object, ...]:
    aanbod, namens = levering.invoer.aanbod, levering.namens
    eigen = levering.beoordelingen[0].code not in _ZONDER_EIGEN_ID
    resultaat = Resultaat(aanbod.leverancier, aanbod.aantal, _list_resultaten(levering))
    return (
        levering.id, levering.invoer.aanleveraar.id, namens.id if namens is not None and eigen else None,
        aanbod.soort.value, levering.sleutel, aanbod.extern_id, aanbod.inhoud_hash, ontvangen_us, verwerkt_us,
        encode_resultaat(resultaat),
    )  # fmt: skip


def _list_resultaten(levering: Levering) -> list[BerichtResultaat]:
    berichten = levering.invoer.aanbod.berichten
    if not berichten:  # the document failed the schema: one outcome for all of it
        return [_to_resultaat(NUL_GUID, "", beoordeling) for beoordeling in levering.beoordelingen]
    return [
        BerichtResultaat(bericht.bericht_id, bericht.berichttype)
        if beoordeling is VERWERKT and not bericht.bijlagen
        else _explain(bericht, beoordeling)
        for bericht, beoordeling in zip(berichten, levering.beoordelingen, strict=True)
    ]


def _explain(bericht: AangebodenBericht, beoordeling: Beoordeling) -> BerichtResultaat:
    bericht_id = NUL_GUID if beoordeling.code in _ZONDER_EIGEN_ID else bericht.bericht_id
    waarschuwingen = list_waarschuwingen(bericht) if beoordeling is VERWERKT else ()
    return _to_resultaat(bericht_id, bericht.berichttype, beoordeling, waarschuwingen)


def _to_resultaat(
    bericht_id: bytes, berichttype: str, beoordeling: Beoordeling, waarschuwingen: tuple[str, ...] = ()
) -> BerichtResultaat:
    regel = "" if beoordeling.regel is None else beoordeling.regel.id
    return BerichtResultaat(
        bericht_id, berichttype, beoordeling.code, beoordeling.stadium, regel, beoordeling.toelichting, waarschuwingen
    )


def _meter(transaction: GroupTransaction, leveringen: Sequence[Levering], opgeslagen: Sequence[_Opgeslagen]) -> None:
    aantallen = Counter([(bewaard.levering, bewaard.bericht.berichttype) for _, bewaard in opgeslagen])
    regels = []
    for (nummer, berichttype), aantal in aantallen.items():
        levering = leveringen[nummer]
        afnemer_id = cast("AfnemerRecord", levering.namens).id
        intermediair = _intermediair(levering.invoer.aanleveraar.id, afnemer_id)
        regels.append(Verbruiksregel(levering.id, afnemer_id, berichttype, _DIENST, intermediair, aantal))
    meter(transaction, regels)


def _intermediair(aanleveraar_id: int, afnemer_id: int) -> int | None:
    return None if aanleveraar_id == afnemer_id else aanleveraar_id


def _plan(transaction: GroupTransaction, opgeslagen: Sequence[_Opgeslagen], verwerkt_us: int) -> None:
    for zichtbaar_us, groep in groupby(opgeslagen, key=lambda paar: paar[1].zichtbaar_us):
        ids = [key for key, _ in groep]
        soort = KENNISGEVEN if zichtbaar_us == verwerkt_us else PUBLICEREN
        for first in range(0, len(ids), WERK):
            deel = ids[first : first + WERK]
            transaction.plan(soort, zichtbaar_us, {"van": deel[0], "tot": deel[-1], "aantal": len(deel)})


def _tel(transaction: GroupTransaction, leveringen: Sequence[Levering]) -> None:
    """Count every rule once for the group, not once per bericht."""
    for soort in Soort:
        groep = [levering for levering in leveringen if levering.invoer.aanbod.soort is soort]
        if not groep:
            continue
        beoordelingen = [beoordeling for levering in groep for beoordeling in levering.beoordelingen]
        for regel, geslaagd, geweigerd in count_regels(beoordelingen, soort, _count_met_bijlagen(groep)):
            _tel_regel(transaction, regel, geslaagd, geweigerd)
        if soort is Soort.JSON:
            transaction.tel(catalogus.MESSAGE_ID_EENMALIG, Uitkomst.GESLAAGD, len(groep))
        for regel in {fout.regel for levering in groep for fout in levering.invoer.aanbod.vormfouten}:
            transaction.tel(regel, Uitkomst.GEWEIGERD)


def _tel_regel(transaction: GroupTransaction, regel: Regel, geslaagd: int, geweigerd: int) -> None:
    if geslaagd:
        transaction.tel(regel, Uitkomst.GESLAAGD, geslaagd)
    if geweigerd:
        transaction.tel(regel, Uitkomst.GEWEIGERD, geweigerd)


def _count_met_bijlagen(leveringen: Sequence[Levering]) -> int:
    return sum(
        1
        for levering in leveringen
        for bericht, beoordeling in zip(levering.invoer.aanbod.berichten, levering.beoordelingen, strict=False)
        if bericht.bijlagen and beoordeling is VERWERKT
    )
