"""The edge of the application: which omgeving, which request, what the answer carries, how a refusal looks."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import TypeVar, cast

import msgspec
from flask import Flask, Request, Response, current_app, g, render_template, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import ClientDisconnected, HTTPException

from simulator.infra.bodies import LARGE, Body, Gate, give_back_memory, read_pieces
from simulator.infra.decoding import json_decoder
from simulator.infra.edge import OMGEVING, REQUEST_ID, RETIRED, ROUTE, Edge, name_omgeving, uri_in
from simulator.infra.errors import InvalidInput, NotFound, Refusal, TooLarge, Unavailable, UnsupportedMedia
from simulator.infra.headers import is_for_programs
from simulator.infra.json_errors import find_errors
from simulator.infra.lane import Answer, Lane
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.infra.omgevingen import Omgevingen
from simulator.infra.outage import is_outage
from simulator.infra.problems import PROBLEM_JSON, PROBLEM_XML, as_json, as_xml, describe
from simulator.infra.regels import Herkomst, Regel, Uitkomst
from simulator.infra.telemetry import get_logger
from simulator.infra.tracing import Trace, read_trace

T = TypeVar("T")
HEALTH = "health"
"""The blueprint that answers for the process, whatever the state of its database."""
FORM = 1 << 20
"""Bytes of a form: it is read before anybody knows who sends it, and in memory it is many times as much."""
REMEMBERED = 8_000
"""Bytes of a body that are kept for who writes down what was exchanged."""
encode_json = msgspec.json.encode
_log = get_logger("simulator.http")
_STANDARD = "NL API Design Rules 2.2.0"

JSON_LEESBAAR = Regel("SIM-json-leesbaar", "JSON die te lezen is", "RFC 8259", Herkomst.GEDOCUMENTEERD,
                      "één JSON-document in UTF-8")  # fmt: skip
JSON_SCHEMA = Regel("SIM-json-schema", "JSON volgens het schema", _STANDARD + " /core/error-handling/invalid-input",
                    Herkomst.GEDOCUMENTEERD, "een document volgens het schema in openapi.json")  # fmt: skip
INHOUDSTYPE = Regel("SIM-inhoudstype", "Het inhoudstype klopt", _STANDARD, Herkomst.GEDOCUMENTEERD,
                    "de header Content-Type die bij dit pad hoort")  # fmt: skip
OMVANG = Regel("SIM-omvang", "De omvang van een verzoek", "de simulator zelf", Herkomst.AANGENOMEN,
               "een verzoek binnen de grens van dit pad")  # fmt: skip
REGELS = (JSON_LEESBAAR, JSON_SCHEMA, INHOUDSTYPE, OMVANG)


class JsonUnreadable(InvalidInput):
    """The body is no JSON at all."""

    slug = "json-onleesbaar"
    title = "De inhoud is geen leesbare JSON"
    regel = JSON_LEESBAAR


class JsonInvalid(InvalidInput):
    """The body is JSON, of another shape than asked; ``errors`` holds all that is wrong."""

    slug = "json-ongeldig"
    title = "De inhoud voldoet niet aan het schema"
    regel = JSON_SCHEMA


class ContentTypeUnsupported(UnsupportedMedia):
    """Another content type than this path takes."""

    regel = INHOUDSTYPE


class BodyTooLarge(TooLarge):
    """More bytes than this path takes; the rest is not read."""

    regel = OMVANG


class HttpRefusal(Refusal):
    """What the router itself refuses: an unknown path, a wrong method."""


_IN_DUTCH = {
    HTTPStatus.BAD_REQUEST: ("Dit verzoek is niet te begrijpen", "De simulator kan dit verzoek niet lezen."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Deze methode kan hier niet", "Wat op dit pad kan, staat in de header Allow."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("Dit verzoek is te groot", "Stuur minder in één keer."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("Dit inhoudstype kan hier niet", "Kijk naar de header Content-Type."),
}


class FormExpired(InvalidInput):
    """A form without the token of this browser: made before logging in or out, or by another site."""

    slug = "formulier-verlopen"
    title = "Dit formulier is verlopen"


class UnknownPath(NotFound):
    """No such path; a trailing slash makes another path (NL API Design Rules, /core/no-trailing-slash)."""

    slug = "pad-onbekend"
    title = "Dit pad bestaat niet"


def current_omgeving() -> Omgeving:
    """The omgeving of this request: by header, by path prefix, else ``standaard``."""
    held = g.get("omgeving")
    if held is None:
        omgevingen = cast("Omgevingen", current_app.extensions["omgevingen"])
        held = g.omgeving = omgevingen.get(name_omgeving(request.environ))
    return cast("Omgeving", held)


def request_id() -> str:
    """The id of this request, from ``X-Request-ID`` or made here."""
    return cast("str", request.environ[REQUEST_ID])


def current_trace() -> Trace:
    """What this request is in the trace of its caller (header ``traceparent``), or in a new one."""
    held = g.get("trace")
    if held is None:
        held = g.trace = read_trace(request.headers.get("traceparent", ""))
    return cast("Trace", held)


def absolute_uri(path: str) -> str:
    """The address of ``path`` as the caller reached this application."""
    return uri_in(request.environ, path)


def read_body(limit: int) -> Body:
    """The body, of at most ``limit`` bytes; a large one waits for its turn, and has it until the answer is made.

    Raises ``BodyTooLarge`` or ``TooManyLargeBodies``.
    """
    length = request.content_length
    if length is not None and length > limit:
        raise _too_large(length, limit)
    if length is not None and length <= LARGE:
        return _remember(_whole(request.get_data(cache=False), length))
    # Who never says how much it is may send a small one; it counts as the largest as soon as it is not.
    start = bytearray() if length is not None else read_pieces(request.stream, min(limit, LARGE))
    if length is None and len(start) <= min(limit, LARGE):
        return _remember(bytes(start))
    g.large_body = _gate().enter(length or limit)
    body = read_pieces(request.stream, limit, start)
    if len(body) > limit:
        raise BodyTooLarge(f"Het verzoek is meer dan {limit} bytes.", verwacht=f"hoogstens {limit} bytes")
    return body if length is None else _whole(body, length)


def _too_large(length: int, limit: int) -> BodyTooLarge:
    expected = f"hoogstens {limit} bytes"
    return BodyTooLarge(f"Het verzoek is {length} bytes.", ontvangen=f"{length} bytes", verwacht=expected)


def _remember(body: Body) -> Body:
    """Keep the beginning of a small body as long as the request lasts, for who writes down what was exchanged."""
    g.received = bytes(body[:REMEMBERED])
    return body


def received_body() -> bytes:
    """The beginning of the body of this request, at most ``REMEMBERED`` bytes; empty for a large one."""
    return cast("bytes", g.get("received", b""))


def _whole(body: Body, length: int) -> Body:
    """Who hung up half way may have sent a whole document all the same, and never meant it as such."""
    if len(body) < length:
        raise ClientDisconnected
    return body


def _gate() -> Gate:
    return cast("Gate", current_app.extensions["large_bodies"])


def _leave_gate(_error: BaseException | None) -> None:
    charge = g.pop("large_body", None)
    if charge is not None:
        give_back_memory()
        _gate().leave(charge)


def read_json(struct_type: type[T], *, limit: int = 1 << 20) -> T:
    """The JSON body as ``struct_type``; a refusal names everything that is wrong with it, with JSON pointers."""
    require_content_type("application/json")
    return decode_json(read_body(limit), struct_type)


def require_content_type(*accepted: str) -> None:
    """Refuse a request whose content type is none of ``accepted``."""
    if request.mimetype not in accepted:
        expected = " of ".join(accepted)
        raise ContentTypeUnsupported(
            f"Stuur dit verzoek met Content-Type {expected}.",
            ontvangen=request.content_type or "geen Content-Type",
            verwacht=expected,
        )


def decode_json(body: Body, struct_type: type[T]) -> T:
    """JSON bytes as ``struct_type``; raises ``JsonUnreadable`` or ``JsonInvalid``."""
    try:
        return json_decoder(struct_type).decode(body)
    except msgspec.ValidationError as error:
        raise JsonInvalid(errors=find_errors(body, struct_type, str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JsonUnreadable(f"Deze JSON is niet te lezen: {error}.") from error
    except RecursionError as error:
        raise JsonUnreadable("Deze JSON is te diep genest.") from error


def json_response(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """``value`` (Struct, dict or list) as a JSON answer."""
    return Response(encode_json(value), status, headers, content_type="application/json")


class _SessionsOfPeople(SecureCookieSessionInterface):
    """Flask's signed cookie, for pages only: programs have a key or a token."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return self.make_null_session(app) if is_for_programs(request.path) else super().open_session(app, request)


