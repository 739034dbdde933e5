"""The pages of the portal: signing in, and one file for each line of the menu."""

from simulator.leveranciersportaal.pages import (  # noqa: F401 - their routes register themselves
    aansluiting,
    berichttypes,
    mandaten,
    overzicht,
    rapportages,
    statistiek,
    voorwaarden,
    weblinks,
)
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.pages.toegang import toegang

__all__ = ["pages", "toegang"]
