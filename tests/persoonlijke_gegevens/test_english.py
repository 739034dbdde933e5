"""The pages in English: our own words are translated, those of an Afnemer stay as it wrote them."""

import re
from pathlib import Path

import pytest

from simulator.gebruikers import Bsn
from simulator.infra.languages import read_catalogue
from simulator.persoonlijke_gegevens import Categorie
from simulator.persoonlijke_gegevens.errors import CATEGORIE
from simulator.persoonlijke_gegevens.rules import explain_fout
from simulator.persoonlijke_gegevens.usecases.bevragen import VORM
from simulator.persoonlijke_gegevens.usecases.brp import WOORDEN, build_brp_blok
from simulator.persoonlijke_gegevens.usecases.inzage import DICHT
from simulator.persoonlijke_gegevens.usecases.vraag import Reden
from simulator.persoonlijke_gegevens.values import Datum
from simulator.verwerkingen import Activiteit
from tests.persoonlijke_gegevens.conftest import ANNA, Wereld
from tests.persoonlijke_gegevens.test_aanlevering import WONING

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "simulator" / "persoonlijke_gegevens" / "translations" / "en.po")
FAMILIES = (ANNA, Bsn("999993653"), Bsn("999990135"), Bsn("999990123"), Bsn("999990081"))


def list_missing(*texts: str) -> list[str]:
    return sorted({text for text in texts if not {text, re.sub(r"\d+", "#", text)} & CATALOGUE.keys()})


def test_categories_failures_and_activities_are_there_in_english() -> None:
    for categorie in Categorie:
        assert list_missing(categorie.naam, categorie.uitleg) == []
    assert list_missing(*(explain_fout(code) for code in (*Reden, DICHT, VORM, "anders"))) == []
    for each in Activiteit:
        assert list_missing(each.value.naam, each.value.doel, each.value.grondslag) == []


@pytest.mark.parametrize("bsn", FAMILIES)
def test_what_the_register_shows_is_there_in_english(wereld: Wereld, bsn: Bsn) -> None:
    blok = build_brp_blok(wereld.omgeving, bsn)
    assert blok is not None
    velden = [veld for groep in blok.groepen for veld in groep.velden]
    assert list_missing(blok.titel, *(groep.titel for groep in blok.groepen), *(veld.label for veld in velden)) == []
    words = [str(veld.waarde) for veld in velden if veld.label in WOORDEN and not isinstance(veld, Datum)]
    assert words
    assert list_missing(*words) == []


def test_the_first_page_and_the_register_speak_english(wereld: Wereld) -> None:
    page = wereld.read("?taal=en")
    assert "<title>Personal data" in page
    assert "Home and property value (WOZ)" in page
    page = wereld.read("/identiteit?taal=en")
    for each in ("Personal Records Database (BRP)", "12 April 1980", "<dd>Female</dd>", "<dd>No</dd>", "First names"):
        assert each in page


def test_who_asked_the_register_is_named_in_dutch_and_counted_in_english(wereld: Wereld) -> None:
    assert "No organisation asked for your data yet." in wereld.read("/brp-verstrekkingen?taal=en")
    body = {"type": "RaadpleegMetBurgerservicenummer", "fields": ["naam"], "burgerservicenummer": [str(ANNA)]}
    headers = {"X-API-Key": "demo-wegverkeer", "X-Simulator-Omgeving": wereld.omgeving.naam}
    for _ in range(2):
        wereld.app.test_client().post("/haalcentraal/api/brp/personen", json=body, headers=headers)
    page = wereld.read("/brp-verstrekkingen?taal=en")
    assert '<h3 lang="nl">Voorbeelddienst Wegverkeer</h3>' in page
    assert "<dd>2 times</dd>" in page


@pytest.mark.artikel("6.1")
def test_what_an_afnemer_delivered_stays_as_it_wrote_it_and_says_that_it_is_dutch(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    dutch, english = (wereld.read(f"/wonen?taal={taal}") for taal in ("nl", "en"))
    delivered = re.compile(r'<div class="groep" lang="nl">.*?</div>', re.DOTALL)
    assert delivered.findall(dutch)
    assert delivered.findall(english) == delivered.findall(dutch)
    assert 'Source: <span lang="nl">Gemeente Voorbeeldstad</span>. As of 1 January 2026.' in english


def test_the_log_speaks_english(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    page = wereld.read("/wie-zag-mijn-gegevens?taal=en")
    assert "Data about you delivered to Personal data: <span>Home and property value (WOZ)</span>." in page
    assert "Digital Government Decree; GDPR, Article 6(1)(e) (public task)" in page
    assert '<h2 lang="nl">Gemeente Voorbeeldstad</h2>' in page


def test_a_category_that_is_not_there_is_refused_in_english(wereld: Wereld) -> None:
    page = wereld.citizen().get("/persoonlijke-gegevens/schoenmaat?taal=en").text
    assert "This category does not exist" in page
    assert CATEGORIE.id in page
