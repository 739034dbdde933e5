"""The Berichtenbox: Afnemers deliver, citizens read."""

from simulator.berichtenbox.api import LANES, api
from simulator.berichtenbox.errors.catalogus import REGELS as _AANLEVERING
from simulator.berichtenbox.pages import pages
from simulator.berichtenbox.queries.sporen import list_sporen
from simulator.berichtenbox.rules.kennisgeving import KENNISGEVING_REGELS as _KENNISGEVING
from simulator.berichtenbox.rules.postvak import POSTVAK_REGELS as _POSTVAK
from simulator.berichtenbox.usecases import berichttypes, controle, inzage, postvak, rapportage
from simulator.berichtenbox.usecases.dienst import summarize_dienst
from simulator.berichtenbox.usecases.kennisgeving import build_agenda

REGELS = (*_AANLEVERING, *_POSTVAK, *_KENNISGEVING)

__all__ = [
    "LANES",
    "REGELS",
    "api",
    "berichttypes",
    "build_agenda",
    "controle",
    "inzage",
    "list_sporen",
    "pages",
    "postvak",
    "rapportage",
    "summarize_dienst",
]
