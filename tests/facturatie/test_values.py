from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.facturatie.values import Btwregel, Factuur, Tijdvak, bedrag_van, btw_van
from tests.facturatie.facturen import creditnota, maandfactuur, nulfactuur, prognose, rijksfactuur


def test_an_invoice_adds_up_its_lines_and_the_btw_over_them() -> None:
    factuur = maandfactuur()
    assert (factuur.totaal_excl, factuur.totaal_btw, factuur.totaal_incl) == (40_000, 8_400, 48_400)
    assert factuur.btw_regels == (Btwregel(21, 40_000, 8_400),)
    assert factuur.vervaldatum == date(2022, 5, 1)


def test_inside_the_rijk_there_is_a_btw_line_of_nothing() -> None:
    assert rijksfactuur().btw_regels == (Btwregel(0, 40_000, 0),)
    assert rijksfactuur().totaal_incl == 40_000


def test_what_costs_nothing_is_an_invoice_of_nought() -> None:
    assert nulfactuur().is_nul
    assert not maandfactuur().is_nul


def test_a_credit_note_is_what_comes_back() -> None:
    assert (creditnota().totaal_excl, creditnota().totaal_incl) == (-60_000, -72_600)


def test_a_prognosis_adds_up_its_months() -> None:
    assert (prognose().totaal_aantal, prognose().totaal_excl, prognose().totaal_incl) == (12_000, 384_000, 464_640)


@pytest.mark.parametrize(
    ("aantal", "prijs", "cent"),
    [(1, 4540, 45), (3, 4540, 136), (1, 3250, 33), (1, 3249, 32), (-1, 3250, -33), (1_000_000, 1, 10_000), (7, 0, 0)],
)
def test_an_amount_is_rounded_half_up_to_whole_cents(aantal: int, prijs: int, cent: int) -> None:
    assert bedrag_van(aantal, prijs) == cent


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**7))
def test_what_is_taken_back_leaves_nothing(aantal: int, prijs: int) -> None:
    assert bedrag_van(aantal, prijs) + bedrag_van(-aantal, prijs) == 0
    assert abs(100 * bedrag_van(aantal, prijs) - aantal * prijs) <= 50


@given(st.integers(0, 10**12))
def test_btw_is_never_more_than_half_a_cent_off(grondslag: int) -> None:
    assert abs(100 * btw_van(grondslag, 21) - 21 * grondslag) <= 50


@pytest.mark.parametrize(
    ("tijdvak", "van", "tot", "naam"),
    [
        (Tijdvak.of_maand(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (Tijdvak.of_maand(2023, 2), date(2023, 2, 1), date(2023, 2, 28), "2023-02"),
        (Tijdvak.of_maand(2022, 12), date(2022, 12, 1), date(2022, 12, 31), "2022-12"),
        (Tijdvak.of_jaar(2022), date(2022, 1, 1), date(2022, 12, 31), "2022"),
    ],
)
def test_a_period_is_whole_months(tijdvak: Tijdvak, van: date, tot: date, naam: str) -> None:
    assert (tijdvak.van, tijdvak.tot, tijdvak.naam) == (van, tot, naam)


def test_every_line_is_quantity_times_price() -> None:
    facturen: list[Factuur] = [maandfactuur(), rijksfactuur(), nulfactuur(), creditnota()]
    for regel in (regel for factuur in facturen for regel in factuur.regels):
        assert regel.bedrag_cent == bedrag_van(regel.aantal, regel.prijs)
