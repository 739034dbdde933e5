"""Who receives post and who is told about it: what the Berichtenbox asks at every delivery."""

from simulator.gebruikers.queries import find_wijzigingen, get_contacten, load_ontvangers
from simulator.gebruikers.rules import Ontvangers, Ontvangst, OntvangstSoort
from simulator.gebruikers.values.gebruiker import ONGEWIJZIGD, Contact, Wijziging

__all__ = [
    "ONGEWIJZIGD",
    "Contact",
    "Ontvangers",
    "Ontvangst",
    "OntvangstSoort",
    "Wijziging",
    "find_wijzigingen",
    "get_contacten",
    "load_ontvangers",
]
