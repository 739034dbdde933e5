"""Every limit and every refusal of the delivery koppelvlak as a rule with an id, a source and a provenance."""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.infra.regels import Herkomst, Regel

_XSD = "XSD Berichtenbox, GLOBEBatchRequestTypes_128ch"
_TA = "Technische Aansluithandleiding MijnOverheid Berichtenbox 1.6"
_ANTWOORD = "XSD Berichtenbox, GLOBEBatchResponse (VerwerkingsCode)"
_ONS = "Simulator"
_DOC, _GEZIEN, _AANNAME = Herkomst.GEDOCUMENTEERD, Herkomst.WAARGENOMEN, Herkomst.AANGENOMEN

# The request as a whole
MESSAGE_ID = Regel(
    "BB-message-id",
    "Elk JSON-verzoek heeft een eigen kenmerk",
    "Berichtenbox-API 1.0, X-Message-ID",
    _DOC,
    "X-Message-ID is een UUID.",
)
MESSAGE_ID_EENMALIG = Regel(
    "BB-message-id-eenmalig",
    "Een kenmerk hoort bij één inhoud",
    "Berichtenbox-API 1.0, antwoord 409",
    _DOC,
    "Dezelfde X-Message-ID met dezelfde inhoud, of een nieuwe X-Message-ID.",
)
MESSAGE_ID_HERHAALD = Regel(
    "BB-message-id-herhaald",
    "Hetzelfde verzoek nog eens krijgt hetzelfde antwoord",
    "Berichtenbox-API 1.0, X-Message-ID",
    _AANNAME,
    "Dezelfde X-Message-ID met dezelfde inhoud; er wordt niets dubbel verwerkt.",
)
OMVANG = Regel(
    "BB-omvang",
    "Grootte van een aanlevering",
    f"{_TA} §5.2",
    _DOC,
    "Hooguit 100 MB (100.000.000 bytes), inclusief base64.",
)
TEKENS = Regel(
    "BB-tekens",
    "Geen besturingstekens",
    "XML 1.0 §2.2 (Char)",
    _AANNAME,
    "Geen NUL of ander besturingsteken, behalve tab en regeleinde.",
)
VELDEN = Regel(
    "BB-velden", "Alleen bekende velden, van het goede type", _XSD, _DOC, "Precies de velden van het koppelvlak."
)
XML_WELGEVORMD = Regel("BB-xml-welgevormd", "Welgevormde XML", "XML 1.0 §2.1", _DOC, "Een welgevormd XML-document.")
XML_DOCTYPE = Regel("BB-xml-doctype", "Geen DOCTYPE of entiteiten", _ONS, _AANNAME, "Een XML-document zonder DOCTYPE.")
XML_CODERING = Regel("BB-xml-codering", "UTF-8", "Digikoppeling ebMS2 §5", _DOC, "Een XML-document in UTF-8.")
XSD = Regel("BB-xsd", "Het document voldoet aan de XSD", _XSD, _DOC, "Een document volgens GLOBEBatchRequest.xsd.")
AANTAL_BERICHTEN = Regel(
    "BB-aantal-berichten", "Aantal berichten per aanlevering", f"{_XSD}, Bericht", _DOC, "1 tot en met 1000 berichten."
)
BATCHID = Regel(
    "BB-batchid", "BatchID is een guid", f"{_XSD}, BatchID", _DOC, "Een guid van 8-4-4-4-12 hexadecimale cijfers."
)
AANMAAKDATUM_VORM = Regel(
    "BB-aanmaakdatum-vorm", "AanmaakDatum is een tijdstip", f"{_XSD}, AanmaakDatum", _DOC, "Een xs:dateTime in UTC."
)
LEVERANCIER_LENGTE = Regel(
    "BB-leverancier-lengte",
    "Lengte van BerichtLeverancierID",
    f"{_XSD}, BerichtLeverancierID",
    _DOC,
    "1 tot en met 25 tekens.",
)

