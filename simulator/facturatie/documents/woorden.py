"""What every form of an invoice says in the same words: who sends it, that it is a simulation, amounts and days."""

from dataclasses import dataclass
from datetime import date

from simulator.facturatie.values import PRIJS_PER_EURO, Factuursoort, Tijdvak
from simulator.infra.charts import group_digits
from simulator.verwerkingen import LOGIUS

SIMULATIE = "SIMULATIE – geen echte factuur. Betaal niets: alle partijen, nummers en bedragen zijn verzonnen."
"""On every form of every invoice."""
BUITEN_BTW = "Buiten de heffing van btw: geleverd binnen het Rijk."
"""Why the Rijk pays no BTW; the Staat der Nederlanden is one person, and supplies nothing to itself."""
TITELS = {
    Factuursoort.VOORSCHOT: "Voorschotfactuur",
    Factuursoort.MAAND: "Maandfactuur",
    Factuursoort.AFREKENING: "Jaarafrekening",
    Factuursoort.CREDIT: "Creditfactuur",
}
_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_CENTS = 100
_HELE_CENT = PRIJS_PER_EURO // _CENTS


@dataclass(frozen=True, slots=True)
class Partij:
    """Who an invoice is from, or for."""

    naam: str
    oin: str
    straat: str
    postcode: str
    plaats: str
    btw_nummer: str = ""
    iban: str = ""


AFZENDER = Partij(
    naam="Logius (simulatie)",
    oin=LOGIUS,
    straat="Simulatieplein 1",
    postcode="9999 XX",
    plaats="Voorbeeldstad",
    # Neither can exist: no number of nine zeros is given out, and no IBAN of the Netherlands has the check digits 00.
    btw_nummer="NL000000000B00",
    iban="NL00SIMU0000000001",
)
"""Who sends the invoices here."""


def describe_klant(oin: str, naam: str) -> Partij:
    """The Afnemer as the addressee of an invoice."""
    # ASSUMPTION: the simulator knows no addresses of organisations, and NLCIUS asks one (BR-NL-4); all live here.
    return Partij(naam=naam, oin=oin, straat="Postbus 99", postcode="9999 ZZ", plaats="Voorbeeldstad")


def as_euro(cent: int) -> str:
    """``€ 1.234,50``, and with a minus sign before what is below nought."""
    return f"{'−' if cent < 0 else ''}€\xa0{group_digits(abs(cent) // _CENTS)},{abs(cent) % _CENTS:02}"


def as_prijs(prijs: int) -> str:
    """A price in euro, with the decimals that it has: ``€ 0,32``, ``€ 0,454``."""
    euro, rest = divmod(prijs, PRIJS_PER_EURO)
    decimals = f"{rest:04}".rstrip("0").ljust(2, "0")
    return f"€\xa0{group_digits(euro)},{decimals}"


def as_aantal(aantal: int) -> str:
    """``12.000``, and with a minus sign before what is below nought."""
    return f"{'−' if aantal < 0 else ''}{group_digits(abs(aantal))}"


def as_datum(dag: date) -> str:
    """``3 maart 2022``."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def as_tijdvak(tijdvak: Tijdvak) -> str:
    """``2022`` of a year, ``maart 2022`` of a month."""
    if tijdvak == Tijdvak.of_jaar(tijdvak.van.year):
        return str(tijdvak.van.year)
    eerste = f"{_MAANDEN[tijdvak.van.month - 1]} {tijdvak.van.year}"
    if (tijdvak.van.year, tijdvak.van.month) == (tijdvak.tot.year, tijdvak.tot.month):
        return eerste
    return f"{eerste} tot en met {_MAANDEN[tijdvak.tot.month - 1]} {tijdvak.tot.year}"
