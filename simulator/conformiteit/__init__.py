"""Conformity: what the traffic of an Afnemer has shown, as a living checklist and as a report with proof."""

from simulator.conformiteit.api import api
from simulator.conformiteit.guard import record_exchange
from simulator.conformiteit.usecases.rapport import list_ontbrekend

__all__ = [
    "api",
    "list_ontbrekend",
    "record_exchange",
]
