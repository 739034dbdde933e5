"""Facturatie: from what was metered and the tariff of the year to an invoice, to the cent."""

from simulator.facturatie.api import api
from simulator.facturatie.errors import REGELS
from simulator.facturatie.pages import pages
from simulator.facturatie.queries.facturen import Factuurfilter, list_facturen
from simulator.facturatie.queries.tarieven import use_tarieven
from simulator.facturatie.schemas import beheer
from simulator.facturatie.usecases.agenda import build_agenda
from simulator.facturatie.usecases.controle import check_facturen
from simulator.facturatie.usecases.sluiten import sluit_jaar, sluit_maand

__all__ = [
    "REGELS",
    "Factuurfilter",
    "api",
    "beheer",
    "build_agenda",
    "check_facturen",
    "list_facturen",
    "pages",
    "sluit_jaar",
    "sluit_maand",
    "use_tarieven",
]
