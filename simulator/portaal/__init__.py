"""The shell a citizen sees: home, menu, Instellingen, base template and static files; and the same for programs."""

from simulator.portaal import api_gegevens  # noqa: F401 - its routes register themselves
from simulator.portaal.api import api
from simulator.portaal.errors import REGELS
from simulator.portaal.pages import home, pages

__all__ = ["REGELS", "api", "home", "pages"]
