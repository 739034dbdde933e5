"""What an Afnemer sees of its money in the portal: invoices, the agreements behind them, and what a year will cost."""

from simulator.facturatie.pages import dfa, facturen, prognose
from simulator.facturatie.pages.blueprint import pages

__all__ = ["dfa", "facturen", "pages", "prognose"]
