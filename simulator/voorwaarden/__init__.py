"""The Voorwaarden MijnOverheid productieomgeving: every article with what the simulator does with it."""

from simulator.voorwaarden.values.artikel import VERSIE, Artikel, Hoofdstuk
from simulator.voorwaarden.values.artikelen import HOOFDSTUKKEN, get_artikelen

__all__ = ["HOOFDSTUKKEN", "VERSIE", "Artikel", "Hoofdstuk", "get_artikelen"]
