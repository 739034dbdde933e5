"""Connections as they are stored."""

from collections import defaultdict
from collections.abc import Mapping

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from simulator.aansluiting.models import (
    Aansluitcertificaat,
    Aansluitcontact,
    Aansluitdocument,
    Aansluiting,
    Aansluitstap,
)
from simulator.aansluiting.values import (
    Aanvraagformulier,
    Certificaat,
    Contact,
    Document,
    Documentsoort,
    Fase,
    Ondertekening,
    Partij,
    Rol,
    Stapverslag,
    Termijn,
)
from simulator.afnemers import Dienst

_FORMULIER = msgspec.json.Decoder(Aanvraagformulier)


def find_aansluiting(session: Session, afnemer_id: int, dienst: Dienst) -> Aansluiting | None:
    """The row of one connection, locked for who changes it."""
    return session.get(Aansluiting, (afnemer_id, dienst.value), with_for_update=True)


def list_aansluitingen(session: Session, afnemer_id: int) -> Mapping[Dienst, Aansluiting]:
    """The connections of an Afnemer that came by the form, by dienst."""
    rows = session.scalars(select(Aansluiting).where(Aansluiting.afnemer_id == afnemer_id))
    return {Dienst(row.dienst): row for row in rows}


def list_contacten(session: Session, afnemer_id: int) -> Mapping[Dienst, tuple[Contact, ...]]:
    """The contacts of an Afnemer by dienst, in the order of their roles."""
    found: defaultdict[Dienst, list[Contact]] = defaultdict(list)
    for row in session.scalars(select(Aansluitcontact).where(Aansluitcontact.afnemer_id == afnemer_id)):
        found[Dienst(row.dienst)].append(Contact(Rol(row.rol), row.naam, row.email, row.telefoon))
    volgorde = list(Rol)
    return {dienst: tuple(sorted(each, key=lambda one: volgorde.index(one.rol))) for dienst, each in found.items()}


def list_stappen(session: Session, afnemer_id: int) -> Mapping[Dienst, tuple[Stapverslag, ...]]:
    """Every step that was taken, by dienst, the oldest first."""
    found: defaultdict[Dienst, tuple[Stapverslag, ...]] = defaultdict(tuple)
    rows = session.scalars(
        select(Aansluitstap).where(Aansluitstap.afnemer_id == afnemer_id).order_by(Aansluitstap.nummer)
    )
    for row in rows:
        van = None if row.van is None else Fase(row.van)
        found[Dienst(row.dienst)] += (
            Stapverslag(row.op, Partij(row.partij), row.door, van, Fase(row.naar), row.ingang, row.toelichting),
        )
    return found


def count_stappen(session: Session, afnemer_id: int, dienst: Dienst) -> int:
    """How many steps one connection has taken."""
    return (
        session.scalar(
            select(func.count()).where(Aansluitstap.afnemer_id == afnemer_id, Aansluitstap.dienst == dienst.value)
        )
        or 0
    )


def list_documenten(session: Session, afnemer_id: int) -> list[Document]:
    """The documents of an Afnemer, the newest first."""
    rows = session.scalars(
        select(Aansluitdocument)
        .where(Aansluitdocument.afnemer_id == afnemer_id)
        .order_by(Aansluitdocument.datum.desc(), Aansluitdocument.id.desc())
    )
    return [
        Document(Documentsoort(row.soort), row.versie, row.datum, row.ondertekend_door, row.vastgelegd_op)
        for row in rows
    ]


def list_certificaten(session: Session, afnemer_id: int) -> list[Certificaat]:
    """The certificates of an Afnemer, the one that lasts longest first."""
    rows = session.scalars(
        select(Aansluitcertificaat)
        .where(Aansluitcertificaat.afnemer_id == afnemer_id)
        .order_by(Aansluitcertificaat.geldig_tot.desc(), Aansluitcertificaat.id)
    )
    return [Certificaat(row.onderwerp, row.oin, row.geldig_van, row.geldig_tot, row.vingerafdruk) for row in rows]


def as_termijn(row: Aansluiting) -> Termijn:
    """What decides whether the dienst is open on a day."""
    return Termijn(Fase(row.fase), row.ondertekend_op, row.startdatum, row.einddatum)


def as_formulier(row: Aansluiting) -> Aanvraagformulier | None:
    """The form as it was sent."""
    return None if row.formulier is None else _FORMULIER.decode(row.formulier)


def as_ondertekening(row: Aansluiting) -> Ondertekening | None:
    """The signature under the form."""
    return None if row.ondertekend_op is None else Ondertekening(row.ondertekend_op, row.ondertekend_door or "")


def as_testrapport(row: Aansluiting) -> Ondertekening | None:
    """When and by whom the test report was approved."""
    return None if row.testrapport_op is None else Ondertekening(row.testrapport_op, row.testrapport_door or "")
