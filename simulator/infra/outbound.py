"""The way out to addresses that somebody else chose: nothing but an address that was checked, and never for long.

A name is resolved once for each exchange, its addresses are judged, and the connection goes to one of those: what DNS
says a moment later changes nothing. One deadline holds from the first question to DNS to the last byte.
"""

import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from ipaddress import ip_address
from typing import Any

from simulator.infra.addresses import is_public
from simulator.infra.clock import stopwatch

HTTPS = 443
_PIECE = 16_384
_KNOWN_FOR = 10.0
"""Seconds for which what DNS said of a name is not asked again."""
_MAX_KNOWN = 1_024
_TRIES = 3
"""Addresses of a name that are tried."""


class Failure(Enum):
    """Why there was no answer. Those of ``OF_HOST`` are the same for every page there."""

    NOT_ALLOWED = auto()
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
_CERTIFICATES = {
    9: Failure.CERTIFICATE_NOT_YET_VALID,
    10: Failure.CERTIFICATE_EXPIRED,
    62: Failure.CERTIFICATE_OF_ANOTHER,  # by name
    64: Failure.CERTIFICATE_OF_ANOTHER,  # by address
}
"""What OpenSSL means by its codes."""


class OutboundFailed(Exception):  # noqa: N818 - an outcome, told in the words of who asked
    """There was no answer; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.name)
        self.failure = failure

    @property
    def is_late(self) -> bool:
        """Whether there may be an answer for who has more time, also when it is DNS that keeps us waiting."""
        return self.failure is Failure.TOO_SLOW or isinstance(self.__cause__, TimeoutError)


@dataclass(frozen=True, slots=True)
class Target:
    """One page. ``host`` as it travels, ``path`` with its query; both in ASCII."""

    host: str
    path: str = "/"
    port: int = HTTPS
    secure: bool = True
    internal: bool = False
    """Whether an address inside a network will do."""
    place: tuple[str, int | None] | None = None
    """An address (with a port, if another) to connect to instead of asking DNS."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one exchange may take, how much of a body is read, and how long each address may keep us waiting."""

    seconds: float = 10.0
    body: int = 2_000_000
    connecting: float = float("inf")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which all is over, and the seconds for which an address may keep us waiting before."""

    moment: float
    connecting: float

    def left(self) -> float:
        """The seconds that are left; raises ``TimeoutError`` when there are none."""
        left = self.moment - stopwatch()
        if left <= 0:
            raise TimeoutError
        return left

    def hurry(self, connection: socket.socket) -> None:
        """Let no next step of the connection take longer than there is."""
        connection.settimeout(self.left())


Lookup = Callable[[str, int], Sequence[Any]]


def ask_dns(host: str, port: int) -> Sequence[Any]:
    """What the resolver of this machine says of a name."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@dataclass
class Names:
    """What DNS says of names, and said a moment ago; shared by all threads."""

    lookup: Lookup = ask_dns
    _known: dict[tuple[str, bool], tuple[float, Sequence[str]]] = field(default_factory=dict)

    def find(self, target: Target, deadline: Deadline) -> Sequence[str]:
        """The addresses that may be connected to: all that the name has, if all of them may be."""
        if target.place is not None and target.place[0]:
            return [target.place[0]]
        key = (target.host, target.internal)
        held = self._known.get(key)
        if held is not None and held[0] > stopwatch():
            return held[1]
        found = self._look_up(target, deadline)
        if not found:
            raise OutboundFailed(Failure.NAME_UNKNOWN)
        # One internal address among others is how a name is rebound: all must be public.
        if not target.internal and not all(is_public(ip_address(each.partition("%")[0])) for each in found):
            raise OutboundFailed(Failure.ADDRESS_INTERNAL)
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        self._known[key] = (stopwatch() + _KNOWN_FOR, found)
        return found

    def _look_up(self, target: Target, deadline: Deadline) -> Sequence[str]:
        """Ask in a thread of its own: the resolver has its own patience, and takes no deadline."""
        answers: list[Sequence[Any]] = []
        done = threading.Event()

        def look() -> None:
            try:
                answers.append(self.lookup(target.host, target.port))
            except (OSError, ValueError):
                answers.append(())
            done.set()

        threading.Thread(target=look, name="dns", daemon=True).start()
        if not done.wait(deadline.left()):
            raise OutboundFailed(Failure.NAME_UNKNOWN) from TimeoutError()
        return list(dict.fromkeys(str(each[4][0]) for each in answers[0]))


@dataclass
class Stream:
    """As much of a socket as ``http.client`` asks for; everything that goes through it ends at the deadline."""

    connection: socket.socket
    deadline: Deadline
    most: int
    """Bytes that may come in, whatever the other side says of their number."""

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What comes in."""
        return io.BufferedReader(_Reader(self.connection, self.deadline, self.most), _PIECE)

    def sendall(self, content: bytes) -> None:
        """Send, however slowly the other side takes it."""
        left = memoryview(content)
        while left:
            self.deadline.hurry(self.connection)
            left = left[self.connection.send(left) :]

    def close(self) -> None:
        """Who opened the connection closes it."""


class _Reader(io.RawIOBase):
    """Bytes from a socket until the deadline, however slowly they drip, and no more of them than there may be."""

    def __init__(self, connection: socket.socket, deadline: Deadline, most: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._deadline.hurry(self._connection)
        came = self._connection.recv_into(buffer)
        self._left -= came
        if self._left < 0:
            raise OutboundFailed(Failure.ENDLESS)
        return came


@contextmanager
def connect(
    target: Target, addresses: Sequence[str], authorities: str, deadline: Deadline
) -> Iterator[socket.socket | ssl.SSLSocket]:
    """A connection to one of the addresses, with TLS if the target wants it.

    Whoever is there must prove to be who the name says; ``authorities`` (PEM) are trusted beside the usual ones.
    """
    with _open_first(target, addresses[:_TRIES], deadline) as plain:
        if not target.secure:
            yield plain
            return
        with _secure(plain, target.host, authorities, deadline) as secured:
            yield secured


def _open_first(target: Target, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    """The first address that takes a connection; each gets its share of the time that is left."""
    port = target.place[1] if target.place is not None and target.place[1] is not None else target.port
    cause: BaseException | None = None
    for place, address in enumerate(addresses):
        patience = min(deadline.connecting, deadline.left() / (len(addresses) - place))
        try:
            return socket.create_connection((address, port), timeout=patience)
        except (OSError, OverflowError) as error:
            cause = error
    raise OutboundFailed(Failure.NOT_CONNECTED) from cause


def _secure(plain: socket.socket, host: str, authorities: str, deadline: Deadline) -> ssl.SSLSocket:
    deadline.hurry(plain)
    try:
        return _context(authorities).wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise OutboundFailed(_CERTIFICATES.get(error.verify_code, Failure.CERTIFICATE_UNTRUSTED)) from error
    except ssl.SSLError as error:
        raise OutboundFailed(Failure.NO_TLS) from error


def is_pem(authorities: str) -> bool:
    """Whether the text is what ``connect`` takes for authorities."""
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


@lru_cache(maxsize=16)
def _context(authorities: str) -> ssl.SSLContext:
    """Who is trusted; made seldom, because it reads all authorities of this machine."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        context.load_verify_locations(cadata=authorities)
    return context
