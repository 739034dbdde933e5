"""The menu of the portal, how long a sign-in lasts, and why it ended."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

PAD = "/leveranciersportaal"
GELDIG = timedelta(hours=8)
"""ASSUMPTION: a working day. The real portal asks for the certificate in the browser each time."""


class Menupunt(NamedTuple):
    """A page in the menu: its name, its path below the portal, and its icon."""

    naam: str
    pad: str
    plaatje: str


MENU = (
    Menupunt("Overzicht", PAD, "huis"),
    Menupunt("Aansluiting", f"{PAD}/aansluiting", "stekker"),
    Menupunt("Voorwaarden", f"{PAD}/voorwaarden", "boek"),
    Menupunt("Berichttypes", f"{PAD}/berichttypes", "envelop"),
    Menupunt("Mandaten", f"{PAD}/mandaten", "handtekening"),
    Menupunt("Statistiek", f"{PAD}/statistiek", "grafiek"),
    Menupunt("Rapportages", f"{PAD}/rapportages", "lijst"),
    Menupunt("Weblinks", f"{PAD}/weblinks", "schakel"),
    Menupunt("Facturen", f"{PAD}/facturen", "munt"),
    Menupunt("Prognose", f"{PAD}/prognose", "vraag"),
    Menupunt("Conformiteit", f"{PAD}/conformiteit", "vinkje"),
)
"""One line for each page; a room that hangs a page in the portal adds its line here."""

VERWERKINGSCODES: Mapping[str, str] = MappingProxyType(
    {
        "Verwerkt": "Verwerkt",
        "NietActiefOfGeabonneerd": "Box niet actief of niet geabonneerd",
        "BerichtTypeNietOndersteund": "Berichttype onbekend of uit",
        "BerichtBestaatAl": "BerichtID bestond al",
        "BijlageTeGroot": "Bijlage te groot",
        "PublicatieDatumLigtTeVerInDeToekomst": "PublicatieDatum te ver vooruit",
        "AanmaakDatumLigtTeVerInHetVerleden": "AanmaakDatum te ver terug",
        "OinInCPAKomtNietOvereenMetOinInBericht": "OIN hoort niet bij de aanleveraar",
        "XmlValidatieTegenXsdValtNegatiefUit": "Voldoet niet aan de XSD",
        "TechnischProbleem": "Technisch probleem",
    }
)
"""The codes of the koppelvlak in words, in the order in which a report counts them."""

UITKOMSTEN: Mapping[str, str] = MappingProxyType(
    {"verwerkt": "Alles verwerkt", "afgewezen": "Niet alles verwerkt", "bezig": "In behandeling"}
)
"""How a delivery ended, in words."""


class Reden(StrEnum):
    """Why somebody has to sign in again."""

    VERLOPEN = "verlopen"
    INGETROKKEN = "ingetrokken"


def cookie_of_sessie(omgeving: str) -> str:
    """Name of the cookie with the session; per omgeving, so that two of them in one browser never clash."""
    return f"leverancier-{omgeving}"
