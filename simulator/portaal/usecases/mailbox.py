"""The simulated mailbox: every e-mail that MijnOverheid would have sent, whichever service it is about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from simulator import berichtenbox, lopende_zaken
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving

LAATSTE = 20


class Mailbericht(Protocol):
    """An e-mail as each room shows it."""

    @property
    def onderwerp(self) -> str:
        """The subject line."""

    @property
    def tekst(self) -> str:
        """The whole text."""

    @property
    def adres(self) -> str:
        """Where it went."""

    @property
    def soort(self) -> str:
        """Why it went out: nieuw, herhaling, zaak."""

    @property
    def status(self) -> str:
        """How it ended."""

    @property
    def moment(self) -> datetime:
        """When."""


def list_mails(omgeving: Omgeving, bsn: Bsn | None, aantal: int = LAATSTE) -> Sequence[Mailbericht]:
    """The latest e-mails to one person (without ``bsn``: to anybody), the newest first."""
    mails: list[Mailbericht] = [
        *berichtenbox.inzage.list_kennisgevingen(omgeving, bsn, aantal),
        *lopende_zaken.list_kennisgevingen(omgeving, bsn, aantal),
    ]
    return sorted(mails, key=lambda mail: mail.moment, reverse=True)[:aantal]
