"""The road of one euro over HTTP: delivered, metered, invoiced, and back to the berichten."""

from typing import Any

import pytest

from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer
from tests.running import Wereld

API = "/api/facturatie/v1"
OIN_STAD = "00000099000000001000"


def ask(wereld: Wereld, path: str, key: str = "demo-voorbeeldstad", **options: Any) -> Any:
    answer = wereld.afnemer("GET", f"{API}{path}", key, **options)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(wereld: Wereld, path: str, **options: Any) -> tuple[int, str]:
    answer = wereld.afnemer("GET", f"{API}{path}", **options)
    return answer.status_code, answer.json()["regel"]["id"]


def control(wereld: Wereld, method: str, path: str, body: Any = None) -> Any:
    answer = wereld.control(method, path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def deliver_in_march(wereld: Wereld) -> None:
    """Three berichten in two deliveries in March 2022, one of which is refused; then it is April."""
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-03-10T09:00:00Z"})
    moment = "2022-03-10T09:00:00Z"
    codes = [
        each["VerwerkingsCode"]
        for berichten in (
            [bericht_json(BerichtType="ALGEMEEN", PublicatieDatum=moment), bericht_json(PublicatieDatum=moment)],
            [bericht_json(PublicatieDatum=moment), bericht_json(GebruikerID="999990032", PublicatieDatum=moment)],
        )
        for each in Afnemer(wereld).deliver(*berichten)
    ]
    assert codes.count("Verwerkt") == 3
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-04-02T09:00:00Z"})


@pytest.mark.artikel("5.2")
def test_every_line_opens_the_berichten_behind_it(wereld: Wereld) -> None:
    deliver_in_march(wereld)
    (made,) = control(wereld, "POST", "/facturatie/_sluiten", {"jaar": 2022, "maand": 3})["facturen"]
    assert (made["totaalExclCent"], made["totaalBtwCent"], made["totaalInclCent"]) == (96, 20, 116)
    factuur = ask(wereld, f"/facturen/{made['nummer']}")
    (regel,) = factuur["regels"]
    assert (regel["aantal"], regel["prijs"], regel["bedragCent"]) == (3, "0.32", 96)
    found = ask(wereld, regel["berichten"].removeprefix(API))["aanleveringen"]
    assert sorted(each["aantal"] for each in found) == [1, 2]  # each worker has ids of its own
    verwerkt = 0
    for each in found:
        status = wereld.afnemer("GET", each["statusUri"]).json()
        outcomes = status["context"]["Verwerkt"]["Berichten"]
        verwerkt += sum(outcome["VerwerkingsCode"] == "Verwerkt" for outcome in outcomes)
    assert verwerkt == regel["aantal"]


def test_an_advance_without_history_is_on_what_the_aanvraagformulier_expects(wereld: Wereld) -> None:
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-01-03T09:00:00Z"})
    (made,) = control(wereld, "POST", "/facturatie/voorschotten", {"oin": OIN_STAD, "jaar": 2022})["facturen"]
    assert (made["soort"], made["totaalExclCent"]) == ("voorschot", 12 * 10_000 * 32)


def test_an_advance_is_on_the_use_of_the_year_before_where_there_was_any(wereld: Wereld) -> None:
    deliver_in_march(wereld)
    control(wereld, "PUT", "/tarieven/2023", {"prijs": "0.32"})
    (made,) = control(wereld, "POST", "/facturatie/voorschotten", {"oin": OIN_STAD, "jaar": 2023})["facturen"]
    assert (made["soort"], made["totaalExclCent"]) == ("voorschot", 3 * 32)


def test_the_deliveries_behind_a_line_come_in_pages(wereld: Wereld) -> None:
    deliver_in_march(wereld)
    (made,) = control(wereld, "POST", "/facturatie/_sluiten", {"jaar": 2022, "maand": 3})["facturen"]
    path = f"/facturen/{made['nummer']}/regels/1/berichten"
    first = ask(wereld, f"{path}?aantal=1")
    second = ask(wereld, f"{path}?aantal=1&na={first['volgende']}")
    assert [len(each["aanleveringen"]) for each in (first, second)] == [1, 1]
    assert second["volgende"] is None
    assert first["aanleveringen"] != second["aanleveringen"]
    assert refused(wereld, f"/facturen/{made['nummer']}/regels/2/berichten") == (404, "FA-factuur")
    assert refused(wereld, f"{path}?na=x&aantal=0") == (400, "FA-vraag")


def test_an_afnemer_sees_its_own_invoices_only(wereld: Wereld) -> None:
    deliver_in_march(wereld)
    (made,) = control(wereld, "POST", "/facturatie/_sluiten", {"jaar": 2022, "maand": 3})["facturen"]
    assert [each["nummer"] for each in ask(wereld, "/facturen?jaar=2022&soort=maand")["facturen"]] == [made["nummer"]]
    assert ask(wereld, "/facturen?jaar=2021")["facturen"] == []
    assert ask(wereld, "/facturen", "demo-belastingen")["facturen"] == []
    answer = wereld.afnemer("GET", f"{API}/facturen/{made['nummer']}", "demo-belastingen")
    assert (answer.status_code, answer.json()["regel"]["id"]) == (404, "FA-factuur")
    assert refused(wereld, "/facturen?soort=rekening&jaar=1") == (400, "FA-vraag")


def test_invoices_come_in_pages(wereld: Wereld) -> None:
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-01-10T09:00:00Z"})
    for verwacht in (1_000, 2_000, 500):
        control(wereld, "POST", "/facturatie/voorschotten", {"oin": OIN_STAD, "jaar": 2022, "verwacht": verwacht})
    first = ask(wereld, "/facturen?aantal=2")
    second = ask(wereld, f"/facturen?aantal=2&na={first['volgende']}")
    shown = [*first["facturen"], *second["facturen"]]
    assert [(each["soort"], each["totaalExclCent"]) for each in shown] == [
        ("voorschot", 32_000), ("voorschot", 32_000), ("credit", -48_000),
    ]  # fmt: skip
    assert second["volgende"] is None
    assert len(control(wereld, "GET", "/facturatie/facturen?jaar=2022")["facturen"]) == 3


def test_test_traffic_can_be_rehearsed_under_any_tariff_and_nothing_is_kept(wereld: Wereld) -> None:
    Afnemer(wereld).deliver(bericht_json(), bericht_json())
    now = ask(wereld, "/facturen/_voorbeeld")
    assert (now["nummer"], now["totaalInclCent"]) == ("VOORBEELD", 0)
    assert any("centraal budget" in each for each in now["toelichting"])
    then = ask(wereld, "/facturen/_voorbeeld?tarief=2021")
    assert (then["totaalExclCent"], then["totaalInclCent"]) == (96, 116)
    assert refused(wereld, "/facturen/_voorbeeld?tarief=2019") == (409, "VW-3.8-vastgesteld")
    assert refused(wereld, "/facturen/_voorbeeld?tarief=2017") == (400, "VW-3.8-vanaf-2018")
    assert ask(wereld, "/facturen")["facturen"] == []


@pytest.mark.parametrize(
    ("accept", "content_type", "begin"),
    [
        ("text/csv", "text/csv; charset=utf-8", b""),
        ("application/xml", "application/xml", b"<?xml"),
        ("text/html, application/json;q=0.5", "application/json", b"{"),
        ("*/*", "application/json", b"{"),
    ],
)
def test_accept_chooses_the_format(wereld: Wereld, accept: str, content_type: str, begin: bytes) -> None:
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-01-10T09:00:00Z"})
    body = {"oin": OIN_STAD, "jaar": 2022, "verwacht": 1_000}
    (made,) = control(wereld, "POST", "/facturatie/voorschotten", body)["facturen"]
    answer = wereld.afnemer("GET", f"{API}/facturen/{made['nummer']}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)
    assert answer.content.startswith(begin)
    assert made["nummer"].encode() in answer.content


def test_a_format_that_is_not_there_is_refused_with_those_that_are(wereld: Wereld) -> None:
    answer = wereld.afnemer("GET", f"{API}/facturen/_voorbeeld", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json()["regel"]["id"]) == (406, "FA-formaat")
    assert answer.json()["verwacht"] == "application/json, application/pdf, application/xml, text/csv"


def test_a_prognosis_says_what_a_year_will_cost(wereld: Wereld) -> None:
    asked = {"jaar": 2027, "tarief": 2018, "perMaand": 100, "pieken": [{"maand": 2, "extra": 400}]}
    answer = wereld.afnemer("POST", f"{API}/prognoses", json=asked)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [each["aantal"] for each in found["maanden"]] == [100, 500, *[100] * 10]
    assert sum(each["gratis"] for each in found["maanden"]) == 1_000
    assert (found["totaalExclCent"], found["totaalInclCent"]) == (27_240, 32_960)  # 600 × 0.454, and 57.204 BTW
    assert found["prijsVolgendBericht"] == "0.454"
    wrong = wereld.afnemer("POST", f"{API}/prognoses", json={"perMaand": 1, "perJaar": 2, "prijs": "1", "tarief": 2022})
    assert [each["pointer"] for each in wrong.json()["errors"]] == ["", "/prijs"]


def test_the_tariff_of_a_year_is_set_in_one_omgeving_and_taken_back(wereld: Wereld) -> None:
    assert ask(wereld, "/tarieven")["tarieven"][1]["onbekend"]
    made = control(wereld, "PUT", "/tarieven/2019", {"prijs": "0.41", "definitievePrijs": "0.4", "voorschot": True})
    assert (made["herkomst"], made["prijzen"][0]["definitievePrijs"]) == ("beheer", "0.40")
    assert ask(wereld, "/facturen/_voorbeeld?tarief=2019")["totaalInclCent"] == 0
    answer = wereld.control("PUT", "/tarieven/2020", json={"prijs": "1", "aansluitkosten": {"lopende-zaken": "1"}})
    assert (answer.status_code, answer.json()["regel"]["id"]) == (400, "VW-7.2-tarief")
    assert wereld.control("DELETE", "/tarieven/2019").status_code == 204
    assert refused(wereld, "/facturen/_voorbeeld?tarief=2019") == (409, "VW-3.8-vastgesteld")


def test_months_close_by_themselves_when_that_is_switched_on(wereld: Wereld) -> None:
    deliver_in_march(wereld)
    control(wereld, "PUT", "/klok", {"modus": "stil", "moment": "2022-03-10T10:00:00Z"})
    assert control(wereld, "PUT", "/facturatie/automatisch", {"aan": True}) == {"aan": True}
    control(wereld, "POST", "/klok/_vooruit", {"duur": "P30D"})
    (made,) = ask(wereld, "/facturen")["facturen"]
    assert (made["datum"], made["totaalExclCent"]) == ("2022-04-01", 96)
    credit = control(wereld, "POST", "/facturatie/creditnotas", {"nummer": made["nummer"], "reden": "Proef."})
    assert (credit["verwijstNaar"], credit["totaalInclCent"]) == (made["nummer"], -116)


def test_a_number_that_no_invoice_can_have_is_not_found(wereld: Wereld) -> None:
    assert refused(wereld, "/facturen/%00") == (404, "FA-factuur")
    assert refused(wereld, "/facturen/%00/regels/1/berichten") == (404, "FA-factuur")
