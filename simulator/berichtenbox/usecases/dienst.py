"""What the Berichtenbox tells about itself on the start page and in the menu of the portaal."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from simulator.berichtenbox.usecases.postvak import Lijstvraag, list_berichten, summarise_postvak
from simulator.berichtenbox.values import Map
from simulator.gebruikers import Bsn, get_gebruiker
from simulator.infra.omgeving import Omgeving

LAATSTE = 3


class Laatste(NamedTuple):
    """One of the newest: a title, from whom, the path of its page, and when."""

    titel: str
    toelichting: str
    href: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Dienstsamenvatting:
    """``aantal`` for the menu, one sentence for people, and the newest."""

    aantal: int
    zin: str
    laatste: tuple[Laatste, ...]


def summarize_dienst(omgeving: Omgeving, bsn: Bsn) -> Dienstsamenvatting:
    """How many berichten of the inbox are unread, and the newest three; also of a box that is not active (any more)."""
    ongelezen = summarise_postvak(omgeving, bsn)[Map.INBOX].ongelezen
    with omgeving.reading() as session:
        gebruiker = get_gebruiker(omgeving, session, bsn)
    berichten = list_berichten(omgeving, Lijstvraag(bsn, aantal=LAATSTE)).berichten
    laatste = tuple(
        Laatste(
            regel.kop.onderwerp,
            regel.afzender,
            f"/berichtenbox/berichten/{regel.kop.kenmerk}",
            regel.kop.zichtbaar_vanaf,
        )
        for regel in berichten
    )
    return Dienstsamenvatting(
        ongelezen, _tell(ongelezen, actief=gebruiker is not None and gebruiker.box_actief), laatste
    )


def _tell(ongelezen: int, *, actief: bool) -> str:
    if not actief:
        return "Uw Berichtenbox is nog niet actief."
    if not ongelezen:
        return "U hebt geen ongelezen berichten."
    return "U hebt 1 ongelezen bericht." if ongelezen == 1 else f"U hebt {ongelezen} ongelezen berichten."
