"""Asking a program of somebody else: no private addresses, what was checked is what is called, and caps."""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from simulator.infra.clock import stopwatch

_PIECE = 1 << 14
_CONNECT = 2.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AGAIN = frozenset({307, 308})
"""Redirects that send the same request again; of the others the body would be lost."""


class Reden(StrEnum):
    """Why nothing came."""

    ADRES = "adres-niet-toegestaan"
    ONBEREIKBAAR = "onbereikbaar"
    TE_LAAT = "te-laat"
    TE_GROOT = "te-groot"
    DOORVERWEZEN = "doorverwezen"
    STATUS = "foutcode"


class OutboundFailed(Exception):  # noqa: N818 - an outcome that the caller answers for
    """Nothing useful came back; ``reden`` says why."""

    def __init__(self, reden: Reden, detail: str = "") -> None:
        super().__init__(detail or reden.value)
        self.reden = reden


@dataclass(frozen=True, slots=True)
class Grenzen:
    """How long, how much, how often, and which hosts may be here at home (by name, or as an address)."""

    seconds: float
    max_bytes: int = 1 << 18
    redirects: int = 2
    allowed_hosts: frozenset[str] = frozenset()


def post(url: str, body: bytes, headers: Mapping[str, str], grenzen: Grenzen) -> bytes:
    """The body of a 200 to a POST; raises ``OutboundFailed``. Redirects are followed on the same host only."""
    deadline = stopwatch() + grenzen.seconds
    here = url
    for _ in range(grenzen.redirects + 1):
        address = find_address(here, grenzen.allowed_hosts)
        status, location, content = _send(here, address, (body, headers), (deadline, grenzen.max_bytes))
        if status == requests.codes.ok:
            return content
        if status not in _AGAIN or not location:
            raise OutboundFailed(Reden.STATUS, f"HTTP {status}")
        there = urljoin(here, location)
        if urlsplit(there)[:2] != urlsplit(here)[:2]:
            raise OutboundFailed(Reden.DOORVERWEZEN, "to another host")
        here = there
    raise OutboundFailed(Reden.DOORVERWEZEN, "too often")


def find_address(url: str, allowed_hosts: frozenset[str] = frozenset()) -> str:
    """The address to connect to; raises ``OutboundFailed`` when there is none, or one that is not on the internet.

    A host that is allowed by name may be anywhere, and may be spoken to without TLS: for local tests.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", _port_of(url)
    allowed = host in allowed_hosts
    if port is None or parts.scheme not in ({"https", "http"} if allowed else {"https"}) or parts.username is not None:
        raise OutboundFailed(Reden.ADRES, "https, a host and no user")
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise OutboundFailed(Reden.ONBEREIKBAAR, "no address") from error
    # One private address among others is how a name is rebound: all must be public.
    if not found or not (allowed or all(map(_is_public, found))):
        raise OutboundFailed(Reden.ADRES, "a private address")
    return found[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in _NAT64
    ):
        return False  # an IPv4 address in disguise; who has one can use it
    return address.is_global and not address.is_multicast


def _port_of(url: str) -> int | None:
    parts = urlsplit(url)
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return None


class _Pinned(HTTPAdapter):
    """Connects to one address, whatever the name says by now; TLS is still that of the name."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__(max_retries=0)

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> Any:
        host, pool = cast("tuple[Any, Any]", super().build_connection_pool_key_attributes(request, verify, cert))
        if host["scheme"] == "https":
            pool |= {"server_hostname": host["host"], "assert_hostname": host["host"]}
        return host | {"host": self._address}, pool


def _send(
    url: str, address: str, sent: tuple[bytes, Mapping[str, str]], limits: tuple[float, int]
) -> tuple[int, str, bytes]:
    (body, headers), (deadline, max_bytes) = sent, limits
    with requests.Session() as session:
        session.trust_env = False  # a proxy would resolve the name again
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Pinned(address))
        own = {**headers, "Host": urlsplit(url).netloc, "Accept-Encoding": "identity"}
        remaining = max(0.05, deadline - stopwatch())
        try:
            with session.post(
                url,
                data=body,
                headers=own,
                timeout=(min(_CONNECT, remaining), remaining),
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = _read(answer, deadline, max_bytes) if answer.status_code == requests.codes.ok else b""
                return answer.status_code, answer.headers.get("Location", ""), content
        except (requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError) as error:
            raise OutboundFailed(Reden.TE_LAAT) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise OutboundFailed(Reden.ONBEREIKBAAR) from error


def _read(answer: requests.Response, deadline: float, max_bytes: int) -> bytes:
    content = bytearray()
    # ``read1`` gives what is there: a server that drips would keep ``read`` waiting for ever.
    while piece := answer.raw.read1(_PIECE):
        content += piece
        if len(content) > max_bytes:
            raise OutboundFailed(Reden.TE_GROOT)
        if stopwatch() > deadline:
            raise OutboundFailed(Reden.TE_LAAT)
    return bytes(content)
