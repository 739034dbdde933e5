"""Conformity: what the traffic of an Afnemer has shown, as a living checklist and as a report with proof."""

from simulator.conformiteit.api import answer_rapport, api
from simulator.conformiteit.guard import record_exchange
from simulator.conformiteit.pages import pages
from simulator.conformiteit.renderings import DOCUMENT_TYPES, make_rapport
from simulator.conformiteit.schemas import RapportUit
from simulator.conformiteit.usecases.rapport import list_ontbrekend

__all__ = [
    "DOCUMENT_TYPES",
    "RapportUit",
    "answer_rapport",
    "api",
    "list_ontbrekend",
    "make_rapport",
    "pages",
    "record_exchange",
]
