"""What the tests of DigiD share: a clock to move, an application with DigiD in front of two guarded pages."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Blueprint, Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from werkzeug.test import TestResponse

import simulator
from simulator.digid import current_burger, find_burger, pages, require_burger
from simulator.infra import http, languages
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgevingen import Omgeving, Omgevingen

BEGIN = datetime(2026, 11, 23, 12, tzinfo=UTC)
WACHTWOORD = "Simulator-1!"
ACTIEF = 999990019
ALLEEN_BASIS = 999990044
OVERLEDEN = 999990081
MINDERJARIG = 999990093
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def set_klok(omgeving: Omgeving, moment: datetime) -> None:
    """Let the clock of the omgeving stand still at a moment."""
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.STIL, moment))


def pass_time(omgeving: Omgeving, duur: timedelta) -> None:
    set_klok(omgeving, omgeving.now() + duur)


def build_app(omgevingen: Omgevingen) -> Flask:
    """DigiD, a page and an API behind its guard, and a page for all; with CSRF as in the real application."""
    app = Flask("digid-test", static_folder=None)
    app.secret_key = omgevingen.secret_key
    app.config["WTF_CSRF_SSL_STRICT"] = False
    http.install(app, omgevingen, {})
    csrf = CSRFProtect(app)
    folder = Path(simulator.__file__).parent / "portaal"
    app.register_blueprint(
        Blueprint(
            "portaal",
            "portaal",
            template_folder=folder / "templates",
            static_folder=folder / "static",
            static_url_path="/static",
        )
    )
    app.register_blueprint(pages)
    guarded = Blueprint("burger", "burger")
    guarded.before_request(require_burger)
    guarded.add_url_rule(
        "/berichtenbox", "page", lambda: f"dag {current_burger().niveau.naam}", methods=["GET", "POST"]
    )
    guarded.add_url_rule("/api/portaal/v1/wie", "api", lambda: {"niveau": int(current_burger().niveau)})
    csrf.exempt(guarded)
    app.register_blueprint(guarded)
    languages.install(app)
    app.add_url_rule("/open", "open", lambda: "bekend" if find_burger() else "onbekend")
    return app


class Browser:
    """A citizen's browser in one omgeving: keeps cookies, fills in the hidden fields of forms."""

    def __init__(self, client: FlaskClient, omgeving: Omgeving) -> None:
        self.client = client
        self.omgeving = omgeving
        self.root = f"/omgevingen/{omgeving.naam}"

    def get(self, path: str, **query: str) -> TestResponse:
        return self.client.get(self.root + path, query_string=query)

    def post(self, path: str, **form: str) -> TestResponse:
        return self.client.post(self.root + path, data={"csrf_token": self.read_csrf_token(), **form})

    def read_csrf_token(self) -> str:
        token = _TOKEN.search(self.get("/digid/inloggen").text)
        assert token
        return token[1]

    def log_in(self, naam: str = "actief", wachtwoord: str = WACHTWOORD, **form: str) -> TestResponse:
        return self.post("/digid/inloggen", gebruikersnaam=naam, wachtwoord=wachtwoord, **form)

    def cookie(self, naam: str) -> str | None:
        cookie = self.client.get_cookie(f"{naam}-{self.omgeving.naam}", path=self.root)
        return cookie.value if cookie else None

    def read_code(self) -> str:
        found = re.search(r"data-sms-code>(\d{3}-\d{3})<", self.get("/digid/telefoon").text)
        assert found
        return found[1]
