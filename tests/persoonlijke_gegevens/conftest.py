"""The whole application with a source beside it, on each database in turn."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings
from tests.persoonlijke_gegevens.bronserver import Bronserver, running_bronserver

ANNA = Bsn("999990019")
BASE = "/api/persoonlijke-gegevens/v1"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Wereld:
    """One omgeving, its Afnemers and its citizens."""

    app: Flask
    omgeving: Omgeving

    def send(
        self, method: str, path: str, body: Any = None, key: str = "demo-voorbeeldstad", **headers: str
    ) -> TestResponse:
        sent = {"X-API-Key": key, "X-Simulator-Omgeving": self.omgeving.naam, **headers}
        return self.app.test_client().open(BASE + path, method=method, json=body, headers=sent)

    def deliver(self, *groepen: dict[str, Any], key: str = "demo-voorbeeldstad", **members: Any) -> TestResponse:
        gegeven = {"bsn": str(ANNA), "categorie": "wonen", "peildatum": "2026-01-01", "groepen": list(groepen)}
        return self.send("PUT", "/gegevens", {"gegevens": [gegeven | members]}, key)

    def register(self, naam: str, url: str, key: str = "demo-belastingen", **members: Any) -> TestResponse:
        bron = {"titel": naam.title(), "categorie": "onderwijs", "url": url, "tijdslimietMs": 2000} | members
        return self.send("PUT", f"/bronnen/{naam}", bron, key)

    def bron(self, naam: str, key: str = "demo-belastingen") -> dict[str, Any]:
        bronnen = self.send("GET", "/bronnen", key=key).get_json()["bronnen"]
        found: dict[str, Any] = next(each for each in bronnen if each["naam"] == naam)
        return found

    def citizen(self, bsn: Bsn = ANNA) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_X_SIMULATOR_OMGEVING"] = self.omgeving.naam
        token = start_sessie(self.omgeving, bsn, Niveau.MIDDEN)
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    def read(self, path: str, bsn: Bsn = ANNA) -> str:
        answer = self.citizen(bsn).get(f"/persoonlijke-gegevens{path}")
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("gegevens"), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("gegevens")
    app = create_app(Settings(data=data, database_url=new_database(), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def wereld(request: pytest.FixtureRequest) -> Iterator[Wereld]:
    app: Flask = request.getfixturevalue("_sqlite_app" if request.param == "sqlite" else "_postgres_app")
    worlds: Omgevingen = app.extensions["omgevingen"]
    naam = f"gegevens-{next(_numbers)}"
    omgeving = worlds.create(NieuweOmgeving(naam))
    with omgeving.unit_of_work() as uow:
        uow.change_state(bronnen_toegestaan=["127.0.0.1"])
    yield Wereld(app, omgeving)
    worlds.drop(naam)


@pytest.fixture
def bronserver() -> Iterator[Bronserver]:
    with running_bronserver() as server:
        yield server