# The fields of one bericht
BERICHTID = Regel(
    "BB-berichtid", "BerichtID is een guid", f"{_XSD}, BerichtID", _DOC, "Een guid van 8-4-4-4-12 hexadecimale cijfers."
)
BERICHTTYPE_LENGTE = Regel(
    "BB-berichttype-lengte", "Lengte van BerichtType", f"{_XSD}, BerichtType", _DOC, "1 tot en met 8 tekens."
)
PUBLICATIEDATUM_VORM = Regel(
    "BB-publicatiedatum-vorm",
    "PublicatieDatum is een tijdstip",
    f"{_XSD}, PublicatieDatum",
    _DOC,
    "Een xs:dateTime, of het veld weglaten.",
)
EINDDATUM_VORM = Regel(
    "BB-einddatum-vorm",
    "EindDatumHandelingsTermijn is een tijdstip",
    f"{_XSD}, EindDatumHandelingsTermijn",
    _DOC,
    "Een xs:dateTime, of het veld weglaten.",
)
ONDERWERP_LENGTE = Regel(
    "BB-onderwerp-lengte", "Lengte van Onderwerp", f"{_XSD}, Onderwerp", _DOC, "1 tot en met 50 tekens."
)
TEKST_LENGTE = Regel(
    "BB-tekst-lengte", "Lengte van BerichtTekst", f"{_XSD}, BerichtTekst", _DOC, "Hooguit 4000 tekens."
)
REFERENTIE_LENGTE = Regel(
    "BB-referentie-lengte", "Lengte van Referentie", f"{_XSD}, Referentie", _DOC, "Hooguit 25 tekens."
)
GEBRUIKER_VORM = Regel(
    "BB-gebruiker-vorm", "GebruikerID is gevuld", f"{_XSD}, GebruikerID", _DOC, "Het BSN: negen cijfers."
)
SOORT_GEBRUIKER = Regel("BB-soort-gebruiker", "SoortGebruiker", f"{_XSD}, SoortGebruiker", _DOC, "Burger")
BIJLAGEN_AANTAL = Regel(
    "BB-bijlagen-aantal", "Aantal bijlagen", f"{_XSD}, Bijlage", _DOC, "1 of 2; zonder bijlage vervalt Bijlagen."
)
BIJLAGE_INHOUD = Regel(
    "BB-bijlage-inhoud", "Inhoud van een bijlage", f"{_XSD}, Inhoud", _DOC, "Base64 van ten minste 1 byte."
)
BIJLAGE_TYPE = Regel("BB-bijlage-type", "BijlageType", f"{_XSD}, BijlageType", _DOC, "Pdf")
BIJLAGE_OMSCHRIJVING = Regel(
    "BB-bijlage-omschrijving-lengte",
    "Lengte van Omschrijving",
    f"{_XSD}, Omschrijving",
    _DOC,
    "1 tot en met 128 tekens.",
)

