"""What the control API refuses."""

from simulator.infra.errors import Conflict, InvalidInput, NotAuthenticated, NotFound
from simulator.infra.regels import Herkomst, Regel

TOKEN = Regel(
    "SIM-beheer-token", "Beheren vraagt het token", "de simulator zelf", Herkomst.AANGENOMEN,
    "Authorization: Bearer <token>, dat serve bij de start toont (of SIMULATOR_ADMIN_TOKEN)",
)  # fmt: skip
KLOK_STAND = Regel(
    "SIM-klok-stand", "De stand van de klok", "de simulator zelf", Herkomst.AANGENOMEN,
    "een moment tussen 2000 en 2100, een duur die vooruit gaat, een factor tussen 0 en 1.000.000",
)  # fmt: skip
SLEUTEL_AANWIJZEN = Regel(
    "SIM-sleutel-aanwijzen", "Eén sleutel aanwijzen", "de simulator zelf", Herkomst.AANGENOMEN,
    "de id van een sleutel van deze Afnemer, of een hint die maar één geldige sleutel heeft",
)  # fmt: skip
WIE = Regel(
    "SIM-wie", "Zeggen om wie het gaat", "de simulator zelf", Herkomst.AANGENOMEN, "bsn of persona, één van de twee"
)
ORGANISATIE = Regel(
    "SIM-organisatie", "Een voorkeur gaat over een Afnemer", "de simulator zelf", Herkomst.AANGENOMEN,
    "het OIN van een Afnemer in deze omgeving",
)  # fmt: skip
GEBRUIKER = Regel(
    "SIM-gebruiker", "De Gebruiker woont in deze omgeving", "de simulator zelf", Herkomst.AANGENOMEN,
    "het BSN van een persona, of een ander BSN uit de bevolking van deze omgeving",
)  # fmt: skip
INSTELLING = Regel(
    "SIM-instelling", "Een instelling is bruikbaar", "de simulator zelf", Herkomst.AANGENOMEN,
    "certificaten in PEM; bij een naam niets, of een IP-adres met eventueel een poort",
)  # fmt: skip
SCENARIO = Regel(
    "SIM-scenario", "Een scenario is een bestand dat klopt, en wordt stap voor stap gespeeld", "de simulator zelf",
    Herkomst.AANGENOMEN, "een scenario uit GET /__admin/v1/scenarios, gestart en nog niet klaar",
)  # fmt: skip
REGELS = (TOKEN, KLOK_STAND, SLEUTEL_AANWIJZEN, WIE, ORGANISATIE, GEBRUIKER, INSTELLING, SCENARIO)


class TokenMissing(NotAuthenticated):
    """No token, or another one than this simulator was started with."""

    slug = "beheer-token-ontbreekt"
    title = "Het token van de beheer-API ontbreekt of klopt niet"
    regel = TOKEN


class KlokInvalid(InvalidInput):
    """A clock that cannot be."""

    slug = "klok-ongeldig"
    title = "Zo kan de klok niet staan"
    regel = KLOK_STAND


class InstellingOngeldig(InvalidInput):
    """A setting that nothing can be done with; ``errors`` names every one."""

    slug = "instelling-ongeldig"
    title = "Deze instelling kan niet"
    regel = INSTELLING


class SleutelOnbekend(NotFound):
    """No such key, or not of this Afnemer."""

    slug = "sleutel-onbekend"
    title = "Deze sleutel is niet gevonden"
    regel = SLEUTEL_AANWIJZEN


class SleutelHintDubbel(Conflict):
    """Two valid keys end in the same four characters."""

    slug = "sleutel-hint-dubbel"
    title = "Meer dan één sleutel heeft deze hint"
    regel = SLEUTEL_AANWIJZEN


class WieOnduidelijk(InvalidInput):
    """Both a BSN and a persona, or neither."""

    slug = "wie-onduidelijk"
    title = "Niet duidelijk is om wie het gaat"
    regel = WIE


class PersonaOnbekend(NotFound):
    """No persona has this name."""

    slug = "persona-onbekend"
    title = "Deze persona bestaat niet"
    regel = WIE


class GebruikerOnbekend(NotFound):
    """Nobody with this BSN lives in this omgeving."""

    slug = "gebruiker-onbekend"
    title = "Deze Gebruiker woont niet in deze omgeving"
    regel = GEBRUIKER


class OrganisatieOnbekend(InvalidInput):
    """A voorkeur names an OIN that nobody has here."""

    slug = "organisatie-onbekend"
    title = "Deze Afnemer is er niet"
    regel = ORGANISATIE


class ScenarioOnbekend(NotFound):
    """No story has this name."""

    slug = "scenario-onbekend"
    title = "Dit scenario bestaat niet"
    regel = SCENARIO


class ScenarioOngeldig(Conflict):
    """The file of a story cannot be read; ``errors`` says where."""

    slug = "scenario-ongeldig"
    title = "Het bestand van een scenario klopt niet"
    regel = SCENARIO


class ScenarioNietGestart(Conflict):
    """The next step of a story that nobody started here."""

    slug = "scenario-niet-gestart"
    title = "Dit scenario is nog niet gestart"
    regel = SCENARIO


class ScenarioKlaar(Conflict):
    """There is no next step."""

    slug = "scenario-klaar"
    title = "Dit scenario is helemaal gespeeld"
    regel = SCENARIO


class ScenarioBezig(Conflict):
    """Somebody else plays the step at this moment."""

    slug = "scenario-bezig"
    title = "Deze stap van het scenario wordt al gespeeld"
    regel = SCENARIO


class StapMislukt(Conflict):
    """The simulator refused what a step does; the step can be played again."""

    slug = "scenario-stap-mislukt"
    title = "Deze stap van het scenario lukte niet"
    regel = SCENARIO
