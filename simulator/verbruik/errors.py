"""What counts as verbruik, and what can be refused about asking for it."""

from simulator.infra.errors import InvalidInput
from simulator.infra.regels import Herkomst, Regel

BERICHT_TELT = Regel(
    id="VB-bericht-telt",
    titel="Eén verwerkt bericht is één eenheid verbruik van de Afnemer namens wie het is verzonden",
    bron="Logius, doorbelasting en financiering GDI: eenheid is het succesvol verwerkte bericht",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Alleen berichten met VerwerkingsCode Verwerkt tellen.",
)
ZAAK_TELT = Regel(
    id="VB-zaak-telt",
    titel="Elke aangeleverde verandering van een zaak is één eenheid verbruik van de Afnemer",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 7.2; de eenheid is van de simulator",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Wat een tweede keer wordt aangeleverd, telt niet opnieuw.",
)
KOSTEN_BERICHTENBOX = Regel(
    id="VW-5.2-kosten",
    titel="Voor de Berichtenbox brengt Logius aansluit- en gebruikskosten in rekening",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 5.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
KOSTEN_GEGEVENS = Regel(
    id="VW-6.2-kosten",
    titel="Voor Persoonlijke Gegevens brengt Logius alleen aansluitkosten in rekening",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 6.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
KOSTEN_ZAKEN = Regel(
    id="VW-7.2-kosten",
    titel="Voor Lopende Zaken brengt Logius geen kosten in rekening",
    bron="Voorwaarden MijnOverheid productie 2.9, artikel 7.2",
    herkomst=Herkomst.GEDOCUMENTEERD,
)
PERIODE_GELDIG = Regel(
    id="VB-periode",
    titel="Verbruik wordt opgevraagd over een periode van hele dagen",
    bron="ontwerp §7",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="van en tot als JJJJ-MM-DD, tot niet voor van; hoogstens 366 dagen per dag, 10 jaar per maand.",
)
FORMAAT_GELDIG = Regel(
    id="VB-formaat",
    titel="Verbruik is er als JSON en als CSV",
    bron="ontwerp §7",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="formaat=json of formaat=csv, of de header Accept met text/csv.",
)


class PeriodeOngeldig(InvalidInput):
    """The period cannot be read, runs backwards or is too long; ``errors`` names every parameter that is wrong."""

    slug = "periode-ongeldig"
    title = "Deze periode kan niet"
    regel = PERIODE_GELDIG


class FormaatOngeldig(InvalidInput):
    """Neither JSON nor CSV."""

    slug = "formaat-ongeldig"
    title = "Dit formaat is er niet"
    regel = FORMAAT_GELDIG
