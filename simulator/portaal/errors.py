"""What the portaal refuses."""

from simulator.infra.errors import InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

PARAMETER = Regel(
    "PT-parameter",
    "Een zoekparameter heeft een bekende waarde",
    "openapi.json van het portaal",
    Herkomst.AANGENOMEN,
    "Een waarde die in openapi.json staat.",
)
ORGANISATIE = Regel(
    "PT-organisatie",
    "Een voorkeur gaat over een aangesloten organisatie",
    "mijn.overheid.nl, Instellingen",
    Herkomst.AANGENOMEN,
    "Het OIN van een Afnemer van de Berichtenbox.",
)
PERSOON = Regel(
    "PT-persoon",
    "Wie is ingelogd, woont in deze omgeving",
    "de simulator zelf",
    Herkomst.AANGENOMEN,
    "Een sessie van iemand uit de bevolking zoals die nu is; log opnieuw in.",
)
REGELS = (PARAMETER, ORGANISATIE, PERSOON)


class ParameterOngeldig(InvalidInput):
    """A query parameter has a value that does not exist."""

    slug = "parameter-ongeldig"
    title = "Deze parameter heeft een onbekende waarde"
    regel = PARAMETER


class OrganisatieOnbekend(InvalidInput):
    """A voorkeur about an organisation that sends no post here."""

    slug = "voorkeur-organisatie-onbekend"
    title = "Deze organisatie is niet aangesloten"
    regel = ORGANISATIE


class PersoonNotFound(NotFound):
    """Somebody is logged in who does not live here any more: the seed or the range of people was changed."""

    slug = "persoon-niet-gevonden"
    title = "Deze persoon woont niet meer in deze omgeving"
    regel = PERSOON
