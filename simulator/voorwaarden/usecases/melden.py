"""Send the notice of a change to the contacts of every Afnemer that was told."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from sqlalchemy.orm import Session

from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving
from simulator.infra.smtp import Mailserver
from simulator.infra.telemetry import get_logger
from simulator.voorwaarden.queries import list_kennisgevingen
from simulator.voorwaarden.rules import write_kennisgeving
from simulator.voorwaarden.values.wijziging import Kennisgeving

MELDEN = "voorwaarden.melden"
AFZENDER = "MijnOverheid-simulator <niet-antwoorden@simulator.invalid>"
_log = get_logger(__name__)
Adressen = Callable[[Session, int], Collection[str]]
"""Where an Afnemer, by id, wants e-mail; a room above knows."""


def nowhere(session: Session, afnemer_id: int) -> Collection[str]:  # noqa: ARG001 - the interface
    """Nobody gave an address."""
    return ()


@dataclass(frozen=True, slots=True)
class Melder:
    """Sends notices; without a ``server`` they can be read only."""

    server: Mailserver | None = None
    adressen: Adressen = nowhere

    def send(self, omgeving: Omgeving, row: Mapping[str, Any]) -> None:
        """Send all notices about one change; sent twice they carry the same Message-ID.

        An address that the mail server refuses is passed by, so that nobody waits or is told twice because of it.
        """
        if self.server is None:
            return
        with omgeving.reading() as session:
            told = list_kennisgevingen(session, wijziging_id=row["wijziging"])
            messages = [message for each in told for message in self._write(session, each)]
        for refused in self.server.send_each(messages) if messages else ():
            _log.warning("notice refused", omgeving=omgeving.naam, bericht=refused["Message-ID"])

    def _write(self, session: Session, told: Kennisgeving) -> Iterator[EmailMessage]:
        onderwerp, tekst = write_kennisgeving(told.wijziging)
        for number, adres in enumerate(sorted(set(self.adressen(session, told.afnemer_id)))):
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = AFZENDER, adres, onderwerp
            message["Date"] = told.verzonden_op
            kenmerk = f"{public_id(told.wijziging.id)}-{told.afnemer_id}-{number}"
            message["Message-ID"] = f"<{kenmerk}@simulator.invalid>"
            message["X-Simulatie"] = "geen echte gegevens"
            message.set_content(tekst)
            yield message
