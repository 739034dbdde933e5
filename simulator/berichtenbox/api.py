"""The interface for Afnemers: deliver, ask what became of it, check subscriptions, manage berichttypes."""

import re
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, request

from simulator.afnemers import Dienst, authenticate, current_afnemer
from simulator.berichtenbox.errors import aanlevering as errors
from simulator.berichtenbox.schemas import beheer, berichten, status
from simulator.berichtenbox.schemas.batch_resultaat_xml import write_resultaat
from simulator.berichtenbox.schemas.batch_xml import read_batch
from simulator.berichtenbox.usecases import batch, berichttypes
from simulator.berichtenbox.usecases.aanlevering import submit_aanlevering
from simulator.berichtenbox.usecases.abonnementen import AbonnementenVraag, validate_abonnementen
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer
from simulator.berichtenbox.values import GUID_PATROON, MAX_AANLEVERING_BYTES, Aanbod
from simulator.infra.bodies import LARGE, Body
from simulator.infra.edge import uri_in
from simulator.infra.http import (
    BodyTooLarge,
    JsonInvalid,
    absolute_uri,
    current_omgeving,
    current_trace,
    decode_json,
    encode_json,
    json_response,
    read_body,
    read_json,
    require_content_type,
)
from simulator.infra.lane import LaneAnswer, LaneRequest
from simulator.infra.omgeving import Omgeving
from simulator.infra.openapi import Api, Parameter
from simulator.infra.problems import PROBLEM_JSON

PREFIX = "/api/berichtenbox/v1"
XML = "application/xml"
_GUID = re.compile(GUID_PATROON)
_FIRST_ERROR = 400
api = Api(
    name="berichtenbox",
    prefix=PREFIX,
    title="Berichtenbox voor Afnemers",
    version="1.0.0",
    description="Berichten aanleveren en volgen. De velden zijn die van de koppelvlakken van de Berichtenbox; waar die "
    "botsen met de NL API Design Rules (hoofdletters in veldnamen) gaat de gepubliceerde vorm voor. Problemen dragen "
    "ook `error` (één regel tekst) en, waar bekend, `statusID`.",
)
_MESSAGE_ID = Parameter(
    "X-Message-ID",
    in_="header",
    required=True,
    schema={"type": "string", "format": "uuid"},
    description="Uw eigen kenmerk van dit verzoek; nog eens hetzelfde verzoek geeft hetzelfde antwoord.",
)


@api.operation(
    "POST",
    "/berichten",
    summary="Lever 1 tot en met 1000 berichten aan (JSON).",
    body=berichten.BerichtenIn,
    answer=(201, status.OntvangstbewijsUit),
    parameters=(_MESSAGE_ID,),
    refusals=(errors.MessageIdAlGebruikt, errors.AanleveringTeGroot, errors.BesturingstekenGeweigerd),
)
def deliver_berichten() -> Response:
    """Decode, hand over, answer."""
    afnemer = current_afnemer()
    message_id = _read_message_id(request.headers.get("X-Message-ID", ""))
    require_content_type("application/json")
    aanbod = _decode_aanlevering(_read_aanlevering(), message_id)
    bewijs = _deliver(request.environ, current_omgeving(), AanleveringInvoer(afnemer, aanbod))
    return json_response(bewijs, 201, {"Location": bewijs.status_uri})


def deliver_plain(given: LaneRequest) -> LaneAnswer:
    """The same before Flask, for what needs no explanation; raises whatever goes wrong."""
    environ = given.environ
    afnemer = authenticate(given.omgeving, environ.get("HTTP_X_API_KEY", ""), Dienst.BERICHTENBOX)
    message_id = _read_message_id(environ.get("HTTP_X_MESSAGE_ID", ""))
    body = given.read()
    aanbod = berichten.to_aanbod(decode_json(body, berichten.BerichtenIn), message_id, body)
    bewijs = _deliver(environ, given.omgeving, AanleveringInvoer(afnemer, aanbod))
    return LaneAnswer("201 CREATED", encode_json(bewijs), (("Location", bewijs.status_uri),))


LANES = {f"{PREFIX}/berichten": deliver_plain}
"""The short road before Flask, by path."""


def _deliver(environ: dict[str, Any], omgeving: Omgeving, invoer: AanleveringInvoer) -> status.OntvangstbewijsUit:
    bewijs = submit_aanlevering(omgeving, invoer)
    return status.OntvangstbewijsUit(bewijs.status_id, uri_in(environ, f"{PREFIX}/status/{bewijs.status_id}"))


@api.operation(
    "GET",
    "/status/<status_id>",
    summary="Wat er van een aanlevering geworden is.",
    description="RECEIVED, IN_PROGRESS, dan REPORT met per bericht de VerwerkingsCode; alleen voor wie aanleverde.",
    answer=(200, status.StatusAntwoord),
    refusals=(errors.AanleveringNotFound,),
)
def show_status(status_id: str) -> Response:
    """The status of a delivery of the caller."""
    stand = batch.read_status(current_omgeving(), current_afnemer(), status_id)
    return json_response(status.to_status(status_id, stand.aanlevering, stand.fase))


