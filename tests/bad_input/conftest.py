"""The whole application on each database in turn, asked by people who mean no good or do not look."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from simulator.app import METADATA, create_app
from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.agenda import run_due
from simulator.infra.omgevingen import Omgevingen
from simulator.settings import Settings
from tests.berichtenbox.documents import guid

TOKEN = "een-token"
STAD = "demo-voorbeeldstad"
MAY_CHANGE = {"simulation_state", "regel_tellingen", "uitwisselingen"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Ingang:
    """The doors of one omgeving, and a count of everything behind them."""

    app: Flask
    naam: str

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> TestResponse:
        client = self.app.test_client(use_cookies=False)  # or it would drop the header Cookie
        return client.open(f"/omgevingen/{self.naam}{path}", method=method, headers=dict(headers or {}), **options)

    def deliver(self, body: Any, content_type: str = "application/json", **headers: str) -> TestResponse:
        sent = {"X-API-Key": STAD, "X-Message-ID": guid(), "Content-Type": content_type} | headers
        data = body if isinstance(body, bytes) else as_json(body)
        return self.ask("POST", "/api/berichtenbox/v1/berichten", sent, data=data)

    def deliver_xml(self, body: bytes, content_type: str = "application/xml") -> TestResponse:
        sent = {"X-API-Key": STAD, "Content-Type": content_type}
        return self.ask("POST", "/api/berichtenbox/v1/batches", sent, data=body)

    def outcome(self, answer: TestResponse) -> list[dict[str, Any]]:
        """What became of each bericht of an accepted delivery."""
        status_id = answer.json["statusID"] if answer.json else ""
        status = self.ask("GET", f"/api/berichtenbox/v1/status/{status_id}", {"X-API-Key": STAD}).json
        assert status is not None
        found: list[dict[str, Any]] = status["context"]["Verwerkt"]["Berichten"]
        return found

    def read_as_burger(self) -> None:
        """All that the addressee of the deliveries can read is there: the lists, each bericht and the mail."""
        omgeving = self.app.extensions["omgevingen"].get(self.naam)
        run_due(omgeving, self.app.extensions["agenda"], omgeving.now())
        bearer = {"Authorization": f"Bearer {start_sessie(omgeving, Bsn('999990019'), Niveau.MIDDEN)}"}
        listed = self.ask("GET", "/api/portaal/v1/berichten", bearer)
        assert listed.status_code == 200, listed.text
        berichten = [f"/berichten/{bericht['id']}" for bericht in listed.get_json()["berichten"]]
        for path in ("", "/kennisgevingen", *berichten):
            page = self.ask("GET", f"/berichtenbox{path}", bearer)
            assert page.status_code == 200, (path, page.status_code)

    def rows(self) -> dict[str, int]:
        """How many rows each table holds, apart from the counts of refused rules."""
        worlds: Omgevingen = self.app.extensions["omgevingen"]
        with worlds.get(self.naam).reading() as session:
            return {
                table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in METADATA.sorted_tables
                if table.name not in MAY_CHANGE
            }


def as_json(value: Any) -> bytes:
    """JSON as a careless program writes it: NaN and lone surrogates included."""
    import json

    return json.dumps(value).encode()


def assert_refused(answer: TestResponse, *statuses: int, regel: str | None = None) -> dict[str, Any]:
    """A refusal as the design says: its status, problem+json, a title, a detail, and the rule that was broken."""
    assert answer.status_code in (statuses or range(400, 500)), f"{answer.status_code}: {answer.text[:500]}"
    assert answer.mimetype == "application/problem+json"
    problem: dict[str, Any] = answer.get_json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"]
    assert "Traceback" not in answer.text
    if regel is not None:
        assert problem["regel"]["id"] == regel, problem
    return problem


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("bad-input"), admin_token=TOKEN, log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("bad-input")
    app = create_app(Settings(data=data, database_url=new_database(), admin_token=TOKEN, log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ingang(request: pytest.FixtureRequest) -> Iterator[Ingang]:
    """One omgeving for a file of tests; each test compares what is stored before and after."""
    app: Flask = request.getfixturevalue("_sqlite_app" if request.param == "sqlite" else "_postgres_app")
    naam = f"kwaad-{next(_numbers)}"
    admin = {"Authorization": f"Bearer {TOKEN}"}
    made = app.test_client().post("/__admin/v1/omgevingen", json={"naam": naam}, headers=admin)
    assert made.status_code == 201
    yield Ingang(app, naam)
    assert app.test_client().delete(f"/__admin/v1/omgevingen/{naam}", headers=admin).status_code == 204
