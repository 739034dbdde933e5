"""At the door of the APIs of Afnemers, on the way out: which exchanges are a sample worth keeping."""

from http import HTTPStatus

import msgspec
from flask import Response, g, request

from simulator.afnemers import current_afnemer
from simulator.conformiteit.rules.maskering import MAX_INHOUD, conceal, keep_bericht
from simulator.conformiteit.usecases.journaal import offer_monster
from simulator.conformiteit.values import Uitwisseling
from simulator.infra.http import current_omgeving, received_body, refused_regel
from simulator.infra.regels import Regel

_STATUS = "api-berichtenbox.show_status"
_PREFIX = "api-"


class _Bericht(msgspec.Struct):
    VerwerkingsCode: str


class _Verwerkt(msgspec.Struct):
    Berichten: list[_Bericht]


class _Context(msgspec.Struct):
    Verwerkt: _Verwerkt | None = None


class _Status(msgspec.Struct):
    """What the answer to a status question says of the outcome."""

    status: str
    context: _Context


_read_status = msgspec.json.Decoder(_Status).decode


def record_exchange(response: Response) -> Response:
    """Keep what was exchanged if it is one of the first of its kind; the answer is the same, whatever comes of that.

    Deliveries on the short road before Flask are not seen here: their proof is in the tables.
    """
    if "afnemer" not in g or request.endpoint is None:
        return response
    regel = refused_regel()
    sleutel = _name_soort(request.endpoint, response, regel)
    soort = current_afnemer().id, sleutel
    offer_monster(current_omgeving(), soort, lambda: _describe(sleutel, response, regel))
    return response


def _name_soort(endpoint: str, response: Response, regel: Regel | None) -> str:
    """``berichtenbox.show_status 200 REPORT Verwerkt``: operation, status, and the rule or what the answer tells."""
    parts = [endpoint.removeprefix(_PREFIX), str(response.status_code)]
    if regel is not None:
        parts.append(regel.id)
    elif endpoint == _STATUS and response.status_code == HTTPStatus.OK:
        parts += _list_uitkomsten(response.get_data())
    return " ".join(parts)[:200]


def _list_uitkomsten(body: bytes) -> list[str]:
    answer = _read_status(body)
    verwerkt = answer.context.Verwerkt
    return [answer.status, *sorted({each.VerwerkingsCode for each in verwerkt.Berichten} if verwerkt else ())]


def _describe(sleutel: str, response: Response, regel: Regel | None) -> Uitwisseling:
    whole = request.full_path if request.query_string else request.path
    return Uitwisseling(
        sleutel=sleutel,
        moment=current_omgeving().now(),
        regel=None if regel is None else regel.id,
        methode=request.method,
        pad=conceal(whole)[:300],
        status=response.status_code,
        verzoek=keep_bericht(request.headers.items(), received_body()),
        antwoord=keep_bericht(response.headers.items(), _begin(response)),
    )


def _begin(response: Response) -> bytes:
    """The beginning of the body; of what is made while it goes out nothing can be kept."""
    return b"" if response.is_streamed or response.direct_passthrough else response.get_data()[: 4 * MAX_INHOUD]