# What is judged, in the order of judgement
OIN_BEKEND = Regel(
    "BB-oin-bekend",
    "BerichtLeverancierID is een aangesloten Afnemer",
    f"{_TA} §2.3",
    _DOC,
    "De OIN van een Afnemer van de Berichtenbox.",
)
OIN_MANDAAT = Regel(
    "BB-oin-mandaat",
    "Aanleveren namens een ander vraagt een mandaat",
    f"{_TA} §1.2 en §2.3",
    _DOC,
    "De eigen OIN, of die van een Afnemer die de aanleveraar heeft gemachtigd.",
)
AANMAAKDATUM = Regel(
    "BB-aanmaakdatum", "AanmaakDatum ligt niet te ver terug", f"{_TA} §5.2", _DOC, "Hooguit 13 dagen geleden."
)
BATCHID_GELIJK = Regel(
    "BB-batchid-gelijk",
    "Elk bericht herhaalt de BatchID",
    f"{_TA} §5.2",
    _AANNAME,
    "Dezelfde BatchID als in BatchInformatie.",
)
PUBLICATIEDATUM = Regel(
    "BB-publicatiedatum",
    "PublicatieDatum ligt niet te ver vooruit",
    f"{_TA} §5.2",
    _DOC,
    "Hooguit 13 dagen na AanmaakDatum.",
)
BERICHTTYPE_BEKEND = Regel(
    "BB-berichttype-bekend", "Het berichttype bestaat", f"{_TA} §5.6", _DOC, "Een berichttype van deze Afnemer."
)
BERICHTTYPE_ACTIEF = Regel(
    "BB-berichttype-actief", "Het berichttype is actief", f"{_TA} §5.6", _DOC, "Een actief berichttype."
)
GEBRUIKER_ELFPROEF = Regel(
    "BB-gebruiker-elfproef",
    "GebruikerID is een BSN",
    "Besluit BSN, elfproef",
    _AANNAME,
    "Negen cijfers die aan de elfproef voldoen.",
)
GEBRUIKER_BEKEND = Regel(
    "BB-gebruiker-bekend", "De Gebruiker bestaat", f"{_TA} §5.6", _AANNAME, "Het BSN van iemand die hier woont."
)
VALIDATIE_GEBRUIKER = Regel(
    "BB-validatie-gebruiker", "De Gebruiker kan worden gevalideerd", f"{_ANTWOORD}, Stadium ValidatieGebruiker", _GEZIEN
)
BOX_ACTIEF = Regel(
    "BB-box-actief", "De Berichtenbox is actief", f"{_TA} §5.6", _DOC, "Een Gebruiker met een actieve Berichtenbox."
)
GEABONNEERD = Regel(
    "BB-geabonneerd",
    "De Gebruiker ontvangt post van deze Afnemer",
    f"{_TA} §5.6",
    _DOC,
    "Een Gebruiker die deze Afnemer heeft aangevinkt.",
)
BIJLAGE_VOLGORDE = Regel("BB-bijlage-volgorde", "Volgorde van bijlagen", f"{_TA} §5.9", _AANNAME, "1, of 1 en 2.")
BIJLAGE_PDF = Regel(
    "BB-bijlage-pdf", "Een bijlage is een PDF", f"{_TA} §5.9", _AANNAME, "Een bestand dat met %PDF- begint."
)
BIJLAGE_OMVANG = Regel(
    "BB-bijlage-omvang", "Grootte van de bijlagen", f"{_TA} §5.9", _DOC, "Samen hooguit 500 kB (500.000 bytes)."
)
BIJLAGE_PDFA = Regel(
    "BB-bijlage-pdfa",
    "Een bijlage is PDF/A-1a of PDF/A-2a",
    f"{_TA} §5.9",
    _DOC,
    "XMP-metagegevens met pdfaid:part; anders een waarschuwing.",
)
BERICHT_BESTAAT_AL = Regel(
    "BB-bericht-bestaat-al", "Een BerichtID is nieuw", f"{_TA} §5.6", _DOC, "Een BerichtID dat niet al is verwerkt."
)
OPSLAG = Regel("BB-opslag", "Het bericht kan worden opgeslagen", f"{_ANTWOORD}, Stadium StoreMessage", _GEZIEN)

# Beside delivery
ABONNEMENTEN_AANTAL = Regel(
    "BB-abonnementen-aantal",
    "Aantal BSN's per controle",
    "WSDL BerichtenboxValidatieService; TA §4",
    _DOC,
    "1 tot en met 250 BSN's.",
)
STATUS_EIGENAAR = Regel(
    "BB-status-eigenaar",
    "Een status is alleen voor wie aanleverde",
    _ONS,
    _AANNAME,
    "Een statusID of BatchID van een eigen aanlevering.",
)
RESULTAAT_KLAAR = Regel(
    "BB-resultaat-klaar",
    "Een resultaat is er als de batch is verwerkt",
    f"{_TA} §5.6",
    _AANNAME,
    "Het wachten dat de header Retry-After noemt.",
)
BERICHTTYPE_UNIEK = Regel(
    "BB-berichttype-uniek",
    "Een code bestaat eenmaal per Afnemer",
    "Handleiding Leveranciersportaal 1.6",
    _AANNAME,
    "Een nieuwe code.",
)
BERICHTTYPE_NAAM = Regel(
    "BB-berichttype-naam",
    "Code en omschrijving van een berichttype",
    "Handleiding Leveranciersportaal 1.6",
    _AANNAME,
    "Een code van 1 tot en met 8 letters, cijfers, punten en streepjes, en een omschrijving van hooguit 100 tekens.",
)

