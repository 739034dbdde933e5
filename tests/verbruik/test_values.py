from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from simulator.infra.clock import dutch_day, to_micros
from simulator.verbruik.values import as_number, dag_at


@given(st.integers(min_value=0, max_value=4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_a_moment_counts_on_its_dutch_day(moment: datetime) -> None:
    dag = moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    assert dag_at(to_micros(moment)) == as_number(dag)
    assert dutch_day(moment) == dag


def test_just_before_midnight_in_utc_is_tomorrow_in_the_netherlands() -> None:
    assert dag_at(to_micros(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))) == 20261231
    assert dag_at(to_micros(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))) == 20270101
    assert dag_at(to_micros(datetime(2026, 6, 30, 22, 0, tzinfo=UTC))) == 20260701
