"""The portal of the Afnemer: what it delivered, what it used, and what it arranges itself; signed in with its key."""

from simulator.leveranciersportaal.errors import REGELS
from simulator.leveranciersportaal.guard import require_ingelogd
from simulator.leveranciersportaal.pages import pages, toegang

__all__ = ["REGELS", "pages", "require_ingelogd", "toegang"]
