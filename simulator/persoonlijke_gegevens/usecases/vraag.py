"""Put one question to a live source, and say by a code why there is no answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from simulator.infra.clock import stopwatch
from simulator.infra.http_client import Answer, Outbound, Request, read_url
from simulator.infra.outbound import Failure, Limits, OutboundFailed

_CONNECT = 2.0
_REDIRECTS = 2
_MAX_BYTES = 1 << 18
_AGAIN = frozenset({HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT})
"""Redirects that send the same request again; of the others the body would be lost."""


class Reden(StrEnum):
    """Why nothing came."""

    ADRES = "adres-niet-toegestaan"
    ONBEREIKBAAR = "onbereikbaar"
    TE_LAAT = "te-laat"
    TE_GROOT = "te-groot"
    DOORVERWEZEN = "doorverwezen"
    STATUS = "foutcode"


_REDENEN = {Failure.NOT_ALLOWED: Reden.ADRES, Failure.ADDRESS_INTERNAL: Reden.ADRES, Failure.ENDLESS: Reden.TE_GROOT}


class VraagMislukt(Exception):  # noqa: N818 - an outcome that the caller answers for
    """Nothing useful came back; ``reden`` says why."""

    def __init__(self, reden: Reden) -> None:
        super().__init__(reden.value)
        self.reden = reden


@dataclass(frozen=True, slots=True)
class Vraag:
    """Where and what is asked, in how many seconds in all; hosts that are allowed by name may be here at home."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    seconds: float
    toegestaan: frozenset[str] = frozenset()


def ask_bron(vraag: Vraag) -> bytes:
    """The body of a 200; raises ``VraagMislukt``. Redirects are followed on the same host only."""
    deadline, here = stopwatch() + vraag.seconds, vraag.url
    for _ in range(_REDIRECTS + 1):
        answer = _post(vraag, here, deadline - stopwatch())
        if answer.status == HTTPStatus.OK:
            return answer.content
        if answer.status not in _AGAIN or not answer.location:
            raise VraagMislukt(Reden.STATUS)
        here = _follow(here, answer.location)
    raise VraagMislukt(Reden.DOORVERWEZEN)


def _follow(here: str, location: str) -> str:
    try:
        there = urljoin(here, location)
    except ValueError as error:
        raise VraagMislukt(Reden.DOORVERWEZEN) from error
    if urlsplit(there)[:2] != urlsplit(here)[:2]:
        raise VraagMislukt(Reden.DOORVERWEZEN)
    return there


def _post(vraag: Vraag, url: str, seconds: float) -> Answer:
    try:
        request, target = Request("POST", vraag.headers, vraag.body), read_url(url, vraag.toegestaan)
        return Outbound(Limits(seconds, _MAX_BYTES, _CONNECT)).fetch(request, target)
    except OutboundFailed as failed:
        reden = Reden.TE_LAAT if failed.is_late else _REDENEN.get(failed.failure, Reden.ONBEREIKBAAR)
        raise VraagMislukt(reden) from failed
