"""An invoice as people read it: in a page, and as PDF."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from lxml import html

from simulator.facturatie.documents.html import as_document, as_html
from simulator.facturatie.documents.pdf import as_pdf
from simulator.facturatie.documents.woorden import as_euro, as_prijs, as_tijdvak
from simulator.facturatie.values import Factuur, Tijdvak
from simulator.infra.pdf import PdfUnavailable
from tests.accessibility.htmlcheck import list_faults
from tests.facturatie.documents import ALLE, GEMEENTE, credit, gemengd, maandfactuur, nulfactuur, regel, verrekend


def read(factuur: Factuur) -> str:
    """All that a reader sees, with plain spaces."""
    return " ".join(" ".join(html.fragment_fromstring(as_html(factuur)).itertext()).split())


@pytest.mark.parametrize("maker", ALLE, ids=lambda maker: maker.__name__)
def test_an_invoice_shows_every_line_and_total_and_that_it_is_a_simulation(maker: type) -> None:
    factuur: Factuur = maker()
    shown = read(factuur)
    amounts = [regel.bedrag_cent for regel in factuur.regels] + [btw.bedrag_cent for btw in factuur.btw_regels]
    assert [cent for cent in (*amounts, factuur.totaal_excl) if as_euro(cent).replace("\xa0", " ") not in shown] == []
    assert as_euro(abs(factuur.totaal_incl)).replace("\xa0", " ") in shown
    assert all(each.omschrijving in shown for each in factuur.regels)
    assert shown.startswith("SIMULATIE")
    assert factuur.nummer in shown
    head = '<!DOCTYPE html><html lang="nl"><head><title>x</title></head>'
    page = f"{head}<body><main>{as_html(factuur)}</main></body></html>"
    assert list_faults(page) == []


def test_what_comes_back_is_no_bill() -> None:
    shown = read(credit())
    assert "U ontvangt € 133,58" in shown
    assert "Hoort bij factuur 2022-00012" in shown
    assert "Te betalen" not in shown


def test_an_invoice_of_nothing_says_why_and_has_no_last_day_to_pay() -> None:
    assert "Sinds 2023 wordt MijnOverheid centraal gefinancierd." in read(nulfactuur())
    assert "uiterlijk" not in read(verrekend())


def test_a_line_leads_to_what_is_behind_it() -> None:
    page = html.fragment_fromstring(as_html(maandfactuur(), lambda each: f"/regels/{each.volgnummer}"))
    assert page.xpath("//tbody//a/@href") == ["/regels/1", "/regels/2"]
    assert html.fragment_fromstring(as_html(maandfactuur())).xpath("//a") == []


def test_a_name_is_never_markup() -> None:
    factuur = replace(maandfactuur(), afnemer=replace(GEMEENTE, naam="<b>Stad</b>"))
    assert "<b>" not in as_html(factuur)
    assert "<b>" not in as_document(factuur)


@pytest.mark.parametrize(
    ("cent", "shown"), [(0, "€ 0,00"), (5, "€ 0,05"), (123_456, "€ 1.234,56"), (-123_456, "−€ 1.234,56")]
)
def test_an_amount_is_written_as_people_do(cent: int, shown: str) -> None:
    assert as_euro(cent).replace("\xa0", " ") == shown


@pytest.mark.parametrize(
    ("prijs", "shown"), [(0, "0,00"), (3_200, "0,32"), (4_540, "0,454"), (12_500_001, "1.250,0001")]
)
def test_a_price_has_the_decimals_that_it_needs(prijs: int, shown: str) -> None:
    assert as_prijs(prijs) == f"€\xa0{shown}"


def test_a_period_has_the_name_of_its_year_or_months() -> None:
    kwartaal = Tijdvak(Tijdvak.of_maand(2022, 1).van, Tijdvak.of_maand(2022, 3).tot)
    names = [as_tijdvak(each) for each in (Tijdvak.of_jaar(2022), Tijdvak.of_maand(2022, 3), kwartaal)]
    assert names == ["2022", "maart 2022", "januari 2022 tot en met maart 2022"]


def make(factuur: Factuur) -> bytes:
    try:
        return as_pdf(factuur)
    except PdfUnavailable as refusal:
        pytest.skip(f"{refusal.detail} .ci/run installs it")


def test_a_pdf_says_the_same_is_tagged_and_marked_as_a_simulation() -> None:
    factuur = gemengd()
    pdf = make(factuur)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert text.count("SIMULATIE") == 2  # on the paper of each page, and on the invoice itself
    assert all(as_euro(each.bedrag_cent).replace("\xa0", " ") in text.replace("\xa0", " ") for each in factuur.regels)
    assert "Bladzijde 1 van 1" in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "nl"
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.docinfo.Title) == "Jaarafrekening 2022-00030 (simulatie)"
        assert str(document.docinfo.CreationDate) == "D:20220502000000+02'00"
        assert document.open_metadata()["pdfuaid:part"] == "1"


def test_the_same_invoice_is_the_same_pdf() -> None:
    assert make(maandfactuur()) == make(maandfactuur())


def test_a_long_invoice_goes_on_with_its_heading_on_every_page() -> None:
    long = replace(maandfactuur(), regels=tuple(regel(number, 1, 3_200, 21) for number in range(1, 91)))
    document = pypdfium2.PdfDocument(make(long))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) > 2
    assert all("SIMULATIE" in text for text in texts)
    assert all("Omschrijving" in text for text in texts[:2])
    assert f"Bladzijde 2 van {len(texts)}" in texts[1]
