"""Ask the API of an Afnemer for a document, and say in plain words why there is none."""

from collections.abc import Collection, Mapping
from http import HTTPStatus

from simulator.infra.http_client import Outbound, Request, read_url
from simulator.infra.outbound import Failure, Limits, OutboundFailed

SECONDS = 10.0
"""For one document, from the first question to DNS to the last byte."""
MAX_BYTES = 1_000_000
_REDENEN = {
    Failure.NOT_ALLOWED: "het adres mag niet worden gevraagd",
    Failure.ADDRESS_INTERNAL: "de naam wijst naar een intern adres",
    Failure.ENDLESS: f"meer dan {MAX_BYTES} bytes",
}
"""What no later try will change."""


class FetchFailed(Exception):  # noqa: N818 - an outcome, told in the words of who asked
    """There is no document; ``passing`` when a later try may bring one."""

    def __init__(self, reden: str, *, passing: bool = True) -> None:
        super().__init__(reden)
        self.reden = reden
        self.passing = passing


def fetch_document(url: str, headers: Mapping[str, str], lokaal: Collection[str], seconds: float = SECONDS) -> bytes:
    """The body of a 200; of ``lokaal`` an address inside a network will do. Raises ``FetchFailed``."""
    try:
        answer = Outbound(Limits(seconds, MAX_BYTES)).fetch(Request(headers=headers), read_url(url, lokaal))
    except OutboundFailed as failed:
        raise _explain(failed) from failed
    if answer.status != HTTPStatus.OK:
        passing = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS
        raise FetchFailed(f"antwoord {answer.status}", passing=passing)
    return answer.content


def _explain(failed: OutboundFailed) -> FetchFailed:
    if failed.failure in _REDENEN:
        return FetchFailed(_REDENEN[failed.failure], passing=False)
    if failed.is_late:
        return FetchFailed("te traag")
    if failed.failure is Failure.NAME_UNKNOWN:
        return FetchFailed("de naam is onbekend")
    return FetchFailed(f"geen antwoord: {type(failed.__cause__ or failed).__name__}")
