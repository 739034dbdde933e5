"""An invoice as UBL 2.1 in the Dutch core profile (NLCIUS 1.0), which follows EN 16931.

The identifiers in the comments (BT, BG, BR) are those of EN 16931; BR-NL those of the Gebruiksinstructie Basisfactuur.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simulator.facturatie.documents.woorden import (
    AFZENDER,
    BUITEN_BTW,
    SIMULATIE,
    TITELS,
    Partij,
    as_tijdvak,
    describe_klant,
)
from simulator.facturatie.values import PRIJS_PER_EURO, Btwregel, Factuur, Factuurregel, Factuursoort, Tijdvak
from simulator.infra.late import Late

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Late("lxml.etree")

UBL_TYPE = "application/xml"
NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
_PROFIEL = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_NS = "urn:oasis:names:specification:ubl:schema:xsd:"
_CBC, _CAC = f"{_NS}CommonBasicComponents-2", f"{_NS}CommonAggregateComponents-2"
_OIN = "0190"
_EENHEDEN = {"jaar": "ANN"}
_STUK = "C62"
"""UN/ECE Recommendation 20: one of whatever it is; ``ANN`` is a year."""
_OVERMAKEN, _AFSPRAAK = "58", "57"
"""UNTDID 4461: a SEPA transfer, and an arrangement that stands."""
_CENTS = 100


@dataclass(frozen=True, slots=True)
class _Vorm:
    """What differs between an invoice and a credit note, whose amounts have the other sign."""

    root: str
    code: str
    """UNTDID 1001. An advance is 380 too: 386 is not among the codes of NLCIUS (BR-NL-7)."""
    regel: str
    aantal: str
    teken: int


_FACTUUR = _Vorm("Invoice", "380", "InvoiceLine", "InvoicedQuantity", 1)
_CREDIT = _Vorm("CreditNote", "381", "CreditNoteLine", "CreditedQuantity", -1)


def as_ubl(factuur: Factuur) -> bytes:
    """The document in UTF-8: an ``Invoice``, or a ``CreditNote`` for a credit."""
    vorm = _CREDIT if factuur.soort is Factuursoort.CREDIT else _FACTUUR
    namespaces: Any = {None: f"{_NS}{vorm.root}-2", "cac": _CAC, "cbc": _CBC}  # the stubs know no default namespace
    root = etree.Element(f"{{{_NS}{vorm.root}-2}}{vorm.root}", nsmap=namespaces)
    _Schrijver(root, factuur, vorm).write()
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


@dataclass(frozen=True, slots=True)
class _Schrijver:
    """Writes in the order of the schema: the order of the lines here is that of the document."""

    root: "etree._Element"
    factuur: Factuur
    vorm: _Vorm

    def write(self) -> None:
        self._kop()
        self._partij("AccountingSupplierParty", AFZENDER)
        self._partij("AccountingCustomerParty", describe_klant(self.factuur.afnemer.oin, self.factuur.afnemer.naam))
        self._betaling()
        self._btw()
        self._totalen()
        for regel in self.factuur.regels:
            self._regel(regel)

    def _kop(self) -> None:
        factuur, root = self.factuur, self.root
        _add(root, "CustomizationID", NLCIUS)
        _add(root, "ProfileID", _PROFIEL)
        _add(root, "ID", factuur.nummer)
        _add(root, "IssueDate", factuur.datum.isoformat())
        if self.vorm is _FACTUUR:
            _add(root, "DueDate", factuur.vervaldatum.isoformat())
        _add(root, f"{self.vorm.root}TypeCode", self.vorm.code)
        titel = f"{TITELS[factuur.soort]} MijnOverheid, {as_tijdvak(factuur.periode)}."
        _add(root, "Note", " ".join([SIMULATIE, titel, *factuur.toelichting]))
        _add(root, "DocumentCurrencyCode", "EUR")
        # ASSUMPTION: the Afnemer gave no reference of its own; what it is about is one that it recognises (BR-NL-2).
        _add(root, "BuyerReference", f"MijnOverheid {factuur.periode.naam}")
        _add_periode(root, factuur.periode)
        if factuur.verwijst_naar:
            _add(_group(_group(root, "BillingReference"), "InvoiceDocumentReference"), "ID", factuur.verwijst_naar)

    def _partij(self, soort: str, partij: Partij) -> None:
        party = _group(_group(self.root, soort), "Party")
        _add(party, "EndpointID", partij.oin, schemeID=_OIN)
        _add(_group(party, "PartyName"), "Name", partij.naam)
        address = _group(party, "PostalAddress")
        _add(address, "StreetName", partij.straat)
        _add(address, "CityName", partij.plaats)
        _add(address, "PostalZone", partij.postcode)
        _add(_group(address, "Country"), "IdentificationCode", "NL")
        if partij.btw_nummer and not self._is_buiten_btw:  # BR-O-02: no BTW number where BTW is not at issue
            scheme = _group(party, "PartyTaxScheme")
            _add(scheme, "CompanyID", partij.btw_nummer)
            _add(_group(scheme, "TaxScheme"), "ID", "VAT")
        entity = _group(party, "PartyLegalEntity")
        _add(entity, "RegistrationName", partij.naam)
        _add(entity, "CompanyID", partij.oin, schemeID=_OIN)

    def _betaling(self) -> None:
        if self._te_betalen <= 0:
            return
        means = _group(self.root, "PaymentMeans")
        if self.vorm is _FACTUUR:
            _add(means, "PaymentMeansCode", _OVERMAKEN)
            _add(means, "PaymentID", self.factuur.nummer)
            _add(_group(means, "PayeeFinancialAccount"), "ID", AFZENDER.iban)
        else:
            _add(means, "PaymentMeansCode", _AFSPRAAK)
            terms = _group(self.root, "PaymentTerms")
            _add(terms, "Note", f"Wij betalen dit bedrag uiterlijk {self.factuur.vervaldatum.isoformat()} terug.")

    def _btw(self) -> None:
        total = _group(self.root, "TaxTotal")
        self._add_bedrag(total, "TaxAmount", self.factuur.totaal_btw)
        for btw in self.factuur.btw_regels:
            subtotal = _group(total, "TaxSubtotal")
            self._add_bedrag(subtotal, "TaxableAmount", btw.grondslag_cent)
            self._add_bedrag(subtotal, "TaxAmount", btw.bedrag_cent)
            self._add_categorie(subtotal, "TaxCategory", btw)

    def _totalen(self) -> None:
        total = _group(self.root, "LegalMonetaryTotal")
        self._add_bedrag(total, "LineExtensionAmount", self.factuur.totaal_excl)
        self._add_bedrag(total, "TaxExclusiveAmount", self.factuur.totaal_excl)
        self._add_bedrag(total, "TaxInclusiveAmount", self.factuur.totaal_incl)
        self._add_bedrag(total, "PayableAmount", self.factuur.totaal_incl)

    def _regel(self, regel: Factuurregel) -> None:
        line = _group(self.root, self.vorm.regel)
        _add(line, "ID", str(regel.volgnummer))
        quantity = str(self.vorm.teken * regel.aantal)
        _add(line, self.vorm.aantal, quantity, unitCode=_EENHEDEN.get(regel.eenheid, _STUK))
        self._add_bedrag(line, "LineExtensionAmount", regel.bedrag_cent)
        _add_periode(line, regel.periode)
        item = _group(line, "Item")
        if regel.toelichting:
            _add(item, "Description", regel.toelichting)
        _add(item, "Name", regel.omschrijving)
        if regel.tariefregel:
            _add(_group(item, "SellersItemIdentification"), "ID", regel.tariefregel)
        self._add_categorie(item, "ClassifiedTaxCategory", regel)
        _add(_group(line, "Price"), "PriceAmount", str(Decimal(regel.prijs) / PRIJS_PER_EURO), currencyID="EUR")

    def _add_categorie(self, parent: "etree._Element", naam: str, btw: Btwregel | Factuurregel) -> None:
        percentage = btw.percentage if isinstance(btw, Btwregel) else btw.btw_percentage
        category = _group(parent, naam)
        _add(category, "ID", "S" if percentage else "O" if self._is_buiten_btw else "E")
        if not self._is_buiten_btw:  # BR-O-05: no percentage where BTW is not at issue
            _add(category, "Percent", str(percentage))
        if isinstance(btw, Btwregel) and not percentage:
            _add(category, "TaxExemptionReason", BUITEN_BTW)
        _add(_group(category, "TaxScheme"), "ID", "VAT")

    def _add_bedrag(self, parent: "etree._Element", naam: str, cent: int) -> None:
        cent *= self.vorm.teken
        _add(parent, naam, f"{'-' if cent < 0 else ''}{abs(cent) // _CENTS}.{abs(cent) % _CENTS:02}", currencyID="EUR")

    @property
    def _te_betalen(self) -> int:
        return self.vorm.teken * self.factuur.totaal_incl

    @property
    def _is_buiten_btw(self) -> bool:
        """Whether no line has BTW: category O, that bears no other beside it (BR-O-11); else those are exempt (E)."""
        return not any(btw.percentage for btw in self.factuur.btw_regels)


def _group(parent: "etree._Element", naam: str) -> "etree._Element":
    return etree.SubElement(parent, f"{{{_CAC}}}{naam}")


def _add(parent: "etree._Element", naam: str, tekst: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_CBC}}}{naam}", attributes).text = tekst


def _add_periode(parent: "etree._Element", tijdvak: Tijdvak) -> None:
    period = _group(parent, "InvoicePeriod")
    _add(period, "StartDate", tijdvak.van.isoformat())
    _add(period, "EndDate", tijdvak.tot.isoformat())
