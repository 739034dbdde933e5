"""Who may connect: Afnemers with their OIN, keys, diensten and mandaten."""

from simulator.afnemers.guard import authenticate, current_afnemer, require_afnemer, require_dienst
from simulator.afnemers.queries import afnemer_index
from simulator.afnemers.rules import REGELS
from simulator.afnemers.usecases import beheer
from simulator.afnemers.usecases.seed import seed_afnemers
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst
from simulator.afnemers.values.fixture import load_afnemers

__all__ = [
    "REGELS",
    "AfnemerRecord",
    "Dienst",
    "afnemer_index",
    "authenticate",
    "beheer",
    "current_afnemer",
    "load_afnemers",
    "require_afnemer",
    "require_dienst",
    "seed_afnemers",
]
