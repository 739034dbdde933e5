"""What the e-mail about zaken asks of the tables: which changes nobody was told of, and which e-mails went out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from simulator.infra.database import any_of
from simulator.infra.ids import new_id
from simulator.lopende_zaken.models import Zaak, Zaakkennisgeving, Zaakstatus
from simulator.lopende_zaken.rules.kennisgeving import Mailstatus

GEEN_KENNISGEVING = 0
"""In place of an e-mail: nobody is told of this status."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A recorded e-mail; ``eerste_id`` is the one whose changes it tells of."""

    id: int
    bsn: int
    eerste_id: int
    adres: str
    status: Mailstatus
    poging: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class GemeldeWijziging:
    """A change that an e-mail told of: of which zaak, of which Afnemer."""

    afnemer_id: int
    zaak_id: int


def hold_ongemeld(session: Session, status_ids: Collection[int]) -> dict[int, list[int]]:
    """Per person behind these statuses all that they were not told of, held until the end of the transaction."""
    untold = select(Zaakstatus.bsn).where(any_of(Zaakstatus.id, "ids"), Zaakstatus.kennisgeving_id.is_(None))
    bsns = sorted(set(session.scalars(untold, {"ids": list(status_ids)})))
    query = (
        select(Zaakstatus.bsn, Zaakstatus.id)
        .where(any_of(Zaakstatus.bsn, "bsns"), Zaakstatus.kennisgeving_id.is_(None))
        .order_by(Zaakstatus.id)
        .with_for_update()
    )
    found: dict[int, list[int]] = {}
    for bsn, status_id in session.execute(query, {"bsns": bsns}):
        found.setdefault(bsn, []).append(status_id)
    return found


def mark_gemeld(session: Session, status_ids: Collection[int], kennisgeving_id: int) -> None:
    """Write down which e-mail told of these changes."""
    session.execute(
        update(Zaakstatus).where(any_of(Zaakstatus.id, "ids")).values(kennisgeving_id=kennisgeving_id),
        {"ids": list(status_ids)},
        execution_options={"synchronize_session": False},
    )


def store_mail(session: Session, mail: Mail) -> None:
    """Record an e-mail."""
    session.add(
        Zaakkennisgeving(
            id=mail.id,
            bsn=mail.bsn,
            eerste_id=mail.eerste_id,
            adres=mail.adres,
            status=mail.status.value,
            poging=mail.poging,
            moment=mail.moment,
        )
    )
    session.flush()


def new_mail_id() -> int:
    """The id of an e-mail that is about to be recorded."""
    return new_id()


def list_mails(session: Session, ids: Collection[int], status: Mailstatus) -> list[Mail]:
    """Those of these e-mails that ended in ``status``."""
    query = select(Zaakkennisgeving).where(any_of(Zaakkennisgeving.id, "ids"), Zaakkennisgeving.status == status.value)
    return [_mail(rij) for rij in session.scalars(query.order_by(Zaakkennisgeving.id), {"ids": list(ids)})]


def list_latest_mails(session: Session, bsn: int | None, aantal: int) -> list[Mail]:
    """The latest e-mails to one person, or to anybody, the newest first."""
    query = select(Zaakkennisgeving)
    if bsn is not None:
        query = query.where(Zaakkennisgeving.bsn == bsn)
    query = query.order_by(Zaakkennisgeving.moment.desc(), Zaakkennisgeving.id.desc()).limit(aantal)
    return [_mail(rij) for rij in session.scalars(query)]


def list_gemelde_wijzigingen(session: Session, mails: Sequence[Mail]) -> Mapping[int, list[GemeldeWijziging]]:
    """What each e-mail tells of, by the id of the e-mail."""
    query = (
        select(Zaakstatus.kennisgeving_id, Zaak.afnemer_id, Zaak.id)
        .join(Zaak, Zaak.id == Zaakstatus.zaak_id)
        .where(any_of(Zaakstatus.kennisgeving_id, "mails"), any_of(Zaakstatus.bsn, "bsns"))
        .order_by(Zaakstatus.id)
    )
    binds = {"mails": sorted({mail.eerste_id for mail in mails}), "bsns": sorted({mail.bsn for mail in mails})}
    told: dict[int, list[GemeldeWijziging]] = {}
    for mail_id, afnemer_id, zaak_id in session.execute(query, binds):
        told.setdefault(int(mail_id or 0), []).append(GemeldeWijziging(afnemer_id, zaak_id))
    return {mail.id: told.get(mail.eerste_id, []) for mail in mails}


def _mail(rij: Zaakkennisgeving) -> Mail:
    return Mail(rij.id, rij.bsn, rij.eerste_id, rij.adres, Mailstatus(rij.status), rij.poging, rij.moment)
