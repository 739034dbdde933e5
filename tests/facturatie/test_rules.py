"""Money: never negative but on a credit note, sums that agree, whatever the order and however batches are split."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.facturatie.rules.facturen import correct, deduct, list_voorschot, number, set_off
from simulator.facturatie.rules.kosten import Berekening, Klant, bereken_jaar
from simulator.facturatie.values import (
    Factuur,
    Factuurafnemer,
    Factuurregel,
    Factuursoort,
    Post,
    Prijs,
    Tarief,
    Tijdvak,
    bedrag_van,
    btw_van,
)

JAAR = 2022
SECTOREN = st.sampled_from(["rijk", "medeoverheid", "privaat"])
VERBRUIK = st.dictionaries(st.integers(1, 12), st.integers(0, 10**7))
PRIJZEN = st.integers(0, 100_000)
TARIEVEN = st.builds(
    lambda prijs, gratis, vast, kosten, vrij: Tarief(
        date(2018, 1, 1), None, "", "", (Prijs("2018/prijs", "", prijs),), gratis_eenheden=gratis,
        vast_bedrag_cent=vast, aansluitkosten=(("berichtenbox", kosten),), eerste_jaar_gratis=vrij,
    ),
    PRIJZEN, st.integers(0, 5_000), st.integers(0, 10**6), st.integers(0, 10**5), st.booleans(),
)  # fmt: skip
KLANTEN = st.builds(
    lambda sector, sinds: Klant(sector, {"berichtenbox": sinds}),
    SECTOREN, st.dates(date(2016, 1, 1), date(2022, 12, 31)),
)  # fmt: skip
BEREKENINGEN = st.builds(Berekening, TARIEVEN, st.just(JAAR), KLANTEN)


def issued(soort: Factuursoort, tijdvak: Tijdvak, regels: list[Factuurregel], nummer: str = "2022-00001") -> Factuur:
    return Factuur(nummer, soort, Factuurafnemer("", "", ""), tijdvak, date(2022, 1, 3), tuple(number(regels)))


def total(regels: list[Factuurregel]) -> int:
    return sum(regel.bedrag_cent for regel in regels)


@given(BEREKENINGEN, VERBRUIK)
def test_every_line_is_quantity_times_price_and_never_negative(
    berekening: Berekening, verbruik: Mapping[int, int]
) -> None:
    regels = bereken_jaar(berekening, verbruik)
    for regel in regels:
        assert regel.bedrag_cent == bedrag_van(regel.aantal, regel.prijs) >= 0
    assert sum(regel.aantal for regel in regels if regel.heeft_berichten) == sum(verbruik.values())


@given(BEREKENINGEN, VERBRUIK)
def test_never_more_is_free_than_the_tariff_says(berekening: Berekening, verbruik: Mapping[int, int]) -> None:
    vrij = sum(regel.aantal for regel in bereken_jaar(berekening, verbruik) if regel.post is Post.VRIJ)
    totaal = sum(verbruik.values())
    assert vrij == (totaal if berekening.is_vrij_jaar else min(totaal, berekening.tarief.gratis_eenheden))


@given(BEREKENINGEN, VERBRUIK, st.integers(1, 12), st.integers(1, 1_000))
def test_who_uses_more_never_pays_less(
    berekening: Berekening, verbruik: Mapping[int, int], maand: int, meer: int
) -> None:
    after = dict(verbruik) | {maand: verbruik.get(maand, 0) + meer}
    assert total(bereken_jaar(berekening, after)) >= total(bereken_jaar(berekening, verbruik))


@given(BEREKENINGEN, VERBRUIK, VERBRUIK)
def test_a_correction_brings_what_is_on_paper_to_what_should_be_to_the_cent(
    berekening: Berekening, eerst: Mapping[int, int], dan: Mapping[int, int]
) -> None:
    papier = correct(bereken_jaar(berekening, eerst), [])
    wordt = bereken_jaar(berekening, dan)
    correctie = correct(wordt, papier)
    assert total(papier) + total(correctie) == total(wordt)
    assert correct(wordt, [*papier, *correctie]) == []
    assert all(regel.bedrag_cent == bedrag_van(regel.aantal, regel.prijs) for regel in correctie)


@given(BEREKENINGEN, VERBRUIK, st.integers(0, 10**7))
def test_a_year_costs_the_same_with_an_advance_as_without(
    berekening: Berekening, verbruik: Mapping[int, int], verwacht: int
) -> None:
    kosten = bereken_jaar(berekening, verbruik)
    jaar = Tijdvak.of_jaar(JAAR)
    voorschot = issued(Factuursoort.VOORSCHOT, jaar, list_voorschot(berekening, verwacht))
    maanden = []
    for maand in range(1, 13):
        tijdvak = Tijdvak.of_maand(JAAR, maand)
        regels = [regel for regel in kosten if regel.periode == tijdvak]
        maandfactuur = issued(Factuursoort.MAAND, tijdvak, [*regels, *set_off(regels, voorschot)], f"2022-{maand:05d}")
        assert maandfactuur.totaal_incl == 0
        maanden.append(maandfactuur)
    afrekening = [*kosten, *deduct([voorschot, *maanden], JAAR)]
    assert voorschot.totaal_excl + total(afrekening) == total(kosten)


@given(BEREKENINGEN, VERBRUIK)
def test_btw_is_taken_once_over_the_sum_and_never_inside_the_rijk(
    berekening: Berekening, verbruik: Mapping[int, int]
) -> None:
    regels = bereken_jaar(berekening, verbruik)
    factuur = issued(Factuursoort.MAAND, Tijdvak.of_jaar(JAAR), regels)
    percentage = 0 if berekening.klant.sector == "rijk" else 21
    assert factuur.totaal_incl == factuur.totaal_excl + btw_van(factuur.totaal_excl, percentage)


@pytest.mark.parametrize(
    ("definitief", "is_definitief", "bedrag"), [(None, True, 3200), (2875, True, 2875), (2875, False, 3200)]
)
def test_only_a_settlement_takes_the_definitive_price(definitief: int | None, is_definitief: bool, bedrag: int) -> None:
    prijs = Prijs("2022/prijs", "", 3200, definitief)
    tarief = Tarief(date(2022, 1, 1), None, "", "", (prijs,), is_voorschot=True)
    berekening = Berekening(tarief, 2022, Klant("rijk", {}), is_definitief)
    assert berekening.bedrag == bedrag
    assert replace(berekening, is_definitief=False).bedrag == 3200
