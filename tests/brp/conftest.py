"""The whole application, asked as an Afnemer of the BRP does, on each database in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.brp.errors import PATH
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings


@dataclass(frozen=True)
class Brp:
    """One Afnemer that asks in one omgeving."""

    app: Flask
    omgeving: Omgeving

    def ask(self, body: Any, key: str = "demo-voorbeeldstad", **headers: str) -> TestResponse:
        sent = {"X-API-Key": key, "X-Simulator-Omgeving": self.omgeving.naam, **headers}
        return self.app.test_client().post(PATH, json=body, headers=sent)

    def find(self, soort: str, *fields: str, **parameters: Any) -> list[dict[str, Any]]:
        answer = self.ask({"type": soort, "fields": list(fields), **parameters})
        assert answer.status_code == 200, answer.text
        found = answer.get_json()
        assert found["type"] == soort
        personen: list[dict[str, Any]] = found["personen"]
        return personen

    def look_up(self, bsn: int | str, *fields: str) -> dict[str, Any]:
        (persoon,) = self.find("RaadpleegMetBurgerservicenummer", *fields, burgerservicenummer=[str(Bsn(bsn))])
        return persoon


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("brp"), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("brp"), database_url=new_database(), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def brp(request: pytest.FixtureRequest) -> Iterator[Brp]:
    app: Flask = request.getfixturevalue("_sqlite_app" if request.param == "sqlite" else "_postgres_app")
    worlds: Omgevingen = app.extensions["omgevingen"]
    naam = f"brp-{request.param}-{abs(hash(request.node.name)) % 10**6}"
    yield Brp(app, worlds.create(NieuweOmgeving(naam)))
    worlds.drop(naam)
