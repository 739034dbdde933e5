"""A forecast: how it is asked for, and what comes of it."""

from fractions import Fraction
from typing import Annotated

import msgspec

from simulator.afnemers import Sector
from simulator.facturatie.rules.prognose import Prognosevraag
from simulator.facturatie.rules.vraag import read_prijs
from simulator.facturatie.schemas.parts import Aantal, Antwoord, Euro, Jaar, Verzoek, as_euro
from simulator.facturatie.values import Prognose


class PiekVerzoek(Verzoek, frozen=True):
    """So many berichten more in one month."""

    maand: Annotated[int, msgspec.Meta(ge=1, le=12)]
    extra: Aantal


class PrognoseVerzoek(Verzoek, frozen=True):
    """How many berichten are expected, in one of three ways, and by which tariff."""

    jaar: Jaar | None = None
    """The year to forecast; without it that of the clock of the omgeving."""
    per_maand: Aantal | None = None
    """In January; the other months follow from ``groei``."""
    per_jaar: Aantal | None = None
    maanden: Annotated[list[Aantal], msgspec.Meta(min_length=12, max_length=12)] | None = None
    """Twelve numbers, January first."""
    groei: Annotated[float, msgspec.Meta(ge=-100, le=100)] = 0
    """Percent from each month to the next."""
    pieken: Annotated[tuple[PiekVerzoek, ...], msgspec.Meta(max_length=12)] = ()
    tarief: Jaar | None = None
    """The year of whose tariff to take; without it that of ``jaar``."""
    prijs: Euro | None = None
    """A price of one's own instead, in euro: ``0.454``."""
    sector: Sector | None = None
    """Another sector than one's own."""
    nieuw: bool = False
    """As if connected in January of that year."""


class PrognosemaandAntwoord(Antwoord, frozen=True):
    """One month, without BTW."""

    maand: int
    aantal: int
    gratis: int
    gebruik_cent: int
    overig_cent: int
    bedrag_cent: int


class PrognoseAntwoord(Antwoord, frozen=True):
    """What a year will cost."""

    jaar: int
    tarief: str
    prijs: str
    sector: str
    maanden: list[PrognosemaandAntwoord]
    totaal_aantal: int
    totaal_excl_cent: int
    btw_percentage: int
    totaal_btw_cent: int
    totaal_incl_cent: int
    prijs_volgend_bericht: str
    """Of one more at the end of the year, without BTW."""
    toelichting: list[str]


def read_prognose(verzoek: PrognoseVerzoek, dit_jaar: int) -> Prognosevraag:
    """The question that was asked."""
    pieken: dict[int, int] = {}
    for piek in verzoek.pieken:
        pieken[piek.maand] = pieken.get(piek.maand, 0) + piek.extra
    return Prognosevraag(
        jaar=verzoek.jaar if verzoek.jaar is not None else dit_jaar,
        per_maand=verzoek.per_maand,
        per_jaar=verzoek.per_jaar,
        maanden=verzoek.maanden,
        groei=Fraction(str(verzoek.groei)) / 100,
        pieken=pieken,
        tarief=verzoek.tarief,
        prijs=None if verzoek.prijs is None else read_prijs(verzoek.prijs),
        sector=None if verzoek.sector is None else verzoek.sector.value,
        nieuw=verzoek.nieuw,
    )


def as_prognose(prognose: Prognose) -> PrognoseAntwoord:
    """A prognosis as JSON says it."""
    return PrognoseAntwoord(
        jaar=prognose.jaar,
        tarief=prognose.tarief,
        prijs=as_euro(prognose.prijs),
        sector=prognose.sector,
        maanden=[
            PrognosemaandAntwoord(
                maand=each.maand, aantal=each.aantal, gratis=each.gratis, gebruik_cent=each.gebruik_cent,
                overig_cent=each.overig_cent, bedrag_cent=each.bedrag_cent,
            )
            for each in prognose.maanden
        ],
        totaal_aantal=prognose.totaal_aantal,
        totaal_excl_cent=prognose.totaal_excl,
        btw_percentage=prognose.btw_percentage,
        totaal_btw_cent=prognose.totaal_btw,
        totaal_incl_cent=prognose.totaal_incl,
        prijs_volgend_bericht=as_euro(prognose.prijs_volgend_bericht),
        toelichting=list(prognose.toelichting),
    )  # fmt: skip
