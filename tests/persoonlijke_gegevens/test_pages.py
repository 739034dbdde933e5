import re

import pytest

from simulator.brp.errors import PATH
from simulator.gebruikers import Bsn
from simulator.persoonlijke_gegevens import summarize_dienst
from tests.persoonlijke_gegevens.conftest import ANNA, Wereld
from tests.persoonlijke_gegevens.test_aanlevering import WONING

PERSONAS = {
    "999990020": "Nietgeabonneerd", "999990032": "de Slapende", "999990111": "Postduif", "999990135": "Geheim",
    "999990123": "van &#39;t Hôf-d&#39;Éstrées-Müller Čapková Łukasiewicz",
}  # fmt: skip


@pytest.mark.artikel("1-persoonlijke-gegevens")
def test_the_first_page_names_every_category_with_its_sources_and_asks_nobody(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    page = wereld.read("")
    for each in ("Identiteit en gezin", "Wonen en WOZ", "Voertuigen", "Werk en inkomen", "Onderwijs",
                 "Wie krijgt mijn BRP-gegevens", "Wie zag mijn gegevens"):  # fmt: skip
        assert each in page
    assert 'Gemeente Voorbeeldstad</span> · <span class="heel">1 januari 2026' in page


def test_identity_and_family_come_from_the_population_as_brp(wereld: Wereld) -> None:
    page = wereld.read("/identiteit")
    assert 'Bron: <span lang="nl">Basisregistratie Personen</span>. Stand op' in page
    for each in (
        "Johanna Maria",
        "12 april 1980",
        str(ANNA),
        "Stadhuisplein 1",
        "1010 AA Voorbeeldstad",
        "Kind",
        "Milan",
    ):
        assert each in page


@pytest.mark.parametrize("bsn", PERSONAS)
def test_every_persona_has_an_identity(wereld: Wereld, bsn: str) -> None:
    assert PERSONAS[bsn] in wereld.read("/identiteit", Bsn(bsn))


def test_an_ordinary_citizen_sees_a_family_too(wereld: Wereld) -> None:
    page = wereld.read("/identiteit", Bsn("999993653"))
    assert "Ouder 1" in page
    assert "Ouder 2" in page


def test_who_asked_the_brp_is_counted_and_named(wereld: Wereld) -> None:
    assert "Nog geen organisatie vroeg uw gegevens op." in wereld.read("/brp-verstrekkingen")
    body = {"type": "RaadpleegMetBurgerservicenummer", "fields": ["naam"], "burgerservicenummer": [str(ANNA)]}
    headers = {"X-API-Key": "demo-wegverkeer", "X-Simulator-Omgeving": wereld.omgeving.naam}
    for _ in range(2):
        assert wereld.app.test_client().post(PATH, json=body, headers=headers).status_code == 200
    page = wereld.read("/brp-verstrekkingen")
    assert "Voorbeelddienst Wegverkeer" in page
    assert "2 keer" in page


@pytest.mark.artikel("3.7")
@pytest.mark.artikel("4.2")
def test_a_citizen_sees_who_saw_the_data_what_for_and_who_is_responsible(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    page = wereld.read("/wie-zag-mijn-gegevens")
    assert "Gemeente Voorbeeldstad" in page
    assert 'Gegevens over u aangeleverd aan Persoonlijke Gegevens: <span lang="nl">Wonen en WOZ</span>.' in page
    assert "AVG, artikel 6" in page
    assert "MijnOverheid (Logius)" not in page
    own = wereld.read("/wie-zag-mijn-gegevens?alles=ja")
    assert "MijnOverheid (Logius)" in own
    assert "De lijst getoond van wie uw gegevens zag" in own


def test_the_log_goes_on_on_the_next_page(wereld: Wereld) -> None:
    for _ in range(27):
        wereld.deliver(WONING)
    page = wereld.read("/wie-zag-mijn-gegevens")
    (older,) = re.findall(r"\?na=([\d-]+)", page)
    assert page.count("log__regel") == 25
    assert wereld.read(f"/wie-zag-mijn-gegevens?na={older}").count("log__regel") == 2
    assert wereld.read("/wie-zag-mijn-gegevens?na=onzin").count("log__regel") == 25


def test_an_unknown_category_is_not_there(wereld: Wereld) -> None:
    assert wereld.citizen().get("/persoonlijke-gegevens/schoenmaat").status_code == 404


def test_the_home_page_can_tell_what_there_is(wereld: Wereld) -> None:
    assert summarize_dienst(wereld.omgeving, ANNA).laatste == ()
    wereld.deliver(WONING)
    summary = summarize_dienst(wereld.omgeving, ANNA)
    assert summary.zin == "Bekijk wat de Basisregistratie Personen en 1 organisatie over u vastlegde."
    assert summary.laatste[0][:3] == ("Wonen en WOZ", "Gemeente Voorbeeldstad", "/persoonlijke-gegevens/wonen")


def test_pages_have_no_script_or_style_of_their_own(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    for path in ("", "/wonen", "/identiteit", "/wie-zag-mijn-gegevens"):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", wereld.read(path))
