"""The clock: real, fast, or standing still."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.infra.clock import LATEST, Klok, Modus, from_micros, real_micros, start_klok, to_micros

NOON = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # the night that summer time begins


@given(st.datetimes(datetime(1990, 1, 1), datetime(2120, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - made aware by timezones
def test_a_moment_survives_storage_to_the_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_a_clock_that_stands_still_shows_what_it_was_set_to() -> None:
    klok = start_klok(Modus.STIL, NOON)
    assert klok.now() == klok.now() == NOON


def test_a_fast_clock_passes_time_by_its_factor() -> None:
    day = 86_400_000_000
    klok = Klok(Modus.VERSNELD, real_micros() - 1_000_000, to_micros(NOON), 86_400.0)
    assert abs(klok.micros() - to_micros(NOON) - day) < day


def test_the_real_clock_shows_real_time_and_has_no_factor() -> None:
    klok = start_klok(Modus.ECHT, factor=50.0)
    assert klok.factor == 1.0
    assert abs(klok.micros() - real_micros()) < 5_000_000


def test_a_fast_clock_stops_where_the_calendar_ends() -> None:
    four_days = 4 * 86_400_000_000
    klok = Klok(Modus.VERSNELD, real_micros() - four_days, to_micros(NOON), 1_000_000.0)
    assert klok.now() == LATEST


@pytest.mark.parametrize("modus", list(Modus))
def test_a_moved_clock_keeps_its_mode(modus: Modus) -> None:
    moved = start_klok(modus, NOON, 10.0).moved_to(to_micros(NOON + timedelta(days=21)))
    assert moved.modus is modus
    assert moved.now() - NOON >= timedelta(days=21)


def test_a_standing_clock_never_reaches_a_later_moment_by_itself() -> None:
    klok = start_klok(Modus.STIL, NOON)
    assert klok.seconds_until(to_micros(NOON)) == 0
    assert klok.seconds_until(to_micros(NOON) + 1) is None
