"""The pages about money in the portal of the Afnemer."""

import json
from typing import Any

import pytest
from lxml import html

from simulator import facturatie
from simulator.facturatie.pages.facturen import _API
from tests.facturatie.facturen_builder import make_facturen, set_klok
from tests.leveranciersportaal.conftest import Leverancier


def parse(page: str) -> Any:
    return html.document_fromstring(page)


def text(page: str) -> str:
    """What a page shows, with plain spaces."""
    return " ".join(" ".join(parse(page).itertext()).split())


@pytest.fixture
def stad(leverancier: Leverancier) -> Leverancier:
    """Gemeente Voorbeeldstad, signed in."""
    leverancier.sign_in()
    return leverancier


def test_who_did_not_sign_in_goes_and_does_so_first(leverancier: Leverancier) -> None:
    for pad in ("/facturen", "/facturen/2022-00001", "/facturen/2022-00001/pdf", "/dfa", "/prognose"):
        answer = leverancier.get(pad)
        assert answer.status_code == 303
        assert "/leveranciersportaal/aanmelden" in answer.headers["Location"]


def test_a_list_without_invoices_says_how_they_come(stad: Leverancier) -> None:
    page = text(stad.get("/facturen").text)
    assert "Er zijn nog geen facturen." in page
    assert "Toon voorbeeldfactuur" in page


def test_the_list_leads_to_an_invoice_its_lines_to_deliveries_and_those_to_their_berichten(stad: Leverancier) -> None:
    maand, voorschot = make_facturen(stad.wereld)
    stad.sign_in()
    page = stad.get("/facturen").text
    assert f"/leveranciersportaal/facturen/{maand}" in page
    assert "€ 58.080,00" in text(page)
    factuur = stad.get(f"/facturen/{maand}").text
    assert "Te betalen € 1,94" in text(factuur)
    (regel,) = parse(factuur).xpath("//article//tbody//a/@href")
    achter = parse(stad.get(regel.split("/leveranciersportaal")[1]).text)
    aanleveringen = achter.xpath("//table//th/a/@href")
    assert len(aanleveringen) == 2
    assert {each.text for each in achter.xpath("//tbody//td[@class='number']")} == {"3", "2"}
    rapport = text(stad.get(aanleveringen[0].split("/leveranciersportaal")[1]).text)
    assert "Alles verwerkt" in rapport
    assert "/dfa#tarief-2022" in stad.get(f"/facturen/{voorschot}").text


def test_an_invoice_can_be_saved_in_every_form(stad: Leverancier) -> None:
    maand, _ = make_facturen(stad.wereld)
    stad.sign_in()
    begins = {"pdf": b"%PDF-1.7", "ubl": b"<?xml", "csv": b"factuur,soort", "json": b'{"nummer":'}
    for formaat, start in begins.items():
        answer = stad.get(f"/facturen/{maand}/{formaat}")
        if answer.status_code == 503 and formaat == "pdf":
            continue  # without Pango; tests/infra/test_pdf.py says so
        assert answer.content.startswith(start), formaat
        assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="factuur-{maand}.')
    document = json.loads(stad.get(f"/facturen/{maand}/json").content)
    api = stad.wereld.afnemer("GET", f"/api/facturatie/v1/facturen/{maand}")
    assert document == api.json()
    assert facturatie.api.prefix == _API


def test_an_invoice_of_somebody_else_is_not_found(stad: Leverancier, leverancier: Leverancier) -> None:
    maand, _ = make_facturen(stad.wereld)
    leverancier.sign_in("demo-belastingen")
    for pad in ("", "/pdf", "/regels/1"):
        assert leverancier.get(f"/facturen/{maand}{pad}").status_code == 404


def test_a_filter_shows_only_what_was_asked(stad: Leverancier) -> None:
    maand, voorschot = make_facturen(stad.wereld)
    stad.sign_in()
    shown = text(stad.get("/facturen", soort="maand", jaar="2022").text)
    assert maand in shown
    assert voorschot not in shown
    assert "Er zijn geen facturen die u zoekt." in text(stad.get("/facturen", jaar="2021").text)
    assert stad.get("/facturen", jaar="zomaar").status_code == 200


def test_all_that_was_metered_can_be_billed_by_the_tariff_of_a_year(stad: Leverancier) -> None:
    make_facturen(stad.wereld)
    stad.sign_in()
    page = text(stad.get("/facturen/voorbeeld", jaar="2022", tarief="2021").text)
    assert "Er is niets uitgereikt" in page
    assert "€ 2,40" in page
    assert stad.get("/facturen/voorbeeld/csv", jaar="2022", tarief="2021").content.count(b"VOORBEELD") == 5


