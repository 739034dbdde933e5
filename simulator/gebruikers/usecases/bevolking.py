"""The population as a register: families, who lives with whom, and finding people by what they are."""

from simulator.gebruikers.queries import (
    count_ontvangers,
    find_hoofdbewoner,
    get_gezin,
    get_partner_of,
    list_kandidaten_geboren,
    list_kandidaten_plaats,
)
from simulator.gebruikers.values.gezin import Gezin, Registerdatum, Soort, Verbintenis, Verwant
from simulator.gebruikers.values.namen import load_woordenlijsten
from simulator.gebruikers.values.population import postcode_digits_of
from simulator.gebruikers.values.zoeken import gemeentecode_of, list_plaatsen, plaats_of

__all__ = [
    "Gezin",
    "Registerdatum",
    "Soort",
    "Verbintenis",
    "Verwant",
    "count_ontvangers",
    "find_hoofdbewoner",
    "gemeentecode_of",
    "get_gezin",
    "get_partner_of",
    "list_kandidaten_geboren",
    "list_kandidaten_plaats",
    "list_plaatsen",
    "load_woordenlijsten",
    "plaats_of",
    "postcode_digits_of",
]
