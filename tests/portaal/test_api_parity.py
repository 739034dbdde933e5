"""What a page shows and does, a program can have too."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.agenda import run_due
from simulator.infra.omgeving import Omgeving
from tests.berichtenbox.documents import bericht_json
from tests.berichtenbox.postvak_builder import ANNA, put_bericht

NIET_ACTIEF = Bsn("999990032")
BASE = "/api/portaal/v1"
Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(app: Flask, standaard: Omgeving) -> Ask:
    def send(method: str, path: str, bsn: Bsn = ANNA, **given: Any) -> TestResponse:
        bearer = {"Authorization": f"Bearer {start_sessie(standaard, bsn, Niveau.MIDDEN)}"}
        return app.test_client().open(BASE + path, method=method, headers=bearer, **given)

    return send


def content(answer: TestResponse) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_program_reads_the_simulated_mail(app: Flask, standaard: Omgeving, ask: Ask) -> None:
    bericht = bericht_json()
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": bericht["BerichtID"]}
    body = {"BerichtLeverancierID": "00000099000000001000", "Berichten": [bericht]}
    assert app.test_client().post("/api/berichtenbox/v1/berichten", json=body, headers=headers).status_code == 201
    run_due(standaard, app.extensions["agenda"], standaard.now())
    (mail,) = content(ask("GET", "/kennisgevingen"))["kennisgevingen"]
    assert (mail["soort"], mail["status"]) == ("nieuw", "verzonden")
    assert "Gemeente Voorbeeldstad" in mail["tekst"]
    assert mail["moment"].endswith("Z")


def test_a_program_activates_the_box_as_the_first_login_does(ask: Ask) -> None:
    assert not content(ask("GET", "/instellingen", NIET_ACTIEF))["boxActief"]
    assert content(ask("POST", "/instellingen/_activeren", NIET_ACTIEF))["boxActief"]
    assert content(ask("GET", "/instellingen", NIET_ACTIEF))["boxActief"]


def test_what_the_settings_answer_can_be_sent_back(ask: Ask) -> None:
    shown = content(ask("GET", "/instellingen"))
    assert content(ask("PUT", "/instellingen", json=shown)) == shown


def test_before_the_box_is_active_the_settings_take_an_address_but_no_other_organisation(ask: Ask) -> None:
    shown = content(ask("GET", "/instellingen", NIET_ACTIEF))
    wish = shown | {"email": "nieuw@voorbeeld.example"}
    assert content(ask("PUT", "/instellingen", NIET_ACTIEF, json=wish)) == wish

    first, *rest = shown["organisaties"]
    other = shown | {"organisaties": [first | {"ontvangen": not first["ontvangen"]}, *rest]}
    refused = ask("PUT", "/instellingen", NIET_ACTIEF, json=other | {"email": "anders@voorbeeld.example"})
    assert (refused.status_code, refused.get_json()["regel"]["id"]) == (409, "GB-box-actief")
    assert content(ask("GET", "/instellingen", NIET_ACTIEF)) == wish


def test_a_program_empties_the_prullenbak_for_good(standaard: Omgeving, ask: Ask) -> None:
    kenmerk = put_bericht(standaard)
    assert content(ask("POST", "/prullenbak/_legen")) == {"aantal": 0}
    assert ask("DELETE", f"/berichten/{kenmerk}").status_code == 204
    assert content(ask("POST", "/prullenbak/_legen")) == {"aantal": 1}
    assert ask("GET", f"/berichten/{kenmerk}").status_code == 404


def test_a_program_sees_who_says_something_in_each_category(ask: Ask) -> None:
    found = content(ask("GET", "/gegevens/categorieen"))["categorieen"]
    assert [each["categorie"] for each in found][:2] == ["identiteit", "wonen"]
    assert found[0]["bronnen"] == ["Basisregistratie Personen"]
    assert (found[1]["naam"], found[1]["bronnen"], found[1]["peildatum"]) == ("Wonen en WOZ", [], None)


def test_a_program_looks_at_a_zaak_as_a_citizen_does(app: Flask, ask: Ask) -> None:
    initiator = {
        "betrokkeneType": "natuurlijk_persoon", "omschrijvingGeneriek": "initiator",
        "betrokkeneIdentificatie": {"inpBsn": str(ANNA)},
    }  # fmt: skip
    zaak = {
        "zaaktype": "B0366", "omschrijving": "Verhuizing", "startdatum": f"{datetime.now(UTC):%Y-%m-%d}",
        "rollen": [initiator],
    }  # fmt: skip
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": "een"}
    put = app.test_client().put("/api/lopende-zaken/v1/zaken/Z-1", json=zaak, headers=headers)
    assert put.status_code in {200, 201}, put.text
    (kop,) = content(ask("GET", "/zaken"))["zaken"]
    assert content(ask("GET", f"/zaken/{kop['id']}"))["gewijzigd"]
    assert content(ask("POST", f"/zaken/{kop['id']}/_bekijken"))["zaaknummer"] == "Z-1"
    assert not content(ask("GET", f"/zaken/{kop['id']}"))["gewijzigd"]
