"""Spreading a year over its days: nothing is lost, weekends are quiet, and so are the holidays."""

from datetime import date
from itertools import groupby

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.year.calendar import list_days, plan_starts, plan_zendingen, quiet_factor, spread
from simulator.year.plan import Campagne, Venster, read_plan
from tests.year.conftest import PLAN

WEIGHTS = st.lists(st.floats(0, 1000), min_size=1, max_size=50).filter(lambda weights: sum(weights) > 0.001)


@given(st.integers(0, 10_000_000), WEIGHTS)
def test_what_is_spread_adds_up_and_is_never_negative(total: int, weights: list[float]) -> None:
    parts = spread(total, weights)
    assert sum(parts) == total
    assert min(parts) >= 0


@settings(max_examples=20)
@given(st.integers(1000, 200_000), st.integers(2017, 2098))
def test_each_bericht_is_sent_once_and_on_a_working_day(berichten: int, jaar: int) -> None:
    zendingen = plan_zendingen(read_plan(PLAN), jaar, berichten)
    assert sum(each.aantal for each in zendingen) == berichten
    assert all(each.dag.weekday() < 5 and each.dag.year == jaar for each in zendingen)
    for _, group in groupby(sorted(zendingen, key=lambda each: (each.campagne, each.dag)), lambda each: each.campagne):
        eerste = 0
        for zending in group:
            assert zending.eerste == eerste
            eerste += zending.aantal


def test_the_days_around_christmas_are_quiet() -> None:
    plan = read_plan(PLAN)
    assert quiet_factor(plan.vakanties, date(2022, 12, 27)) < quiet_factor(plan.vakanties, date(2022, 12, 20)) == 1
    sent = dict.fromkeys(list_days(date(2022, 12, 1), date(2022, 12, 31)), 0)
    for zending in plan_zendingen(plan, 2022, 8_000_000):
        if zending.dag in sent:
            sent[zending.dag] += zending.aantal
    assert sent[date(2022, 12, 27)] < sent[date(2022, 12, 20)] / 4


def test_the_twenty_ninth_of_february_is_the_twenty_eighth_in_other_years() -> None:
    venster = Venster(van="02-01", tot="02-29")
    assert venster.bounds(2024)[1] == date(2024, 2, 29)
    assert venster.bounds(2022)[1] == date(2022, 2, 28)


def test_monthly_post_waits_for_a_working_day() -> None:
    campagne = Campagne(
        naam="x", afnemer="0" * 20, berichttype="X", van="01-01", tot="12-31", promille=1000, vorm="maandelijks",
        dag=20, onderwerp="x", tekst="x",
    )  # fmt: skip
    plan = msgspec.structs.replace(read_plan(PLAN), campagnes=[campagne])
    days = [each.dag for each in plan_zendingen(plan, 2022, 12_000)]
    assert len(days) == 12
    assert date(2022, 3, 21) in days  # the 20th is a Sunday
    assert all(day.day in {20, 21, 22} for day in days)


def test_zaken_begin_in_their_window() -> None:
    plan = read_plan(PLAN)
    starts = plan_starts(plan, Venster(van="03-01", tot="03-31"), 2022, 100)
    assert len(starts) == 100
    assert starts == sorted(starts)
    assert {day.month for day in starts} == {3}
