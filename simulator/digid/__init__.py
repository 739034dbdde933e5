"""DigiD, as a mock: logging in on level Basis or Midden, sessions, and the guard of everything a citizen sees."""

from simulator.digid.errors import REGELS
from simulator.digid.guard import current_burger, find_burger, require_burger
from simulator.digid.pages import pages
from simulator.digid.usecases import beheer
from simulator.digid.usecases.niveau import decide_niveau
from simulator.digid.usecases.sessies import end_sessie, start_sessie
from simulator.digid.values import Niveau

__all__ = [
    "REGELS",
    "Niveau",
    "beheer",
    "current_burger",
    "decide_niveau",
    "end_sessie",
    "find_burger",
    "pages",
    "require_burger",
    "start_sessie",
]
