"""The API as an Afnemer uses it, on the whole application."""

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from simulator.app import create_app
from simulator.infra.omgevingen import NieuweOmgeving
from simulator.settings import Settings
from tests.weblinks import website as web
from tests.weblinks.website import HOST, website
from tests.weblinks.world import BEGIN, Wereld

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Loket:
    """An Afnemer at the API of one omgeving."""

    app: Flask
    wereld: Wereld

    def ask(
        self, method: str, path: str, body: Any = None, key: str = "demo-voorbeeldstad", accept: str = "*/*"
    ) -> TestResponse:
        headers = {"X-API-Key": key, "X-Simulator-Omgeving": self.wereld.omgeving.naam, "Accept": accept}
        return self.app.test_client().open(f"/api/weblinks/v1{path}", method=method, json=body, headers=headers)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.get_json()


@pytest.fixture(scope="session")
def _sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data=tmp_path_factory.mktemp("weblinks"), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(scope="session")
def _postgres_app(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("weblinks")
    app = create_app(Settings(data=data, database_url=new_database(), log_level="error"))
    yield app
    app.extensions["omgevingen"].close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def loket(request: pytest.FixtureRequest) -> Iterator[Loket]:
    """An Afnemer with a weblink that works, one that is gone since yesterday and one outside its domains."""
    app: Flask = request.getfixturevalue(f"_{'sqlite' if request.param == 'sqlite' else 'postgres'}_app")
    worlds, naam = app.extensions["omgevingen"], f"weblinks-{next(_numbers)}"
    with website() as site:
        wereld = Wereld(worlds.create(NieuweOmgeving(naam)), site)
        site.pages["/weg"] = web.gone_from(BEGIN + timedelta(days=1))
        wereld.register("/goed", "/weg")
        wereld.register("/", host="kwaad.example")
        wereld.advance(days=2)
        yield Loket(app, wereld)
    worlds.drop(naam)


def test_an_afnemer_reads_what_was_found_about_its_weblinks(loket: Loket) -> None:
    goed, weg, kwaad = loket.get("/controles")["controles"]
    assert goed | {"id": "", "duurMs": 0, "certificaatTot": ""} == {
        "id": "",
        "url": f"https://{HOST}/goed",
        "host": HOST,
        "stand": "in orde",
        "sinds": "2026-11-27T12:00:00Z",
        "reden": "De pagina is er.",
        "bruikbaar": True,
        "bezwaren": [],
        "aangemaaktOp": "2026-11-27T12:00:00Z",
        "gecontroleerdOp": "2026-11-29T12:00:00Z",
        "volgendeControle": "2026-11-30T12:00:00Z",
        "httpStatus": 200,
        "duurMs": 0,
        "omleidingen": 0,
        "eindUrl": None,
        "certificaatTot": "",
    }
    assert (weg["stand"], weg["httpStatus"], weg["sinds"]) == ("kapot", 404, "2026-11-28T12:00:00Z")
    assert (kwaad["stand"], kwaad["bezwaren"]) == ("buiten domein", ["VW-7.1-weblink-domein"])


def test_others_see_nothing_of_it_and_who_has_no_lopende_zaken_may_not_ask(loket: Loket) -> None:
    weblink = loket.get("/controles")["controles"][0]["id"]
    assert loket.ask("GET", "/controles", key="demo-belastingen").get_json()["controles"] == []
    assert loket.ask("GET", f"/controles/{weblink}", key="demo-belastingen").status_code == 404
    assert loket.ask("GET", "/controles", key="demo-voorbeeldmeer").status_code == 403


def test_weblinks_are_filtered_by_stand_and_host_and_come_page_by_page(loket: Loket) -> None:
    assert [each["host"] for each in loket.get("/controles?stand=buiten%20domein")["controles"]] == ["kwaad.example"]
    assert len(loket.get("/controles?stand=kapot&stand=in%20orde")["controles"]) == 2
    assert len(loket.get(f"/controles?host={HOST.upper()}")["controles"]) == 2
    seen, place = [], ""
    while True:
        page = loket.get(f"/controles?aantal=1{place}")
        seen += [each["url"] for each in page["controles"]]
        if page["volgende"] is None:
            break
        place = f"&na={page['volgende']}"
    assert seen == [each["url"] for each in loket.get("/controles")["controles"]]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("stand=mooi", "/stand"), ("na=x", "/na"), ("aantal=0", "/aantal"), ("aantal=veel", "/aantal"),
     ("aantal=1001", "/aantal"), ("host=%00", "/host")],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_says_what_is_wrong(loket: Loket, query: str, pointer: str) -> None:
    answer = loket.ask("GET", f"/controles?{query}")
    assert answer.status_code == 400
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [pointer]
    assert answer.get_json()["regel"]["id"] == "VW-7.1-vraag"


