"""The administrative year: post, zaken and citizens, played day by day over HTTP, and a report of it."""

from simulator.year.errors import Refused, Unreachable, Unusable
from simulator.year.figures import Stand, Tempo, Verslag
from simulator.year.plan import choose_afnemers, list_plannen, read_plan
from simulator.year.play import Opdracht, play_year
from simulator.year.report import write_report

__all__ = [
    "Opdracht",
    "Refused",
    "Stand",
    "Tempo",
    "Unreachable",
    "Unusable",
    "Verslag",
    "choose_afnemers",
    "list_plannen",
    "play_year",
    "read_plan",
    "write_report",
]
