"""The Voorwaarden MijnOverheid productieomgeving: every article, the decisions they ask for, and changes in time."""

from simulator.voorwaarden.errors import REGELS
from simulator.voorwaarden.queries import get_tariefbesluit
from simulator.voorwaarden.usecases import overleg, wijzigingen
from simulator.voorwaarden.usecases.wijzigingen import build_agenda
from simulator.voorwaarden.values.artikel import VERSIE, Artikel, Hoofdstuk
from simulator.voorwaarden.values.artikelen import HOOFDSTUKKEN, get_artikelen
from simulator.voorwaarden.values.overleg import Tariefbesluit

__all__ = [
    "HOOFDSTUKKEN",
    "REGELS",
    "VERSIE",
    "Artikel",
    "Hoofdstuk",
    "Tariefbesluit",
    "build_agenda",
    "get_artikelen",
    "get_tariefbesluit",
    "overleg",
    "wijzigingen",
]
