"""Facturatie: from what was metered and the tariff of the year to an invoice, to the cent."""

from simulator.facturatie.values import Factuur, Prognose

__all__ = ["Factuur", "Prognose"]