@api.operation(
    "POST",
    "/batches",
    summary="Lever een batch aan (XML, Berichten).",
    description="Valideert tegen de XSD. Een batch die niet valideert wordt ook aangenomen; de status zegt dan per "
    "regel van het document waarom.",
    body_type=XML,
    answer=(202, status.BatchOntvangstbewijsUit),
    refusals=(
        errors.XmlNietWelgevormd,
        errors.XmlTeVeelElementen,
        errors.XmlMetDoctype,
        errors.XmlCodering,
        errors.BatchIdOnleesbaar,
        errors.AanleveringTeGroot,
    ),
)
def deliver_batch() -> Response:
    """Read the document, hand over, tell where the result will be."""
    afnemer = current_afnemer()
    require_content_type(XML, "text/xml")
    _require_utf8()
    aanbod = read_batch(_read_aanlevering())
    bewijs = submit_aanlevering(current_omgeving(), AanleveringInvoer(afnemer, aanbod))
    batch_id = str(UUID(bytes=aanbod.extern_id))
    resultaat = _uri(f"/batches/{batch_id}/resultaat")
    answer = status.BatchOntvangstbewijsUit(batch_id, resultaat, bewijs.status_id, _uri(f"/status/{bewijs.status_id}"))
    return json_response(answer, 202, {"Location": resultaat})


@api.operation(
    "GET",
    "/batches/<batch_id>/resultaat",
    summary="Het resultaat van een batch (XML, BerichtVerwerkResponse).",
    description="Van de laatste keer dat de batch is aangeboden. Zolang de verwerking loopt een 404 met Retry-After.",
    answer=(200, None),
    answer_types=(XML,),
    refusals=(errors.AanleveringNotFound, errors.ResultaatNogNietKlaar),
)
def show_resultaat(batch_id: str) -> Response:
    """The result document of a batch of the caller."""
    if not _GUID.match(batch_id):
        raise errors.AanleveringNotFound(ontvangen=batch_id[:60])
    aanlevering = batch.read_resultaat(current_omgeving(), current_afnemer(), UUID(batch_id))
    return Response(write_resultaat(aanlevering), content_type="application/xml; charset=utf-8")


@api.operation(
    "POST",
    "/abonnementen/_valideren",
    summary="Controleer vooraf wie digitale post wil (hooguit 250 BSN's).",
    body=beheer.AbonnementenIn,
    answer=(200, beheer.AbonnementenUit),
)
def check_abonnementen() -> Response:
    """Per BSN whether a bericht may be sent; BSNs travel in the body, never in the URL."""
    afnemer = current_afnemer()
    vraag = read_json(beheer.AbonnementenIn)
    antwoord = validate_abonnementen(
        current_omgeving(), AbonnementenVraag(afnemer, vraag.bericht_type_code, vraag.gebruikers, current_trace())
    )
    return json_response(beheer.to_abonnementen(vraag.bericht_type_code, antwoord))


@api.operation("GET", "/berichttypes", summary="Uw berichttypes.", answer=(200, beheer.BerichttypesUit))
def show_berichttypes() -> Response:
    """The berichttypes of the caller."""
    records = berichttypes.list_berichttypes(current_omgeving(), current_afnemer())
    return json_response(beheer.BerichttypesUit([beheer.to_berichttype(record) for record in records]))


@api.operation(
    "POST",
    "/berichttypes",
    summary="Maak een berichttype.",
    body=beheer.BerichttypeIn,
    answer=(201, beheer.BerichttypeUit),
    refusals=(errors.BerichttypeBestaatAl,),
)
def create_berichttype() -> Response:
    """A new berichttype of the caller."""
    afnemer = current_afnemer()
    nieuw = read_json(beheer.BerichttypeIn)
    record = berichttypes.BerichttypeRecord(nieuw.code, nieuw.omschrijving, nieuw.actief)
    made = berichttypes.add_berichttype(current_omgeving(), afnemer, record)
    return json_response(beheer.to_berichttype(made), 201, {"Location": _uri(f"/berichttypes/{made.code}")})


@api.operation(
    "PATCH",
    "/berichttypes/<code>",
    summary="Hernoem een berichttype, of zet het aan of uit.",
    body=beheer.BerichttypePatch,
    answer=(200, beheer.BerichttypeUit),
    refusals=(errors.BerichttypeNotFound,),
)
def patch_berichttype(code: str) -> Response:
    """Change a berichttype of the caller."""
    afnemer = current_afnemer()
    patch = read_json(beheer.BerichttypePatch)
    wijziging = berichttypes.BerichttypeWijziging(code, patch.omschrijving, patch.actief)
    return json_response(beheer.to_berichttype(berichttypes.change_berichttype(current_omgeving(), afnemer, wijziging)))


@api.blueprint.after_app_request  # a path that is not there belongs to no blueprint
def add_error_line(response: Response) -> Response:
    """Clients of the published JSON shape read ``error``: one line of text beside the members of the problem."""
    if response.status_code < _FIRST_ERROR or not request.path.startswith(PREFIX):
        return response
    if response.mimetype == PROBLEM_JSON:
        problem = msgspec.json.decode(response.get_data())
        problem.setdefault("error", " ".join(problem.get("detail", "").split()))
        response.set_data(msgspec.json.encode(problem))
    return response


def _read_message_id(text: str) -> bytes:
    if not _GUID.match(text):
        raise errors.MessageIdOngeldig(ontvangen=text[:60] or "geen X-Message-ID")
    return bytes.fromhex(text.replace("-", ""))


def _decode_aanlevering(body: Body, message_id: bytes) -> Aanbod:
    """In a function of its own, so that the text of 100 MB is gone before what it says is stored."""
    try:
        gelezen = berichten.read_in_pieces(body) if len(body) > LARGE else None
        verzoek = gelezen or decode_json(body, berichten.BerichtenIn)
    except JsonInvalid as refusal:
        raise errors.AanleveringOngeldig(refusal.errors) from refusal
    return berichten.to_aanbod(verzoek, message_id, body)


def _read_aanlevering() -> Body:
    try:
        return read_body(MAX_AANLEVERING_BYTES)
    except BodyTooLarge as refusal:
        raise errors.AanleveringTeGroot(ontvangen=refusal.ontvangen) from refusal


def _require_utf8() -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise errors.XmlCodering(ontvangen=charset)


def _uri(path: str) -> str:
    return absolute_uri(PREFIX + path)
