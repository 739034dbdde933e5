from collections import Counter
from datetime import date, timedelta

import pytest

from simulator.weblinks.rules.rapport import VOLGORDE, draw_trend
from simulator.weblinks.values.stand import Stand

DAG = date(2026, 11, 27)


def test_every_stand_has_its_place_in_the_bar_of_a_day() -> None:
    onder, boven = draw_trend({DAG: Counter({Stand.KAPOT: 2, Stand.IN_ORDE: 6})}).bars
    assert (VOLGORDE[onder.series], VOLGORDE[boven.series]) == (Stand.IN_ORDE, Stand.KAPOT)
    assert boven.text == "27-11: 2 (kapot)"
    assert set(VOLGORDE) == set(Stand)


@pytest.mark.parametrize("days", [1, 7, 30, 366])
def test_today_has_its_name(days: int) -> None:
    trend = {DAG - timedelta(days=n): Counter({Stand.IN_ORDE: 7}) for n in reversed(range(days))}
    assert draw_trend(trend).names[-1].text == "27-11"
