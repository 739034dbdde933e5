"""Calling the APIs of this same simulator, as from outside but without a socket: the whole road, guards included."""

from typing import cast

from flask import current_app
from werkzeug.test import Client

from simulator.control.usecases.scenarios import Toneel
from simulator.control.usecases.stappen import Antwoord, Verzoek
from simulator.infra.http import current_omgeving
from simulator.settings import Settings


def open_toneel() -> Toneel:
    """All that playing a story needs."""
    extensions = current_app.extensions
    return Toneel(cast("Settings", extensions["settings"]).fixtures_dir, extensions["agenda"], call)


def call(verzoek: Verzoek) -> Antwoord:
    """One request in the omgeving of the request at hand."""
    headers = {"X-Simulator-Omgeving": current_omgeving().naam, **verzoek.headers}
    client = Client(current_app.wsgi_app, use_cookies=False)
    with client.open(
        verzoek.pad, method=verzoek.method, json=verzoek.body, headers=headers, query_string=dict(verzoek.query)
    ) as answer:
        return Antwoord(answer.status_code, answer.get_json(force=True, silent=True) if answer.data else None)
