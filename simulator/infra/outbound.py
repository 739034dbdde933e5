"""Outgoing HTTPS to addresses that somebody else chose: nothing but the address that was checked, and never for long.

A name is resolved once for each exchange, the addresses are judged, and the connection goes to one of those: what DNS
says a moment later changes nothing. Each exchange has one deadline, from the first question to DNS to the last byte.
"""

import http.client
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from simulator import __version__
from simulator.infra.addresses import is_public
from simulator.infra.clock import stopwatch

HTTPS = 443
_PIECE = 16_384
_KNOWN_FOR = 10.0
"""Seconds for which what DNS said of a name is not asked again."""
_MAX_KNOWN = 1_024
_TRIES = 3
"""Addresses of a name that are tried."""
_ALWAYS = (
    ("User-Agent", f"MijnOverheid-simulator/{__version__} (controle van weblinks)"),
    ("Accept", "text/html, */*;q=0.1"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)
_EXPIRED, _NOT_YET, _WRONG_NAME, _WRONG_ADDRESS = 10, 9, 62, 64
"""Codes of OpenSSL for what is wrong with a certificate."""


class Failure(Enum):
    """Why there was no answer. Those of ``OF_HOST`` are the same for every page there."""

    NAME_UNKNOWN = auto()
    ADDRESS_INTERNAL = auto()
    NOT_CONNECTED = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_NOT_YET_VALID = auto()
    CERTIFICATE_OF_ANOTHER = auto()
    CERTIFICATE_UNTRUSTED = auto()
    NO_TLS = auto()
    TOO_SLOW = auto()
    BROKEN_OFF = auto()
    NO_HTTP = auto()
    ENDLESS = auto()


OF_HOST = frozenset(
    {
        Failure.NAME_UNKNOWN,
        Failure.ADDRESS_INTERNAL,
        Failure.NOT_CONNECTED,
        Failure.CERTIFICATE_EXPIRED,
        Failure.CERTIFICATE_NOT_YET_VALID,
        Failure.CERTIFICATE_OF_ANOTHER,
        Failure.CERTIFICATE_UNTRUSTED,
    }
)


class OutboundFailed(Exception):  # noqa: N818 - an outcome, told in the words of who asked
    """There was no answer; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.name)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Target:
    """One page. ``host`` as it travels, ``path`` with its query; both in ASCII."""

    host: str
    path: str = "/"
    port: int = HTTPS
    internal: bool = False
    """Whether an address inside a network will do."""
    place: tuple[str, int | None] | None = None
    """An address (with a port, if another) to connect to instead of asking DNS."""
    headers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the body is counted, not kept."""

    status: int
    location: str
    certificate_until: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one exchange may take, and how much of a body without an announced length is read."""

    seconds: float = 10.0
    body: int = 2_000_000


Lookup = Callable[[str, int], Sequence[Any]]


def ask_dns(host: str, port: int) -> Sequence[Any]:
    """What the resolver of this machine says of a name."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@dataclass
class Outbound:
    """The way out; shared by all threads."""

    limits: Limits = field(default_factory=Limits)
    lookup: Lookup = ask_dns
    _known: dict[tuple[str, bool], tuple[float, Sequence[str]]] = field(default_factory=dict)

    def ask(self, method: str, target: Target, authorities: str = "") -> Answer:
        """One exchange, without following anything; ``authorities`` (PEM) are trusted beside the usual ones.

        Raises ``OutboundFailed``, at the latest when its time is over.
        """
        started = stopwatch()
        deadline = started + self.limits.seconds
        try:
            with self._connect(target, deadline) as plain, _secure(plain, target, authorities, deadline) as secured:
                until = _certificate_until(secured)
                status, location = self._exchange(method, target, secured, deadline)
        except TimeoutError as error:
            raise OutboundFailed(Failure.TOO_SLOW) from error
        except (OSError, http.client.IncompleteRead) as error:
            raise OutboundFailed(Failure.BROKEN_OFF) from error
        except http.client.HTTPException as error:
            raise OutboundFailed(Failure.NO_HTTP) from error
        return Answer(status, location, until, stopwatch() - started)

    @contextmanager
    def _connect(self, target: Target, deadline: float) -> Iterator[socket.socket]:
        addresses, port = self._find(target, deadline), target.port
        if target.place is not None and target.place[1] is not None:
            port = target.place[1]
        with _open_first(addresses[:_TRIES], port, deadline) as connection:
            yield connection

    def _find(self, target: Target, deadline: float) -> Sequence[str]:
        """The addresses that may be connected to: all that the name has, if all of them may be."""
        if target.place is not None and target.place[0]:
            return [target.place[0]]
        key = (target.host, target.internal)
        held = self._known.get(key)
        if held is not None and held[0] > stopwatch():
            return held[1]
        found = self._judge(self._look_up(target, deadline), internal=target.internal)
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        self._known[key] = (stopwatch() + _KNOWN_FOR, found)
        return found

    def _look_up(self, target: Target, deadline: float) -> Sequence[str]:
        """Ask in a thread of its own: the resolver has its own patience, and takes no deadline."""
        answers: list[Sequence[Any]] = []
        done = threading.Event()

        def look() -> None:
            try:
                answers.append(self.lookup(target.host, target.port))
            except (OSError, UnicodeError):
                answers.append(())
            done.set()

        threading.Thread(target=look, name="dns", daemon=True).start()
        if not done.wait(max(0.0, deadline - stopwatch())):
            raise OutboundFailed(Failure.NAME_UNKNOWN)
        return list(dict.fromkeys(str(each[4][0]) for each in answers[0]))

    @staticmethod
    def _judge(addresses: Sequence[str], *, internal: bool) -> Sequence[str]:
        if not addresses:
            raise OutboundFailed(Failure.NAME_UNKNOWN)
        if not internal and not all(is_public(ip_address(each.partition("%")[0])) for each in addresses):
            raise OutboundFailed(Failure.ADDRESS_INTERNAL)
        return addresses

    def _exchange(self, method: str, target: Target, secured: ssl.SSLSocket, deadline: float) -> tuple[int, str]:
        host = f"[{target.host}]" if ":" in target.host else target.host
        authority = host if target.port == HTTPS else f"{host}:{target.port}"
        lines = [f"{method} {target.path} HTTP/1.1", f"Host: {authority}"]
        lines += [f"{name}: {value}" for name, value in (*_ALWAYS, *target.headers)]
        _hurry(secured, deadline)
        secured.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        with http.client.HTTPResponse(_Stream(secured, deadline), method=method) as response:  # type: ignore[arg-type]  # it only asks for a file
            response.begin()
            if method != "HEAD" and response.status < http.HTTPStatus.MULTIPLE_CHOICES:
                self._read_to_the_end(response)
            return response.status, response.headers.get("Location") or ""

    def _read_to_the_end(self, response: http.client.HTTPResponse) -> None:
        """Whether the page comes as a whole; of one that says how large it is, as much as we read of any."""
        announced = response.length
        left = self.limits.body
        while left > 0:
            piece = response.read(min(_PIECE, left))
            left -= len(piece)
            if not piece:
                if response.length:
                    raise OutboundFailed(Failure.BROKEN_OFF)
                return
        if announced is None and response.read(1):
            raise OutboundFailed(Failure.ENDLESS)


class _Reader(io.RawIOBase):
    """Bytes from a socket until the deadline, however slowly they drip."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        _hurry(self._connection, self._deadline)
        return self._connection.recv_into(buffer)


@dataclass
class _Stream:
    """As much of a socket as ``HTTPResponse`` asks for."""

    connection: socket.socket
    deadline: float

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self.connection, self.deadline), _PIECE)


def _open_first(addresses: Sequence[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of the addresses that takes one; each gets its share of the time that is left."""
    failure = Failure.NOT_CONNECTED
    for place, address in enumerate(addresses):
        patience = (deadline - stopwatch()) / (len(addresses) - place)
        if patience <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=patience)
        except TimeoutError:
            failure = Failure.NOT_CONNECTED
        except (OSError, OverflowError):
            continue
    raise OutboundFailed(failure)


