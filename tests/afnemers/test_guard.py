import pytest
from flask import Flask, Response, g
from werkzeug.test import TestResponse

from simulator.afnemers.guard import current_afnemer, require_afnemer, require_dienst
from simulator.afnemers.usecases import beheer
from simulator.afnemers.usecases.beheer import AfnemerWijziging
from simulator.afnemers.values.afnemer import Dienst
from simulator.infra.errors import Refusal
from simulator.infra.omgeving import Omgeving


@pytest.fixture
def app(omgeving: Omgeving) -> Flask:
    """Two paths behind the guards, with the status of a refusal as the only rendering."""
    app = Flask("guarded")

    @app.before_request
    def enter() -> None:
        g.omgeving = omgeving

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> Response:
        rule = refusal.regel.id if refusal.regel else ""
        return Response(rule, refusal.status, refusal.headers)

    @app.get("/open")
    def anybody() -> str:
        require_afnemer()
        return current_afnemer().naam

    @app.get("/zaken")
    def zaken() -> str:
        require_dienst(Dienst.LOPENDE_ZAKEN)()
        return "zaken"

    return app


def ask(app: Flask, path: str, sleutel: str | None = None) -> TestResponse:
    return app.test_client().get(path, headers={"X-API-Key": sleutel} if sleutel is not None else {})


def test_an_afnemer_comes_in_on_its_key(app: Flask) -> None:
    assert ask(app, "/open", "demo-belastingen").text == "Voorbeelddienst Belastingen"


@pytest.mark.parametrize(
    ("sleutel", "regel"),
    [
        (None, "AF-sleutel-aanwezig"),
        ("", "AF-sleutel-aanwezig"),
        ("demo", "AF-sleutel-geldig"),
        ("é☃", "AF-sleutel-geldig"),
    ],
)
def test_no_key_and_a_wrong_key_are_two_refusals(app: Flask, sleutel: str | None, regel: str) -> None:
    headers = {"X-API-Key": sleutel.encode().decode("latin-1")} if sleutel is not None else {}
    response = app.test_client().get("/open", headers=headers)
    assert (response.status_code, response.text) == (401, regel)
    assert response.headers["WWW-Authenticate"].startswith("ApiKey")


@pytest.mark.artikel("3.1")
def test_an_afnemer_without_the_dienst_stays_out(app: Flask) -> None:
    assert ask(app, "/zaken", "demo-belastingen").text == "zaken"
    refused = ask(app, "/zaken", "demo-voorbeeldmeer")
    assert (refused.status_code, refused.text) == (403, "AF-dienst")


@pytest.mark.artikel("2.2")
def test_a_closed_connection_stays_out_until_it_is_opened(app: Flask, omgeving: Omgeving) -> None:
    beheer.change_afnemer(omgeving, AfnemerWijziging("00000099000000002000", actief=False))
    refused = ask(app, "/open", "demo-belastingen")
    assert (refused.status_code, refused.text) == (403, "AF-actief")
    beheer.change_afnemer(omgeving, AfnemerWijziging("00000099000000002000", actief=True))
    assert ask(app, "/open", "demo-belastingen").status_code == 200
