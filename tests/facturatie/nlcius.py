"""The rules of NLCIUS 1.0 on top of EN 16931 (BR-NL-1 …), in our own words after the published rules of SI-UBL 2.0.

Nobody packages the official Schematron of these. What is fatal there is checked here, but for BR-NL-5 and BR-NL-13:
no fiscal representative and no order lines are ever written. Of the recommendations those that our documents touch.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from lxml import etree

_NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_PROFILE = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
_SUPPLIER, _CUSTOMER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
_DUTCH_SCHEMES = {"0106", "0190"}
_ADVISED_AGAINST = {
    "BR-NL-19": "cbc:TaxCurrencyCode",
    "BR-NL-20": "cbc:TaxPointDate",
    "BR-NL-21": "cac:InvoicePeriod/cbc:DescriptionCode",
    "BR-NL-24": "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate",
    "BR-NL-26": f"{_SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyLegalForm",
    "BR-NL-27": ".//cac:PostalAddress/cac:AddressLine",
    "BR-NL-28": ".//cbc:CountrySubentity",
    "BR-NL-29": "cac:PaymentMeans/cbc:PaymentMeansCode[@name]",
    "BR-NL-30": "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:Name",
    "BR-NL-31": "cac:PaymentMeans/cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch",
    "BR-NL-32": ".//cac:AllowanceCharge/cbc:AllowanceChargeReasonCode",
    "BR-NL-35": ".//cac:TaxCategory/cbc:TaxExemptionReasonCode",
}


def list_faults(document: Any) -> list[str]:
    """The identifiers of the rules that a document of a Dutch supplier breaks."""
    return [*_check_parties(document), *_check_kind(document), *_check_payment(document), *_check_advice(document)]


def _check_parties(document: Any) -> Iterator[str]:
    if not _has_dutch_number(document, _SUPPLIER):
        yield "BR-NL-1"
    if not _has_address(document, _SUPPLIER):
        yield "BR-NL-3"
    if _text(document, f"{_CUSTOMER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") == "NL":
        if not _has_address(document, _CUSTOMER):
            yield "BR-NL-4"
        if not _has_dutch_number(document, _CUSTOMER):
            yield "BR-NL-10"


def _check_kind(document: Any) -> Iterator[str]:
    root = etree.QName(document).localname
    if _text(document, "cbc:CustomizationID") != _PROFILE:
        yield "SI-V20-INV-R000"
    if not (_text(document, "cbc:BuyerReference") or _text(document, "cac:OrderReference/cbc:ID")):
        yield "BR-NL-2"
    code = _text(document, "cbc:InvoiceTypeCode") or _text(document, "cbc:CreditNoteTypeCode")
    if code not in {"380", "381", "384", "389"}:
        yield "BR-NL-7"
    if (code == "381") != (root == "CreditNote"):
        yield "BR-NL-8"
    if code == "384" and not _text(document, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"):
        yield "BR-NL-9"


def _check_payment(document: Any) -> Iterator[str]:
    means = document.find("cac:PaymentMeans", _NS)
    if Decimal(_text(document, "cac:LegalMonetaryTotal/cbc:PayableAmount")) > 0 and means is None:
        yield "BR-NL-11"
    if means is not None and _text(means, "cbc:PaymentMeansCode") not in {"30", "48", "49", "57", "58", "59"}:
        yield "BR-NL-12"


def _check_advice(document: Any) -> Iterator[str]:
    yield from (rule for rule, path in _ADVISED_AGAINST.items() if document.xpath(path, namespaces=_NS))
    currency = _text(document, "cbc:DocumentCurrencyCode")
    if any(amount != currency for amount in document.xpath("cac:TaxTotal/cbc:TaxAmount/@currencyID", namespaces=_NS)):
        yield "BR-NL-33"
    if any(not len(each) and not (each.text or "").strip() for each in document.iter("*")):
        yield "SI-UBL-2"


def _has_dutch_number(document: Any, party: str) -> bool:
    number = document.find(f"{party}/cac:PartyLegalEntity/cbc:CompanyID", _NS)
    return number is not None and bool(number.text) and number.get("schemeID") in _DUTCH_SCHEMES


def _has_address(document: Any, party: str) -> bool:
    return all(
        _text(document, f"{party}/cac:PostalAddress/cbc:{part}") for part in ("StreetName", "CityName", "PostalZone")
    )


def _text(element: Any, path: str) -> str:
    return str(element.findtext(path, namespaces=_NS) or "").strip()
