"""The population as Basisregistratie Personen: the koppelvlak Haal Centraal BRP Personen Bevragen, version 2."""

from simulator.brp.api import api
from simulator.brp.errors import REGELS
from simulator.brp.rules import format_datum
from simulator.brp.values import geboorteplaats_of, woont_sinds

__all__ = ["REGELS", "api", "format_datum", "geboorteplaats_of", "woont_sinds"]
