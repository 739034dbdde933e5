"""The report to take along: HTML that needs nothing from elsewhere, PDF, and the pages of the Afnemer's portal."""

from typing import Any

import pytest
import requests
from lxml import html

from tests.berichtenbox.documents import bericht_json
from tests.conformiteit.verkeer import NU, Verkeer
from tests.journeys.actors import advance, hold_clock
from tests.running import Wereld

RAPPORT = "/api/conformiteit/v1/rapport"
STAD = "00000099000000001000"


@pytest.fixture
def verkeer(wereld: Wereld) -> Verkeer:
    hold_clock(wereld, NU)
    verkeer = Verkeer(wereld)
    verkeer.deliver()
    verkeer.deliver(bericht_json(Onderwerp=""))
    advance(wereld, "PT1S")
    return verkeer


def fetch(verkeer: Verkeer, accept: str) -> requests.Response:
    answer = verkeer.ask("GET", RAPPORT, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith(accept)
    return answer


def test_the_html_is_one_file_with_all_that_it_shows(verkeer: Verkeer) -> None:
    document: Any = html.document_fromstring(fetch(verkeer, "text/html").content)
    assert document.xpath("//link | //script | //img | //@src") == []
    text = document.text_content()
    assert verkeer.rapport()["digest"] in text
    assert "SIMULATIE" in text
    assert "BB-onderwerp-lengte" in text
    assert document.xpath("//svg//title")[0].text == "Geraakte regels per groep"


def test_the_pdf_of_the_same_facts_is_the_same_to_the_byte(verkeer: Verkeer) -> None:
    pytest.importorskip("weasyprint")
    first = fetch(verkeer, "application/pdf").content
    assert first.startswith(b"%PDF-")
    assert fetch(verkeer, "application/pdf").content == first


def test_who_runs_the_simulator_sees_the_same_report_by_oin(verkeer: Verkeer) -> None:
    answer = verkeer.wereld.control("GET", f"/afnemers/{STAD}/conformiteit")
    assert answer.status_code == 200, answer.text
    assert answer.json()["digest"] == verkeer.rapport()["digest"]
    assert verkeer.wereld.control("GET", "/afnemers/00000099000000008000/conformiteit").status_code == 404


def test_the_portal_shows_what_is_missing_and_how_to_show_it(verkeer: Verkeer) -> None:
    page = visit(verkeer, "").text
    assert "Log in als de ontvanger (persona actief) en open het bericht" in page
    assert page.count("Ontbreekt") > 3
    assert "Getoond" in page
    assert "uitwisseling-1" in visit(verkeer, "/regels").text


@pytest.mark.parametrize("formaat", ["json", "html"])
def test_the_portal_gives_the_report_to_keep(verkeer: Verkeer, formaat: str) -> None:
    answer = visit(verkeer, f".{formaat}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="conformiteit-{STAD}-2026-11-27.{formaat}"'
    assert verkeer.rapport()["digest"] in answer.text


def test_who_is_not_signed_in_goes_to_the_door(verkeer: Verkeer) -> None:
    address = f"{verkeer.wereld.base}/leveranciersportaal/conformiteit"
    assert requests.get(address, timeout=30, allow_redirects=False).status_code == 303


def visit(verkeer: Verkeer, rest: str) -> requests.Response:
    naam, waarde = verkeer.wereld.log_in("demo-voorbeeldstad")
    address = f"{verkeer.wereld.base}/leveranciersportaal/conformiteit{rest}"
    answer = requests.get(address, headers={"Cookie": f"{naam}={waarde}"}, timeout=30, allow_redirects=False)
    assert answer.status_code == 200, answer.text
    return answer
