"""What a year came to: figures that the plan, the scale and the seed decide, and apart from them how fast it went."""

from collections import Counter
from datetime import date

import msgspec

MAANDEN = 12
NALOOP = 1
"""Months after the year in which citizens still read, reminders still go out and the year is settled."""
VERWERKT = "Verwerkt"


class Afnemercijfers(msgspec.Struct):
    """What one Afnemer sent, by month of delivery, and what became of it."""

    oin: str
    naam: str
    aangeboden: list[int] = msgspec.field(default_factory=lambda: [0] * MAANDEN)
    verwerkt: list[int] = msgspec.field(default_factory=lambda: [0] * MAANDEN)
    codes: dict[str, int] = {}
    gemeten: int = 0
    """By the metering of the simulator: the same as what was Verwerkt."""

    def count(self, dag: date, codes: Counter[str]) -> None:
        """Add the outcome of a delivery."""
        self.aangeboden[dag.month - 1] += codes.total()
        self.verwerkt[dag.month - 1] += codes[VERWERKT]
        for code, aantal in codes.items():
            self.codes[code] = self.codes.get(code, 0) + aantal


class Maandcijfers(msgspec.Struct):
    """A month; the last three are about the sample, by the month in which a bericht appeared."""

    naam: str
    kennisgevingen: int = 0
    herhalingen: int = 0
    inlogs: int = 0
    niet_ingelogd: int = 0
    """Who may not come in: DigiD without a second factor."""
    ontvangen: int = 0
    geopend: int = 0
    geopend_binnen_drie_weken: int = 0


class Campagnecijfers(msgspec.Struct):
    """What one campaign came to."""

    naam: str
    afnemer: str
    aangeboden: int = 0
    verwerkt: int = 0


class Zaakcijfers(msgspec.Struct):
    """What became of one kind of zaak."""

    naam: str
    afnemer: str
    begonnen: int = 0
    geen_postbus: int = 0
    statussen: int = 0
    afgerond: int = 0


class Factuurcijfers(msgspec.Struct, frozen=True):
    """One invoice; money in cents."""

    nummer: str
    oin: str
    soort: str
    periode: str
    datum: str
    excl_cent: int
    btw_cent: int
    incl_cent: int


class Verslag(msgspec.Struct):
    """The report: the same for the same plan, year, scale and seed, to the byte."""

    titel: str
    toelichting: str
    jaar: int
    seed: int
    berichten: int
    versie: str
    plan: str
    """A digest of the plan."""
    inwoners: int
    steekproef: int
    afnemers: list[Afnemercijfers]
    campagnes: list[Campagnecijfers]
    maanden: list[Maandcijfers]
    zaken: list[Zaakcijfers]
    facturen: list[Factuurcijfers] = []
    geen_voorschot: str = ""
    """Why nothing was invoiced in advance, where that was tried."""


class Tempo(msgspec.Struct):
    """How fast it went, in seconds; of this run on this machine only."""

    begonnen: str = ""
    seconden: float = 0
    berichten_per_seconde: float = 0
    aanleveren: float = 0
    klok: float = 0
    """Moving the clock: publications, kennisgevingen, reminders, closings."""
    zaken: float = 0
    bezoeken: float = 0
    per_maand: dict[str, float] = {}


class Stand(msgspec.Struct, frozen=True):
    """How far it is, for a progress bar."""

    dag: date
    berichten: int


_NAMEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip


def name_month(dag: date) -> str:
    """``februari 2022``."""
    return f"{_NAMEN[dag.month - 1]} {dag.year}"


def list_months(jaar: int) -> list[date]:
    """The first days of the months that are played."""
    return [date(jaar + number // MAANDEN, number % MAANDEN + 1, 1) for number in range(MAANDEN + NALOOP)]
