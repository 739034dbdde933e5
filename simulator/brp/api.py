"""``POST /haalcentraal/api/brp/personen``: the one operation of BRP Personen Bevragen."""

from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response, request

from simulator.afnemers import current_afnemer
from simulator.brp.errors import AntwoordNietAanvaard, ParametersOnjuist, ParametersOntbreken, TeveelResultaten
from simulator.brp.schemas.antwoord import PersonenQueryResponse, build_antwoord
from simulator.brp.schemas.vragen import PersonenQuery, read_vraag
from simulator.brp.usecases import bevraag
from simulator.infra.http import current_omgeving, current_trace, json_response, read_json
from simulator.infra.openapi import Api
from simulator.infra.problems import PROBLEM_JSON
from simulator.infra.tracing import HEADER

MAX_BYTES = 1 << 16
_JSON = "application/json"
_CODES = {
    HTTPStatus.BAD_REQUEST: "paramsValidation", HTTPStatus.UNAUTHORIZED: "authentication",
    HTTPStatus.FORBIDDEN: "authorization", HTTPStatus.NOT_FOUND: "notFound",
    HTTPStatus.NOT_ACCEPTABLE: "notAcceptable", HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupportedMediaType",
    HTTPStatus.TOO_MANY_REQUESTS: "tooManyRequests", HTTPStatus.SERVICE_UNAVAILABLE: "notAvailable",
}  # fmt: skip

api = Api(
    "brp",
    "/haalcentraal/api/brp",
    title="BRP Personen Bevragen",
    version="2.7.0",
    description=(
        "De bevolking van deze omgeving, in de vorm van Haal Centraal BRP Personen Bevragen 2.7.0. Pad en velden zijn "
        "die van dat koppelvlak, ook waar ze afwijken van de NL API Design Rules (geen /v2 in het pad). De Afnemer "
        "meldt zich aan met zijn API-sleutel, en is aangesloten op Persoonlijke Gegevens. Elke verstrekking staat in "
        "het logboek van de persoon; `traceparent` verbindt die regel met uw eigen logboek."
    ),
)


@api.operation(
    "POST",
    "/personen",
    summary="Raadpleeg of zoek personen",
    body=PersonenQuery,
    answer=(200, PersonenQueryResponse),
    refusals=(ParametersOnjuist, ParametersOntbreken, TeveelResultaten, AntwoordNietAanvaard),
)
def personen() -> Response:
    if request.accept_mimetypes and not request.accept_mimetypes.quality(_JSON):
        raise AntwoordNietAanvaard
    vraag = read_vraag(read_json(dict[str, Any], limit=MAX_BYTES))
    trace = current_trace()
    gevonden = bevraag(current_omgeving(), current_afnemer(), vraag, trace)
    return json_response(build_antwoord(vraag, gevonden), headers={HEADER: trace.traceparent})


@api.blueprint.after_app_request  # a path that is not there belongs to no blueprint
def add_code(response: Response) -> Response:
    """Clients of Haal Centraal read ``code`` beside the members of the problem."""
    if response.mimetype == PROBLEM_JSON and request.path.startswith(api.prefix):
        problem = msgspec.json.decode(response.get_data())
        problem.setdefault("code", _CODES.get(HTTPStatus(response.status_code), "serverError"))
        response.set_data(msgspec.json.encode(problem))
    return response
