"""Lopende Zaken: Afnemers say how it is with a zaak, citizens see it with its history."""

from simulator.infra.agenda import Handlers
from simulator.lopende_zaken.api import api
from simulator.lopende_zaken.errors import REGELS as _LEVERING
from simulator.lopende_zaken.pages import pages
from simulator.lopende_zaken.queries.sporen import list_sporen
from simulator.lopende_zaken.rules.kennisgeving import KENNISGEVING_REGELS as _KENNISGEVING
from simulator.lopende_zaken.usecases import inzage, zaken
from simulator.lopende_zaken.usecases.controle import check_zaken
from simulator.lopende_zaken.usecases.dienst import summarize_dienst
from simulator.lopende_zaken.usecases.kennisgeving import build_kennisgever, list_kennisgevingen
from simulator.lopende_zaken.usecases.zaaktypen import seed_zaaktypen
from simulator.lopende_zaken.usecases.zgw import build_ophaler

REGELS = (*_LEVERING, *_KENNISGEVING)


def build_agenda(smtp_url: str = "") -> Handlers:
    """What Lopende Zaken does later; raises ``SmtpUrlInvalid``."""
    return {**build_kennisgever(smtp_url), **build_ophaler()}


__all__ = [
    "REGELS",
    "api",
    "build_agenda",
    "check_zaken",
    "inzage",
    "list_kennisgevingen",
    "list_sporen",
    "pages",
    "seed_zaaktypen",
    "summarize_dienst",
    "zaken",
]
