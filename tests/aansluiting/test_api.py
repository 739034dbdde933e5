"""What an Afnemer does about its own connections, over HTTP, with one worker and with two."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from simulator.aansluiting.usecases.certificaten import make_certificaat
from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import STAD, Afnemer
from tests.running import Wereld
from tests.voorwaarden.test_aansluiting import FORMULIER, NIEUW

MEER, VERZENDHUIS = "00000099000000004000", "00000099000000009000"
VANDAAG = "2026-03-01"


@pytest.fixture
def key(wereld: Wereld) -> str:
    """The key of an organisation that came to Logius today, 1 March 2026."""
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": f"{VANDAAG}T09:00:00Z"}).raise_for_status()
    made = wereld.control("POST", "/aansluitingen", json={"oin": NIEUW, "naam": "Gemeente Nieuw", "sector": "rijk"})
    return str(made.json()["sleutel"])


def ask(wereld: Wereld, key: str, method: str, path: str, body: Any = None) -> requests.Response:
    return wereld.afnemer(method, f"/api/aansluiting/v1{path}", key, json=body)


def pointers(answer: requests.Response) -> list[str]:
    assert answer.status_code == 400, answer.text
    return [each["pointer"] for each in answer.json()["errors"]]


def test_the_afnemer_does_its_part_and_sees_what_is_missing_and_who_did_what(wereld: Wereld, key: str) -> None:
    shown = ask(wereld, key, "PUT", "/aansluitingen/berichtenbox/aanvraagformulier", FORMULIER).json()
    assert (shown["fase"], shown["sluiting"], shown["formulier"]) == (
        "aanvraag", "niet-ondertekend", FORMULIER | {"productie": {"uitgaand": ["198.51.100.10"], "inkomend": []}},
    )  # fmt: skip
    assert shown["volgende"] == {
        "naar": "voorbereiding",
        "door": "logius",
        "ontbreekt": [{"regel": "VW-2.2-aanvraagformulier", "detail": "Het Aanvraagformulier is niet ondertekend."}],
    }
    signed = ask(wereld, key, "POST", "/aansluitingen/berichtenbox/ondertekening", {"door": "B. Urgemeester"}).json()
    assert signed["ondertekening"] == {"op": VANDAAG, "door": "B. Urgemeester"}
    assert signed["volgende"]["ontbreekt"] == []
    (stap,) = signed["stappen"]
    assert (stap["op"], stap["door"], stap["van"], stap["naar"]) == (
        f"{VANDAAG}T09:00:00Z", "Gemeente Nieuw", None, "aanvraag",
    )  # fmt: skip


def test_the_step_to_tests_is_of_the_afnemer_and_the_others_are_of_logius(wereld: Wereld, key: str) -> None:
    path = f"/aansluitingen/{NIEUW}/berichtenbox"
    for _ in range(2):
        wereld.control("POST", f"{path}/aanvulling").raise_for_status()
    step = {"naar": "voorbereiding", "door": "O. Ntwikkelaar"}
    refused = ask(wereld, key, "POST", "/aansluitingen/berichtenbox/stappen", step)
    assert (refused.status_code, refused.json()["regel"]["id"]) == (403, "AS-stap-van-logius")
    for _ in range(2):
        wereld.control("POST", f"{path}/stappen", json={}).raise_for_status()
        wereld.control("POST", f"{path}/aanvulling").raise_for_status()
    taken = ask(wereld, key, "POST", "/aansluitingen/berichtenbox/stappen", step | {"naar": "testen"}).json()
    assert (taken["fase"], taken["stappen"][-1]["partij"], taken["stappen"][-1]["door"]) == (
        "testen", "afnemer", "O. Ntwikkelaar",
    )  # fmt: skip
    assert Afnemer(wereld, key).offer(bericht_json(), leverancier=NIEUW).status_code == 201


def test_everything_that_is_wrong_on_the_form_comes_back_at_once(wereld: Wereld, key: str) -> None:
    fout = FORMULIER | {"oin": STAD, "startdatum": "2026-09-02", "productie": {"uitgaand": ["x"]}}
    answer = ask(wereld, key, "PUT", "/aansluitingen/berichtenbox/aanvraagformulier", fout)
    assert pointers(answer) == ["/oin", "/startdatum", "/productie/uitgaand/0"]
    assert answer.json()["regel"]["id"] == "AS-formulier"
    assert ask(wereld, key, "GET", "/aansluitingen").json()["aansluitingen"] == []


def test_a_dienst_that_does_not_exist_or_was_not_asked_for_is_not_found(wereld: Wereld, key: str) -> None:
    for dienst in ("fax", "lopende-zaken"):
        answer = ask(wereld, key, "GET", f"/aansluitingen/{dienst}")
        assert (answer.status_code, answer.json()["regel"]["id"]) == (404, "AS-bekend")


def test_contacts_are_kept_per_role_and_replaced_as_a_whole(wereld: Wereld) -> None:
    one = {"rol": "technisch", "naam": "T. Echniek", "email": "techniek@voorbeeldstad.example", "telefoon": "070 1"}
    path = "/aansluitingen/berichtenbox/contacten"
    shown = ask(wereld, "demo-voorbeeldstad", "PUT", path, {"contacten": [one]}).json()
    assert shown["contacten"] == [one]
    bad = {"contacten": [one | {"email": "geen adres"}, one | {"rol": "baas"}]}
    assert pointers(ask(wereld, "demo-voorbeeldstad", "PUT", path, bad)) == [
        "/contacten/0/email", "/contacten/1/rol",
    ]  # fmt: skip


def test_a_document_has_version_date_and_signature_and_the_newest_comes_first(wereld: Wereld) -> None:
    dap = {"soort": "dap", "versie": "2.0", "datum": "2024-06-01", "ondertekendDoor": "B. Urgemeester"}
    made = ask(wereld, "demo-voorbeeldstad", "POST", "/documenten", dap)
    assert made.status_code == 201
    newest = ask(wereld, "demo-voorbeeldstad", "GET", "/documenten").json()["documenten"][0]
    assert {name: newest[name] for name in dap} == dap
    tomorrow = ask(wereld, "demo-voorbeeldstad", "POST", "/documenten", dap | {"datum": "2999-01-01"})
    assert (tomorrow.status_code, tomorrow.json()["regel"]["id"]) == (400, "AS-document")


def test_a_certificate_is_accepted_when_it_carries_the_oin_and_is_valid_now(wereld: Wereld, key: str) -> None:
    now = datetime(2026, 3, 1, 9, tzinfo=UTC)
    made = ask(wereld, key, "POST", "/certificaten", {"pem": make_certificaat(NIEUW, "Nieuw", now)})
    assert (made.status_code, made.json()["oin"], made.json()["geldig"]) == (201, NIEUW, True)
    other = ask(wereld, key, "POST", "/certificaten", {"pem": make_certificaat(STAD, "Stad", now)})
    assert (other.status_code, other.json()["regel"]["id"]) == (400, "AS-certificaat")
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": "2030-01-01T00:00:00Z"}).raise_for_status()
    (shown,) = ask(wereld, key, "GET", "/certificaten").json()["certificaten"]
    assert shown["geldig"] is False


def test_a_mandate_counts_for_the_next_delivery_whoever_serves_it(wereld: Wereld) -> None:
    verzendhuis = Afnemer(wereld, "demo-verzendhuis")
    for _ in range(3):
        granted = ask(wereld, "demo-voorbeeldmeer", "PUT", f"/mandaten/{VERZENDHUIS}")
        assert granted.json()["verleend"] == [{"oin": VERZENDHUIS, "naam": "Voorbeeld Verzendhuis"}]
        (outcome,) = verzendhuis.deliver(bericht_json(), leverancier=MEER)
        assert outcome["VerwerkingsCode"] == "Verwerkt"
        assert ask(wereld, "demo-voorbeeldmeer", "DELETE", f"/mandaten/{VERZENDHUIS}").status_code == 204
        (outcome,) = verzendhuis.deliver(bericht_json(), leverancier=MEER)
        assert outcome["VerwerkingsCode"] == "OinInCPAKomtNietOvereenMetOinInBericht"
    unknown = ask(wereld, "demo-voorbeeldmeer", "PUT", "/mandaten/00000099000000077000")
    assert (unknown.status_code, unknown.json()["regel"]["id"]) == (404, "AF-bekend")
    itself = ask(wereld, "demo-voorbeeldmeer", "PUT", f"/mandaten/{MEER}")
    assert (itself.status_code, itself.json()["regel"]["id"]) == (400, "AF-mandaat")


def test_who_finds_its_diensten_closed_can_still_see_why(wereld: Wereld) -> None:
    body = {"door": "Logius", "toelichting": "Opgeheven"}
    wereld.control("POST", f"/aansluitingen/{MEER}/berichtenbox/beeindiging", json=body).raise_for_status()
    (shown,) = ask(wereld, "demo-voorbeeldmeer", "GET", "/aansluitingen").json()["aansluitingen"]
    assert (shown["fase"], shown["sluiting"], shown["stappen"][-1]["toelichting"]) == (
        "beeindigd", "beeindigd", "Opgeheven",
    )  # fmt: skip


def test_without_a_key_nobody_sees_anything(wereld: Wereld) -> None:
    assert ask(wereld, "", "GET", "/aansluitingen").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        pytest.param(
            "POST", "/documenten",
            {"soort": "dap", "versie": "1\x00", "datum": VANDAAG, "ondertekendDoor": "A"}, "/versie", id="versie",
        ),
        pytest.param(
            "POST", "/documenten",
            {"soort": "dap", "versie": "1", "datum": VANDAAG, "ondertekendDoor": "a\x00b"}, "/ondertekendDoor",
            id="ondertekendDoor",
        ),
        pytest.param(
            "PUT", "/aansluitingen/berichtenbox/contacten",
            {"contacten": [{"rol": "technisch", "naam": "\x00", "email": "a@b"}]}, "/contacten/0/naam", id="naam",
        ),
        pytest.param(
            "PUT", "/aansluitingen/berichtenbox/contacten",
            {"contacten": [{"rol": "technisch", "naam": "A", "email": "a@b\x00"}]}, "/contacten/0/email", id="email",
        ),
        pytest.param(
            "POST", "/aansluitingen/berichtenbox/beeindiging", {"door": "A", "toelichting": "\x00"}, "/toelichting",
            id="toelichting",
        ),
    ],
)  # fmt: skip
def test_what_no_database_can_store_is_refused(
    wereld: Wereld, method: str, path: str, body: dict[str, Any], pointer: str
) -> None:
    assert pointers(ask(wereld, "demo-voorbeeldstad", method, path, body)) == [pointer]
