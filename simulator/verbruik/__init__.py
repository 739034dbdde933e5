"""Metering: what each Afnemer used, written in the transaction that stores what was delivered."""

from simulator.verbruik.api import api
from simulator.verbruik.queries import (
    check_verbruik,
    get_verbruik,
    get_verbruik_in_rekening,
    list_feiten,
    list_feiten_of,
)
from simulator.verbruik.rules import REGELS
from simulator.verbruik.usecases.herstel import rebuild_totalen
from simulator.verbruik.usecases.meter import meter, meter_zaak
from simulator.verbruik.values import Periode, Verbruiksregel

__all__ = [
    "REGELS",
    "Periode",
    "Verbruiksregel",
    "api",
    "check_verbruik",
    "get_verbruik",
    "get_verbruik_in_rekening",
    "list_feiten",
    "list_feiten_of",
    "meter",
    "meter_zaak",
    "rebuild_totalen",
]
