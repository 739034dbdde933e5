"""Load for whoever delivers to a Berichtenbox: realistic users over HTTP, budgets and reports."""

from simulator.load.errors import Unusable
from simulator.load.plan import Plan, list_choices, make_plan
from simulator.load.process import INTERRUPTED, is_installed, next_rate, run_locust
from simulator.load.report import Run, compare, list_lines, read_run

__all__ = [
    "INTERRUPTED",
    "Plan",
    "Run",
    "Unusable",
    "compare",
    "is_installed",
    "list_choices",
    "list_lines",
    "make_plan",
    "next_rate",
    "read_run",
    "run_locust",
]
