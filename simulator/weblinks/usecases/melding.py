"""Tell an Afnemer by e-mail what became of its weblinks: one e-mail about all that happened in a few minutes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from simulator.afnemers import afnemer_index
from simulator.infra.clock import to_micros
from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.smtp import Mailserver
from simulator.weblinks.queries.domeinen import get_contact, list_contacten
from simulator.weblinks.queries.meldingen import list_ongemaild, mark_gemaild
from simulator.weblinks.rules.melding import mail_onderwerp, mail_tekst
from simulator.weblinks.values.bevinding import Melding

MELDEN = "weblinks.melden"
BUNDELEN = timedelta(minutes=5)
"""Simulated time in which alerts are gathered: a portal that goes down takes all its weblinks along."""
AFZENDER = "MijnOverheid-simulator <niet-antwoorden@simulator.invalid>"
_PER_MAIL = 10_000
_OPGEGEVEN = timedelta(days=1)
"""Longer than the agenda goes on trying: what was to go so long ago will not go any more. Where a quick clock makes
that untrue, the later of two e-mails finds nothing left to tell."""


@dataclass(frozen=True, slots=True)
class Melder:
    """Sends the alerts; without a ``server`` they can be read only."""

    server: Mailserver | None = None

    def plan(self, uow: UnitOfWork, afnemers: Collection[int]) -> None:
        """An e-mail to each of these Afnemers that wants any, unless one waits to go already."""
        if self.server is None or not afnemers:
            return
        for contact in list_contacten(uow.session, afnemers):
            if contact.gepland is None or contact.gepland < to_micros(uow.moment - _OPGEGEVEN):
                contact.gepland = to_micros(uow.moment + BUNDELEN)
                uow.plan(MELDEN, uow.moment + BUNDELEN, {"afnemer": contact.afnemer_id})

    def send(self, omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        """Send what there is to tell, and only then write down that it was told."""
        afnemer_id: int = row["afnemer"]
        with omgeving.reading() as session:
            contact = get_contact(session, afnemer_id)
            meldingen = list_ongemaild(session, afnemer_id, _PER_MAIL)
        if self.server is not None and contact is not None and meldingen:
            afnemer = afnemer_index(omgeving).by_id[afnemer_id]
            self.server.send([_message(contact.email, afnemer.naam, meldingen)])
        with omgeving.unit_of_work() as uow:
            mark_gemaild(uow.session, [each.id for each in meldingen], uow.moment)
            kept = get_contact(uow.session, afnemer_id)
            if kept is not None:
                kept.gepland = None
                if list_ongemaild(uow.session, afnemer_id, 1):  # found meanwhile
                    self.plan(uow, {afnemer_id})


def _message(email: str, afnemer: str, meldingen: Sequence[Melding]) -> EmailMessage:
    message = EmailMessage()
    message["From"] = AFZENDER
    message["To"] = email
    message["Subject"] = mail_onderwerp(meldingen)
    message["Date"] = meldingen[-1].moment
    # The same each time: a mail server that got it before a crash can tell.
    message["Message-ID"] = f"<{public_id(meldingen[-1].id)}@simulator.invalid>"
    message["X-Simulatie"] = "geen echte gegevens"
    message.set_content(mail_tekst(afnemer, meldingen))
    return message
