"""What can be refused to or about a Gebruiker."""

from simulator.infra.errors import Conflict, InvalidInput, NotFound
from simulator.infra.regels import Herkomst, Regel

BOX_BESTAAT = Regel(
    id="GB-box-bestaat",
    titel="Een Gebruiker kan een Berichtenbox hebben vanaf 14 jaar, zolang hij leeft",
    bron="Wet elektronisch berichtenverkeer Belastingdienst, 1 november 2015",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Een Gebruiker van 14 jaar of ouder die niet is overleden.",
)
BOX_ACTIEF = Regel(
    id="GB-box-actief",
    titel="Een voorkeur kan worden gewijzigd als de Berichtenbox actief is",
    bron="mijn.overheid.nl, Instellingen",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een actieve Berichtenbox.",
)
EMAIL_GELDIG = Regel(
    id="GB-email",
    titel="Het e-mailadres voor kennisgevingen is een geldig e-mailadres",
    bron="mijn.overheid.nl, Instellingen",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Een e-mailadres als naam@voorbeeld.nl, van ten hoogste 254 tekens.",
)
KENNISGEVING_MET_ADRES = Regel(
    id="GB-kennisgeving-adres",
    titel="Een kennisgeving kan alleen aan staan als er een e-mailadres is",
    bron="mijn.overheid.nl, Instellingen",
    herkomst=Herkomst.AANGENOMEN,
    verwacht="Eerst een e-mailadres, dan de kennisgeving.",
)


class GebruikerNotFound(NotFound):
    """Nobody with this BSN lives in this omgeving."""

    slug = "gebruiker-niet-gevonden"
    title = "Deze Gebruiker woont niet in deze omgeving"


class BoxNietMogelijk(Conflict):
    """There is no box for this person, and there cannot be one."""

    slug = "box-niet-mogelijk"
    title = "Voor deze Gebruiker is er geen Berichtenbox"
    regel = BOX_BESTAAT


class BoxNietActief(Conflict):
    """First activate the box."""

    slug = "box-niet-actief"
    title = "De Berichtenbox is nog niet geactiveerd"
    regel = BOX_ACTIEF


class EmailOngeldig(InvalidInput):
    """No kennisgeving can be sent to this."""

    slug = "email-ongeldig"
    title = "Dit is geen geldig e-mailadres"
    regel = EMAIL_GELDIG


class KennisgevingZonderAdres(InvalidInput):
    """Kennisgevingen were switched on while there is no address."""

    slug = "kennisgeving-zonder-adres"
    title = "Er is geen e-mailadres voor kennisgevingen"
    regel = KENNISGEVING_MET_ADRES