@contextmanager
def _secure(plain: socket.socket, target: Target, authorities: str, deadline: float) -> Iterator[ssl.SSLSocket]:
    _hurry(plain, deadline)
    try:
        secured = _context(authorities).wrap_socket(plain, server_hostname=target.host)
    except ssl.SSLCertVerificationError as error:
        raise OutboundFailed(_explain(error.verify_code)) from error
    except ssl.SSLError as error:
        raise OutboundFailed(Failure.NO_TLS) from error
    with secured:
        yield secured


def _explain(code: int) -> Failure:
    found = {
        _EXPIRED: Failure.CERTIFICATE_EXPIRED,
        _NOT_YET: Failure.CERTIFICATE_NOT_YET_VALID,
        _WRONG_NAME: Failure.CERTIFICATE_OF_ANOTHER,
        _WRONG_ADDRESS: Failure.CERTIFICATE_OF_ANOTHER,
    }
    return found.get(code, Failure.CERTIFICATE_UNTRUSTED)


@lru_cache(maxsize=16)
def _context(authorities: str) -> ssl.SSLContext:
    """Who is trusted; made seldom, because it reads all authorities of this machine."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        context.load_verify_locations(cadata=authorities)
    return context


def is_pem(authorities: str) -> bool:
    """Whether the text is what ``ask`` takes for authorities."""
    if not authorities.isascii():
        return False
    try:
        _context(authorities)
    except (ssl.SSLError, ValueError):
        return False
    return True


def read_place(text: str) -> tuple[str, int | None] | None:
    """``127.0.0.1:8443`` or ``[::1]:8443`` as the ``place`` of a target; empty is nowhere in particular."""
    if not text:
        return None
    address, separator, port = text.rpartition(":") if "]:" in text or text.count(":") == 1 else (text, "", "")
    return address.strip("[]"), int(port) if separator else None


def _certificate_until(secured: ssl.SSLSocket) -> datetime:
    certificate: Any = secured.getpeercert()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)


def _hurry(connection: socket.socket, deadline: float) -> None:
    left = deadline - stopwatch()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)