def test_the_same_comes_as_csv_as_a_whole(loket: Loket) -> None:
    loket.wereld.register(*(f"/{number}" for number in range(600)))
    answer = loket.ask("GET", "/controles", accept="text/csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 603
    assert (rows[1]["stand"], rows[1]["bruikbaar"], rows[1]["httpStatus"]) == ("kapot", "nee", "404")
    assert rows[0]["gecontroleerdOp"] == "2026-11-29T12:00:00Z"
    some = loket.ask("GET", "/controles?stand=kapot", accept="text/csv").text
    assert len(list(csv.DictReader(io.StringIO(some)))) == 1


def test_a_weblink_has_its_history(loket: Loket) -> None:
    weg = loket.get("/controles?stand=kapot")["controles"][0]["id"]
    historie = loket.get(f"/controles/{weg}")["historie"]
    assert [(each["stand"], each["van"]) for each in historie] == [
        ("kapot", "2026-11-28T12:00:00Z"),
        ("in orde", "2026-11-27T12:00:00Z"),
    ]
    assert historie[1]["tot"] == "2026-11-28T12:00:00Z"


def test_counts_and_trend(loket: Loket) -> None:
    found = loket.get("/samenvatting?dagen=3")
    assert (found["totaal"], found["wachtend"], found["moment"]) == (3, 0, "2026-11-29T12:00:00Z")
    assert found["standen"] == {
        "niet gecontroleerd": 0, "in orde": 1, "omgeleid": 0, "certificaat verloopt": 0, "onbereikbaar": 0, "kapot": 1,
        "buiten domein": 1,
    }  # fmt: skip
    assert [(day["dag"], day["standen"]["in orde"], day["standen"]["kapot"]) for day in found["trend"]] == [
        ("2026-11-27", 2, 0),
        ("2026-11-28", 1, 1),
        ("2026-11-29", 1, 1),
    ]


def test_alerts_are_read_with_the_newest_first(loket: Loket) -> None:
    loket.wereld.site.pages["/weg"] = 200
    loket.wereld.advance(days=1)
    first = loket.get("/meldingen?aantal=1")
    second = loket.get(f"/meldingen?na={first['volgende']}")
    (hersteld,), (slecht, kwaad) = first["meldingen"], second["meldingen"]
    assert (hersteld["soort"], slecht["soort"], second["volgende"]) == ("hersteld", "slecht", None)
    assert (kwaad["url"], kwaad["stand"]) == ("https://kwaad.example/", "buiten domein")
    assert (slecht["url"], slecht["vorigeStand"], slecht["moment"]) == (
        f"https://{HOST}/weg",
        "in orde",
        "2026-11-28T12:00:00Z",
    )


def test_weblinks_are_checked_now_when_asked_whatever_was_found_a_moment_ago(loket: Loket) -> None:
    loket.wereld.site.pages["/goed"] = 410
    answer = loket.ask("POST", "/controles", {})
    assert (answer.status_code, answer.get_json()) == (202, {"aantal": 2})
    assert loket.get("/samenvatting")["wachtend"] == 2
    loket.wereld.advance(seconds=0)
    assert loket.get("/samenvatting")["wachtend"] == 0
    assert [each["httpStatus"] for each in loket.get("/controles?stand=kapot")["controles"]] == [410, 404]
    asked = len(loket.wereld.site.requests)
    assert loket.ask("POST", "/controles", {"standen": ["omgeleid"]}).get_json() == {"aantal": 0}
    assert loket.ask("POST", "/controles", {"standen": ["mooi"]}).status_code == 400
    assert len(loket.wereld.site.requests) == asked


def test_the_report_is_one_page_with_a_picture_and_nothing_from_elsewhere(loket: Loket) -> None:
    answer = loket.ask("GET", "/rapport?dagen=5", accept="text/html")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "SIMULATIE" in answer.text
    assert answer.text.count("<rect ") == 2 + 3 + 3  # a bar has a part for each stand
    assert "27-11: 2 (in orde)" in answer.text
    assert f"https://{HOST}/weg" in answer.text
    assert not {"<script", "<link", "src=", "href=", "@import", "url("} & set(answer.text.split())
    assert "gemeente voorbeeldstad" in answer.text.lower()


def test_where_to_be_told_is_chosen_and_taken_back(loket: Loket) -> None:
    assert loket.get("/contact") == {"email": "webbeheer@voorbeeldstad.example"}
    assert loket.ask("PUT", "/contact", {"email": "ander@voorbeeldstad.example"}).status_code == 200
    assert loket.get("/contact") == {"email": "ander@voorbeeldstad.example"}
    assert loket.ask("PUT", "/contact", {"email": "geen adres"}).get_json()["regel"]["id"] == "VW-7.1-contact"
    assert loket.ask("DELETE", "/contact").status_code == 204
    assert loket.get("/contact") == {"email": None}


def test_domains_are_managed(loket: Loket) -> None:
    assert loket.ask("PUT", "/domeinen/nieuw.example").get_json()["domein"] == "nieuw.example"
    assert "nieuw.example" in [each["domein"] for each in loket.get("/domeinen")["domeinen"]]
    assert loket.ask("PUT", "/domeinen/localhorst").status_code == 400
    assert loket.ask("DELETE", "/domeinen/nieuw.example").status_code == 204
    assert loket.ask("DELETE", "/domeinen/nieuw.example").status_code == 404
