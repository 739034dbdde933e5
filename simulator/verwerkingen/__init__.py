"""Who did what with the data of a person: the Logboek Dataverwerkingen on a floor that all can reach."""

from simulator.verwerkingen.queries import (
    Logkeuze,
    Logvraag,
    Verwerkingsregel,
    count_verwerkingen,
    export_verwerkingen,
    list_verwerkingen,
)
from simulator.verwerkingen.usecases import log_verwerkingen, record_in_group, record_verwerkingen
from simulator.verwerkingen.values import LOGIUS, Activiteit, Verwerking

__all__ = [
    "LOGIUS",
    "Activiteit",
    "Logkeuze",
    "Logvraag",
    "Verwerking",
    "Verwerkingsregel",
    "count_verwerkingen",
    "export_verwerkingen",
    "list_verwerkingen",
    "log_verwerkingen",
    "record_in_group",
    "record_verwerkingen",
]
