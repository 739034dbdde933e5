from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from simulator.digid import Niveau, start_sessie
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.postvak_builder import ANNA
from tests.portaal.conftest import Login

BASE = "/api/portaal/v1"


def deliver(client: FlaskClient) -> None:
    veld = {"type": "bedrag", "label": "WOZ-waarde", "waarde": "312000.00"}
    gegeven = {
        "bsn": str(ANNA), "categorie": "wonen", "peildatum": "2026-01-01",
        "groepen": [{"titel": "Huis", "velden": [veld]}],
    }  # fmt: skip
    answer = client.put(
        "/api/persoonlijke-gegevens/v1/gegevens", json={"gegevens": [gegeven]},
        headers={"X-API-Key": "demo-voorbeeldstad"},
    )  # fmt: skip
    assert answer.status_code == 200


def ask(app: Flask, standaard: Omgeving, path: str) -> Any:
    bearer = {"Authorization": f"Bearer {start_sessie(standaard, ANNA, Niveau.MIDDEN)}"}
    return app.test_client().get(BASE + path, headers=bearer).get_json()


def test_a_program_sees_every_block_as_the_citizen_reads_it(app: Flask, standaard: Omgeving) -> None:
    deliver(app.test_client())
    blokken = ask(app, standaard, "/gegevens")["blokken"]
    assert {each["categorie"] for each in blokken} == {"identiteit", "wonen", "brp-verstrekkingen"}
    (huis,) = ask(app, standaard, "/gegevens?categorie=wonen")["blokken"]
    assert huis == {
        "categorie": "wonen", "titel": "Gemeente Voorbeeldstad", "bron": "Gemeente Voorbeeldstad",
        "oin": "00000099000000001000", "vorm": "aangeleverd", "peildatum": "2026-01-01", "bewaardVan": None,
        "storing": None,
        "groepen": [
            {"titel": "Huis", "velden": [{"label": "WOZ-waarde", "waarde": "€ 312.000,00"}], "toelichting": None}
        ],
    }  # fmt: skip


def test_a_program_sees_who_saw_the_data_page_by_page(app: Flask, standaard: Omgeving) -> None:
    for _ in range(26):
        deliver(app.test_client())
    first = ask(app, standaard, "/verwerkingen")
    assert len(first["verwerkingen"]) == 25
    assert first["verwerkingen"][0]["verantwoordelijke"] == "Gemeente Voorbeeldstad"
    assert not first["verwerkingen"][0]["eigen"]
    rest = ask(app, standaard, f"/verwerkingen?cursor={first['volgende']}")
    assert len(rest["verwerkingen"]) == 1
    own = ask(app, standaard, "/verwerkingen?eigen=true")
    assert own["verwerkingen"][0]["eigen"]


def test_a_parameter_that_does_not_exist_is_refused(app: Flask, standaard: Omgeving) -> None:
    for path in ("/gegevens?categorie=schoenmaat", "/verwerkingen?eigen=ja", "/verwerkingen?cursor=x"):
        assert ask(app, standaard, path)["status"] == 400


def test_the_menu_leads_to_the_data(login: Login) -> None:
    assert 'href="/persoonlijke-gegevens"' in login(ANNA).get("/").get_data(as_text=True)
