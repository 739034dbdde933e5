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
