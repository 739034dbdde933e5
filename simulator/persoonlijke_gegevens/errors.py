"""What Persoonlijke Gegevens refuses."""

from simulator.infra.errors import InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

_SIMULATOR = "koppelvlak van de simulator; het echte is per register maatwerk"

BURGER_BEKEND = Regel(
    "PG-burger-bekend", "Gegevens gaan over iemand die hier woont", _SIMULATOR, Herkomst.AANGENOMEN,
    "Het BSN van iemand uit de bevolking van deze omgeving.",
)  # fmt: skip
PEILDATUM = Regel(
    "PG-peildatum", "Een peildatum ligt niet in de toekomst", _SIMULATOR, Herkomst.AANGENOMEN,
    "Een datum tot en met vandaag.",
)  # fmt: skip
DATUM_BESTAAT = Regel(
    "PG-datum", "Een datum bestaat", _SIMULATOR, Herkomst.AANGENOMEN, "Een bestaande dag, een maand of een jaar."
)
EENMAAL = Regel(
    "PG-eenmaal", "Een aanlevering noemt elke persoon één keer per categorie", _SIMULATOR, Herkomst.AANGENOMEN,
    "Alle groepen van een persoon in een categorie bij elkaar.",
)  # fmt: skip
JUIST_GETOOND = Regel(
    "VW-6.1-presentatie", "Gegevens worden getoond zoals de Afnemer ze presenteert",
    "Voorwaarden MijnOverheid productie 2.9, artikel 6.1", Herkomst.GEDOCUMENTEERD,
    "Labels, volgorde en weergave zijn van de Afnemer, die voor de juistheid verantwoordelijk is.",
)  # fmt: skip
BRON_URL = Regel(
    "PG-bron-url", "Een bron heeft een veilig adres", _SIMULATOR, Herkomst.AANGENOMEN,
    "https://, zonder gebruikersnaam, BSN of fragment, en niet in een eigen netwerk; wat de omgeving bij naam "
    "toestaat, mag ook http:// en dichtbij zijn.",
)  # fmt: skip
BRON_BEKEND = Regel(
    "PG-bron-bekend", "Een bron heeft een naam die u eraan gaf", _SIMULATOR, Herkomst.AANGENOMEN,
    "De naam van een bron die u hebt aangemeld.",
)  # fmt: skip
BRON_ANTWOORDT = Regel(
    "PG-bron-antwoordt", "Een bron antwoordt op tijd, in de goede vorm", _SIMULATOR, Herkomst.AANGENOMEN,
    "Binnen de tijdslimiet een antwoord van ten hoogste 256 kB volgens het schema.",
)  # fmt: skip
CATEGORIE = Regel(
    "PG-categorie", "Een categorie bestaat", "mijn.overheid.nl, Persoonlijke gegevens", Herkomst.AANGENOMEN,
    "identiteit, wonen, voertuigen, werk-en-inkomen, onderwijs of brp-verstrekkingen.",
)  # fmt: skip
REGELS = (BURGER_BEKEND, PEILDATUM, DATUM_BESTAAT, EENMAAL, JUIST_GETOOND, BRON_URL, BRON_BEKEND, BRON_ANTWOORDT,
          CATEGORIE)  # fmt: skip


class GegevensOngeldig(InvalidInput):
    """The delivery has something in it that cannot be; nothing of it is stored, ``errors`` names it all."""

    slug = "gegevens-ongeldig"
    title = "Deze gegevens kunnen zo niet"
    regel = BURGER_BEKEND


class BronUrlOngeldig(InvalidInput):
    """A source at such an address is never asked."""

    slug = "bron-url-ongeldig"
    title = "Dit adres kan geen bron zijn"
    regel = BRON_URL


class BronNotFound(NotFound):
    """The Afnemer has no source with this name."""

    slug = "bron-niet-gevonden"
    title = "Deze bron is niet gevonden"
    regel = BRON_BEKEND


class CategorieNotFound(NotFound):
    """There is no such category."""

    slug = "categorie-niet-gevonden"
    title = "Deze categorie bestaat niet"
    regel = CATEGORIE
