"""What the traffic of an Afnemer with the Berichtenbox has shown: outcomes, and what came of berichten."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

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
_GROOT, _GROTE = 400, 20
"""Of deliveries whose result has so many bytes, some ten berichten, only the newest few are looked at: what an Afnemer
tries is small, what it sends under load is not, and the first must not be pushed out of sight by the second."""
_kind_of = attrgetter("code", "regel")


class Kenmerk(NamedTuple):
    """Something that a stored bericht may show: when that holds, since which moment, and what to say of it."""

    sleutel: str
    geldt: ColumnElement[bool]
    moment: InstrumentedAttribute[Any]
    describe: Callable[[int, datetime], dict[str, str]] = lambda _bijlagen, _zichtbaar: {}


_KENMERKEN = (
    Kenmerk("bb.bijlage", Bericht.aantal_bijlagen > 0, Aanlevering.verwerkt_op,
            lambda bijlagen, _: {"bijlagen": str(bijlagen)}),
    Kenmerk("bb.einddatum", Bericht.einddatum_handelingstermijn.is_not(None), Aanlevering.verwerkt_op),
    Kenmerk("bb.later", Bericht.zichtbaar_vanaf > Aanlevering.verwerkt_op, Aanlevering.verwerkt_op,
            lambda _, zichtbaar: {"zichtbaarVanaf": f"{zichtbaar:%Y-%m-%dT%H:%M:%SZ}"}),
    Kenmerk("bb.gelezen", Berichtstand.gelezen_op.is_not(None), Berichtstand.gelezen_op),
)  # fmt: skip


def list_sporen(session: Session, afnemer_id: int) -> dict[str, Spoor]:
    """What the deliveries by, or in the name of, this Afnemer have shown; looks at the newest rows only."""
    boek = Sporenboek()
    geweigerd: set[bytes] = set()
    for aanlevering, inhoud_hash in _list_aanleveringen(session, afnemer_id):
        bewijs = _prove(aanlevering, inhoud_hash)
        _note_aanlevering(boek, aanlevering, bewijs)
        _note_resultaten(boek, aanlevering, bewijs)
        if geweigerd or any(each.code not in _NOOIT_HERSTELD for each in aanlevering.resultaat.berichten):
            _note_hersteld(boek, aanlevering, bewijs, geweigerd)
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
    is_groot = func.length(Aanlevering.resultaat) > _GROOT
    rows: list[Sequence[Any]] = []
    for van, tot in list_vensters(session, Aanlevering.id):
        query = select(*columns).where(Aanlevering.id.between(van, tot), eigen)
        rows += session.execute(query.where(~is_groot)).all()
        rows += session.execute(query.where(is_groot).order_by(Aanlevering.id.desc()).limit(_GROTE)).all()
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


def _note_resultaten(boek: Sporenboek, aanlevering: AanleveringRecord, bewijs: dict[str, str]) -> None:
    """The outcomes of a delivery by kind: there may be a thousand of one."""
    berichten, moment = aanlevering.resultaat.berichten, aanlevering.ontvangen_op
    eerste = {_kind_of(bericht): bericht for bericht in reversed(berichten)}
    for (code, regel), aantal in Counter(map(_kind_of, berichten)).items():
        described = bewijs | _describe(eerste[code, regel])
        boek.note(f"bb.code.{code.value}", moment, described, aantal)
        if regel:
            boek.note(f"geweigerd.{regel}", moment, described, aantal)


def _note_hersteld(
    boek: Sporenboek, aanlevering: AanleveringRecord, bewijs: dict[str, str], geweigerd: set[bytes]
) -> None:
    for bericht in aanlevering.resultaat.berichten:
        if bericht.code is Verwerkingscode.VERWERKT and bericht.bericht_id in geweigerd:
            boek.note("bb.hersteld", aanlevering.ontvangen_op, bewijs | _describe(bericht))
        elif bericht.code not in _NOOIT_HERSTELD and bericht.bericht_id != NUL_GUID:
            geweigerd.add(bericht.bericht_id)


def _describe(bericht: BerichtResultaat) -> dict[str, str]:
    described = {"BerichtID": str(UUID(bytes=bericht.bericht_id)), "VerwerkingsCode": bericht.code.value}
    return described | ({"Toelichting": bericht.toelichting} if bericht.toelichting else {})


def _note_berichten(boek: Sporenboek, session: Session, afnemer_id: int) -> None:
    """What only the stored berichten tell: bijlagen, terms, publication later, and that somebody read one."""
    eigen = (
        select()
        .select_from(Bericht)
        .join(Aanlevering, Aanlevering.id == Bericht.aanlevering_id)
        .outerjoin(Berichtstand, STAND_VAN_BERICHT)
        .where(Bericht.afnemer_id == afnemer_id)
    )
    for van, tot in list_vensters(session, Bericht.id):
        query = eigen.where(Bericht.id.between(van, tot))
        figures = [
            figure
            for kind in _KENMERKEN
            for figure in (func.count().filter(kind.geldt), func.min(kind.moment).filter(kind.geldt))
        ]
        found = session.execute(query.add_columns(*figures)).one()
        for kind, aantal, eerste in zip(_KENMERKEN, found[::2], found[1::2], strict=True):
            if aantal:
                boek.note(kind.sleutel, eerste, _prove_bericht(session, query, kind, eerste), aantal)


def _prove_bericht(session: Session, query: Select[Any], kind: Kenmerk, eerste: datetime) -> dict[str, str]:
    """The first bericht of a kind."""
    columns = (Bericht.aanlevering_id, Bericht.bericht_id, Bericht.aantal_bijlagen, Bericht.zichtbaar_vanaf)
    statement = query.add_columns(*columns).where(kind.geldt, kind.moment == eerste).order_by(Bericht.id).limit(1)
    aanlevering_id, bericht_id, bijlagen, zichtbaar = session.execute(statement).one()
    bewijs = {"BerichtID": str(UUID(bytes=bytes(bericht_id))), "statusID": public_id(aanlevering_id)}
    return bewijs | kind.describe(bijlagen, zichtbaar)


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
