import csv
import io

import pytest
from flask import Flask, Response, g
from flask.testing import FlaskClient

from simulator.afnemers import require_afnemer
from simulator.infra.errors import Refusal
from simulator.infra.omgeving import Omgeving
from simulator.verbruik.api import api
from tests.verbruik.deliveries import MEER, STAD, meter_all, regel, set_klok

PATH = "/api/verbruik/v1/verbruik"
KEY = {"X-API-Key": "demo-voorbeeldstad"}


@pytest.fixture
def client(omgeving: Omgeving) -> FlaskClient:
    """The API in an omgeving where it is noon on 23 November 2026, with some verbruik."""
    set_klok(omgeving, 2026, 11, 20)
    meter_all(omgeving, regel(1, STAD, "WOZ", 2), regel(2, MEER, "HEFFING", 9))
    set_klok(omgeving, 2026, 11, 23)
    meter_all(omgeving, regel(3, STAD))
    app = Flask("verbruik")

    @app.before_request
    def enter() -> None:
        g.omgeving = omgeving
        require_afnemer()

    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> Response:
        return Response(refusal.regel.id if refusal.regel else "", refusal.status)

    app.register_blueprint(api.blueprint)
    return app.test_client()


def test_an_afnemer_sees_its_own_verbruik_of_this_month(client: FlaskClient) -> None:
    assert client.get(PATH, headers=KEY).json == {
        "afnemer": {"oin": "00000099000000001000", "naam": "Gemeente Voorbeeldstad"},
        "van": "2026-11-01",
        "tot": "2026-11-23",
        "per": "dag",
        "totaal": 3,
        "regels": [
            {"periode": "2026-11-20", "dienst": "berichtenbox", "berichttype": "WOZ", "aantal": 2},
            {"periode": "2026-11-23", "dienst": "berichtenbox", "berichttype": "ALGEMEEN", "aantal": 1},
        ],
    }


def test_the_period_and_its_grain_can_be_chosen(client: FlaskClient) -> None:
    answer = client.get(PATH, headers=KEY, query_string={"van": "2026-01-01", "tot": "2026-11-22", "per": "maand"}).json
    assert answer is not None
    assert [(each["periode"], each["aantal"]) for each in answer["regels"]] == [("2026-11", 2)]


@pytest.mark.parametrize(
    ("query", "accept"), [({"formaat": "csv"}, "application/json"), ({}, "text/csv"), ({}, "text/csv, */*;q=0.1")]
)
def test_verbruik_comes_as_csv_by_parameter_and_by_accept(
    client: FlaskClient, query: dict[str, str], accept: str
) -> None:
    response = client.get(PATH, headers=KEY | {"Accept": accept}, query_string=query)
    assert response.content_type == "text/csv; charset=utf-8"
    assert "verbruik-2026-11-01-2026-11-23.csv" in response.headers["Content-Disposition"]
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["periode", "dienst", "berichttype", "aantal"],
        ["2026-11-20", "berichtenbox", "WOZ", "2"],
        ["2026-11-23", "berichtenbox", "ALGEMEEN", "1"],
    ]


def test_who_says_nothing_about_the_form_gets_json(client: FlaskClient) -> None:
    assert client.get(PATH, headers=KEY | {"Accept": "*/*"}).content_type == "application/json"
    response = client.get(PATH, headers=KEY | {"Accept": "text/csv"}, query_string={"formaat": "json"})
    assert response.content_type == "application/json"


@pytest.mark.parametrize(
    ("query", "regel_id"),
    [({"van": "gisteren"}, "VB-periode"), ({"per": "uur"}, "VB-periode"), ({"formaat": "xls"}, "VB-formaat")],
)
def test_a_question_that_cannot_be_answered_is_refused_with_its_rule(
    client: FlaskClient, query: dict[str, str], regel_id: str
) -> None:
    response = client.get(PATH, headers=KEY, query_string=query)
    assert (response.status_code, response.text) == (400, regel_id)


def test_the_api_describes_itself() -> None:
    operation = api.openapi()["paths"]["/verbruik"]["get"]
    assert [each["name"] for each in operation["parameters"]] == ["van", "tot", "per", "formaat"]
    assert set(operation["responses"]["200"]["content"]) == {"application/json", "text/csv"}