def install(
    app: Flask, omgevingen: Omgevingen, versions: Mapping[str, str], lanes: Mapping[str, Answer] = MappingProxyType({})
) -> None:
    """Hang the edge on the application: the version of the API under each prefix, and the paths with a short road."""
    app.extensions["omgevingen"] = omgevingen
    app.extensions["versions"] = versions
    app.extensions.setdefault("large_bodies", Gate())
    app.url_map.strict_slashes = True
    app.session_interface = _SessionsOfPeople()
    app.wsgi_app = Edge(Lane(app.wsgi_app, omgevingen, lanes), versions)  # type: ignore[method-assign]  # Flask's documented way
    app.before_request(_begin)
    app.teardown_request(_leave_gate)
    app.register_error_handler(Refusal, _render_refusal)
    app.register_error_handler(HTTPException, _render_http)
    app.register_error_handler(Exception, _render_unknown)


def _begin() -> None:
    rule = request.url_rule
    if rule is not None:
        request.environ[ROUTE] = rule.rule
    if request.blueprint != HEALTH:
        omgeving = current_omgeving()
        request.environ[OMGEVING] = omgeving.naam
        request.environ[RETIRED] = omgeving.instelling(RETIRED, None)
    if not is_for_programs(request.path):
        _bound_form()


def _bound_form() -> None:
    """Refuse a form that is too large before its token is looked for; raises ``BodyTooLarge``."""
    request.max_content_length = FORM
    length = request.content_length
    if length is not None and length > FORM:
        raise _too_large(length, FORM)
    # Of who never says how much it is the library would take the beginning for the whole.
    if length is None and request.method == "POST" and len(request.get_data()) == FORM:
        raise BodyTooLarge(f"Het verzoek is ten minste {FORM} bytes.", verwacht=f"minder dan {FORM} bytes")