def test_the_dfa_says_what_holds_in_which_year_and_until_when_there_was_one(stad: Leverancier) -> None:
    set_klok(stad.wereld, "2026-11-27T09:00:00Z")
    page = stad.get("/dfa").text
    shown = text(page)
    assert "Van toepassing tot 2023." in shown
    assert "aangesloten sinds 1 januari 2016" in shown
    found = parse(page).xpath("//tbody/tr")
    rows = {row.xpath("string(th)").strip(): " ".join(row.itertext()) for row in found}
    assert list(rows) == [str(jaar) for jaar in range(2026, 2017, -1)]
    assert "0,454" in rows["2018"]
    assert "1.000" in rows["2018"]
    assert "onbekend" in rows["2019"]
    assert "0,48" in rows["2021"]
    assert "DFA van toepassing" in rows["2022"]
    assert "Geen DFA van toepassing" in rows["2023"]


def test_the_dfa_of_the_rijk_and_of_a_private_body_are_others(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-belastingen")
    assert "geen: u bent deel van het Rijk" in text(leverancier.get("/dfa").text)
    leverancier.sign_in("demo-verzendhuis")
    page = text(leverancier.get("/dfa").text)
    assert "private organisatie met een publieke taak" in page
    assert "Alleen Berichtenbox 2021" in page


def test_a_prognosis_shows_each_month_the_picture_and_the_price_of_one_more(stad: Leverancier) -> None:
    vraag = {"aantal": "12.000", "per": "maand", "jaar": "2022", "groei": "0", "piekmaand": "2", "piek": "80000"}
    page = stad.get("/prognose", **vraag, tarief="2022").text
    shown = text(page)
    assert "2022: € 71.680,00 zonder btw" in shown
    assert "Met 21 % btw € 86.732,80" in shown
    assert "Eén bericht meer kost € 0,32" in shown
    assert "De duurste maand is februari: € 29.440,00." in shown
    document = parse(page)
    assert len(document.xpath("//figure//*[local-name()='rect']")) == 12
    assert len(document.xpath("//table/tbody/tr")) == 12
    assert document.xpath("string(//input[@id='aantal']/@value)") == "12.000"
    assert document.xpath("//select[@id='piekmaand']/option[@selected]/@value") == ["2"]


def test_central_funding_costs_nothing_and_an_own_price_does(stad: Leverancier) -> None:
    gratis = text(stad.get("/prognose", aantal="1000", per="jaar", jaar="2026").text)
    assert "Met dit tarief betaalt u niets." in gratis
    eigen = stad.get("/prognose", aantal="1000", per="jaar", jaar="2026", tarief="eigen", prijs="0,454").text
    assert "2026: € 454,00 zonder btw" in text(eigen)


@pytest.mark.parametrize(
    ("vraag", "veld", "said"),
    [
        ({"aantal": "twaalf"}, "aantal", "Vul een heel getal in"),
        ({"aantal": "10", "jaar": "x"}, "jaar", "Vul een heel getal in"),
        ({"aantal": "10", "groei": "veel"}, "groei", "Vul een getal in van -100 tot en met 100"),
        ({"aantal": "10", "piek": "5"}, "piekmaand", "Kies de maand van de piek."),
        ({"aantal": "10", "tarief": "eigen", "prijs": "0,00001"}, "prijs", "hoogstens vier cijfers"),
        ({"aantal": "10", "jaar": "2017"}, "tarief", "nog niets in rekening"),
        ({"aantal": "10", "jaar": "2019"}, "tarief", "in geen openbare bron gevonden"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_filled_in_stays(
    stad: Leverancier, vraag: dict[str, str], veld: str, said: str
) -> None:
    answer = stad.get("/prognose", **vraag)
    assert 400 <= answer.status_code < 500
    document = parse(answer.text)
    assert said in document.xpath(f"string(//*[@id='{veld}-fout'])")
    assert document.xpath("//*[@role='alert']//a/@href") == [f"#{veld}"]
    assert document.xpath("string(//input[@id='aantal']/@value)") == vraag["aantal"]


def test_the_menu_leads_to_invoices_and_prognosis(stad: Leverancier) -> None:
    links = parse(stad.get().text).xpath("//nav//a/@href")
    begin = f"/omgevingen/{stad.wereld.naam}/leveranciersportaal"
    assert {f"{begin}/facturen", f"{begin}/prognose"} <= set(links)
