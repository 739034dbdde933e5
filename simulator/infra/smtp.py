"""E-mail over SMTP: the one way in which this program writes to somebody's mail server."""

import smtplib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIMEOUT = 3.0
"""Seconds for each answer of the mail server; the rest of what is to be sent waits meanwhile."""


class SmtpUrlInvalid(ValueError):  # noqa: N818 - the message is for the person who configures the simulator
    """The setting is no ``smtp://`` or ``smtps://`` address."""


@dataclass(frozen=True, slots=True)
class Mailserver:
    """A mail server by URL: ``smtp://[user:password@]host[:port]``, or ``smtps://`` for TLS from the first byte."""

    url: str

    def __post_init__(self) -> None:
        if not _is_address(self.url):
            msg = "smtp_url: expected smtp://host:port or smtps://host:port"
            raise SmtpUrlInvalid(msg)

    def send(self, messages: Iterable[EmailMessage]) -> None:
        """Hand over all messages on one connection; raises ``OSError`` or ``SMTPException`` on the first that fails."""
        with self._connect() as server:
            for message in messages:
                server.send_message(message)

    def send_each(self, messages: Iterable[EmailMessage]) -> Sequence[EmailMessage]:
        """The same, but an address that is refused keeps nothing from the others; answers the messages of those."""
        with self._connect() as server:
            return [message for message in messages if not _is_taken(server, message)]

    @contextmanager
    def _connect(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        connect = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        with connect(parts.hostname or "", parts.port or 0, timeout=TIMEOUT) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server


def _is_taken(server: smtplib.SMTP, message: EmailMessage) -> bool:
    try:
        server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError):  # the latter: letters it cannot write
        return False
    return True


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, or a port that is none
        return False
