"""Questions over HTTP to a program of somebody else, each on a connection of its own, with a cap on what comes back."""

import http.client
import socket
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from simulator import __version__
from simulator.infra.clock import stopwatch
from simulator.infra.outbound import (
    HTTPS,
    Deadline,
    Failure,
    Limits,
    Lookup,
    Names,
    OutboundFailed,
    Stream,
    Target,
    ask_dns,
    connect,
)

HTTP = 80
_PIECE = 16_384
_ROOM = 1 << 18
"""Bytes that may come in beside a body, of which the frame of its chunks may double the size."""
_ALWAYS = {
    "User-Agent": f"MijnOverheid-simulator/{__version__}",
    "Accept-Encoding": "identity",  # and what is compressed all the same is never unpacked
    "Connection": "close",
}
_SPEAKS_FOR_ITSELF = "!#$%&'()*+,/:;=?@[]~\\^|"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; nothing in it follows from where it is sent."""

    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``location`` in ASCII, as browsers read it; without TLS there is no certificate."""

    status: int
    location: str
    certificate_until: datetime | None
    seconds: float
    content: bytes = b""


@dataclass
class Outbound:
    """Who goes out; shared by all threads."""

    limits: Limits = field(default_factory=Limits)
    lookup: Lookup = ask_dns

    def __post_init__(self) -> None:
        self._names = Names(self.lookup)

    def ask(self, request: Request, target: Target, authorities: str = "") -> Answer:
        """One exchange, without following anything; the body of a page that is there is counted, not kept.

        Raises ``OutboundFailed``, at the latest when its time is over.
        """
        return self._exchange(request, target, authorities, self._count)

    def fetch(self, request: Request, target: Target, authorities: str = "") -> Answer:
        """As ``ask``, with the content of a 200; more than the limit is ``ENDLESS``."""
        return self._exchange(request, target, authorities, self._keep)

    def _exchange(
        self, request: Request, target: Target, authorities: str, read: Callable[[http.client.HTTPResponse], bytes]
    ) -> Answer:
        started = stopwatch()
        deadline = Deadline(started + self.limits.seconds, self.limits.connecting)
        try:
            addresses = self._names.find(target, deadline)
            with (
                connect(target, addresses, authorities, deadline) as connection,
                _send(request, target, Stream(connection, deadline, 2 * self.limits.body + _ROOM)) as response,
            ):
                until, content = _certificate_until(connection), read(response)
                return Answer(response.status, _location_of(response), until, stopwatch() - started, content)
        except TimeoutError as error:
            raise OutboundFailed(Failure.TOO_SLOW) from error
        except (OSError, http.client.IncompleteRead) as error:
            raise OutboundFailed(Failure.BROKEN_OFF) from error
        except (http.client.HTTPException, ValueError) as error:  # the latter: the size of a chunk below nought
            raise OutboundFailed(Failure.NO_HTTP) from error

    def _keep(self, response: http.client.HTTPResponse) -> bytes:
        if response.status != http.HTTPStatus.OK:
            return b""
        content = response.read(self.limits.body + 1)
        if len(content) > self.limits.body:
            raise OutboundFailed(Failure.ENDLESS)
        if response.length:
            raise OutboundFailed(Failure.BROKEN_OFF)
        return content

    def _count(self, response: http.client.HTTPResponse) -> bytes:
        """Whether the page comes as a whole; of one that says how large it is, as much as we read of any."""
        if response.status >= http.HTTPStatus.MULTIPLE_CHOICES:
            return b""
        announced, left = response.length, self.limits.body
        while left > 0:
            piece = response.read(min(_PIECE, left))
            left -= len(piece)
            if not piece:
                if response.length:
                    raise OutboundFailed(Failure.BROKEN_OFF)
                return b""
        if announced is None and response.read(1):
            raise OutboundFailed(Failure.ENDLESS)
        return b""


def read_url(url: str, allowed: Collection[str] = ()) -> Target:
    """The target that an URL is; raises ``OutboundFailed`` for one that is never asked.

    A host that is allowed by name may be anywhere, and may be spoken to without TLS: for local tests.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise OutboundFailed(Failure.NOT_ALLOWED) from error
    host = parts.hostname or ""
    internal, is_secure = host in allowed, parts.scheme == "https"
    if not host or parts.username is not None or not (is_secure or (internal and parts.scheme == "http")):
        raise OutboundFailed(Failure.NOT_ALLOWED)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, path, port or (HTTPS if is_secure else HTTP), secure=is_secure, internal=internal)


def _send(request: Request, target: Target, stream: Stream) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = HTTPS if target.secure else HTTP
    connection.auto_open = 0  # nothing but the connection that was checked
    connection.sock = stream
    try:
        connection.request(request.method, target.path, request.body, {**_ALWAYS, **request.headers})
    except (ValueError, http.client.InvalidURL) as error:  # a header or path that is two
        raise OutboundFailed(Failure.NOT_ALLOWED) from error
    return connection.getresponse()


def _location_of(response: http.client.HTTPResponse) -> str:
    """Where the reader is sent, with what was forgotten to be encoded."""
    return quote((response.headers.get("Location") or "").encode("latin-1", "replace"), _SPEAKS_FOR_ITSELF)


def _certificate_until(connection: socket.socket | ssl.SSLSocket) -> datetime | None:
    if not isinstance(connection, ssl.SSLSocket):
        return None
    certificate: Any = connection.getpeercert()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
