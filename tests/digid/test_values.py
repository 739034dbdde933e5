from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.digid.values import (
    VERVOLG,
    Niveau,
    Pogingstatus,
    cookie_of_poging,
    cookie_of_sessie,
    format_code,
    format_duur,
    parse_code,
)


def test_the_levels_have_the_numbers_of_digid() -> None:
    assert [(niveau.naam, int(niveau)) for niveau in Niveau] == [("Basis", 10), ("Midden", 20)]
    assert Niveau.MIDDEN > Niveau.BASIS


@pytest.mark.parametrize(
    ("text", "niveau"),
    [("midden", Niveau.MIDDEN), (" Basis ", Niveau.BASIS), ("20", Niveau.MIDDEN), ("hoog", None), ("", None)],
)
def test_a_level_is_read_from_its_name_or_number(text: str, niveau: Niveau | None) -> None:
    assert Niveau.from_text(text) is niveau


def test_a_code_is_shown_in_two_groups_of_three() -> None:
    assert format_code(123456) == "123-456"
    assert format_code(7) == "000-007"


@pytest.mark.parametrize("text", ["123456", "123-456", "123 456", " 123-456 "])
def test_a_code_may_be_typed_in_several_ways(text: str) -> None:
    assert parse_code(text) == 123456


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-", "12.456"])
def test_what_is_not_six_digits_is_no_code(text: str) -> None:
    assert parse_code(text) is None


@given(st.integers(min_value=0, max_value=999_999))
def test_every_code_reads_back_as_it_was_shown(nummer: int) -> None:
    assert parse_code(format_code(nummer)) == nummer


def test_what_is_finished_has_no_next_state() -> None:
    assert set(VERVOLG) == set(Pogingstatus)
    assert {status for status, volgende in VERVOLG.items() if not volgende} == {
        Pogingstatus.GELUKT,
        Pogingstatus.GEANNULEERD,
        Pogingstatus.MISLUKT,
    }


def test_two_omgevingen_in_one_browser_have_their_own_cookies() -> None:
    assert cookie_of_sessie("standaard") == "sessie-standaard"
    assert len({cookie_of_sessie("a"), cookie_of_sessie("b"), cookie_of_poging("a"), cookie_of_poging("b")}) == 4


@pytest.mark.parametrize(
    ("duur", "tekst"),
    [
        (timedelta(minutes=15), "15 minuten"),
        (timedelta(minutes=1), "1 minuut"),
        (timedelta(hours=2), "2 uur"),
        (timedelta(seconds=45), "45 seconden"),
        (timedelta(seconds=1), "1 seconde"),
    ],
)
def test_a_duration_reads_as_people_say_it(duur: timedelta, tekst: str) -> None:
    assert format_duur(duur) == tekst
