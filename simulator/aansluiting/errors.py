"""What is needed to connect, and what is refused on the way."""

from simulator.infra.errors import Conflict, InvalidInput, NotFound, NotPermitted
from simulator.infra.regels import Herkomst, Regel

_VOORWAARDEN = "Voorwaarden MijnOverheid productie 2.9, artikel "
_AANVRAGEN = "Logius, MijnOverheid aanvragen; Technische Aansluithandleiding Berichtenbox"
_SNO = "Serviceniveau Overeenkomst MijnOverheid 1.0 (2023)"

FORMULIER = Regel(
    "AS-formulier", "Het Aanvraagformulier is volledig en kan kloppen", _AANVRAGEN, Herkomst.AANGENOMEN,
    "Uw eigen OIN, uitgaande IP-adressen per omgeving, en een startdatum van vandaag tot zes maanden vooruit.",
)  # fmt: skip
ONDERTEKEND = Regel(
    "VW-2.2-aanvraagformulier", "Het Aanvraagformulier is ondertekend voordat Logius begint", f"{_VOORWAARDEN}2.2",
    Herkomst.GEDOCUMENTEERD, "Een ondertekend Aanvraagformulier, met een datum die is bereikt.",
)  # fmt: skip
CONTACTEN = Regel(
    "AS-contacten", "Er is een functioneel en een technisch contact", _AANVRAGEN, Herkomst.AANGENOMEN,
    "Contactgegevens voor de rollen functioneel en technisch.",
)  # fmt: skip
VERWERKERSOVEREENKOMST = Regel(
    "VW-3.7-verwerkersovereenkomst", "Er is een verwerkersovereenkomst met Logius", f"{_VOORWAARDEN}3.7; {_SNO}",
    Herkomst.GEDOCUMENTEERD, "Een ondertekende verwerkersovereenkomst.",
)  # fmt: skip
CERTIFICAAT = Regel(
    "AS-certificaat", "Het certificaat draagt het OIN en is geldig", "PKIoverheid; OIN-Stelsel",
    Herkomst.GEDOCUMENTEERD,
    "Een certificaat in PEM met het OIN als serialNumber van het Subject, dat nu geldig is.",
)  # fmt: skip
DAP = Regel(
    "VW-3.3-dap", "Er is een Dossier Afspraken en Procedures", f"{_VOORWAARDEN}3.3", Herkomst.GEDOCUMENTEERD,
    "Een ondertekend DAP.",
)  # fmt: skip
SNO = Regel(
    "VW-3.3-sno", "Er is een Serviceniveau Overeenkomst", f"{_VOORWAARDEN}3.3", Herkomst.GEDOCUMENTEERD,
    "Een ondertekende SNO.",
)  # fmt: skip
DFA = Regel(
    "VW-3.3-dfa", "Er is een Dossier Financiële Afspraken, tot 2023", f"{_VOORWAARDEN}3.3; {_SNO}",
    Herkomst.GEDOCUMENTEERD, "Een ondertekend DFA; vanaf 1 januari 2023 is dat niet van toepassing.",
)  # fmt: skip
CHECKLIST = Regel(
    "AS-checklist", "De testen van de checklist zijn geslaagd", "Logius, checklist testen Berichtenbox 1.4",
    Herkomst.GEDOCUMENTEERD, "Alle testen aangetoond, of een testrapport dat Logius heeft goedgekeurd.",
)  # fmt: skip
VOLGORDE = Regel(
    "AS-volgorde", "Een aansluiting doorloopt de stappen in hun volgorde", _AANVRAGEN, Herkomst.AANGENOMEN,
    "De stap die volgt op de fase van de aansluiting.",
)  # fmt: skip
EISEN = Regel(
    "AS-eisen", "Een stap wordt gezet als alles er is wat zij nodig heeft", _AANVRAGEN, Herkomst.AANGENOMEN,
    "Alles wat bij de errors staat.",
)  # fmt: skip
STAP_VAN_LOGIUS = Regel(
    "AS-stap-van-logius", "Logius neemt in behandeling, laat toe en neemt in productie", _AANVRAGEN,
    Herkomst.AANGENOMEN, "Een stap die de Afnemer zelf zet: testen.",
)  # fmt: skip
EINDDATUM = Regel(
    "AS-einddatum", "Een aansluiting eindigt vandaag of later", f"{_VOORWAARDEN}3.1", Herkomst.AANGENOMEN,
    "Een datum van vandaag of later, en niet voor de startdatum.",
)  # fmt: skip
DOCUMENT = Regel(
    "AS-document", "Een document is ondertekend op een dag die is geweest", "Dossier Afspraken en Procedures",
    Herkomst.AANGENOMEN, "Een datum tot en met vandaag.",
)  # fmt: skip
BEKEND = Regel(
    "AS-bekend", "Een aansluiting begint met het Aanvraagformulier", f"{_VOORWAARDEN}2.2", Herkomst.AANGENOMEN,
    "Een dienst waarvoor het Aanvraagformulier is ingediend.",
)  # fmt: skip
REGELS = (FORMULIER, ONDERTEKEND, CONTACTEN, VERWERKERSOVEREENKOMST, CERTIFICAAT, DAP, SNO, DFA, CHECKLIST, VOLGORDE,
          EISEN, STAP_VAN_LOGIUS, EINDDATUM, DOCUMENT, BEKEND)  # fmt: skip


class AanvraagOngeldig(InvalidInput):
    """The form cannot be right; ``errors`` names everything."""

    slug = "aanvraag-ongeldig"
    title = "Het Aanvraagformulier kan zo niet"
    regel = FORMULIER


class AansluitingNotFound(NotFound):
    """Nobody asked for a connection to this dienst."""

    slug = "aansluiting-niet-gevonden"
    title = "Voor deze dienst is er geen aansluiting"
    regel = BEKEND


class StapNietMogelijk(Conflict):
    """Another step comes first, or the road has ended."""

    slug = "stap-niet-mogelijk"
    title = "Deze stap past niet bij de fase van de aansluiting"
    regel = VOLGORDE


class StapOnvolledig(Conflict):
    """The step needs things that are not there; ``errors`` names them all."""

    slug = "stap-onvolledig"
    title = "Voor deze stap ontbreekt nog iets"
    regel = EISEN


class StapVanLogius(NotPermitted):
    """An Afnemer cannot take this step itself."""

    slug = "stap-van-logius"
    title = "Deze stap zet Logius"
    regel = STAP_VAN_LOGIUS


class EinddatumOngeldig(InvalidInput):
    """Nothing ends in the past, or before it began."""

    slug = "einddatum-ongeldig"
    title = "Op deze datum kan de aansluiting niet eindigen"
    regel = EINDDATUM


class DocumentOngeldig(InvalidInput):
    """Nobody signed tomorrow."""

    slug = "document-ongeldig"
    title = "Dit document kan zo niet"
    regel = DOCUMENT


class CertificaatOngeldig(InvalidInput):
    """It cannot be read, is of another organisation, or is not valid now."""

    slug = "certificaat-ongeldig"
    title = "Dit certificaat kan niet"
    regel = CERTIFICAAT
