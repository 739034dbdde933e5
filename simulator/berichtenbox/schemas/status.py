"""The status of a delivery in JSON: as the result document, with the reason of each refusal."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from simulator.berichtenbox.queries.aanleveringen import AanleveringRecord, BerichtResultaat, Resultaat
from simulator.berichtenbox.values import TELLER_VAN_CODE, Fase, Soort, Teller

_TOTAAL = "TotaalAantalOntvangenBerichten"


class Status(StrEnum):
    """The published values; DELIVERED and FAILED belong to the transport of an ebMS adapter."""

    RECEIVED = "RECEIVED"
    IN_PROGRESS = "IN_PROGRESS"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    REPORT = "REPORT"


class OntvangstbewijsUit(msgspec.Struct, rename={"status_id": "statusID", "status_uri": "statusURI"}, frozen=True):
    """The answer to a delivery: where its status is to be found."""

    status_id: str
    status_uri: str


class BatchOntvangstbewijsUit(msgspec.Struct, frozen=True):
    """The answer to a batch: where its result is to be found, and its status in JSON with the reasons."""

    BatchID: str
    resultaatURI: str
    statusID: str
    statusURI: str


class BatchInformatie(msgspec.Struct, frozen=True):
    """The head of a result, with every counter."""

    BerichtLeverancierCode: str
    TotaalAantalOntvangenBerichten: int
    AantalBerichtenSuccesvolVerwerkt: int
    AantalBerichtenGeenActieveBoxOfGeabonneertOpLeverancier: int
    AantalBerichtenMetTechnischProbleem: int
    AantalBerichtenBerichtTypeNietCorrect: int
    AantalBerichtenPublicatieDatumNietCorrect: int
    AantalBerichtenAanmaakDatumNietCorrect: int
    DatumOntvangen: datetime
    DatumVerwerkt: datetime
    BatchID: str | UnsetType = UNSET


class VerwerktBericht(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one bericht; ``Regel``, ``Toelichting`` and ``Waarschuwingen`` are our own addition."""

    BerichtID: str
    BerichtType: str
    VerwerkingsCode: str
    Stadium: str
    Regel: str | UnsetType = UNSET
    Toelichting: str | UnsetType = UNSET
    Waarschuwingen: tuple[str, ...] | UnsetType = UNSET


class Aangeleverd(msgspec.Struct, frozen=True):
    """What was received."""

    BerichtLeverancierID: str
    TotaalAantalOntvangenBerichten: int
    DatumOntvangen: datetime


class Verwerkt(msgspec.Struct, frozen=True):
    """What became of it."""

    BatchInformatie: BatchInformatie
    Berichten: list[VerwerktBericht]


class StatusContext(msgspec.Struct, frozen=True):
    """``Verwerkt`` is there as soon as the status is REPORT."""

    Aangeleverd: Aangeleverd
    Verwerkt: Verwerkt | None


class StatusAntwoord(msgspec.Struct, frozen=True):
    """The status of one delivery."""

    id: str
    created: datetime
    status: Status
    context: StatusContext


_STATUS_VAN_FASE = {
    Fase.ONTVANGEN: Status.RECEIVED,
    Fase.IN_BEHANDELING: Status.IN_PROGRESS,
    Fase.VERWERKT: Status.REPORT,
}


def count_tellers(resultaat: Resultaat) -> dict[str, int]:
    """The total and every counter, in the order of the koppelvlak; what failed as a whole has one outcome for all."""
    codes = Counter(bericht.code for bericht in resultaat.berichten)
    tellers = {_TOTAAL: resultaat.aantal} | {teller.value: 0 for teller in Teller}
    for code, aantal in codes.items():
        tellers[TELLER_VAN_CODE[code].value] += aantal
    tellers[Teller.MET_TECHNISCH_PROBLEEM.value] += resultaat.aantal - len(resultaat.berichten)
    return tellers


def to_status(status_id: str, aanlevering: AanleveringRecord, fase: Fase) -> StatusAntwoord:
    """The answer to a status question."""
    resultaat = aanlevering.resultaat
    aangeleverd = Aangeleverd(resultaat.leverancier, resultaat.aantal, aanlevering.ontvangen_op)
    verwerkt = _to_verwerkt(aanlevering) if fase is Fase.VERWERKT else None
    return StatusAntwoord(
        status_id, aanlevering.ontvangen_op, _STATUS_VAN_FASE[fase], StatusContext(aangeleverd, verwerkt)
    )


def _to_verwerkt(aanlevering: AanleveringRecord) -> Verwerkt:
    resultaat = aanlevering.resultaat
    informatie = BatchInformatie(
        BerichtLeverancierCode=resultaat.leverancier,
        DatumOntvangen=aanlevering.ontvangen_op,
        DatumVerwerkt=aanlevering.verwerkt_op,
        BatchID=str(UUID(bytes=aanlevering.extern_id)) if aanlevering.soort is Soort.XML else UNSET,
        **count_tellers(resultaat),
    )
    return Verwerkt(informatie, [_to_bericht(bericht) for bericht in resultaat.berichten])


def _to_bericht(bericht: BerichtResultaat) -> VerwerktBericht:
    return VerwerktBericht(
        BerichtID=str(UUID(bytes=bericht.bericht_id)),
        BerichtType=bericht.berichttype,
        VerwerkingsCode=bericht.code.value,
        Stadium=bericht.stadium.value,
        Regel=bericht.regel or UNSET,
        Toelichting=bericht.toelichting or UNSET,
        Waarschuwingen=bericht.waarschuwingen or UNSET,
    )
