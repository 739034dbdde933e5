"""What the traffic of an Afnemer with the Berichtenbox has shown: outcomes, and what came of berichten."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import (
    KENNISGEVING_VAN_BERICHT,
    STAND_VAN_BERICHT,
    Aanlevering,
    Bericht,
    Berichtstand,
    Kennisgeving,
)
from simulator.berichtenbox.queries.aanleveringen import AanleveringRecord, BerichtResultaat, as_record
from simulator.berichtenbox.values import NUL_GUID, Soort, Verwerkingscode
from simulator.infra.ids import AGE_MASK, public_id
from simulator.infra.sporen import Spoor, Sporenboek, list_vensters

_STATUS = "/api/berichtenbox/v1/status/"
_NOOIT_HERSTELD = frozenset({Verwerkingscode.VERWERKT, Verwerkingscode.BERICHT_BESTAAT_AL})


def list_sporen(session: Session, afnemer_id: int) -> dict[str, Spoor]:
    """What the deliveries by, or in the name of, this Afnemer have shown; looks at the newest rows only."""
    boek = Sporenboek()
    geweigerd: set[bytes] = set()
    for aanlevering, inhoud_hash in _list_aanleveringen(session, afnemer_id):
        bewijs = _prove(aanlevering, inhoud_hash)
        _note_aanlevering(boek, aanlevering, bewijs)
        for bericht in aanlevering.resultaat.berichten:
            _note_resultaat(boek, aanlevering.ontvangen_op, bericht, bewijs)
            if bericht.code is Verwerkingscode.VERWERKT and bericht.bericht_id in geweigerd:
                boek.note("bb.hersteld", aanlevering.ontvangen_op, bewijs | _describe(bericht))
            elif bericht.code not in _NOOIT_HERSTELD and bericht.bericht_id != NUL_GUID:
                geweigerd.add(bericht.bericht_id)
    _note_berichten(boek, session, afnemer_id)
    _note_kennisgevingen(boek, session, afnemer_id)
    return boek.sporen


def _list_aanleveringen(session: Session, afnemer_id: int) -> Iterator[tuple[AanleveringRecord, bytes]]:
    """Oldest first: a corrected resend comes after what it corrects."""
    columns = (
        Aanlevering.id, Aanlevering.soort, Aanlevering.extern_id, Aanlevering.ontvangen_op, Aanlevering.verwerkt_op,
        Aanlevering.resultaat, Aanlevering.inhoud_hash,
    )  # fmt: skip
    eigen = or_(Aanlevering.afnemer_id == afnemer_id, Aanlevering.namens_id == afnemer_id)
    rows: list[Sequence[Any]] = []
    for van, tot in list_vensters(session, Aanlevering.id):
        rows += session.execute(select(*columns).where(Aanlevering.id.between(van, tot), eigen)).all()
    rows.sort(key=lambda row: (row[3], row[0] & AGE_MASK))
    return ((as_record(*row[:6]), bytes(row[6])) for row in rows)


def _prove(aanlevering: AanleveringRecord, inhoud_hash: bytes) -> dict[str, str]:
    status_id = public_id(aanlevering.id)
    return {
        "koppelvlak": aanlevering.soort.value,
        "kenmerk": str(UUID(bytes=aanlevering.extern_id)),
        "statusID": status_id,
        "statusURI": _STATUS + status_id,
        "inhoudSha256": inhoud_hash.hex(),
    }


def _note_aanlevering(boek: Sporenboek, aanlevering: AanleveringRecord, bewijs: dict[str, str]) -> None:
    moment, resultaat = aanlevering.ontvangen_op, aanlevering.resultaat
    if resultaat.aantal > 1:
        boek.note("bb.batch", moment, bewijs | {"aantal": str(resultaat.aantal)})
    if aanlevering.soort is Soort.XML:
        boek.note("bb.xml", moment, bewijs)


def _note_resultaat(boek: Sporenboek, moment: datetime, bericht: BerichtResultaat, bewijs: dict[str, str]) -> None:
    bewijs = bewijs | _describe(bericht)
    boek.note(f"bb.code.{bericht.code.value}", moment, bewijs)
    if bericht.regel:
        boek.note(f"geweigerd.{bericht.regel}", moment, bewijs)


def _describe(bericht: BerichtResultaat) -> dict[str, str]:
    described = {"BerichtID": str(UUID(bytes=bericht.bericht_id)), "VerwerkingsCode": bericht.code.value}
    return described | ({"Toelichting": bericht.toelichting} if bericht.toelichting else {})


def _note_berichten(boek: Sporenboek, session: Session, afnemer_id: int) -> None:
    """What only the stored berichten tell: bijlagen, terms, publication later, and that somebody read one."""
    query = (
        select(
            Bericht.aanlevering_id, Bericht.bericht_id, Bericht.zichtbaar_vanaf, Bericht.einddatum_handelingstermijn,
            Bericht.aantal_bijlagen, Berichtstand.gelezen_op, Aanlevering.verwerkt_op,
        )
        .join(Aanlevering, Aanlevering.id == Bericht.aanlevering_id)
        .outerjoin(Berichtstand, STAND_VAN_BERICHT)
        .where(Bericht.afnemer_id == afnemer_id)
    )  # fmt: skip
    for van, tot in list_vensters(session, Bericht.id):
        for aanlevering_id, bericht_id, zichtbaar, einddatum, bijlagen, gelezen, verwerkt in session.execute(
            query.where(Bericht.id.between(van, tot))
        ):
            bewijs = {"BerichtID": str(UUID(bytes=bytes(bericht_id))), "statusID": public_id(aanlevering_id)}
            if bijlagen:
                boek.note("bb.bijlage", verwerkt, bewijs | {"bijlagen": str(bijlagen)})
            if einddatum is not None:
                boek.note("bb.einddatum", verwerkt, bewijs)
            if zichtbaar > verwerkt:
                boek.note("bb.later", verwerkt, bewijs | {"zichtbaarVanaf": f"{zichtbaar:%Y-%m-%dT%H:%M:%SZ}"})
            if gelezen is not None:
                boek.note("bb.gelezen", gelezen, bewijs)


def _note_kennisgevingen(boek: Sporenboek, session: Session, afnemer_id: int) -> None:
    query = (
        select(Kennisgeving.status, func.min(Kennisgeving.moment), func.count())
        .join(Bericht, KENNISGEVING_VAN_BERICHT)
        .where(Bericht.afnemer_id == afnemer_id)
        .group_by(Kennisgeving.status)
    )
    for van, tot in list_vensters(session, Kennisgeving.id):
        for status, moment, aantal in session.execute(query.where(Kennisgeving.id.between(van, tot))):
            boek.note(f"bb.kennisgeving.{status}", moment, {"status": status}, int(aantal))
