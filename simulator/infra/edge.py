"""The outermost layer, before Flask: omgeving by path, request id, the headers of every answer, log and metrics."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.infra.clock import stopwatch
from simulator.infra.headers import API_HEADERS, DEMO_AGENT, PAGE_HEADERS, PATHS_OF_PROBES, is_for_programs
from simulator.infra.ids import request_ids
from simulator.infra.omgevingen import STANDAARD
from simulator.infra.telemetry import get_logger, observe_request

OMGEVING = "simulator.omgeving"
"""In the WSGI environment: the omgeving named by the path, if it named one; later the one that answered."""
REQUEST_ID = "simulator.request_id"
ROUTE = "simulator.route"
RETIRED = "uitgefaseerd"
"""Setting of an omgeving, and in the WSGI environment of a request to it, if there is any: per prefix more headers."""
_PREFIX = "/omgevingen/"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_REQUEST_ID_FORM = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_log = get_logger("simulator.http")
Environ = dict[str, Any]
Headers = list[tuple[str, str]]
_NAMES = {name for name, _ in (*API_HEADERS, *PAGE_HEADERS)}


class Edge:
    """WSGI around the application; ``versions`` gives the version of the API under each prefix."""

    def __init__(self, application: Callable[..., Iterable[bytes]], versions: Mapping[str, str]) -> None:
        self._application = application
        self._versions = tuple(versions.items())
        self._next_id = request_ids()
        self._wanted: dict[str | None, Headers] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = stopwatch()
        given = environ.get("HTTP_X_REQUEST_ID")
        environ[REQUEST_ID] = given if given and _REQUEST_ID_FORM.match(given) else self._next_id()
        _take_omgeving(environ)

        def respond(status: str, headers: Headers, *exc_info: Any) -> Any:
            self._add_headers(environ, headers)
            seconds = stopwatch() - started
            route, method = environ.get(ROUTE, "-"), environ["REQUEST_METHOD"]
            # A series is kept for good, and a client may invent any number of methods.
            observe_request((route, method if method in _METHODS else "-", status[:3]), seconds)
            # A probe asks every second.
            quiet = route in PATHS_OF_PROBES or environ.get("HTTP_USER_AGENT") == DEMO_AGENT
            level = logging.DEBUG if quiet else logging.INFO
            if _log.is_enabled_for(level):
                _log.log(level, "request", id=environ[REQUEST_ID], method=method, route=route, status=int(status[:3]),
                          ms=round(seconds * 1000, 2), omgeving=environ.get(OMGEVING))  # fmt: skip
            return start_response(status, headers, *exc_info)

        return self._application(environ, respond)

    def _add_headers(self, environ: Environ, headers: Headers) -> None:
        route = environ.get(ROUTE)
        wanted = self._wanted.get(route)
        if wanted is None:
            wanted = self._choose_headers(environ["PATH_INFO"])
            if route is not None:  # there are as many as the application has rules, and paths without end
                self._wanted[route] = wanted
        present = {name for name, _ in headers}
        headers += wanted if present.isdisjoint(_NAMES) else [pair for pair in wanted if pair[0] not in present]
        headers.append(("X-Request-ID", environ[REQUEST_ID]))
        if retired := environ.get(RETIRED):
            path = environ["PATH_INFO"]
            headers += [(name, value) for api, more in retired.items() if path.startswith(api) for name, value in more]

    def _choose_headers(self, path: str) -> Headers:
        wanted = list(API_HEADERS if is_for_programs(path) else PAGE_HEADERS)
        return wanted + [("API-Version", version) for prefix, version in self._versions if path.startswith(prefix)]


def name_omgeving(environ: Environ) -> str:
    """The omgeving of a request: by path prefix, by header, else ``standaard``."""
    return environ.get(OMGEVING) or environ.get("HTTP_X_SIMULATOR_OMGEVING") or STANDAARD


def uri_in(environ: Environ, path: str) -> str:
    """The address of ``path`` as the caller reached this application; a plain join: every delivery needs one."""
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}{environ.get('SCRIPT_NAME', '')}{path}"


def _take_omgeving(environ: Environ) -> None:
    """Take ``/omgevingen/<naam>`` off the path and keep it in ``SCRIPT_NAME``, so that links stay inside."""
    path = environ.get("PATH_INFO", "")
    if path.startswith(_PREFIX):
        naam, slash, rest = path[len(_PREFIX) :].partition("/")
        if naam:
            environ[OMGEVING] = naam
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + _PREFIX + naam
            environ["PATH_INFO"] = slash + rest or "/"
