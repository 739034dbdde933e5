"""Who may connect: Afnemers with their OIN, sector, keys, diensten and mandaten."""

from simulator.afnemers.guard import authenticate, current_afnemer, require_afnemer, require_dienst
from simulator.afnemers.queries import afnemer_index
from simulator.afnemers.rules import REGELS
from simulator.afnemers.usecases import beheer, seed
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst, Sector, Sluiting

__all__ = [
    "REGELS",
    "AfnemerRecord",
    "Dienst",
    "Sector",
    "Sluiting",
    "afnemer_index",
    "authenticate",
    "beheer",
    "current_afnemer",
    "require_afnemer",
    "require_dienst",
    "seed",
]
