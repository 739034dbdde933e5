"""What the notification e-mail asks of the tables: which berichten, which of those unread, which mails."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import (
    BERICHTEN,
    BERICHTSTANDEN,
    KENNISGEVING_VAN_BERICHT,
    KENNISGEVINGEN,
    STAND_VAN_BERICHT,
    Bericht,
    Kennisgeving,
)
from simulator.berichtenbox.rules.kennisgeving import Mailsoort, Mailstatus
from simulator.berichtenbox.values import Map
from simulator.infra.clock import to_micros
from simulator.infra.driver import Driver
from simulator.infra.ids import new_ids


class Bereik(NamedTuple):
    """Ids from ``van`` up to and including ``tot``: what one transaction stored to become visible at one moment."""

    van: int
    tot: int


class Plaatsing(NamedTuple):
    """A bericht that became visible to somebody."""

    bericht_id: int
    bsn: int


class NieuweMail(NamedTuple):
    """An e-mail to record, in the order of the columns and in the values of the driver."""

    bericht_id: int
    bsn: int
    soort: str
    adres: str
    status: str
    poging: int
    moment_us: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A recorded e-mail with what its text is made of."""

    id: int
    bericht_id: int
    bsn: int
    soort: Mailsoort
    adres: str
    status: Mailstatus
    poging: int
    moment: datetime
    afnemer_id: int
    zichtbaar_vanaf: datetime
    einddatum_handelingstermijn: datetime | None


_MAIL = select(
    Kennisgeving.id,
    Kennisgeving.bericht_id,
    Kennisgeving.bsn,
    Kennisgeving.soort,
    Kennisgeving.adres,
    Kennisgeving.status,
    Kennisgeving.poging,
    Kennisgeving.moment,
    Bericht.afnemer_id,
    Bericht.zichtbaar_vanaf,
    Bericht.einddatum_handelingstermijn,
).join(Bericht, KENNISGEVING_VAN_BERICHT)

_ZICHTBAAR = (
    select(BERICHTEN.c.id, BERICHTEN.c.bsn)
    .where(
        BERICHTEN.c.id.between(bindparam("eerste"), bindparam("laatste")),
        BERICHTEN.c.zichtbaar_vanaf <= bindparam("tot", type_=BigInteger()),
    )
    .order_by(BERICHTEN.c.id)
)
_GEMELD = exists().where(KENNISGEVING_VAN_BERICHT)
_ONGELEZEN = _ZICHTBAAR.outerjoin(BERICHTSTANDEN, STAND_VAN_BERICHT).where(
    _GEMELD,
    or_(
        BERICHTSTANDEN.c.bericht_id.is_(None),
        BERICHTSTANDEN.c.gelezen_op.is_(None)
        & or_(BERICHTSTANDEN.c.map == bindparam("inbox"), BERICHTSTANDEN.c.map == bindparam("archief")),
    ),
)


def list_plaatsingen(session: Session, bereiken: Collection[Bereik], tot: datetime) -> list[Plaatsing]:
    """The berichten in the ranges that are visible at ``tot``."""
    return _list(session, _ZICHTBAAR, bereiken, tot=to_micros(tot))


def list_ongelezen(session: Session, bereiken: Collection[Bereik], tot: datetime) -> list[Plaatsing]:
    """Those of them that somebody was told of, and that nobody opened or threw away.

    ASSUMPTION: there is no second e-mail about what lies unread in the prullenbak.
    """
    return _list(session, _ONGELEZEN, bereiken, tot=to_micros(tot), inbox=Map.INBOX.value, archief=Map.ARCHIEF.value)


def _list(
    session: Session, statement: Select[tuple[int, int]], bereiken: Collection[Bereik], **binds: object
) -> list[Plaatsing]:
    driver = Driver.of(session.connection())
    found = (driver.query(statement, eerste=each.van, laatste=each.tot, **binds) for each in bereiken)
    return [Plaatsing(*row) for rows in found for row in rows]


def store_mails(session: Session, mails: Sequence[NieuweMail]) -> range:
    """Record e-mails in one statement; answers their ids."""
    ids = new_ids(len(mails)) if mails else range(0)
    rows = [(number, *mail) for number, mail in zip(ids, mails, strict=True)]
    Driver.of(session.connection()).insert(KENNISGEVINGEN, rows)
    return ids


def list_mails(session: Session, van: int, tot: int, status: Mailstatus) -> list[Mail]:
    """The e-mails of a range of ids that ended in ``status``."""
    query = _MAIL.where(Kennisgeving.id.between(van, tot), Kennisgeving.status == status.value)
    return [_mail(row) for row in session.execute(query.order_by(Kennisgeving.id))]


def list_latest_mails(session: Session, aantal: int) -> list[Mail]:
    """The latest e-mails to anybody, the newest first; ids grow with time."""
    return [_mail(row) for row in session.execute(_MAIL.order_by(Kennisgeving.id.desc()).limit(aantal))]


def list_mails_of(session: Session, bsn: int, aantal: int) -> list[Mail]:
    """The latest e-mails to one person, the newest first."""
    query = _MAIL.where(Bericht.bsn == bsn).order_by(Kennisgeving.moment.desc(), Kennisgeving.id.desc())
    return [_mail(row) for row in session.execute(query.limit(aantal))]


def _mail(row: Sequence[object]) -> Mail:
    values = list(row)
    values[3], values[5] = Mailsoort(str(row[3])), Mailstatus(str(row[5]))
    return Mail(*values)  # type: ignore[arg-type]  # in the order of _MAIL
