"""Lopende Zaken: Afnemers say how it is with a zaak, citizens see it with its history."""

from simulator.lopende_zaken.api import api
from simulator.lopende_zaken.errors import REGELS as _LEVERING
from simulator.lopende_zaken.pages import pages
from simulator.lopende_zaken.rules.kennisgeving import KENNISGEVING_REGELS as _KENNISGEVING
from simulator.lopende_zaken.usecases import zaken
from simulator.lopende_zaken.usecases.controle import check_zaken
from simulator.lopende_zaken.usecases.dienst import summarize_dienst
from simulator.lopende_zaken.usecases.kennisgeving import build_kennisgever, list_kennisgevingen
from simulator.lopende_zaken.usecases.zaaktypen import seed_zaaktypen

REGELS = (*_LEVERING, *_KENNISGEVING)

__all__ = [
    "REGELS",
    "api",
    "build_kennisgever",
    "check_zaken",
    "list_kennisgevingen",
    "pages",
    "seed_zaaktypen",
    "summarize_dienst",
    "zaken",
]
