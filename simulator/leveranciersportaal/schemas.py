"""Tables as CSV, for who goes on with the numbers elsewhere."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

CSV_TYPE = "text/csv"


def as_csv(kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV (RFC 4180), one by one, so that a long one need not be in memory."""
    yield _write(kop)
    for rij in rijen:
        yield _write(rij)


def _write(rij: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_inert(cell) for cell in rij])
    return text.getvalue()


def _inert(cell: object) -> object:
    """A spreadsheet would run a text that begins like a formula."""
    is_formula = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if is_formula else cell
