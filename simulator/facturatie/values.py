"""Invoices and prognoses as data: amounts in whole cents, prices in whole units of EUR 0.0001, never a float."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

PRIJS_PER_EURO = 10_000
"""A price counts ten-thousandths of a euro: EUR 0.454 is 4540."""
PRIJS_PER_CENT = 100
BETAALTERMIJN = timedelta(days=30)
# ASSUMPTION: thirty days, the term that the law gives public bodies; the terms name none.
_LAST_MONTH = 12


class Factuursoort(StrEnum):
    """Which of the four kinds of document an invoice is."""

    VOORSCHOT = "voorschot"
    """For a year to come, on a forecast."""
    MAAND = "maand"
    """What was used in one month; where there is a voorschot it is set off against that, and the total is 0."""
    AFREKENING = "afrekening"
    """For a year that is over: real use, minus everything that was invoiced for that year before."""
    CREDIT = "credit"
    """Money back, of one of the other kinds (``Factuur.verwijst_naar``): the only kind with a negative total."""


class Post(StrEnum):
    """What a line is about."""

    VOORSCHOT = "voorschot"
    """Berichten or costs that are expected."""
    GEBRUIK = "gebruik"
    """Berichten that were metered, at the price of one."""
    VRIJ = "vrij"
    """Berichten that were metered and cost nothing: free units, the first year. Price and amount are 0."""
    VAST = "vast"
    """The fixed amount of a year (article 5.2)."""
    AANSLUITING = "aansluiting"
    """Costs of connecting (articles 5.2 and 6.2)."""
    VERREKENING = "verrekening"
    """What was, or will be, paid by another invoice; mostly negative."""


@dataclass(frozen=True, slots=True, order=True)
class Tijdvak:
    """Whole months: the days from ``van`` up to and including ``tot``."""

    van: date
    tot: date

    @classmethod
    def of_jaar(cls, jaar: int) -> "Tijdvak":
        """A calendar year."""
        return cls(date(jaar, 1, 1), date(jaar, 12, 31))

    @classmethod
    def of_maand(cls, jaar: int, maand: int) -> "Tijdvak":
        """A calendar month; ``maand`` from 1 to 12."""
        first_of_next = date(jaar + maand // _LAST_MONTH, maand % _LAST_MONTH + 1, 1)
        return cls(date(jaar, maand, 1), first_of_next - timedelta(days=1))

    @classmethod
    def of_dag(cls, dag: date) -> "Tijdvak":
        """The month that a day is in."""
        return cls.of_maand(dag.year, dag.month)

    @classmethod
    def parse(cls, naam: str) -> "Tijdvak":
        """The year or month that ``naam`` names."""
        jaar, _, maand = naam.partition("-")
        return cls.of_maand(int(jaar), int(maand)) if maand else cls.of_jaar(int(jaar))

    @property
    def naam(self) -> str:
        """``2022`` of a year, ``2022-03`` of a month: short, and in order of time within a kind."""
        return f"{self.van:%Y}" if self == Tijdvak.of_jaar(self.van.year) else f"{self.van:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Factuurafnemer:
    """The customer, as it was when the invoice was made."""

    oin: str
    """Twenty characters; in UBL an endpoint of scheme 0190."""
    naam: str
    sector: str
    """``rijk`` (no BTW), ``medeoverheid`` or ``privaat``."""


@dataclass(frozen=True, slots=True)
class Factuurregel:
    """One line. Always ``bedrag_cent == bedrag_van(aantal, prijs)``, so quantity times price is the amount."""

    volgnummer: int
    """1, 2, 3 …, in the order of the invoice."""
    post: Post
    omschrijving: str
    """Dutch, one line of text: ``Verwerkte berichten maart 2022``."""
    periode: Tijdvak
    aantal: int
    """May be negative: something set off, or invoiced before and taken back."""
    eenheid: str
    """``bericht``, ``jaar``, ``aansluiting`` or ``factuur``."""
    prijs: int
    """Of one unit, without BTW, in units of EUR 0.0001; never negative."""
    bedrag_cent: int
    """Without BTW."""
    btw_percentage: int
    """21, or 0 inside the Rijk; the same on all lines of an invoice, but for what settles one from before a change."""
    dienst: str | None = None
    """``berichtenbox`` or ``persoonlijke-gegevens``; ``None`` for what settles another invoice."""
    tariefregel: str = ""
    """Which price of which tariff: ``2021/uitzondering-1``; empty for what settles another invoice."""
    toelichting: str = ""
    """Why, in Dutch; empty where the description says it all."""

    @property
    def heeft_berichten(self) -> bool:
        """Whether the API lists the berichten behind this line (``…/regels/{volgnummer}/berichten``)."""
        return self.post in {Post.GEBRUIK, Post.VRIJ}


@dataclass(frozen=True, slots=True)
class Btwregel:
    """The BTW over all lines of one percentage; there is one too for 0 %."""

    percentage: int
    grondslag_cent: int
    bedrag_cent: int


@dataclass(frozen=True, slots=True)
class Factuur:
    """An invoice as it was issued: never changed, only followed by another. Its totals are the sums of its lines."""

    nummer: str
    """Unique in the omgeving, and safe in a URL and a file name: ``2023-00012``; ``VOORBEELD`` of one not issued."""
    soort: Factuursoort
    afnemer: Factuurafnemer
    periode: Tijdvak
    """The month or year that it is about."""
    datum: date
    """The Dutch day on the clock of the omgeving when it was made."""
    regels: tuple[Factuurregel, ...]
    """At least one; all amounts may be 0 (``is_nul``)."""
    toelichting: tuple[str, ...] = ()
    """Dutch sentences for below the lines: the tariff and its source, why it is 0, why no BTW, assumptions."""
    verwijst_naar: str | None = None
    """The number of the invoice that this one credits, corrects or settles."""

    @property
    def vervaldatum(self) -> date:
        """The last day to pay."""
        return self.datum + BETAALTERMIJN

    @property
    def totaal_excl(self) -> int:
        """Cents without BTW; negative only for a credit note."""
        return sum(regel.bedrag_cent for regel in self.regels)

    @property
    def btw_regels(self) -> tuple[Btwregel, ...]:
        """BTW per percentage, the lowest first: rounded once, over the sum of the lines (EN 16931, BR-CO-17)."""
        return split_btw(self.regels)

    @property
    def totaal_btw(self) -> int:
        """Cents of BTW."""
        return sum(regel.bedrag_cent for regel in self.btw_regels)

    @property
    def totaal_incl(self) -> int:
        """Cents to pay; negative is what comes back."""
        return self.totaal_excl + self.totaal_btw

    @property
    def is_nul(self) -> bool:
        """Nothing to pay: central funding, everything free, or all of it set off; ``toelichting`` says which."""
        return not self.totaal_incl


@dataclass(frozen=True, slots=True)
class Prijs:
    """What one bericht costs, and for whom."""

    id: str
    """Which line of which tariff, ``2021/uitzondering-1``: the ``tariefregel`` of an invoice line."""
    omschrijving: str
    bedrag: int
    """Of one bericht, without BTW, in units of EUR 0.0001."""
    definitief: int | None = None
    """What it turned out to cost; settled with after the year, where it is known."""
    sectoren: frozenset[str] = frozenset()
    """Only for these; empty is for all."""
    alleen: frozenset[str] = frozenset()
    """Only for who is connected to no other dienst that can cost money; empty is for all."""


@dataclass(frozen=True, slots=True)
class Tarief:
    """What MijnOverheid costs from ``van`` up to and including ``tot``: always whole years."""

    van: date
    tot: date | None
    """``None`` is until further notice."""
    omschrijving: str
    bron: str
    prijzen: tuple[Prijs, ...] = ()
    """The exceptions first, and last the price for all others; empty when nobody knows it (``onbekend``)."""
    onbekend: str = ""
    """Why there is no price, in Dutch."""
    is_voorschot: bool = False
    """The price is an advance: a year is settled at ``Prijs.definitief``."""
    is_centraal: bool = False
    """Paid from a central budget: nobody is charged."""
    gratis_eenheden: int = 0
    """Per Afnemer and year."""
    eerste_jaar_gratis: bool = False
    vast_bedrag_cent: int = 0
    """Per Afnemer and year (article 5.2)."""
    aansluitkosten: tuple[tuple[str, int], ...] = ()
    """Cents per dienst, once (articles 5.2 and 6.2)."""
    herkomst: str = "bestand"
    """``bestand``, ``besluit`` of the Afnemersoverleg, or ``beheer`` when set for this omgeving."""

    def geldt_in(self, jaar: int) -> bool:
        """Whether this is the tariff of that year."""
        return self.van.year <= jaar and (self.tot is None or jaar <= self.tot.year)


@dataclass(frozen=True, slots=True)
class Prognosemaand:
    """What one month of a prognosis costs; cents without BTW."""

    maand: int
    """1 to 12."""
    aantal: int
    """Berichten."""
    gratis: int
    """How many of them are free."""
    gebruik_cent: int
    overig_cent: int
    """Fixed amount and costs of connecting, in the month that they are invoiced."""

    @property
    def bedrag_cent(self) -> int:
        """All of the month, without BTW."""
        return self.gebruik_cent + self.overig_cent


@dataclass(frozen=True, slots=True)
class Prognose:
    """What a year will cost."""

    jaar: int
    """The year that is forecast."""
    tarief: str
    """Dutch, for people: ``Tarief 2022`` or ``Eigen tarief``."""
    prijs: int
    """Of one bericht, without BTW, in units of EUR 0.0001."""
    sector: str
    maanden: tuple[Prognosemaand, ...]
    """Twelve, January first."""
    btw_percentage: int
    prijs_volgend_bericht: int
    """What one more bericht would cost at the end of the year, without BTW, in units of EUR 0.0001."""
    toelichting: tuple[str, ...] = ()
    """Dutch sentences: source of the tariff, what is free, assumptions."""

    @property
    def totaal_aantal(self) -> int:
        """Berichten in the year."""
        return sum(each.aantal for each in self.maanden)

    @property
    def totaal_excl(self) -> int:
        """Cents without BTW."""
        return sum(each.bedrag_cent for each in self.maanden)

    @property
    def totaal_btw(self) -> int:
        """Cents of BTW, rounded once over the year."""
        return btw_van(self.totaal_excl, self.btw_percentage)

    @property
    def totaal_incl(self) -> int:
        """Cents with BTW."""
        return self.totaal_excl + self.totaal_btw


def bedrag_van(aantal: int, prijs: int) -> int:
    """Quantity times price, in whole cents."""
    return _round(aantal * prijs, PRIJS_PER_CENT)


def btw_van(grondslag_cent: int, percentage: int) -> int:
    """BTW over an amount, in whole cents."""
    return _round(grondslag_cent * percentage, 100)


def split_btw(regels: Iterable[Factuurregel]) -> tuple[Btwregel, ...]:
    """The BTW over lines, one for each percentage among them, the lowest first."""
    grondslagen: dict[int, int] = {}
    for regel in regels:
        grondslagen[regel.btw_percentage] = grondslagen.get(regel.btw_percentage, 0) + regel.bedrag_cent
    return tuple(
        Btwregel(percentage, grondslag, btw_van(grondslag, percentage))
        for percentage, grondslag in sorted(grondslagen.items())
    )


def _round(teller: int, noemer: int) -> int:
    """The only rounding of money: half up, and below zero the mirror image, so that taking back leaves nothing."""
    whole = (2 * abs(teller) + noemer) // (2 * noemer)
    return whole if teller >= 0 else -whole
