"""What an Afnemer sees first: its diensten, what it used this month, and what asks for attention."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from simulator.afnemers import AfnemerRecord, Dienst, beheer
from simulator.infra.clock import dutch_day
from simulator.infra.omgeving import Omgeving
from simulator.verbruik import Periode, get_verbruik


@dataclass(frozen=True, slots=True)
class Dienststand:
    """A dienst: in production since when, and why it is closed; empty when it is open."""

    dienst: Dienst
    sinds: date | None
    gesloten: str


class Maandregel(NamedTuple):
    """What was used of one berichttype in a month."""

    dienst: Dienst
    berichttype: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Overzicht:
    """The connection of one Afnemer at a moment."""

    moment: datetime
    maand: date
    diensten: tuple[Dienststand, ...]
    verbruik: tuple[Maandregel, ...]
    """Of this month so far."""


def get_overzicht(omgeving: Omgeving, afnemer: AfnemerRecord) -> Overzicht:
    """Everything on the first page, in a fixed number of questions to the database."""
    moment = omgeving.now()
    vandaag = dutch_day(moment)
    maand = vandaag.replace(day=1)
    with omgeving.reading() as session:
        verbruik = get_verbruik(session, afnemer.id, Periode.per_maand(maand, vandaag))
    diensten = tuple(_to_stand(afnemer, dienst) for dienst in Dienst)
    regels = tuple(Maandregel(Dienst(each.dienst), each.berichttype, each.aantal) for each in verbruik)
    return Overzicht(moment, maand, diensten, regels)


def _to_stand(afnemer: AfnemerRecord, dienst: Dienst) -> Dienststand:
    sinds = afnemer.aansluitingen[dienst].sinds if dienst in afnemer.aansluitingen else None
    gesloten = "" if dienst in afnemer.diensten else beheer.explain_gesloten(afnemer, dienst).detail
    return Dienststand(dienst, sinds, gesloten)
