"""The shell a citizen sees: home, menu, Instellingen, base template and static files; and the same for programs."""

from simulator.portaal import api_gegevens, api_kennisgevingen, api_zaken  # noqa: F401 - their routes register themselves
from simulator.portaal.api import api
from simulator.portaal.errors import REGELS
from simulator.portaal.pages import home, pages
from simulator.portaal.usecases.mailbox import list_mails

__all__ = ["REGELS", "api", "home", "list_mails", "pages"]
