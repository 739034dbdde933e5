"""The Instellingen of a Gebruiker: the box, the e-mail address, and from whom post is welcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Table
from sqlalchemy.orm import Session

from simulator.gebruikers.errors import (
    BOX_ACTIEF,
    BOX_BESTAAT,
    EMAIL_GELDIG,
    BoxNietActief,
    BoxNietMogelijk,
    GebruikerNotFound,
    KennisgevingZonderAdres,
)
from simulator.gebruikers.models import VOORKEUREN, WIJZIGINGEN
from simulator.gebruikers.queries import get_gebruiker, list_voorkeuren
from simulator.gebruikers.rules import check_email
from simulator.gebruikers.values.bsn import Bsn
from simulator.gebruikers.values.gebruiker import BoxStand, Gebruiker
from simulator.infra.database import insert_into
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst

__all__ = [
    "BoxNietActief",
    "ContactInvoer",
    "GebruikerInvoer",
    "VoorkeurInvoer",
    "activate_box",
    "change_contact",
    "change_gebruiker",
    "change_instellingen",
    "change_voorkeur",
    "deactivate_box",
    "list_voorkeuren",
    "lose_contact",
]


@dataclass(frozen=True, slots=True)
class ContactInvoer:
    """What the form of e-mail and kennisgevingen says; no ``email`` means: do not e-mail me."""

    bsn: Bsn
    email: str | None
    kennisgeving: bool
    herhaling: bool


@dataclass(frozen=True, slots=True)
class VoorkeurInvoer:
    """Per id of an Afnemer whether its post is welcome; who is not named stays as it was."""

    bsn: Bsn
    voorkeuren: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class GebruikerInvoer:
    """What a tester changes about somebody; ``None`` leaves it as it is, an empty ``email`` takes the address away."""

    bsn: Bsn
    box_actief: bool | None = None
    email: str | None = None
    kennisgeving: bool | None = None
    herhaling: bool | None = None
    voorkeuren: Mapping[int, bool] = field(default_factory=dict)
    """By id of the Afnemer."""


def activate_box(omgeving: Omgeving, bsn: Bsn) -> Gebruiker:
    """Open the box, for who can have one; raises ``BoxNietMogelijk``. Once more changes nothing."""
    return _switch_box(omgeving, bsn, actief=True)


def deactivate_box(omgeving: Omgeving, bsn: Bsn) -> Gebruiker:
    """Close the box, as if it had never been activated; the citizen cannot do this, a tester can."""
    return _switch_box(omgeving, bsn, actief=False)


def change_contact(omgeving: Omgeving, invoer: ContactInvoer) -> Gebruiker:
    """Change e-mail address and kennisgevingen; a lost contact is restored by giving an address."""
    return change_instellingen(omgeving, invoer, {})


def change_instellingen(omgeving: Omgeving, invoer: ContactInvoer, voorkeuren: Mapping[int, bool]) -> Gebruiker:
    """Change contact and, by id of the Afnemer, voorkeuren: all of it or nothing; raises ``BoxNietActief``."""
    email = check_email(invoer.email) if invoer.email and invoer.email.strip() else None
    if email is None and (invoer.kennisgeving or invoer.herhaling):
        raise KennisgevingZonderAdres
    with omgeving.unit_of_work() as uow:
        _require(omgeving, uow.session, invoer.bsn)
        _store(
            uow,
            invoer.bsn,
            email=email,
            email_uit=email is None,
            kennisgeving=invoer.kennisgeving,
            herhaling=invoer.herhaling,
            contact_verloren=False,
        )
        uow.tel(EMAIL_GELDIG, Uitkomst.GESLAAGD)
        if voorkeuren:
            _store_voorkeuren(omgeving, uow, VoorkeurInvoer(invoer.bsn, voorkeuren))
        return _require(omgeving, uow.session, invoer.bsn)


def change_voorkeur(omgeving: Omgeving, invoer: VoorkeurInvoer) -> None:
    """Say from which Afnemers post is welcome; raises ``BoxNietActief``."""
    with omgeving.unit_of_work() as uow:
        _store_voorkeuren(omgeving, uow, invoer)


def change_gebruiker(omgeving: Omgeving, invoer: GebruikerInvoer) -> Gebruiker:
    """All that a tester changes about somebody, as one change; voorkeuren also while the box is not active.

    Raises ``GebruikerNotFound``, ``BoxNietMogelijk``, ``EmailOngeldig`` or ``KennisgevingZonderAdres``.
    """
    values: dict[str, object] = {"kennisgeving": invoer.kennisgeving, "herhaling": invoer.herhaling}
    values["box_actief"] = invoer.box_actief
    values = {naam: value for naam, value in values.items() if value is not None}
    if invoer.email is not None:
        email = check_email(invoer.email) if invoer.email.strip() else None
        values |= {"email": email, "email_uit": email is None, "contact_verloren": False}
    with omgeving.unit_of_work() as uow:
        if _require(omgeving, uow.session, invoer.bsn).box is BoxStand.GEEN and invoer.box_actief is not None:
            raise BoxNietMogelijk
        if values:
            _store(uow, invoer.bsn, **values)
        for afnemer_id, aan in sorted(invoer.voorkeuren.items()):
            _upsert(uow.session, VOORKEUREN, {"bsn": int(invoer.bsn), "afnemer_id": afnemer_id}, {"aan": aan})
        gebruiker = _require(omgeving, uow.session, invoer.bsn)
        if gebruiker.email is None and (invoer.kennisgeving or invoer.herhaling):
            raise KennisgevingZonderAdres
        return gebruiker


def lose_contact(uow: UnitOfWork, bsn: int) -> None:
    """Send no more kennisgevingen to an address that bounces, until another is given."""
    _store(uow, bsn, contact_verloren=True)


def _store_voorkeuren(omgeving: Omgeving, uow: UnitOfWork, invoer: VoorkeurInvoer) -> None:
    if not _require(omgeving, uow.session, invoer.bsn).box_actief:
        raise BoxNietActief
    for afnemer_id, aan in sorted(invoer.voorkeuren.items()):
        key = {"bsn": int(invoer.bsn), "afnemer_id": afnemer_id}
        _upsert(uow.session, VOORKEUREN, key, {"aan": aan})
    uow.tel(BOX_ACTIEF, Uitkomst.GESLAAGD)


def _switch_box(omgeving: Omgeving, bsn: Bsn, *, actief: bool) -> Gebruiker:
    with omgeving.unit_of_work() as uow:
        if _require(omgeving, uow.session, bsn).box is BoxStand.GEEN:
            raise BoxNietMogelijk
        _store(uow, bsn, box_actief=actief)
        uow.tel(BOX_BESTAAT, Uitkomst.GESLAAGD)
        return _require(omgeving, uow.session, bsn)


def _require(omgeving: Omgeving, session: Session, bsn: int) -> Gebruiker:
    gebruiker = get_gebruiker(omgeving, session, bsn)
    if gebruiker is None:
        raise GebruikerNotFound
    return gebruiker


def _store(uow: UnitOfWork, bsn: int, **values: object) -> None:
    _upsert(uow.session, WIJZIGINGEN, {"bsn": int(bsn)}, {**values, "gewijzigd_op": uow.moment})


def _upsert(session: Session, table: Table, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    # Not look-then-insert: the same Gebruiker may be changed by two requests at once.
    statement = insert_into(session, table).values(**key, **values)
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
