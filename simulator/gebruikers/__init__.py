"""Who lives here: the computed population, the personas, boxes and voorkeuren."""

from simulator.gebruikers.queries import (
    describe_gebruiker,
    find_inlogger,
    find_wijzigingen,
    get_gebruiker,
    get_gebruikers,
    list_personas,
    load_ontvangers,
    use_population,
)
from simulator.gebruikers.rules import REGELS, Ontvangers, Ontvangst, OntvangstSoort
from simulator.gebruikers.usecases import instellingen
from simulator.gebruikers.usecases.instellingen import lose_contact
from simulator.gebruikers.values.bsn import Bsn, is_bsn
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, Gebruiker, Wijziging

__all__ = [
    "ONGEWIJZIGD",
    "REGELS",
    "Bsn",
    "Gebruiker",
    "Ontvangers",
    "Ontvangst",
    "OntvangstSoort",
    "Wijziging",
    "describe_gebruiker",
    "find_inlogger",
    "find_wijzigingen",
    "get_gebruiker",
    "get_gebruikers",
    "instellingen",
    "is_bsn",
    "list_personas",
    "load_ontvangers",
    "lose_contact",
    "use_population",
]
