"""Articles 2.2, 3.1, 3.3 and 3.7: who may deliver from when until when, as a program sees it over HTTP."""

from collections.abc import Mapping
from typing import Any

import pytest
import requests

from tests.berichtenbox.documents import aanlevering_json, batch_xml, bericht_json, bericht_xml, guid
from tests.journeys.actors import STAD, Afnemer
from tests.lopende_zaken.documents import zaak_json, zaak_xml
from tests.running import Wereld

NIEUW = "00000099000000005000"
DIENSTEN = ("berichtenbox", "lopende-zaken", "persoonlijke-gegevens")
FORMULIER: dict[str, Any] = {
    "oin": NIEUW,
    "publiekeTaak": "Gemeentewet",
    "netwerk": "diginetwerk",
    "preproductie": {"uitgaand": ["192.0.2.10"], "inkomend": ["192.0.2.20"]},
    "productie": {"uitgaand": ["198.51.100.10"]},
    "berichtenPerMaand": 5000,
    "startdatum": "2026-03-01",
}


@pytest.fixture
def key(wereld: Wereld) -> str:
    """The key of an organisation that came to Logius today, 1 March 2026."""
    at(wereld, "2026-03-01T09:00:00Z")
    body = {"oin": NIEUW, "naam": "Gemeente Nieuw"}
    made = wereld.control("POST", "/aansluitingen", json=body)
    assert made.status_code == 201, made.text
    return str(made.json()["sleutel"])


def at(wereld: Wereld, moment: str) -> None:
    wereld.control("PUT", "/klok", json={"modus": "stil", "moment": moment}).raise_for_status()


def forward(wereld: Wereld, moment: str) -> None:
    wereld.control("POST", "/klok/_vooruit", json={"tot": moment}).raise_for_status()


