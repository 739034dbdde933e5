"""What every answer carries, and how a request says which omgeving it is for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator.app import APIS, create_app
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.settings import Settings

SECURITY = {
    "Cache-Control", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
    "Content-Security-Policy",
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("edge"), admin_token="t", log_level="error"))
    worlds: Omgevingen = app.extensions["omgevingen"]
    worlds.create(NieuweOmgeving("tweede"))
    yield app
    worlds.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/berichtenbox/v1/berichttypes", {"X-Simulator-Omgeving": "nergens"}),
        ("/omgevingen/nergens/api/berichtenbox/v1/berichttypes", {}),
        ("/omgevingen/nergens/api/verbruik/v1/openapi.json", {}),
        ("/__admin/v1/klok", {"X-Simulator-Omgeving": "Geen Naam", "Authorization": "Bearer t"}),
    ],
)
def test_an_unknown_omgeving_is_a_404_that_names_its_rule(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    problem = answer.get_json(force=True)
    assert problem["type"].endswith(":omgeving-onbekend")
    assert problem["regel"]["id"] == "SIM-omgeving-bestaat"
    assert problem["ontvangen"] in {"nergens", "Geen Naam"}


def test_a_person_gets_a_dutch_page_about_an_unknown_omgeving(client: FlaskClient) -> None:
    answer = client.get("/omgevingen/nergens/berichtenbox")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "Deze omgeving bestaat niet" in answer.text


def test_the_path_wins_from_the_header(client: FlaskClient) -> None:
    answer = client.get(
        "/omgevingen/tweede/api/verbruik/v1/verbruik",
        headers={"X-Simulator-Omgeving": "nergens", "X-API-Key": "demo-voorbeeldstad"},
    )
    assert answer.status_code == 200


@pytest.mark.artikel("3.5")
@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_every_answer_of_an_api_says_its_version_whatever_it_is(client: FlaskClient, api: object) -> None:
    prefix, version = api.prefix, api.version  # type: ignore[attr-defined]  # an Api; ids= wants an object
    for path, expected in (("/openapi.json", 200), ("/bestaat-niet", 404), ("/openapi.json/", 404)):
        answer = client.get(prefix + path)
        assert (answer.status_code, answer.headers["API-Version"]) == (expected, version)
        assert set(answer.headers.keys()) >= SECURITY
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_trailing_slash_is_another_path_and_the_answer_says_so(client: FlaskClient) -> None:
    answer = client.get("/api/berichtenbox/v1/berichttypes/", headers={"X-API-Key": "demo-voorbeeldstad"})
    assert answer.status_code == 404
    assert "no-trailing-slash" in answer.get_json(force=True)["detail"]


def test_a_problem_comes_in_xml_to_who_asks_for_xml(client: FlaskClient) -> None:
    answer = client.get("/api/verbruik/v1/verbruik", headers={"Accept": "application/problem+xml"})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+xml")
    assert "<id>AF-sleutel-aanwezig</id>" in answer.text


def test_methods_that_a_client_invents_are_counted_as_one(client: FlaskClient) -> None:
    for method in ("VERZONNEN", "OOK-VERZONNEN"):
        assert client.open("/api/verbruik/v1/verbruik", method=method).status_code in {404, 405}
    counted = client.get("/metrics").text
    assert 'method="-"' in counted
    assert "VERZONNEN" not in counted


@pytest.mark.parametrize(("given", "kept"), [("mijn-verzoek.17", True), ("met spatie", False), ("a" * 65, False)])
def test_the_request_id_of_the_caller_is_kept_when_it_is_one(client: FlaskClient, given: str, *, kept: bool) -> None:
    answer = client.get("/api/bestaat-niet", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept
    assert answer.get_json(force=True)["instance"].endswith(answer.headers["X-Request-ID"])


def test_an_error_of_ours_gives_a_number_and_nothing_of_the_inside(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, log_level="error"))
    app.add_url_rule("/api/kapot", "kapot", _break)
    answer = app.test_client().get("/api/kapot")
    app.extensions["omgevingen"].close()
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "geheim van binnen" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def _break() -> str:
    raise KeyError("geheim van binnen")
