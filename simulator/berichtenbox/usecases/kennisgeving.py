"""The notification e-mail: recorded when a bericht becomes visible, repeated when unread, sent when configured."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy.orm import Session

from simulator.afnemers import afnemer_index
from simulator.berichtenbox.queries.kennisgeving import (
    Bereik,
    Mail,
    NieuweMail,
    Plaatsing,
    list_latest_mails,
    list_mails,
    list_mails_of,
    list_ongelezen,
    list_plaatsingen,
    store_mails,
)
from simulator.berichtenbox.rules.kennisgeving import (
    HERHALEN_NA,
    HERHALING,
    KENNISGEVING,
    OPNIEUW_NA,
    STUITEREN,
    Aanleiding,
    Mailsoort,
    Mailstatus,
    mail_onderwerp,
    mail_tekst,
)
from simulator.berichtenbox.usecases.verwerking import KENNISGEVEN, PUBLICEREN
from simulator.gebruikers import Bsn, Gebruiker, get_gebruikers, instellingen, ontvangst
from simulator.infra.agenda import Extern, Handlers
from simulator.infra.clock import to_micros
from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.smtp import TIMEOUT, Mailserver
from simulator.infra.telemetry import get_logger

HERHALEN = "berichtenbox.herhalen"
OPNIEUW = "berichtenbox.opnieuw-kennisgeven"
VERSTUREN = "berichtenbox.versturen"
AFZENDER = "MijnOverheid-simulator <niet-antwoorden@simulator.invalid>"
LAATSTE = 50
"""How many e-mails the page of the simulated mailbox shows."""
_PER_VERZENDING = 20
"""E-mails per row of the agenda: what fails is tried again, so a row is kept small."""
_LEASE = timedelta(seconds=(4 * _PER_VERZENDING + 4) * TIMEOUT)
"""Each e-mail takes four answers of the mail server and the connection four, all of them as slow as we bear."""
_log = get_logger(__name__)
_Geadresseerde = tuple[Plaatsing, ontvangst.Contact]


@dataclass(frozen=True, slots=True)
class Mailbericht:
    """An e-mail as the simulated mailbox shows it; the text is made from the bericht when it is looked at."""

    onderwerp: str
    tekst: str
    adres: str
    soort: Mailsoort
    status: Mailstatus
    moment: datetime


def list_kennisgevingen(omgeving: Omgeving, bsn: Bsn | None, aantal: int = LAATSTE) -> list[Mailbericht]:
    """The latest e-mails to one person (without ``bsn``: to anybody), the newest first."""
    with omgeving.reading() as session:
        mails = list_latest_mails(session, aantal) if bsn is None else list_mails_of(session, bsn, aantal)
        people = get_gebruikers(omgeving, session, {mail.bsn for mail in mails})
    return [_mailbericht(omgeving, mail, people.get(mail.bsn)) for mail in mails]


@dataclass(frozen=True, slots=True)
class _Kennisgever:
    """The handlers of the agenda; with a ``server`` each recorded e-mail is also sent."""

    server: Mailserver | None

    def kennisgeven(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        wanting = _choose(omgeving, uow.session, list_plaatsingen(uow.session, _bereiken(rows), uow.moment))
        if not wanting:
            return
        uow.tel(KENNISGEVING, Uitkomst.GESLAAGD, len(wanting))
        self._record(uow, wanting, Mailsoort.NIEUW)
        for row in rows:
            uow.plan(HERHALEN, uow.moment + HERHALEN_NA, row)

    def herhalen(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        plaatsingen = list_ongelezen(uow.session, _bereiken(rows), uow.moment - HERHALEN_NA)
        wanting = [each for each in _choose(omgeving, uow.session, plaatsingen) if each[1].herhaling_aan]
        if wanting:
            uow.tel(HERHALING, Uitkomst.GESLAAGD, len(wanting))
            self._record(uow, wanting, Mailsoort.HERHALING)

    def opnieuw(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        """The one more try of what bounced; what bounces again is given up, and the person has lost contact."""
        for row in rows:
            mails = list_mails(uow.session, row["van"], row["tot"], Mailstatus.GESTUITERD)
            people = ontvangst.get_contacten(omgeving, uow.session, {mail.bsn for mail in mails})
            reachable = [(mail, people[mail.bsn]) for mail in mails if mail.bsn in people]
            self._plan_sending(uow, store_mails(uow.session, [_retry(uow, *each) for each in reachable]))
            for bsn in {contact.bsn for _, contact in reachable if contact.stuitert}:
                instellingen.lose_contact(uow, bsn)

    def versturen(self, omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        if self.server is None:  # it was configured when this was planned and is not any more
            return
        with omgeving.reading() as session:
            mails = list_mails(session, row["van"], row["tot"], Mailstatus.VERZONDEN)
            people = get_gebruikers(omgeving, session, {mail.bsn for mail in mails})
        messages = [_message(mail, _mailbericht(omgeving, mail, people.get(mail.bsn))) for mail in mails]
        for refused in self.server.send_each(messages):  # nobody else waits, or is told twice, because of it
            _log.warning("kennisgeving refused", omgeving=omgeving.naam, bericht=refused["Message-ID"])

    def _record(self, uow: UnitOfWork, wanting: Sequence[_Geadresseerde], soort: Mailsoort) -> None:
        moment_us, naam = to_micros(uow.moment), soort.value
        arriving, bouncing = (
            [
                NieuweMail(plaatsing.bericht_id, plaatsing.bsn, naam, contact.adres, status, 1, moment_us)
                for plaatsing, contact in wanting
                if contact.stuitert is stuitert
            ]
            for status, stuitert in ((Mailstatus.VERZONDEN.value, False), (Mailstatus.GESTUITERD.value, True))
        )
        self._plan_sending(uow, store_mails(uow.session, arriving))
        ids = store_mails(uow.session, bouncing)
        if bouncing:
            uow.plan(OPNIEUW, uow.moment + OPNIEUW_NA, {"van": ids[0], "tot": ids[-1], "aantal": len(ids)})

    def _plan_sending(self, uow: UnitOfWork, ids: range) -> None:
        if self.server is None:
            return
        for first in range(0, len(ids), _PER_VERZENDING):
            part = ids[first : first + _PER_VERZENDING]
            uow.plan(VERSTUREN, uow.moment, {"van": part[0], "tot": part[-1], "aantal": len(part)})


def build_agenda(smtp_url: str = "") -> Handlers:
    """What the Berichtenbox does later; raises ``SmtpUrlInvalid``."""
    kennisgever = _Kennisgever(Mailserver(smtp_url) if smtp_url else None)
    return {
        KENNISGEVEN: kennisgever.kennisgeven,
        PUBLICEREN: kennisgever.kennisgeven,
        HERHALEN: kennisgever.herhalen,
        OPNIEUW: kennisgever.opnieuw,
        VERSTUREN: Extern(kennisgever.versturen, lease=_LEASE),
    }


def _bereiken(rows: Iterable[Mapping[str, Any]]) -> list[Bereik]:
    return [Bereik(row["van"], row["tot"]) for row in rows]


def _choose(omgeving: Omgeving, session: Session, plaatsingen: Collection[Plaatsing]) -> list[_Geadresseerde]:
    """The placements whose addressee can be reached by e-mail and wants to be."""
    people = ontvangst.get_contacten(omgeving, session, {each.bsn for each in plaatsingen})
    return [(each, people[each.bsn]) for each in plaatsingen if each.bsn in people]


def _retry(uow: UnitOfWork, mail: Mail, contact: ontvangst.Contact) -> NieuweMail:
    uow.tel(STUITEREN, Uitkomst.GEWEIGERD if contact.stuitert else Uitkomst.GESLAAGD)
    status = Mailstatus.OPGEGEVEN if contact.stuitert else Mailstatus.VERZONDEN
    return NieuweMail(
        mail.bericht_id, mail.bsn, mail.soort.value, contact.adres, status.value, 2, to_micros(uow.moment)
    )


def _mailbericht(omgeving: Omgeving, mail: Mail, gebruiker: Gebruiker | None) -> Mailbericht:
    afnemer = afnemer_index(omgeving).by_id.get(mail.afnemer_id)
    aanleiding = Aanleiding(
        mail.soort,
        afnemer.naam if afnemer else "een organisatie",
        gebruiker.naam if gebruiker else "heer of mevrouw",
        mail.zichtbaar_vanaf,
        mail.einddatum_handelingstermijn,
    )
    return Mailbericht(
        mail_onderwerp(aanleiding), mail_tekst(aanleiding), mail.adres, mail.soort, mail.status, mail.moment
    )


def _message(mail: Mail, bericht: Mailbericht) -> EmailMessage:
    message = EmailMessage()
    message["From"] = AFZENDER
    message["To"] = mail.adres
    message["Subject"] = bericht.onderwerp
    message["Date"] = mail.moment
    # The same each time: a mail server that got it before a crash can tell.
    message["Message-ID"] = f"<{public_id(mail.id)}@simulator.invalid>"
    message["X-Simulatie"] = "geen echte gegevens"
    message.set_content(bericht.tekst)
    return message
