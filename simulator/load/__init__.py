"""Load for whoever delivers to a Berichtenbox: realistic users over HTTP, budgets and reports."""

from simulator.load.comparison import compare
from simulator.load.errors import Unusable
from simulator.load.plan import Plan, list_choices, make_plan
from simulator.load.process import INTERRUPTED, is_installed, join_locust, run_locust
from simulator.load.report import Run, read_run
from simulator.load.search import Search

__all__ = [
    "INTERRUPTED",
    "Plan",
    "Run",
    "Search",
    "Unusable",
    "compare",
    "is_installed",
    "join_locust",
    "list_choices",
    "make_plan",
    "read_run",
    "run_locust",
]
