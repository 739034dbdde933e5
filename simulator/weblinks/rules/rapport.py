"""The picture of the trend: how many weblinks were of which stand, day by day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from simulator.infra.charts import Chart, Column, draw_bars
from simulator.weblinks.values.stand import Stand

VOLGORDE = (
    Stand.IN_ORDE,
    Stand.OMGELEID,
    Stand.NIET_GECONTROLEERD,
    Stand.CERTIFICAAT_VERLOOPT,
    Stand.ONBEREIKBAAR,
    Stand.KAPOT,
    Stand.BUITEN_DOMEIN,
)
"""From the bottom of the picture up."""


def css_of(stand: Stand) -> str:
    """The name of a stand in the style sheet."""
    return stand.value.replace(" ", "-")


def draw_trend(trend: Mapping[date, Counter[Stand]]) -> Chart:
    """A bar for each of these days."""
    columns = [
        Column(f"{dag.day}-{dag.month}", tuple(counts[stand] for stand in VOLGORDE)) for dag, counts in trend.items()
    ]
    return draw_bars(columns, [stand.value for stand in VOLGORDE])
