"""The whole application, on each database in turn, asked as a program with the token does."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.settings import Settings

TOKEN = "een-token"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Antwoord:
    """An answer with its JSON, if it is that."""

    status_code: int
    text: str
    headers: Mapping[str, str]
    json: Any


def _read(answer: TestResponse) -> Antwoord:
    found = answer.get_json(silent=True, force=True) if answer.content_length else None
    return Antwoord(answer.status_code, answer.text, dict(answer.headers), found)


@dataclass(frozen=True)
class Beheer:
    """Somebody who steers one omgeving of its own."""

    app: Flask
    naam: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Antwoord:
        sent = {"Authorization": f"Bearer {TOKEN}", "X-Simulator-Omgeving": self.naam, **headers}
        return _read(self.app.test_client().open(f"/__admin/v1{path}", method=method, json=body, headers=sent))

    def get(self, path: str, headers: dict[str, str] | None = None) -> Antwoord:
        sent = {"X-Simulator-Omgeving": self.naam, **(headers or {})}
        return _read(self.app.test_client().get(path, headers=sent))

    def deliver(self, key: str, oin: str, *berichten: dict[str, Any]) -> Antwoord:
        body = {"BerichtLeverancierID": oin, "Berichten": list(berichten)}
        headers = {"X-API-Key": key, "X-Message-ID": berichten[0]["BerichtID"], "X-Simulator-Omgeving": self.naam}
        return _read(self.app.test_client().post("/api/berichtenbox/v1/berichten", json=body, headers=headers))


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("control"), admin_token=TOKEN, log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("control")
    app = create_app(Settings(data=data, database_url=new_database(), admin_token=TOKEN, log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def beheer(request: pytest.FixtureRequest) -> Iterator[Beheer]:
    """A new omgeving, made and dropped through the control API itself."""
    app: Flask = request.getfixturevalue("_sqlite_app" if request.param == "sqlite" else "_postgres_app")
    made = Beheer(app, f"beheer-{next(_numbers)}")
    standaard = Beheer(app, "standaard")
    assert standaard.ask("POST", "/omgevingen", {"naam": made.naam, "seed": 1}).status_code == 201
    yield made
    assert standaard.ask("DELETE", f"/omgevingen/{made.naam}").status_code == 204
