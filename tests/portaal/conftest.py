from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator.app import create_app
from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
from simulator.settings import Settings

Login = Callable[[Bsn], FlaskClient]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The whole application on an empty data directory."""
    app = create_app(Settings(data=tmp_path, log_level="error"))
    yield app
    worlds: Omgevingen = app.extensions["omgevingen"]
    worlds.close()


@pytest.fixture
def standaard(app: Flask) -> Omgeving:
    """The omgeving that a request without a name reaches."""
    worlds: Omgevingen = app.extensions["omgevingen"]
    return worlds.get("standaard")


@pytest.fixture
def login(app: Flask, standaard: Omgeving) -> Login:
    """Gives a browser in which somebody is logged in; forms need no token in it."""
    app.config["WTF_CSRF_ENABLED"] = False

    def log_in(bsn: Bsn) -> FlaskClient:
        client = app.test_client()
        client.set_cookie("sessie-standaard", start_sessie(standaard, bsn, Niveau.MIDDEN))
        return client

    return log_in
