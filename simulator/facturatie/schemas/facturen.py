"""Invoices as JSON says them, and the deliveries behind a line."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from simulator.facturatie.schemas.parts import Antwoord, as_euro
from simulator.facturatie.usecases.berichten import Regelaanlevering
from simulator.facturatie.values import Factuur, Factuurregel, Factuursoort, Post, Tijdvak
from simulator.infra.ids import public_id


class PeriodeAntwoord(Antwoord, frozen=True):
    """The first and the last day."""

    naam: str
    van: date
    tot: date


class FactuurafnemerAntwoord(Antwoord, frozen=True):
    """The customer, as it was when the invoice was made."""

    oin: str
    naam: str
    sector: str


class BtwregelAntwoord(Antwoord, frozen=True):
    """The BTW of one percentage."""

    percentage: int
    grondslag_cent: int
    bedrag_cent: int


class FactuurkopAntwoord(Antwoord, frozen=True):
    """An invoice in a list."""

    nummer: str
    oin: str
    soort: Factuursoort
    periode: PeriodeAntwoord
    datum: date
    vervaldatum: date
    totaal_excl_cent: int
    totaal_btw_cent: int
    totaal_incl_cent: int
    verwijst_naar: str | None


class FactuurregelAntwoord(Antwoord, frozen=True):
    """A line: quantity times price, rounded to whole cents."""

    volgnummer: int
    post: Post
    omschrijving: str
    dienst: str | None
    periode: PeriodeAntwoord
    aantal: int
    eenheid: str
    prijs: str
    bedrag_cent: int
    btw_percentage: int
    tariefregel: str
    toelichting: str
    berichten: str | None
    """Where the berichten behind this line are."""


class FactuurAntwoord(FactuurkopAntwoord, frozen=True):
    """A whole invoice."""

    afnemer: FactuurafnemerAntwoord
    regels: list[FactuurregelAntwoord]
    btw: list[BtwregelAntwoord]
    toelichting: list[str]


class FacturenAntwoord(Antwoord, frozen=True):
    """A page of invoices; ``volgende`` is where the next begins, ``None`` on the last."""

    facturen: list[FactuurkopAntwoord]
    volgende: str | None


class RegelaanleveringAntwoord(Antwoord, frozen=True):
    """A delivery behind a line: how many berichten of which berichttype, and where it says what became of each."""

    status_id: str
    status_uri: str
    aantal: int
    berichttypes: dict[str, int]


class RegelberichtenAntwoord(Antwoord, frozen=True):
    """A page of the deliveries behind a line."""

    aanleveringen: list[RegelaanleveringAntwoord]
    volgende: str | None


def as_kop(factuur: Factuur) -> FactuurkopAntwoord:
    """An invoice as a list shows it."""
    return FactuurkopAntwoord(**_kop(factuur))


def as_factuur(factuur: Factuur, prefix: str) -> FactuurAntwoord:
    """A whole invoice as JSON says it; ``prefix`` is that of the API."""
    return FactuurAntwoord(
        **_kop(factuur),
        afnemer=FactuurafnemerAntwoord(
            oin=factuur.afnemer.oin, naam=factuur.afnemer.naam, sector=factuur.afnemer.sector
        ),
        regels=[_as_regel(factuur, regel, prefix) for regel in factuur.regels],
        btw=[
            BtwregelAntwoord(
                percentage=each.percentage, grondslag_cent=each.grondslag_cent, bedrag_cent=each.bedrag_cent
            )
            for each in factuur.btw_regels
        ],
        toelichting=list(factuur.toelichting),
    )


def as_facturen(facturen: Sequence[Factuur], aantal: int) -> FacturenAntwoord:
    """A page of at most ``aantal``; one more was asked for, to know whether there is a next."""
    shown = facturen[:aantal]
    volgende = shown[-1].nummer if len(facturen) > aantal else None
    return FacturenAntwoord(facturen=[as_kop(each) for each in shown], volgende=volgende)


def as_regelberichten(found: Sequence[Regelaanlevering], aantal: int) -> RegelberichtenAntwoord:
    """A page of at most ``aantal`` deliveries; one more was asked for."""
    shown = found[:aantal]
    return RegelberichtenAntwoord(
        aanleveringen=[_as_aanlevering(each) for each in shown],
        volgende=public_id(shown[-1].aanlevering_id) if len(found) > aantal else None,
    )


def _kop(factuur: Factuur) -> dict[str, Any]:
    return {
        "nummer": factuur.nummer,
        "oin": factuur.afnemer.oin,
        "soort": factuur.soort,
        "periode": _as_periode(factuur.periode),
        "datum": factuur.datum,
        "vervaldatum": factuur.vervaldatum,
        "totaal_excl_cent": factuur.totaal_excl,
        "totaal_btw_cent": factuur.totaal_btw,
        "totaal_incl_cent": factuur.totaal_incl,
        "verwijst_naar": factuur.verwijst_naar,
    }


def _as_regel(factuur: Factuur, regel: Factuurregel, prefix: str) -> FactuurregelAntwoord:
    berichten = f"{prefix}/facturen/{factuur.nummer}/regels/{regel.volgnummer}/berichten"
    return FactuurregelAntwoord(
        volgnummer=regel.volgnummer,
        post=regel.post,
        omschrijving=regel.omschrijving,
        dienst=regel.dienst,
        periode=_as_periode(regel.periode),
        aantal=regel.aantal,
        eenheid=regel.eenheid,
        prijs=as_euro(regel.prijs),
        bedrag_cent=regel.bedrag_cent,
        btw_percentage=regel.btw_percentage,
        tariefregel=regel.tariefregel,
        toelichting=regel.toelichting,
        berichten=berichten if regel.heeft_berichten else None,
    )


def _as_periode(tijdvak: Tijdvak) -> PeriodeAntwoord:
    return PeriodeAntwoord(naam=tijdvak.naam, van=tijdvak.van, tot=tijdvak.tot)


def _as_aanlevering(each: Regelaanlevering) -> RegelaanleveringAntwoord:
    status_id = public_id(each.aanlevering_id)
    return RegelaanleveringAntwoord(
        status_id=status_id,
        status_uri=f"/api/berichtenbox/v1/status/{status_id}",
        aantal=sum(each.berichttypes.values()),
        berichttypes=each.berichttypes,
    )
