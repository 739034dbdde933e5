"""The e-mail about zaken: one about all that changed in a while, recorded, tried once more, sent when configured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from simulator.afnemers import afnemer_index
from simulator.gebruikers import Bsn, Gebruiker, get_gebruikers, instellingen, ontvangst
from simulator.infra.agenda import Extern, Handlers
from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.smtp import TIMEOUT, Mailserver
from simulator.lopende_zaken.queries.kennisgeving import (
    GEEN_KENNISGEVING,
    GemeldeWijziging,
    Mail,
    hold_ongemeld,
    list_gemelde_wijzigingen,
    list_latest_mails,
    list_mails,
    mark_gemeld,
    new_mail_id,
    store_mail,
)
from simulator.lopende_zaken.rules.kennisgeving import (
    KENNISGEVING,
    OPNIEUW_NA,
    STUITEREN,
    Mailsoort,
    Mailstatus,
    Wijziging,
    mail_onderwerp,
    mail_tekst,
)
from simulator.lopende_zaken.usecases.levering import KENNISGEVEN

OPNIEUW = "lopende-zaken.opnieuw-kennisgeven"
VERSTUREN = "lopende-zaken.versturen"
AFZENDER = "MijnOverheid-simulator <niet-antwoorden@simulator.invalid>"
LAATSTE = 50
_LEASE = timedelta(seconds=8 * TIMEOUT)


@dataclass(frozen=True, slots=True)
class Mailbericht:
    """An e-mail as the simulated mailbox shows it; the text is made from the changes when it is looked at."""

    onderwerp: str
    tekst: str
    adres: str
    soort: Mailsoort
    status: Mailstatus
    moment: datetime


def list_kennisgevingen(omgeving: Omgeving, bsn: Bsn | None, aantal: int = LAATSTE) -> list[Mailbericht]:
    """The latest e-mails about zaken to one person (without ``bsn``: to anybody), the newest first."""
    with omgeving.reading() as session:
        mails = list_latest_mails(session, bsn, aantal)
        told = list_gemelde_wijzigingen(session, mails)
        people = get_gebruikers(omgeving, session, {mail.bsn for mail in mails})
    return [_mailbericht(omgeving, mail, told[mail.id], people.get(mail.bsn)) for mail in mails]


@dataclass(frozen=True, slots=True)
class _Kennisgever:
    """The handlers of the agenda; with a ``server`` each recorded e-mail is also sent."""

    server: Mailserver | None

    def kennisgeven(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        """Tell each person behind these rows of all that changed until now; what a later row is about is then told."""
        ongemeld = hold_ongemeld(uow.session, [row["status"] for row in rows])
        contacten = ontvangst.get_contacten(omgeving, uow.session, ongemeld)
        for bsn, statussen in ongemeld.items():
            contact = contacten.get(bsn)
            if contact is None:
                mark_gemeld(uow.session, statussen, GEEN_KENNISGEVING)
                continue
            status = Mailstatus.GESTUITERD if contact.stuitert else Mailstatus.VERZONDEN
            number = new_mail_id()
            mark_gemeld(uow.session, statussen, number)
            self._record(uow, Mail(number, bsn, number, contact.adres, status, 1, uow.moment))
            uow.tel(KENNISGEVING, Uitkomst.GESLAAGD)

    def opnieuw(self, omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        """The one more try of what bounced; what bounces again is given up, and the person has lost contact."""
        mails = list_mails(uow.session, [row["mail"] for row in rows], Mailstatus.GESTUITERD)
        contacten = ontvangst.get_contacten(omgeving, uow.session, {mail.bsn for mail in mails})
        for mail in mails:
            contact = contacten.get(mail.bsn)
            if contact is None:
                continue
            status = Mailstatus.OPGEGEVEN if contact.stuitert else Mailstatus.VERZONDEN
            self._record(uow, Mail(new_mail_id(), mail.bsn, mail.eerste_id, contact.adres, status, 2, uow.moment))
            uow.tel(STUITEREN, Uitkomst.GEWEIGERD if contact.stuitert else Uitkomst.GESLAAGD)
            if contact.stuitert:
                instellingen.lose_contact(uow, mail.bsn)

    def versturen(self, omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        """Send one recorded e-mail."""
        if self.server is None:  # it was configured when this was planned and is not any more
            return
        with omgeving.reading() as session:
            mails = list_mails(session, [row["mail"]], Mailstatus.VERZONDEN)
            told = list_gemelde_wijzigingen(session, mails)
            people = get_gebruikers(omgeving, session, {mail.bsn for mail in mails})
        self.server.send(
            [_message(mail, _mailbericht(omgeving, mail, told[mail.id], people.get(mail.bsn))) for mail in mails]
        )

    def _record(self, uow: UnitOfWork, mail: Mail) -> None:
        store_mail(uow.session, mail)
        if mail.status is Mailstatus.GESTUITERD:
            uow.plan(OPNIEUW, uow.moment + OPNIEUW_NA, {"mail": mail.id})
        elif mail.status is Mailstatus.VERZONDEN and self.server is not None:
            uow.plan(VERSTUREN, uow.moment, {"mail": mail.id})


def build_kennisgever(smtp_url: str = "") -> Handlers:
    """What is done later about e-mail; raises ``SmtpUrlInvalid``."""
    kennisgever = _Kennisgever(Mailserver(smtp_url) if smtp_url else None)
    return {
        KENNISGEVEN: kennisgever.kennisgeven,
        OPNIEUW: kennisgever.opnieuw,
        VERSTUREN: Extern(kennisgever.versturen, lease=_LEASE),
    }


def _mailbericht(
    omgeving: Omgeving, mail: Mail, told: Sequence[GemeldeWijziging], gebruiker: Gebruiker | None
) -> Mailbericht:
    afnemers = afnemer_index(omgeving).by_id
    wijzigingen = [
        Wijziging(afnemers[each.afnemer_id].naam if each.afnemer_id in afnemers else "een organisatie", each.zaak_id)
        for each in told
    ]
    naam = gebruiker.naam if gebruiker else "heer of mevrouw"
    return Mailbericht(
        mail_onderwerp(wijzigingen),
        mail_tekst(wijzigingen, naam),
        mail.adres,
        Mailsoort.ZAAK,
        mail.status,
        mail.moment,
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
