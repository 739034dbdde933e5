"""The wire form of verbruik: JSON and CSV."""

import csv
import io
from collections.abc import Sequence

import msgspec

from simulator.afnemers import AfnemerRecord
from simulator.verbruik.values import Periode, Verbruik

CSV_TYPE = "text/csv"


class AfnemerAntwoord(msgspec.Struct, frozen=True):
    """Whose verbruik it is."""

    oin: str
    naam: str


class VerbruiksregelAntwoord(msgspec.Struct, frozen=True):
    """Units of one berichttype in one day or month."""

    periode: str
    dienst: str
    berichttype: str
    aantal: int


class VerbruikAntwoord(msgspec.Struct, frozen=True):
    """The verbruik of the caller."""

    afnemer: AfnemerAntwoord
    van: str
    tot: str
    per: str
    totaal: int
    regels: list[VerbruiksregelAntwoord]


def as_antwoord(afnemer: AfnemerRecord, periode: Periode, verbruik: Sequence[Verbruik]) -> VerbruikAntwoord:
    """Verbruik as JSON says it."""
    return VerbruikAntwoord(
        afnemer=AfnemerAntwoord(str(afnemer.oin), afnemer.naam),
        van=periode.van.isoformat(),
        tot=periode.tot.isoformat(),
        per=periode.per.value,
        totaal=sum(each.aantal for each in verbruik),
        regels=[VerbruiksregelAntwoord(each.periode, each.dienst, each.berichttype, each.aantal) for each in verbruik],
    )


def as_csv(verbruik: Sequence[Verbruik]) -> str:
    """Verbruik as CSV (RFC 4180): a heading, then a line for each day or month and berichttype."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["periode", "dienst", "berichttype", "aantal"])
    writer.writerows([_inert(each.periode), each.dienst, _inert(each.berichttype), each.aantal] for each in verbruik)
    return text.getvalue()


def _inert(cell: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