def _render_refusal(refusal: Refusal) -> ResponseReturnValue:
    count_refusal(refusal)
    problem = describe(refusal, request_id())
    if is_for_programs(request.path):
        best = request.accept_mimetypes.best_match(["application/json", PROBLEM_JSON, PROBLEM_XML, "application/xml"])
        as_xml_wanted = best in {PROBLEM_XML, "application/xml"}
        body, mimetype = (as_xml(problem), PROBLEM_XML) if as_xml_wanted else (as_json(problem), PROBLEM_JSON)
        return Response(body, refusal.status, refusal.headers, content_type=mimetype)
    return Response(render_template("portaal/fout.html", probleem=problem), refusal.status, refusal.headers)


def count_refusal(refusal: Refusal) -> None:
    """Count the rule that a refusal follows; for who answers one in a protocol of its own."""
    g.refused = refusal.regel
    if refusal.regel is not None and "omgeving" in g:
        _count(current_omgeving(), refusal.regel)


def refused_regel() -> Regel | None:
    """The rule for which this request was refused; ``None`` when it was not, or for no rule."""
    return cast("Regel | None", g.get("refused"))


def _count(omgeving: Omgeving, regel: Regel) -> None:
    try:
        omgeving.group_commit(_count_refused, regel)
    except (SQLAlchemyError, OSError):  # the refusal itself is still the answer
        _log.warning("refusal not counted", id=request_id(), regel=regel.id)


def _count_refused(transaction: GroupTransaction, regels: Sequence[Regel]) -> list[None]:
    for regel in regels:
        transaction.tel(regel, Uitkomst.GEWEIGERD)
    return [None] * len(regels)


def _render_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < HTTPStatus.BAD_REQUEST:  # a redirect is an answer
        return cast("ResponseReturnValue", error.get_response())
    if error.code == HTTPStatus.NOT_FOUND:
        return _render_refusal(UnknownPath(_about_path(), ontvangen=request.path[:200]))
    if isinstance(error, CSRFError):
        return _render_refusal(
            FormExpired("Er is niets gewijzigd. Ga terug, laad de pagina opnieuw en probeer het nog eens.")
        )
    status = HTTPStatus(error.code or 500)
    title, detail = _IN_DUTCH.get(status, (status.phrase, error.description or ""))
    refusal = HttpRefusal(detail)
    refusal.status, refusal.slug, refusal.title = status.value, f"http-{status.value}", title
    refusal.headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return _render_refusal(refusal)


def _about_path() -> str:
    if request.path.endswith("/") and request.path != "/":
        return "Een pad eindigt hier nooit op een schuine streep (NL API Design Rules, /core/no-trailing-slash)."
    return "Er is niets op dit pad. De paden staan in openapi.json van elke API en in de README."


def _render_unknown(error: Exception) -> ResponseReturnValue:
    if is_outage(error):
        _log.warning("database unavailable", id=request_id(), exc_info=error)
        return _render_plain(Unavailable("De opslag is even niet bereikbaar; er is niets half gedaan.", retry_after=2))
    _log.error("unexpected error", id=request_id(), exc_info=error)
    unknown = Refusal("Er ging iets mis in de simulator zelf. Geef bij een melding het nummer van het verzoek door.")
    unknown.status, unknown.slug, unknown.title = 500, "onverwacht", "Onverwachte fout"
    return _render_plain(unknown)


def _render_plain(refusal: Refusal) -> ResponseReturnValue:
    """Without a rule: nothing to count, so nothing that needs the database."""
    return _render_refusal(refusal)
