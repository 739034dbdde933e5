"""What the traffic of an Afnemer with Lopende Zaken has shown: zaken, the course of their history, and who looked."""

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.infra.ids import AGE_MASK, public_id
from simulator.infra.sporen import Spoor, Sporenboek, list_vensters
from simulator.lopende_zaken.models import Zaak, Zaakbericht, Zaakkennisgeving, Zaakstatus

_ZAKEN = 2_000
"""So many zaken, those that changed last, have their history read."""


def list_sporen(session: Session, afnemer_id: int) -> dict[str, Spoor]:
    """What the zaken of this Afnemer have shown."""
    boek = Sporenboek()
    _note_zaakberichten(boek, session, afnemer_id)
    newest = select(Zaak).where(Zaak.afnemer_id == afnemer_id).order_by(Zaak.gewijzigd_op.desc(), Zaak.id.desc())
    zaken = {zaak.id: zaak for zaak in session.scalars(newest.limit(_ZAKEN))}
    for zaak in zaken.values():
        bewijs = {"zaakidentificatie": zaak.identificatie}
        boek.note("lz.zaak", zaak.peilmoment, bewijs)
        if zaak.einddatum is not None:
            boek.note("lz.afgesloten", zaak.gewijzigd_op, bewijs | {"einddatum": zaak.einddatum.isoformat()})
        if zaak.bekeken_op is not None:
            boek.note("lz.bekeken", zaak.bekeken_op, bewijs)
    _note_statussen(boek, session, zaken)
    return boek.sporen


def _note_zaakberichten(boek: Sporenboek, session: Session, afnemer_id: int) -> None:
    query = (
        select(Zaakbericht.kanaal, func.min(Zaakbericht.ontvangen_op), func.count())
        .where(Zaakbericht.afnemer_id == afnemer_id)
        .group_by(Zaakbericht.kanaal)
    )
    for van, tot in list_vensters(session, Zaakbericht.id):
        for kanaal, moment, aantal in session.execute(query.where(Zaakbericht.id.between(van, tot))):
            boek.note(f"lz.kanaal.{kanaal}", moment, {"koppelvlak": kanaal}, int(aantal))


def _note_statussen(boek: Sporenboek, session: Session, zaken: dict[int, Zaak]) -> None:
    query = select(Zaakstatus).where(any_of(Zaakstatus.zaak_id, "zaken")).order_by(Zaakstatus.zaak_id)
    histories: dict[int, list[Zaakstatus]] = {}
    for status in session.scalars(query, {"zaken": list(zaken)}):
        histories.setdefault(status.zaak_id, []).append(status)
    for zaak_id, statussen in histories.items():
        _note_history(boek, zaken[zaak_id].identificatie, statussen)
    _note_mails(boek, session, [each for statussen in histories.values() for each in statussen])


def _note_history(boek: Sporenboek, identificatie: str, statussen: Sequence[Zaakstatus]) -> None:
    """A status that dates from before the one that came before it, and one that follows an eindstatus."""
    arrived = sorted(statussen, key=lambda each: each.id & AGE_MASK)
    for each in arrived:
        boek.note("lz.status", each.datum_status_gezet, _prove(identificatie, each))
    for before, after in pairwise(arrived):
        if after.datum_status_gezet < before.datum_status_gezet:
            boek.note("lz.volgorde", before.datum_status_gezet, _prove(identificatie, after))
    dated = sorted(arrived, key=lambda each: each.datum_status_gezet)
    for before, after in pairwise(dated):
        if before.is_eindstatus:
            boek.note("lz.afgesloten", before.datum_status_gezet, _prove(identificatie, before))
        if before.is_eindstatus and not after.is_eindstatus:
            boek.note("lz.heropend", after.datum_status_gezet, _prove(identificatie, after))


def _prove(identificatie: str, status: Zaakstatus) -> dict[str, str]:
    gezet = f"{status.datum_status_gezet:%Y-%m-%dT%H:%M:%SZ}"
    return {"zaakidentificatie": identificatie, "status": status.tekst, "datumStatusGezet": gezet}


def _note_mails(boek: Sporenboek, session: Session, statussen: Sequence[Zaakstatus]) -> None:
    mails = sorted({each.kennisgeving_id for each in statussen if each.kennisgeving_id})
    query = select(Zaakkennisgeving).where(any_of(Zaakkennisgeving.eerste_id, "mails"))
    for mail in session.scalars(query.order_by(Zaakkennisgeving.id), {"mails": mails}) if mails else ():
        boek.note(f"lz.kennisgeving.{mail.status}", mail.moment, {"kennisgeving": public_id(mail.id)})
