from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.digid import Niveau, start_sessie
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.postvak_builder import ANNA, BRAM, PDF, Post, put_bericht, put_berichten

Call = Callable[..., TestResponse]
BASE = "/api/portaal/v1"


@pytest.fixture
def call(app: Flask, standaard: Omgeving) -> Call:
    """Asks the API as Anna."""
    bearer = {"Authorization": f"Bearer {start_sessie(standaard, ANNA, Niveau.MIDDEN)}"}

    def ask(method: str, path: str, **kwargs: Any) -> TestResponse:
        return app.test_client().open(BASE + path, method=method, headers=bearer, **kwargs)

    return ask


def content(answer: TestResponse) -> Any:
    return answer.get_json()


def test_without_a_session_there_is_nothing(app: Flask) -> None:
    answer = app.test_client().get(BASE + "/berichten")

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def test_the_list_has_the_fields_that_a_program_needs(call: Call, standaard: Omgeving) -> None:
    kenmerk = put_bericht(standaard)

    (bericht,) = content(call("GET", "/berichten"))["berichten"]

    assert bericht.pop("gepubliceerdOp").endswith("Z")
    assert bericht.pop("afzender")
    assert bericht == {
        "id": kenmerk, "onderwerp": "Uw paspoort ligt klaar", "map": "inbox", "gelezen": False,
        "reagerenTot": None, "aantalBijlagen": 0,
    }  # fmt: skip


def test_a_cursor_leads_to_the_next_page(call: Call, standaard: Omgeving) -> None:
    put_berichten(standaard, Post(tuple(str(n) for n in range(30))))

    first = content(call("GET", "/berichten"))
    second = content(call("GET", "/berichten", query_string={"cursor": first["volgende"]}))

    assert (len(first["berichten"]), len(second["berichten"]), second["volgende"]) == (25, 5, None)


def test_reading_changes_nothing_and_patching_does(call: Call, standaard: Omgeving) -> None:
    path = f"/berichten/{put_bericht(standaard, Post(tekst='een' + chr(92) + 'r' + chr(92) + 'ntwee'))}"

    assert content(call("GET", path))["gelezen"] is False
    assert content(call("GET", path))["tekst"] == "een\ntwee"

    changed = call("PATCH", path, json={"gelezen": True, "map": "archief"})

    assert (content(changed)["gelezen"], content(changed)["map"]) == (True, "archief")


def test_deleting_twice_is_for_good(call: Call, standaard: Omgeving) -> None:
    path = f"/berichten/{put_bericht(standaard)}"

    assert call("DELETE", path).status_code == 204
    assert content(call("GET", path))["map"] == "prullenbak"
    assert call("DELETE", path).status_code == 204
    assert call("GET", path).status_code == 404


def test_a_bijlage_comes_as_a_file(call: Call, standaard: Omgeving) -> None:
    answer = call("GET", f"/berichten/{put_bericht(standaard, Post(bijlagen=1))}/bijlagen/1")

    assert (answer.data, answer.content_type) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_the_bericht_of_somebody_else_is_not_found(call: Call, standaard: Omgeving, method: str) -> None:
    kenmerk = put_bericht(standaard, Post(bsn=BRAM))

    answer = call(method, f"/berichten/{kenmerk}", **({"json": {"gelezen": True}} if method == "PATCH" else {}))

    assert answer.status_code == 404
    assert content(answer)["regel"]["id"] == "BB-eigen-bericht"


@pytest.mark.parametrize(
    ("query", "regel"),
    [
        ({"map": "gewist"}, "PT-parameter"),
        ({"zoek": "x" * 101}, "PT-parameter"),
        ({"cursor": "x"}, "BB-bladeren"),
    ],
)
def test_a_parameter_that_means_nothing_is_refused_with_its_rule(call: Call, query: dict[str, str], regel: str) -> None:
    answer = call("GET", "/berichten", query_string=query)

    assert (answer.status_code, content(answer)["regel"]["id"]) == (400, regel)


@pytest.mark.parametrize("body", [{"map": "gewist"}, {"gelezen": "ja"}, {"gelezen": None}, {"onbekend": 1}, []])
def test_a_change_that_does_not_exist_is_refused(call: Call, standaard: Omgeving, body: object) -> None:
    assert call("PATCH", f"/berichten/{put_bericht(standaard)}", json=body).status_code == 400


def test_settings_are_kept_and_come_back_the_same(call: Call) -> None:
    before = content(call("GET", "/instellingen"))
    wish = before | {"email": "nieuw@voorbeeld.example", "herhaling": False}
    wish["organisaties"] = [{**wish["organisaties"][0], "ontvangen": False}, *wish["organisaties"][1:]]

    answer = call("PUT", "/instellingen", json=wish)

    assert content(answer) == wish
    assert content(call("GET", "/instellingen")) == wish


def test_a_wish_about_an_unknown_organisation_changes_nothing(call: Call) -> None:
    before = content(call("GET", "/instellingen"))
    wish = before | {
        "email": "x@voorbeeld.example",
        "organisaties": [{"oin": "00000099000000005000", "ontvangen": True}],
    }

    assert call("PUT", "/instellingen", json=wish).status_code == 400
    assert content(call("GET", "/instellingen")) == before


def test_the_overview_counts(call: Call, standaard: Omgeving) -> None:
    put_berichten(standaard, Post(("een", "twee")))

    overview = content(call("GET", "/overzicht"))

    assert overview["mappen"]["inbox"] == {"aantal": 2, "ongelezen": 2}
    assert overview["naam"]
    assert overview["nu"].endswith("Z")
    box = next(each for each in overview["diensten"] if each["pad"] == "/berichtenbox")
    assert (box["aantal"], box["zin"]) == (2, "U hebt 2 ongelezen berichten.")
    assert {each["titel"] for each in box["laatste"]} == {"een", "twee"}


def test_the_description_is_open_to_all(app: Flask) -> None:
    document = content(app.test_client().get(BASE + "/openapi.json"))

    assert "/berichten/{kenmerk}" in document["paths"]
    assert document["security"] == [{"Bearer": []}]
