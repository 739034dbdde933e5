"""Fetch a document from a service that somebody registered: one deadline, a cap on size, no redirect, no inner network.

The name is resolved once, its addresses are judged, and the connection goes to one of those: what DNS says a moment
later changes nothing.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from simulator.infra.addresses import is_public

SECONDS = 10.0
"""For one exchange, from the first question to DNS to the last byte."""
MAX_BYTES = 1_000_000
_OK = 200
_RETRY_FROM = 500
_TOO_MANY = 429


class FetchFailed(Exception):  # noqa: N818 - an outcome, told in the words of who asked
    """There is no document; ``passing`` when a later try may bring one."""

    def __init__(self, reden: str, *, passing: bool = True) -> None:
        super().__init__(reden)
        self.reden = reden
        self.passing = passing


def fetch(url: str, headers: Mapping[str, str], *, internal: bool = False, seconds: float = SECONDS) -> bytes:
    """The body of a 200; ``internal``: an address inside a network will do. Raises ``FetchFailed``."""
    parts = urlsplit(url)
    address, port = _find(parts, internal=internal)
    connection = _Pinned(parts, address, port, seconds)
    alarm = threading.Timer(seconds, connection.break_off)
    alarm.start()
    try:
        connection.request("GET", _path(parts), headers=dict(headers))
        return _read(connection.getresponse())
    except (OSError, http.client.HTTPException) as error:
        raise FetchFailed("te traag" if connection.broken_off else f"geen antwoord: {type(error).__name__}") from error
    finally:
        alarm.cancel()
        connection.close()


def _read(answer: http.client.HTTPResponse) -> bytes:
    if answer.status != _OK:
        passing = answer.status >= _RETRY_FROM or answer.status == _TOO_MANY
        raise FetchFailed(f"antwoord {answer.status}", passing=passing)
    body = answer.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise FetchFailed(f"meer dan {MAX_BYTES} bytes", passing=False)
    return body


def _find(parts: SplitResult, *, internal: bool) -> tuple[str, int]:
    """The address to connect to, if every address that the name has may be."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed("de naam is onbekend") from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not internal and not all(is_public(ip_address(each.partition("%")[0])) for each in addresses):
        raise FetchFailed("de naam wijst naar een intern adres", passing=False)
    return addresses[0], port


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was judged, in the name that was asked for."""

    def __init__(self, parts: SplitResult, address: str, port: int, seconds: float) -> None:
        super().__init__(parts.hostname or "", port, timeout=seconds)
        self._address = address
        self._context = ssl.create_default_context() if parts.scheme == "https" else None
        self.broken_off = False

    def connect(self) -> None:
        """Connect, and for https prove that the other side is who it says."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = plain if self._context is None else self._context.wrap_socket(plain, server_hostname=self.host)

    def break_off(self) -> None:
        """Its time is over: whoever waits for it hears so at once."""
        self.broken_off = True
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