def ask(wereld: Wereld, key: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> requests.Response:
    return wereld.afnemer(method, f"/api/aansluiting/v1{path}", key, json=body)


def apply(wereld: Wereld, key: str, dienst: str, signed_on: str | None = None) -> None:
    ask(wereld, key, "PUT", f"/aansluitingen/{dienst}/aanvraagformulier", FORMULIER).raise_for_status()
    if signed_on:
        body = {"door": "B. Urgemeester", "op": signed_on}
        ask(wereld, key, "POST", f"/aansluitingen/{dienst}/ondertekening", body).raise_for_status()


def into_production(wereld: Wereld, dienst: str, oin: str = NIEUW, **last: str) -> None:
    path = f"/aansluitingen/{oin}/{dienst}"
    while (fase := wereld.control("GET", path).json()["fase"]) != "productie":
        wereld.control("POST", f"{path}/aanvulling").raise_for_status()
        body = last if fase == "testen" else {}
        wereld.control("POST", f"{path}/stappen", json=body).raise_for_status()


def deliver_everything(wereld: Wereld, key: str, oin: str = NIEUW) -> dict[str, requests.Response]:
    """One delivery on each koppelvlak."""
    batch_id = guid()
    xml = batch_xml(batch_id, bericht_xml(batch_id), BerichtLeverancierID=oin)
    groepen = [{"titel": "Adres", "velden": [{"label": "Straat", "waarde": "Dorpsstraat 1"}]}]
    gegeven = {"bsn": "999990019", "categorie": "wonen", "peildatum": "2026-01-01", "groepen": groepen}
    as_xml = {"Content-Type": "application/xml"}
    return {
        "json": wereld.afnemer("POST", "/api/berichtenbox/v1/berichten", key, headers={"X-Message-ID": guid()},
                               json=aanlevering_json(bericht_json(), leverancier=oin)),
        "xml": wereld.afnemer("POST", "/api/berichtenbox/v1/batches", key, data=xml, headers=as_xml),
        "zaak": wereld.afnemer("PUT", "/api/lopende-zaken/v1/zaken/Z-1", key, json=zaak_json()),
        "stuf": wereld.afnemer("POST", "/api/lopende-zaken/v1/zaakberichten", key, data=zaak_xml(), headers=as_xml),
        "gegevens": wereld.afnemer("PUT", "/api/persoonlijke-gegevens/v1/gegevens", key, json={"gegevens": [gegeven]}),
    }  # fmt: skip


def assert_all_refused(wereld: Wereld, key: str, regel: str, oin: str = NIEUW) -> None:
    for koppelvlak, answer in deliver_everything(wereld, key, oin).items():
        assert answer.status_code == 403, (koppelvlak, answer.text)
        assert regel in answer.text, koppelvlak


@pytest.mark.artikel("2.2")
@pytest.mark.artikel("1-aanvraagformulier")
def test_nothing_is_delivered_before_the_form_is_signed(wereld: Wereld, key: str) -> None:
    assert_all_refused(wereld, key, "AF-dienst")
    for dienst in DIENSTEN:
        apply(wereld, key, dienst)
    assert_all_refused(wereld, key, "VW-2.2-ondertekening")


@pytest.mark.artikel("2.2")
def test_a_form_that_is_signed_for_a_later_day_holds_from_that_day(wereld: Wereld, key: str) -> None:
    for dienst in DIENSTEN:
        apply(wereld, key, dienst, "2026-03-10")
    path = f"/aansluitingen/{NIEUW}/berichtenbox/stappen"
    refused = wereld.control("POST", path, json={})
    assert (refused.status_code, "VW-2.2-aanvraagformulier" in refused.text) == (409, True)
    forward(wereld, "2026-03-09T22:59:59Z")
    assert_all_refused(wereld, key, "VW-2.2-ondertekening")
    forward(wereld, "2026-03-09T23:00:00Z")
    assert_all_refused(wereld, key, "VW-3.1-productie")
    assert wereld.control("POST", path, json={}).json()["fase"] == "voorbereiding"


@pytest.mark.artikel("3.1")
def test_each_dienst_opens_on_its_own_start_date_and_closes_on_its_end(wereld: Wereld, key: str) -> None:
    for dienst in DIENSTEN:
        apply(wereld, key, dienst, "2026-03-01")
        into_production(wereld, dienst, startdatum="2026-04-01")
    assert_all_refused(wereld, key, "VW-3.1-productie")
    forward(wereld, "2026-03-31T21:59:59Z")
    assert_all_refused(wereld, key, "VW-3.1-productie")
    forward(wereld, "2026-03-31T22:00:00Z")
    answers = deliver_everything(wereld, key)
    assert {each.status_code for name, each in answers.items() if name != "stuf"} <= {200, 201, 202, 400}
    assert not any("VW-3.1" in each.text for each in answers.values())
    assert answers["json"].status_code == 201
    for dienst in DIENSTEN:
        body = {"door": "B. Urgemeester", "einddatum": "2026-06-01"}
        ask(wereld, key, "POST", f"/aansluitingen/{dienst}/beeindiging", body).raise_for_status()
    forward(wereld, "2026-05-31T21:59:59Z")
    assert deliver_everything(wereld, key)["json"].status_code == 201
    forward(wereld, "2026-05-31T22:00:00Z")
    assert_all_refused(wereld, key, "VW-3.1-beeindigd")
    shown = ask(wereld, key, "GET", "/aansluitingen").json()["aansluitingen"]
    assert [(each["fase"], each["sluiting"]) for each in shown] == [("beeindigd", "beeindigd")] * 3


@pytest.mark.artikel("3.1")
def test_ending_one_dienst_leaves_the_others_open_and_keeps_what_was_delivered(wereld: Wereld) -> None:
    stad = Afnemer(wereld)
    stad.deliver(bericht_json())
    ended = wereld.control("POST", f"/aansluitingen/{STAD}/lopende-zaken/beeindiging", json={})
    assert (ended.status_code, ended.json()["fase"]) == (200, "beeindigd")
    answers = deliver_everything(wereld, "demo-voorbeeldstad", STAD)
    assert answers["json"].status_code == 201
    assert answers["zaak"].json()["regel"]["id"] == "VW-3.1-beeindigd"
    assert "VW-3.1-beeindigd" in answers["stuf"].text
    assert stad.used() == 3


@pytest.mark.artikel("3.3")
@pytest.mark.artikel("1-dap")
@pytest.mark.artikel("1-sno")
@pytest.mark.artikel("1-dfa")
@pytest.mark.parametrize(
    ("vandaag", "missing"),
    [
        ("2022-03-01", ["VW-3.3-dap", "VW-3.3-sno", "VW-3.3-dfa"]),
        ("2026-03-01", ["VW-3.3-dap", "VW-3.3-sno"]),
    ],
)
def test_nothing_goes_into_production_without_the_agreements(
    wereld: Wereld, key: str, vandaag: str, missing: list[str]
) -> None:
    at(wereld, f"{vandaag}T09:00:00Z")
    path = f"/aansluitingen/{NIEUW}/berichtenbox"
    wereld.control("POST", f"{path}/aanvulling").raise_for_status()
    while wereld.control("GET", path).json()["fase"] != "testen":
        wereld.control("POST", f"{path}/aanvulling").raise_for_status()
        wereld.control("POST", f"{path}/stappen", json={}).raise_for_status()
    wereld.control("PUT", f"{path}/testrapport", json={}).raise_for_status()
    refused = wereld.control("POST", f"{path}/stappen", json={})
    assert (refused.status_code, refused.json()["regel"]["id"]) == (409, "AS-eisen")
    assert [each["detail"].rpartition("(")[2].rstrip(")") for each in refused.json()["errors"]] == missing
    for regel in missing:
        soort = regel.rpartition("-")[2]
        body = {"soort": soort, "versie": "1.0", "datum": vandaag, "ondertekendDoor": "B. Urgemeester"}
        assert ask(wereld, key, "POST", "/documenten", body).status_code == 201
    assert wereld.control("POST", f"{path}/stappen", json={}).json()["fase"] == "productie"


@pytest.mark.artikel("3.7")
def test_nothing_goes_into_preproduction_without_a_processor_agreement(wereld: Wereld, key: str) -> None:
    apply(wereld, key, "berichtenbox", "2026-03-01")
    path = f"/aansluitingen/{NIEUW}/berichtenbox/stappen"
    assert wereld.control("POST", path, json={}).json()["fase"] == "voorbereiding"
    contacten = [
        {"rol": rol, "naam": "C. Ontact", "email": "contact@nieuw.example"} for rol in ("functioneel", "technisch")
    ]
    ask(wereld, key, "PUT", "/aansluitingen/berichtenbox/contacten", {"contacten": contacten}).raise_for_status()
    refused = wereld.control("POST", path, json={})
    assert [each["detail"] for each in refused.json()["errors"]] == [
        "De verwerkersovereenkomst is niet ondertekend. (VW-3.7-verwerkersovereenkomst)"
    ]
