"""An invoice as CSV: a line for each line, then BTW and totals; every line says that it is a simulation."""

import csv
import io
from collections.abc import Iterator

from simulator.facturatie.documents.woorden import SIMULATIE
from simulator.facturatie.values import PRIJS_PER_EURO, Factuur, Factuurregel

CSV_TYPE = "text/csv"
_KOP = (
    "factuur", "soort", "oin", "afnemer", "datum", "van", "tot", "regel", "omschrijving", "dienst", "aantal", "eenheid",
    "prijs", "bedrag", "btw_percentage", "tariefregel", "toelichting", "opmerking",
)  # fmt: skip
_CENTS = 100


def as_csv(factuur: Factuur) -> str:
    """RFC 4180, as all CSV of the simulator: commas, a point in amounts, CRLF.

    ``regel`` is the number of a line, ``btw`` for the BTW of one percentage (``bedrag``) and ``totaal_excl``,
    ``totaal_btw`` and ``totaal_incl`` at the end, so that a spreadsheet can filter.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_KOP)
    head = (factuur.nummer, factuur.soort.value, factuur.afnemer.oin, _inert(factuur.afnemer.naam), factuur.datum)
    for row in (*map(_regel, factuur.regels), *_totalen(factuur)):
        writer.writerow((*head, *row, SIMULATIE))
    return text.getvalue()


def _regel(regel: Factuurregel) -> tuple[object, ...]:
    return (
        regel.periode.van, regel.periode.tot, regel.volgnummer, _inert(regel.omschrijving), regel.dienst or "",
        regel.aantal, regel.eenheid, _prijs(regel.prijs), _euro(regel.bedrag_cent),
        regel.btw_percentage, regel.tariefregel, _inert(regel.toelichting),
    )  # fmt: skip


def _totalen(factuur: Factuur) -> Iterator[tuple[object, ...]]:
    van, tot = factuur.periode.van, factuur.periode.tot
    for btw in factuur.btw_regels:
        over = f"Btw {btw.percentage} % over {_euro(btw.grondslag_cent)}"
        yield van, tot, "btw", over, "", "", "", "", _euro(btw.bedrag_cent), btw.percentage, "", ""
    totals = {"totaal_excl": factuur.totaal_excl, "totaal_btw": factuur.totaal_btw, "totaal_incl": factuur.totaal_incl}
    for naam, cent in totals.items():
        yield van, tot, naam, "", "", "", "", "", _euro(cent), "", "", ""


def _prijs(prijs: int) -> str:
    return f"{prijs // PRIJS_PER_EURO}.{prijs % PRIJS_PER_EURO:04}"


def _euro(cent: int) -> str:
    return f"{'-' if cent < 0 else ''}{abs(cent) // _CENTS}.{abs(cent) % _CENTS:02}"


def _inert(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
