"""The simulator's own API and pages: omgevingen, time, people, Afnemers, and what was touched of the contract."""

from simulator.control.api import api
from simulator.control.errors import REGELS
from simulator.control.guard import require_beheerder
from simulator.control.pages import pages

__all__ = ["REGELS", "api", "pages", "require_beheerder"]
