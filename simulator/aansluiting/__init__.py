"""The life of a connection: from the Aanvraagformulier to production and to its end, per dienst."""

from simulator.aansluiting import api_voorwaarden  # noqa: F401 - its routes register themselves
from simulator.aansluiting.api import api, current_checklist
from simulator.aansluiting.errors import REGELS
from simulator.aansluiting.schemas import wire
from simulator.aansluiting.usecases import aanmelding, aanvraag, documenten, mandaten, overzicht, stappen, voorbeeld
from simulator.aansluiting.usecases.planning import AGENDA

__all__ = [
    "AGENDA",
    "REGELS",
    "aanmelding",
    "aanvraag",
    "api",
    "current_checklist",
    "documenten",
    "mandaten",
    "overzicht",
    "stappen",
    "voorbeeld",
    "wire",
]
