"""The articles as everybody may read them: each one shown, its rules counted, and what has none says why."""

from typing import Any

import pytest
import requests
from lxml import html

from simulator.voorwaarden import get_artikelen
from tests.berichtenbox.documents import bericht_json
from tests.journeys.actors import Afnemer
from tests.running import Wereld
from tests.voorwaarden.logius import Logius, dutch


def read(wereld: Wereld) -> dict[str, dict[str, Any]]:
    """The articles by number, asked as a program without a token."""
    answer = requests.get(f"{wereld.base}/voorwaarden", headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Vary"] == "Accept"
    return {each["nummer"]: each for each in answer.json()["artikelen"]}


def read_page(wereld: Wereld, path: str = "/voorwaarden") -> Any:
    return html.document_fromstring(requests.get(wereld.base + path, timeout=30).text)  # lxml.html comes without types


def count(wereld: Wereld, artikel: str, regel: str) -> tuple[int, int]:
    (found,) = [each for each in read(wereld)[artikel]["regels"] if each["id"] == regel]
    return found["geslaagd"], found["geweigerd"]


@pytest.mark.parametrize(
    ("nummer", "reden"),
    [
        pytest.param("aanhef", "waar de afspraken staan", marks=pytest.mark.artikel("aanhef")),
        pytest.param("1-dap", "een begrip legt niets op", marks=pytest.mark.artikel("1-dap")),
        pytest.param("1-dfa", "een begrip legt niets op", marks=pytest.mark.artikel("1-dfa")),
        pytest.param("1-sno", "een begrip legt niets op", marks=pytest.mark.artikel("1-sno")),
        pytest.param("2.1", "legt geen van beide iets op", marks=pytest.mark.artikel("2.1")),
        pytest.param("3.6", "een recht van logius", marks=pytest.mark.artikel("3.6")),
    ],
)
def test_an_article_with_nothing_to_enforce_says_why(wereld: Wereld, nummer: str, reden: str) -> None:
    assert read(wereld)[nummer]["regels"] == []
    (artikel,) = read_page(wereld).xpath(f"//article[@id='artikel-{nummer}']")
    shown = " ".join(artikel.text_content().split())
    assert reden in shown.lower()
    assert "hier valt niets te weigeren of te rekenen" in shown


def test_the_page_shows_every_article_once_with_a_link_to_each_of_its_rules(wereld: Wereld) -> None:
    page = read_page(wereld)
    assert page.xpath("//article/@id") == [f"artikel-{artikel.nummer}" for artikel in get_artikelen()]
    targets = {link.rpartition("#")[2] for link in page.xpath("//article//table//a/@href")}
    assert targets <= set(read_page(wereld, "/regels").xpath("//tr/@id"))
    assert {regel for artikel in get_artikelen() for regel in artikel.regels} == targets


@pytest.mark.artikel("aanhef")
@pytest.mark.artikel("2.1")
def test_a_refusal_says_in_which_document_its_rule_is_written(wereld: Wereld) -> None:
    problem = Afnemer(wereld).offer(bericht_json(Onderwerp="x" * 51)).json()
    assert problem["regel"]["bron"]
    assert problem["regel"]["herkomst"] in {"gedocumenteerd", "waargenomen", "aangenomen"}


@pytest.mark.artikel("1-aanvraagformulier")
def test_an_organisation_that_never_applied_is_nobody_here(wereld: Wereld) -> None:
    refused = Afnemer(wereld, "sleutel-van-niemand").offer(bericht_json())
    assert (refused.status_code, refused.json()["regel"]["id"]) == (401, "AF-sleutel-geldig")
    (outcome,) = Afnemer(wereld).deliver(bericht_json(), leverancier="00000099000000077000")
    assert outcome["VerwerkingsCode"] != "Verwerkt"
    assert count(wereld, "1-aanvraagformulier", "BB-oin-bekend") == (0, 1)


@pytest.mark.artikel("1-gebruiker")
def test_only_a_natural_person_can_be_written_to(wereld: Wereld) -> None:
    refused = Afnemer(wereld).offer(bericht_json(SoortGebruiker="Bedrijf"))
    assert (refused.status_code, refused.json()["regel"]["id"]) == (400, "BB-soort-gebruiker")
    (outcome,) = Afnemer(wereld).deliver(bericht_json(GebruikerID="123456789"))
    assert outcome["VerwerkingsCode"] != "Verwerkt"
    assert count(wereld, "1-gebruiker", "BB-gebruiker-elfproef") == (0, 1)


@pytest.mark.artikel("5.2")
def test_the_counts_beside_an_article_are_those_of_this_omgeving(wereld: Wereld) -> None:
    assert count(wereld, "5.2", "VB-bericht-telt") == (0, 0)
    Afnemer(wereld).deliver(bericht_json())
    assert count(wereld, "5.2", "VB-bericht-telt") == (1, 0)
    (artikel,) = read_page(wereld).xpath("//article[@id='artikel-5.2']")
    assert [cell.text for cell in artikel.xpath(".//tr[.//code='VB-bericht-telt']/td[@class='number']")] == ["1", "0"]


@pytest.mark.artikel("8.1")
@pytest.mark.artikel("1-afnemersoverleg")
def test_the_page_shows_what_was_decided_and_announced_here(wereld: Wereld) -> None:
    logius = Logius(wereld)
    logius.stand_still(dutch("2026-12-01", "09:00"))
    assert "nog niets besloten" in read_page(wereld).text_content()
    logius.decide_on_versie("3.0", "2026-11-30")
    logius.ask("POST", "/zekerheidsniveaus", {"niveau": "midden"}).raise_for_status()
    wijziging = logius.announce("3.0", "2027-01-01").json()["id"]
    logius.answer(wijziging, "geweigerd").raise_for_status()
    (section,) = read_page(wereld).xpath("//section[@aria-labelledby='nu']")
    shown = " ".join(section.text_content().split())
    for text in ("Nu geldt versie 2.9", "Versie 3.0, vanaf 1 januari 2027", "tot 1 maart 2027 geleverd",
                 "Gemeente Voorbeeldstad geweigerd", "Wijziging van de Voorwaarden in versie 3.0",
                 "Zekerheidsniveau Midden vanaf 1 december 2026 om 09:00"):  # fmt: skip
        assert text in shown
