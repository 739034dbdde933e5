"""What is charged by which rule, and what can be refused about tariffs, closings, invoices and prognoses."""

from simulator.infra.errors import Conflict, InvalidInput, NotAcceptable, NotFound
from simulator.infra.regels import Herkomst, Regel

_VOORWAARDEN = "Voorwaarden MijnOverheid productie 2.9, artikel"
_DOORBELASTING = "Logius, doorbelasting en financiering GDI"

VANAF_2018 = Regel(
    id="VW-3.8-vanaf-2018",
    titel="Logius brengt kosten in rekening vanaf 1 januari 2018, en niets van daarvoor",
    bron=f"{_VOORWAARDEN} 3.8",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een periode vanaf 1 januari 2018.",
)
TARIEF_VASTGESTELD = Regel(
    id="VW-3.8-vastgesteld",
    titel="De eigenaar van Logius stelt de hoogte van de tarieven elk jaar vast",
    bron=f"{_VOORWAARDEN} 3.8",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een tarief voor dat jaar: uit een besluit, uit het tarievenbestand of gezet via de beheer-API.",
)
CENTRAAL = Regel(
    id="FA-centrale-financiering",
    titel="Sinds 2023 wordt MijnOverheid centraal gefinancierd; wat is gebruikt, staat op een nulfactuur met de reden",
    bron=f"{_DOORBELASTING}; dat er een nulfactuur komt in plaats van geen factuur, is van de simulator",
    herkomst=Herkomst.AANGENOMEN,
)
PER_BERICHT = Regel(
    id="VW-5.2-per-bericht",
    titel="Gebruik van de Berichtenbox kost een bedrag per verwerkt bericht",
    bron=f"{_VOORWAARDEN} 5.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
VAST_BEDRAG = Regel(
    id="VW-5.2-vast-bedrag",
    titel="Gebruik van de Berichtenbox kan ook een vast bedrag per Afnemer kosten",
    bron=f"{_VOORWAARDEN} 5.2; een bedrag is nooit gevonden, het is in te stellen",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
AANSLUITKOSTEN_BERICHTENBOX = Regel(
    id="VW-5.2-aansluitkosten",
    titel="Aansluiten op de Berichtenbox kan kosten met zich meebrengen, één keer",
    bron=f"{_VOORWAARDEN} 5.2; een bedrag is nooit gevonden, het is in te stellen",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
AANSLUITKOSTEN_GEGEVENS = Regel(
    id="VW-6.2-aansluitkosten",
    titel="Aansluiten op Persoonlijke Gegevens kan kosten met zich meebrengen, één keer; gebruik is gratis",
    bron=f"{_VOORWAARDEN} 6.2; een bedrag is nooit gevonden, het is in te stellen",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
ZAKEN_GRATIS = Regel(
    id="VW-7.2-tarief",
    titel="Een tarief rekent nooit iets voor Lopende Zaken",
    bron=f"{_VOORWAARDEN} 7.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Alleen kosten voor de Berichtenbox en voor aansluiten op Persoonlijke Gegevens.",
)
GRATIS_EENHEDEN = Regel(
    id="FA-gratis-eenheden",
    titel="De eerste eenheden van het jaar zijn gratis waar het tarief dat zegt: 1.000 in 2018",
    bron=_DOORBELASTING,
    herkomst=Herkomst.GEDOCUMENTEERD,
)
EERSTE_JAAR = Regel(
    id="FA-eerste-jaar",
    titel="Een nieuwe Afnemer betaalt niets voor gebruik in zijn eerste jaar",
    bron=f"{_DOORBELASTING}; dat dit het kalenderjaar van aansluiten is, en zonder grens, is van de simulator",
    herkomst=Herkomst.AANGENOMEN,
)
ANDERE_PRIJS = Regel(
    id="FA-andere-prijs",
    titel="Wie een publieke taak heeft en privaat is, kan een andere prijs hebben: EUR 0,32 in 2021",
    bron=f"{_DOORBELASTING}; dat „alleen Berichtenbox” betekent: niet op Persoonlijke Gegevens, is van de simulator",
    herkomst=Herkomst.AANGENOMEN,
)
BTW = Regel(
    id="FA-btw",
    titel="Buiten het Rijk komt er 21 % BTW bij, binnen het Rijk niet",
    bron=_DOORBELASTING,
    herkomst=Herkomst.GEDOCUMENTEERD,
)
AFRONDING = Regel(
    id="FA-afronding",
    titel="Elke factuurregel is aantal maal prijs, afgerond op hele centen, een halve naar boven",
    bron="de simulator zelf; EN 16931 voor de BTW over de som van de regels",
    herkomst=Herkomst.AANGENOMEN,
)
VOORSCHOT = Regel(
    id="FA-voorschot",
    titel="Een voorschot rekent een heel jaar vooruit, op de prognose van de Afnemer of op wat hij eerder gebruikte",
    bron=_DOORBELASTING,
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een jaar met een prijs boven nul, en een Afnemer die niet in zijn eerste jaar is.",
)
MAANDFACTUUR = Regel(
    id="FA-maand",
    titel="Elke maand staat op een factuur wat is gebruikt; met een voorschot wordt het daarmee verrekend",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
)
AFREKENING = Regel(
    id="FA-afrekening",
    titel="Na het jaar wordt afgerekend op werkelijk gebruik, met aftrek van wat al in rekening is gebracht",
    bron=_DOORBELASTING,
    herkomst=Herkomst.GEDOCUMENTEERD,
)
DEFINITIEF_TARIEF = Regel(
    id="FA-definitief-tarief",
    titel="Een voorschottarief wordt achteraf vervangen door het definitieve tarief, als dat er is",
    bron=f"{_DOORBELASTING}; dat zonder definitief tarief het voorschottarief blijft gelden, is van de simulator",
    herkomst=Herkomst.AANGENOMEN,
)
CORRECTIE = Regel(
    id="FA-correctie",
    titel="Een uitgereikte factuur verandert nooit: wat later anders blijkt, komt op een nieuwe die ernaar verwijst",
    bron="Algemeen gebruik bij facturen (Wet OB 1968, artikel 35)",
    herkomst=Herkomst.AANGENOMEN,
)
PERIODE_VOORBIJ = Regel(
    id="FA-periode-voorbij",
    titel="Een maand of jaar wordt gesloten als hij voorbij is, op de Nederlandse kalender",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een periode die op de klok van de omgeving voorbij is; zet anders de klok vooruit.",
)
TARIEFBESTAND = Regel(
    id="FA-tariefbestand",
    titel="Een tarief klopt: hele jaren zonder gat of overlap, bedragen vanaf nul met hoogstens vier decimalen",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een tarief zoals docs/facturatie.md het beschrijft.",
)
FACTUUR_BEKEND = Regel(
    id="FA-factuur",
    titel="Een Afnemer ziet alleen zijn eigen facturen",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een nummer uit GET /api/facturatie/v1/facturen.",
)
CREDIT = Regel(
    id="FA-credit",
    titel="Een factuur wordt hoogstens één keer gecrediteerd, en een creditnota nooit",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Het nummer van een factuur die geen creditnota is.",
)
FORMAAT = Regel(
    id="FA-formaat",
    titel="Een factuur komt in het formaat van de header Accept",
    bron="ontwerp §7",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een van de formaten die er zijn.",
)
VRAAG = Regel(
    id="FA-vraag",
    titel="Wat over facturen wordt gevraagd, is een bekende vraag",
    bron="openapi.json van Facturatie",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Waarden die in openapi.json staan.",
)
PROGNOSE = Regel(
    id="FA-prognose",
    titel="Een prognose gaat over één jaar, en zegt op één manier hoeveel berichten dat zijn",
    bron="de simulator zelf",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Precies één van perMaand, perJaar en maanden, en een tarief of een eigen prijs.",
)
REGELS = (
    VANAF_2018, TARIEF_VASTGESTELD, CENTRAAL, PER_BERICHT, VAST_BEDRAG, AANSLUITKOSTEN_BERICHTENBOX,
    AANSLUITKOSTEN_GEGEVENS, ZAKEN_GRATIS, GRATIS_EENHEDEN, EERSTE_JAAR, ANDERE_PRIJS, BTW, AFRONDING, VOORSCHOT,
    MAANDFACTUUR, AFREKENING, DEFINITIEF_TARIEF, CORRECTIE, PERIODE_VOORBIJ, TARIEFBESTAND, FACTUUR_BEKEND, CREDIT,
    FORMAAT, VRAAG, PROGNOSE,
)  # fmt: skip


class TariefOnbekend(Conflict):
    """Nobody ever said what a bericht cost in that year, and it is not for us to invent it."""

    slug = "tarief-onbekend"
    title = "Het tarief van dit jaar is niet bekend"
    regel = TARIEF_VASTGESTELD


class TarievenOngeldig(InvalidInput):
    """A tariff that cannot be; ``errors`` names everything that is wrong with it."""

    slug = "tarieven-ongeldig"
    title = "Dit tarief kan niet"
    regel = TARIEFBESTAND


class TariefVoorZaken(TarievenOngeldig):
    """A tariff that charges Lopende Zaken."""

    slug = "tarief-voor-zaken"
    title = "Lopende Zaken kost niets"
    regel = ZAKEN_GRATIS


class PeriodeNietVoorbij(Conflict):
    """The month or year is still going on; it can be closed when it is over."""

    slug = "periode-niet-voorbij"
    title = "Deze periode is nog niet voorbij"
    regel = PERIODE_VOORBIJ


class PeriodeVoor2018(InvalidInput):
    """From before anything was charged."""

    slug = "periode-voor-2018"
    title = "Over deze periode wordt niets in rekening gebracht"
    regel = VANAF_2018


class VoorschotOnmogelijk(Conflict):
    """There is nothing to pay in advance."""

    slug = "voorschot-onmogelijk"
    title = "Hiervoor is er geen voorschot"
    regel = VOORSCHOT


class FactuurNotFound(NotFound):
    """No such invoice, or somebody else's."""

    slug = "factuur-niet-gevonden"
    title = "Deze factuur is niet gevonden"
    regel = FACTUUR_BEKEND


class CreditOnmogelijk(Conflict):
    """A credit note cannot be credited."""

    slug = "credit-onmogelijk"
    title = "Deze factuur kan niet worden gecrediteerd"
    regel = CREDIT


class FormaatOnbekend(NotAcceptable):
    """None of the formats that were asked for is there; ``verwacht`` lists those that are."""

    slug = "formaat-onbekend"
    title = "In dit formaat is de factuur er niet"
    regel = FORMAAT


class FactuurvraagOngeldig(InvalidInput):
    """A parameter that cannot be read; ``errors`` names every one."""

    slug = "factuurvraag-ongeldig"
    title = "Deze vraag over facturen is niet te lezen"
    regel = VRAAG


class PrognoseOngeldig(InvalidInput):
    """A forecast that says too little or too much; ``errors`` names every fault."""

    slug = "prognose-ongeldig"
    title = "Deze prognose kan niet"
    regel = PROGNOSE
