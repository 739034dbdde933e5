"""A Zaken API and Catalogi API of an Afnemer on a real socket: it checks the token, and can misbehave."""

import base64
import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CLIENT_ID, SECRET = "mijnoverheid", "een-geheim-van-de-afnemer"
ZAKEN, CATALOGI = "/zaken/api/v1", "/catalogi/api/v1"


@dataclass
class OpenZaak:
    """What it holds, by path; and what came in."""

    base: str
    documents: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    refused: int = 0
    answer_with: int | None = None
    """Instead of a document: a status, such as 503."""
    body: bytes | None = None
    """Instead of a document: these bytes."""

    @property
    def zaken(self) -> str:
        return self.base + ZAKEN

    @property
    def catalogi(self) -> str:
        return self.base + CATALOGI

    def koppeling(self) -> dict[str, str]:
        return {"zakenApi": self.zaken, "catalogiApi": self.catalogi, "clientId": CLIENT_ID, "secret": SECRET}

    def fill(self, bsn: str = "999990019", **zaak: Any) -> None:
        """A zaak with one status, of which the citizen is told."""
        z, c = self.zaken, self.catalogi
        self.documents |= {
            f"{ZAKEN}/zaken/1": {
                "url": f"{z}/zaken/1", "uuid": "1", "identificatie": "ZAAK-2026-0000000001",
                "bronorganisatie": "000000000", "zaaktype": f"{c}/zaaktypen/1",
                "omschrijving": "Aanvraag parkeervergunning", "toelichting": "Zone Centrum",
                "startdatum": "2026-11-02", "einddatum": None, "status": f"{z}/statussen/1", "resultaat": None, **zaak,
            },
            f"{ZAKEN}/statussen/1": {
                "url": f"{z}/statussen/1", "zaak": f"{z}/zaken/1", "statustype": f"{c}/statustypen/1",
                "datumStatusGezet": "2026-11-02T09:15:00Z", "statustoelichting": "",
            },
            f"{CATALOGI}/zaaktypen/1": {"identificatie": "B0366", "omschrijving": "Parkeervergunning"},
            f"{CATALOGI}/statustypen/1": {
                "omschrijving": "Ontvangen", "statustekst": "", "volgnummer": 1, "isEindstatus": False,
                "informeren": True,
            },
            f"{ZAKEN}/rollen": {"count": 2, "next": None, "previous": None, "results": [
                {"betrokkeneType": "medewerker", "omschrijvingGeneriek": "behandelaar", "betrokkeneIdentificatie": {}},
                {"betrokkeneType": "natuurlijk_persoon", "omschrijvingGeneriek": "initiator",
                 "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": "Actief"}},
            ]},
        }  # fmt: skip

    def close_zaak(self) -> None:
        """The zaak ends with a result, as a second status."""
        z, c = self.zaken, self.catalogi
        zaak = {"einddatum": "2026-11-20", "resultaat": f"{z}/resultaten/1", "status": f"{z}/statussen/2"}
        self.documents[f"{ZAKEN}/zaken/1"] |= zaak
        self.documents |= {
            f"{ZAKEN}/statussen/2": {
                "zaak": f"{z}/zaken/1", "statustype": f"{c}/statustypen/2",
                "datumStatusGezet": "2026-11-20T11:00:00+01:00", "statustoelichting": "tot 1 juli",
            },
            f"{CATALOGI}/statustypen/2": {"omschrijving": "Afgehandeld", "isEindstatus": True, "informeren": True},
            f"{ZAKEN}/resultaten/1": {"resultaattype": f"{c}/resultaattypen/1", "toelichting": ""},
            f"{CATALOGI}/resultaattypen/1": {"omschrijving": "Verleend"},
        }  # fmt: skip

    def notificatie(self, nummer: int = 1, **given: Any) -> dict[str, Any]:
        """What its Notificaties API sends when a status is set."""
        return {
            "kanaal": "zaken", "hoofdObject": f"{self.zaken}/zaken/1", "resource": "status",
            "resourceUrl": f"{self.zaken}/statussen/{nummer}", "actie": "create",
            "aanmaakdatum": "2026-11-02T09:15:01Z",
            "kenmerken": {"bronorganisatie": "000000000", "zaaktype": f"{self.catalogi}/zaaktypen/1",
                          "vertrouwelijkheidaanduiding": "zaakvertrouwelijk"},
        } | given  # fmt: skip


@contextlib.contextmanager
def open_zaak() -> Iterator[OpenZaak]:
    """Start one on a free port."""
    served = OpenZaak("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            status, body = _answer(served, self)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Not on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _answer(served: OpenZaak, request: BaseHTTPRequestHandler) -> tuple[int, bytes]:
    if served.answer_with is not None:
        return served.answer_with, b"{}"
    if not _is_signed(request.headers.get("Authorization", "")) or request.headers.get("Accept-Crs") != "EPSG:4326":
        served.refused += 1
        return 403, b'{"code": "permission_denied"}'
    if served.body is not None:
        return 200, served.body
    parts = urlsplit(request.path)
    if parts.path == f"{ZAKEN}/rollen":
        assert parse_qs(parts.query)["zaak"] == [f"{served.zaken}/zaken/1"]
    document = served.documents.get(parts.path)
    return (404, b"{}") if document is None else (200, json.dumps(document).encode())


def _is_signed(authorization: str) -> bool:
    """Whether this is a token with the claims of the Zaken API, signed with our secret (HS256)."""
    head, _, signature = authorization.removeprefix("Bearer ").rpartition(".")
    expected = hmac.new(SECRET.encode(), head.encode(), hashlib.sha256).digest()
    if not head or not hmac.compare_digest(_decode(signature), expected):
        return False
    header, claims = (json.loads(_decode(part)) for part in head.split("."))
    return header["alg"] == "HS256" and claims["client_id"] == CLIENT_ID and isinstance(claims["iat"], int)


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
