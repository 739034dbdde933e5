"""Who lives here: the computed population, the personas, boxes and voorkeuren."""

from simulator.gebruikers.queries import (
    find_inlogger,
    get_gebruiker,
    get_gebruikers,
    list_personas,
    use_population,
)
from simulator.gebruikers.rules import REGELS
from simulator.gebruikers.usecases import bevolking, instellingen, ontvangst
from simulator.gebruikers.values.bsn import Bsn, is_bsn
from simulator.gebruikers.values.gebruiker import Gebruiker

__all__ = [
    "REGELS",
    "Bsn",
    "Gebruiker",
    "bevolking",
    "find_inlogger",
    "get_gebruiker",
    "get_gebruikers",
    "instellingen",
    "is_bsn",
    "list_personas",
    "ontvangst",
    "use_population",
]
