"""What a test steers of DigiD: logging in without pages, the phone, the level that MijnOverheid asks, and what if."""

from dataclasses import dataclass
from datetime import datetime

from simulator.digid.queries import load_besluiten
from simulator.digid.usecases.niveau import current_niveau
from simulator.digid.usecases.sessies import start_sessie
from simulator.digid.usecases.telefoon import read_phone
from simulator.digid.usecases.termijnen import get_termijnen
from simulator.digid.usecases.terugblik import Terugblik, Terugblikvraag, look_back
from simulator.digid.values import Niveau, Niveaubesluit, Sms, cookie_of_sessie
from simulator.gebruikers import Bsn
from simulator.infra.omgevingen import Omgeving
from simulator.infra.tracing import Trace

__all__ = [
    "Niveaubesluit",
    "Sms",
    "Terugblik",
    "Terugblikvraag",
    "Toegang",
    "current_niveau",
    "list_besluiten",
    "look_back",
    "open_toegang",
    "read_phone",
]


@dataclass(frozen=True, slots=True)
class Toegang:
    """A session for a program: as cookie, or as ``Authorization: Bearer``."""

    token: str
    cookie: str
    verloopt_op: datetime
    """At the latest; without use it ends earlier."""


def open_toegang(omgeving: Omgeving, bsn: Bsn, niveau: Niveau, trace: Trace | None = None) -> Toegang:
    """Log somebody in without pages; raises what ``start_sessie`` raises."""
    token = start_sessie(omgeving, bsn, niveau, trace)
    verloopt_op = omgeving.now() + get_termijnen(omgeving).sessie_totaal
    return Toegang(token, cookie_of_sessie(omgeving.naam), verloopt_op)


def list_besluiten(omgeving: Omgeving) -> tuple[Niveaubesluit, ...]:
    """Every decision about the level that MijnOverheid asks, in order of time."""
    return omgeving.cached("digid.besluiten", load_besluiten)
