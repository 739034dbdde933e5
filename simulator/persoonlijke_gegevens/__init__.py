"""Persoonlijke Gegevens: what organisations registered about a citizen, delivered or asked live at the source."""

from simulator.persoonlijke_gegevens.api import api
from simulator.persoonlijke_gegevens.errors import REGELS
from simulator.persoonlijke_gegevens.pages import pages
from simulator.persoonlijke_gegevens.queries import list_sporen
from simulator.persoonlijke_gegevens.rules import read_categorie, read_plaats, show_veld
from simulator.persoonlijke_gegevens.usecases import inzage, logboek
from simulator.persoonlijke_gegevens.usecases.inzage import summarize_dienst
from simulator.persoonlijke_gegevens.values import Categorie, Dienstsamenvatting

__all__ = [
    "REGELS",
    "Categorie",
    "Dienstsamenvatting",
    "api",
    "inzage",
    "list_sporen",
    "logboek",
    "pages",
    "read_categorie",
    "read_plaats",
    "show_veld",
    "summarize_dienst",
]
