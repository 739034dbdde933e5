"""Every page there is: the routes of all rooms in MOUNTS, and for each an address where a visitor really comes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

import requests
from flask import Flask
from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule

from simulator.app import MOUNTS
from simulator.infra.headers import is_for_programs
from tests.running import Wereld

NOBODY, CITIZEN, LEVERANCIER = "niemand", "actief", "demo-voorbeeldstad"
ONLY_ON_THE_WAY: Mapping[str, str] = {
    "digid.sms": "only while somebody logs in; tests/accessibility walks there by hand",
    "postvak.download_bijlage": "a file, not a page",
    "conformiteit.download_html": "a file, not a page",
    "conformiteit.download_json": "a file, not a page",
    "conformiteit.download_pdf": "a file, not a page",
    "facturen.download_factuur": "a file, not a page",
    "facturen.download_voorbeeld": "a file, not a page",
}
"""Routes that a visitor does not find by following links, each with the reason."""
_FIRST = "/"


@dataclass(frozen=True)
class Pagina:
    """Where a page is, and as whom: not logged in, as a persona, or as an Afnemer by its key."""

    endpoint: str
    wie: str
    pad: str


@dataclass
class Wandeling:
    """One visitor who follows every link; of each route the first address is kept."""

    wereld: Wereld
    wie: str
    found: dict[str, str] = field(default_factory=dict)

    def walk(self) -> dict[str, str]:
        """From the start page and from every address without a variable on."""
        waiting = [_FIRST, *(rule.rule for rule in list_rules() if not rule.arguments)]
        seen = set(waiting)
        with requests.Session() as session:
            log_in(session, self.wereld, self.wie)
            while waiting:
                for link in self._visit(session, waiting.pop(0)):
                    if link not in seen:
                        seen.add(link)
                        waiting.append(link)
        return self.found

    def _visit(self, session: requests.Session, pad: str) -> Iterator[str]:
        endpoint = match(pad)
        if endpoint is None or ("?" not in pad and endpoint in self.found):
            return
        with session.get(self.wereld.base + pad, timeout=30, allow_redirects=False, stream=True) as answer:
            if answer.status_code != requests.codes.ok or "text/html" not in answer.headers["Content-Type"]:
                return
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                return  # a file, and shown nowhere
            self.found.setdefault(endpoint, pad)
            page: html.HtmlElement = html.document_fromstring(answer.text)
        for _, attribute, link, _ in page.iterlinks():
            if attribute == "href":
                yield from self._inside(urljoin(self.wereld.base + pad, link))

    def _inside(self, address: str) -> Iterator[str]:
        if address.startswith(self.wereld.base):
            rest = urlsplit(address[len(self.wereld.base) :])
            # With a query it is the same route once more, and the switch of language is on every page.
            if not rest.query and rest.path:
                yield unquote(rest.path)


@cache
def list_rules() -> tuple[Rule, ...]:
    """The routes of pages: answered to GET, for people, no static files."""
    rules = (rule for rule in _routes().map.iter_rules() if "GET" in (rule.methods or ()))
    return tuple(rule for rule in rules if not is_for_programs(rule.rule) and not rule.endpoint.endswith(".static"))


def list_paths() -> set[str]:
    """The paths of all routes, those of programs and of every method too."""
    return {rule.rule for rule in _routes().map.iter_rules()}


def list_endpoints() -> list[str]:
    """The names of the routes that must be found by walking."""
    return sorted({rule.endpoint for rule in list_rules()} - ONLY_ON_THE_WAY.keys())


def list_pages(wereld: Wereld) -> dict[str, list[Pagina]]:
    """By route the addresses where somebody came: as a visitor, a citizen or an Afnemer, or as two of these."""
    pages: dict[str, list[Pagina]] = {}
    for wie in (NOBODY, CITIZEN, LEVERANCIER):
        for endpoint, pad in Wandeling(wereld, wie).walk().items():
            if wie == NOBODY or endpoint not in pages or (wie == CITIZEN and pad == _FIRST):
                pages.setdefault(endpoint, []).append(Pagina(endpoint, wie, pad))
    return pages


def log_in(session: requests.Session, wereld: Wereld, wie: str) -> None:
    """Give the cookie of a session; nobody stays nobody."""
    if wie != NOBODY:
        session.headers["Cookie"] = "=".join(wereld.log_in(wie))


def match(pad: str) -> str | None:
    """The route of an address; nothing when it is not a page."""
    try:
        endpoint, _ = _routes().match(urlsplit(pad).path, method="GET")
    except HTTPException:
        return None
    return endpoint if endpoint in {rule.endpoint for rule in list_rules()} else None


@cache
def _routes() -> MapAdapter:
    app = Flask("routes", static_folder=None)
    for mount in MOUNTS:
        app.register_blueprint(mount.blueprint)
    return app.url_map.bind("localhost")
