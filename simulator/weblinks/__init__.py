"""Weblinks to dossiers (article 7.1): which may be shown, and whether they still work."""

from simulator.weblinks.api import api
from simulator.weblinks.errors import REGELS
from simulator.weblinks.queries.domeinen import weblinkbeleid
from simulator.weblinks.queries.links import get_weblink_standen
from simulator.weblinks.queries.sporen import list_sporen
from simulator.weblinks.rules.weblink import refuse_weblink
from simulator.weblinks.usecases import overzicht, registratie
from simulator.weblinks.usecases.beheer import seed_domeinen
from simulator.weblinks.usecases.controle import build_agenda
from simulator.weblinks.values.stand import Weblinkbeleid, Weblinkstand

__all__ = [
    "REGELS",
    "Weblinkbeleid",
    "Weblinkstand",
    "api",
    "build_agenda",
    "get_weblink_standen",
    "list_sporen",
    "overzicht",
    "refuse_weblink",
    "registratie",
    "seed_domeinen",
    "weblinkbeleid",
]
