"""Process the deliveries of one transaction together: store, meter, plan and count, each with one statement for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from simulator.afnemers import Dienst
from simulator.berichtenbox.errors import catalogus
from simulator.berichtenbox.errors.aanlevering import GelijktijdigAangeboden
from simulator.berichtenbox.models import AANLEVERINGEN
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat, Resultaat, encode_resultaat
from simulator.berichtenbox.rules.beoordeling import BESTAAT_AL, VERWERKT, Beoordeling, list_waarschuwingen
from simulator.berichtenbox.rules.telling import count_regels
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer, Oordeel
from simulator.berichtenbox.usecases.opslag import TeBewaren, store_berichten
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
_ZONDER_EIGEN_ID = frozenset({Verwerkingscode.OIN_KOMT_NIET_OVEREEN, Verwerkingscode.XML_VALIDEERT_NIET})


@dataclass(slots=True)
class Levering:
    """One delivery while its transaction runs."""

    id: int
    sleutel: int
    invoer: AanleveringInvoer
    oordeel: Oordeel
    beoordelingen: list[Beoordeling]


class _Kandidaat(NamedTuple):
    """A bericht to store, and where its outcome is noted."""

    te_bewaren: TeBewaren
    levering: Levering
    plaats: int


def process_leveringen(transaction: GroupTransaction, omgeving: Omgeving, leveringen: Sequence[Levering]) -> None:
    """Store what passed the judgement and all that follows from it; raises ``GelijktijdigAangeboden``."""
    verwerkt_us = transaction.moment_us + int(omgeving.instelling("verwerkingstijd", 0.0) * 1_000_000)
    kandidaten = [each for levering in leveringen for each in _list_kandidaten(levering, verwerkt_us)]
    # In order of publication, so that what becomes visible at one moment has ids in one range.
    kandidaten.sort(key=lambda kandidaat: kandidaat.te_bewaren.zichtbaar_us)
    bewaard = store_berichten(transaction, [kandidaat.te_bewaren for kandidaat in kandidaten])
    for plaats in bewaard.dubbel:
        kandidaten[plaats].levering.beoordelingen[kandidaten[plaats].plaats] = BESTAAT_AL
    rijen = [_to_rij(levering, transaction.moment_us, verwerkt_us) for levering in leveringen]
    if transaction.insert(AANLEVERINGEN, rijen, ignore_conflicts=True) != len(rijen):
        raise GelijktijdigAangeboden
    opgeslagen = [
        (key, kandidaat)
        for plaats, (key, kandidaat) in enumerate(zip(bewaard.ids, kandidaten, strict=True))
        if plaats not in bewaard.dubbel
    ]
    _meter(transaction, opgeslagen)
    _plan(transaction, opgeslagen, verwerkt_us)
    _tel(transaction, leveringen)


def _list_kandidaten(levering: Levering, verwerkt_us: int) -> Iterator[_Kandidaat]:
    namens = levering.oordeel.namens
    if namens is None:
        return
    for plaats, bericht in enumerate(levering.invoer.aanbod.berichten):
        if levering.beoordelingen[plaats] is VERWERKT:
            publicatie = bericht.publicatiedatum
            zichtbaar_us = verwerkt_us if publicatie is None else max(verwerkt_us, to_micros(publicatie))
            yield _Kandidaat(TeBewaren(bericht, namens.id, levering.id, zichtbaar_us), levering, plaats)


def _to_rij(levering: Levering, ontvangen_us: int, verwerkt_us: int) -> tuple[object, ...]:
    aanbod, oordeel = levering.invoer.aanbod, levering.oordeel
    namens = oordeel.namens
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


def _meter(transaction: GroupTransaction, opgeslagen: Sequence[tuple[int, _Kandidaat]]) -> None:
    aantallen: dict[tuple[int, int, str, int], int] = {}
    for _, (te_bewaren, levering, _) in opgeslagen:
        key = (levering.id, te_bewaren.afnemer_id, te_bewaren.bericht.berichttype, levering.invoer.aanleveraar.id)
        aantallen[key] = aantallen.get(key, 0) + 1
    meter(
        transaction,
        [
            Verbruiksregel(aanlevering, afnemer, code, _DIENST, _intermediair(aanleveraar, afnemer), aantal)
            for (aanlevering, afnemer, code, aanleveraar), aantal in aantallen.items()
        ],
    )


def _intermediair(aanleveraar_id: int, afnemer_id: int) -> int | None:
    return None if aanleveraar_id == afnemer_id else aanleveraar_id


def _plan(transaction: GroupTransaction, opgeslagen: Sequence[tuple[int, _Kandidaat]], verwerkt_us: int) -> None:
    for zichtbaar_us, groep in groupby(opgeslagen, key=lambda paar: paar[1].te_bewaren.zichtbaar_us):
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
