from collections import Counter
from datetime import date, timedelta

import pytest

from simulator.weblinks.rules.rapport import BREEDTE, HOOGTE, draw_trend
from simulator.weblinks.values.stand import Stand

DAG = date(2026, 11, 27)


def test_a_bar_is_as_high_as_the_share_of_its_stand() -> None:
    tekening = draw_trend({DAG: Counter({Stand.KAPOT: 2, Stand.IN_ORDE: 6})})
    onder, boven = tekening.vlakken
    assert (onder.stand, boven.stand) == (Stand.IN_ORDE, Stand.KAPOT)
    assert onder.hoogte == pytest.approx(3 * boven.hoogte, abs=0.2)
    assert boven.y + boven.hoogte == pytest.approx(onder.y, abs=0.2)
    assert boven.uitleg == "27-11: 2 kapot"
    assert [streep.tekst for streep in tekening.schaal] == ["0", "2", "4", "6", "8"]


@pytest.mark.parametrize(("number", "top"), [(0, "4"), (5, "8"), (13, "20"), (81, "120"), (10_000, "12.000")])
def test_the_scale_ends_in_a_round_number(number: int, top: str) -> None:
    assert draw_trend({DAG: Counter({Stand.IN_ORDE: number})}).schaal[-1].tekst == top


@pytest.mark.parametrize("days", [1, 7, 30, 366])
def test_everything_is_inside_the_picture_and_today_has_its_name(days: int) -> None:
    trend = {DAG - timedelta(days=n): Counter({Stand.IN_ORDE: 7, Stand.OMGELEID: 1}) for n in reversed(range(days))}
    tekening = draw_trend(trend)
    assert all(0 <= vlak.x <= BREEDTE - vlak.breedte and 0 <= vlak.y <= HOOGTE for vlak in tekening.vlakken)
    assert tekening.dagen[0].tekst == "27-11"
    assert len(tekening.dagen) <= 8
