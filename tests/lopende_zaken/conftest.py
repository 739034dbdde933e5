"""The whole application on each database in turn, as an Afnemer and a citizen reach it over HTTP."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Deur:
    """One omgeving of the application."""

    app: Flask
    naam: str

    @property
    def omgeving(self) -> Omgeving:
        worlds: Omgevingen = self.app.extensions["omgevingen"]
        return worlds.get(self.naam)

    def ask(self, method: str, path: str, key: str = "demo-voorbeeldstad", **options: Any) -> TestResponse:
        """Ask the API of Lopende Zaken as an Afnemer."""
        headers = {"X-API-Key": key} | options.pop("headers", {})
        url = f"/omgevingen/{self.naam}/api/lopende-zaken/v1{path}"
        return self.app.test_client().open(url, method=method, headers=headers, **options)

    def send_xml(self, body: bytes, **options: Any) -> TestResponse:
        return self.ask("POST", "/zaakberichten", data=body, content_type="application/xml", **options)


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("zaken"), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("zaken")
    app = create_app(Settings(data=data, database_url=new_database(), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def deur(request: pytest.FixtureRequest) -> Iterator[Deur]:
    """A new omgeving with the demo fixtures, thrown away after the test."""
    app: Flask = request.getfixturevalue("_sqlite_app" if request.param == "sqlite" else "_postgres_app")
    worlds: Omgevingen = app.extensions["omgevingen"]
    naam = f"zaken-{next(_numbers)}"
    worlds.create(NieuweOmgeving(naam))
    yield Deur(app, naam)
    worlds.drop(naam)
