"""An invoice as PDF: accessible, dated by its own date, and the same to the byte whenever it is made."""

from datetime import datetime, time

from simulator.facturatie.documents.html import as_document, titel_of
from simulator.facturatie.values import Factuur
from simulator.infra.clock import NEDERLAND
from simulator.infra.pdf import render_pdf


def as_pdf(factuur: Factuur) -> bytes:
    """The document on A4; raises ``PdfUnavailable`` where the extra ``pdf`` is not installed."""
    titel = f"{titel_of(factuur)} (simulatie)"
    return render_pdf(as_document(factuur), titel=titel, moment=datetime.combine(factuur.datum, time(), NEDERLAND))