VORM = (
    XSD, AANTAL_BERICHTEN, BATCHID, AANMAAKDATUM_VORM, LEVERANCIER_LENGTE, BERICHTID, BERICHTTYPE_LENGTE,
    PUBLICATIEDATUM_VORM, EINDDATUM_VORM, ONDERWERP_LENGTE, TEKST_LENGTE, REFERENTIE_LENGTE, GEBRUIKER_VORM,
    SOORT_GEBRUIKER, BIJLAGEN_AANTAL, BIJLAGE_INHOUD, BIJLAGE_TYPE, BIJLAGE_OMSCHRIJVING,
)  # fmt: skip
"""The facets of the schema: a JSON request that breaks one is refused, an XML document fails as a whole."""

OORDEEL = (
    OIN_BEKEND, OIN_MANDAAT, AANMAAKDATUM, BATCHID_GELIJK, PUBLICATIEDATUM, BERICHTTYPE_BEKEND, BERICHTTYPE_ACTIEF,
    GEBRUIKER_ELFPROEF, GEBRUIKER_BEKEND, VALIDATIE_GEBRUIKER, BOX_ACTIEF, GEABONNEERD, BIJLAGE_OMVANG,
    BIJLAGE_VOLGORDE, BIJLAGE_PDF, BERICHT_BESTAAT_AL, OPSLAG,
)  # fmt: skip
"""The rules that judge one bericht, in the order in which they are asked (section 1.4: the order is our assumption)."""

REGELS = (
    MESSAGE_ID, MESSAGE_ID_EENMALIG, MESSAGE_ID_HERHAALD, OMVANG, TEKENS, VELDEN, XML_WELGEVORMD, XML_DOCTYPE,
    XML_CODERING, *VORM, *OORDEEL, BIJLAGE_PDFA, ABONNEMENTEN_AANTAL, STATUS_EIGENAAR, RESULTAAT_KLAAR,
    BERICHTTYPE_UNIEK, BERICHTTYPE_NAAM,
)  # fmt: skip

REGEL_VAN_VELD: Mapping[str, Regel] = MappingProxyType(
    {
        "Berichten": AANTAL_BERICHTEN,
        "Bericht": AANTAL_BERICHTEN,
        "BatchID": BATCHID,
        "AanmaakDatum": AANMAAKDATUM_VORM,
        "BerichtLeverancierID": LEVERANCIER_LENGTE,
        "BerichtID": BERICHTID,
        "BerichtType": BERICHTTYPE_LENGTE,
        "PublicatieDatum": PUBLICATIEDATUM_VORM,
        "EindDatumHandelingsTermijn": EINDDATUM_VORM,
        "Onderwerp": ONDERWERP_LENGTE,
        "BerichtTekst": TEKST_LENGTE,
        "Berichttekst": TEKST_LENGTE,
        "Referentie": REFERENTIE_LENGTE,
        "GebruikerID": GEBRUIKER_VORM,
        "SoortGebruiker": SOORT_GEBRUIKER,
        "Bijlagen": BIJLAGEN_AANTAL,
        "Bijlage": BIJLAGEN_AANTAL,
        "Inhoud": BIJLAGE_INHOUD,
        "BijlageType": BIJLAGE_TYPE,
        "Omschrijving": BIJLAGE_OMSCHRIJVING,
        "Volgorde": BIJLAGE_VOLGORDE,
        "gebruikers": ABONNEMENTEN_AANTAL,
    }
)
"""Which rule guards a field of the wire; the same for JSON and XML."""
