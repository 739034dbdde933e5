import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml import etree

from simulator.infra.charts import HEIGHT, WIDTH, Chart, Column, draw_bars, draw_lines, round_up

ROOT = Path(__file__).parents[2]
PORTAAL = ROOT / "simulator" / "portaal"


def draw(chart: Chart, uitleg: str = "") -> str:
    """What the macros of the portal make of a chart."""
    source = (
        '{% from "portaal/grafiek.html" import grafiek, grafiektabel %}'
        '{{ grafiek(chart, "een", "Titel & meer", uitleg) }}{{ grafiektabel(chart, "Maand") }}'
    )
    environment = Environment(loader=FileSystemLoader(PORTAAL / "templates"), autoescape=True)
    return environment.from_string(source).render(chart=chart, uitleg=uitleg)


def test_a_bar_is_as_high_as_its_number_and_stands_on_the_one_below() -> None:
    chart = draw_bars([Column("jan", (6, 2)), Column("feb", (0, 8))], ("post", "zaken"))
    first, second, third = chart.bars
    assert first.height == pytest.approx(3 * second.height, abs=0.2)
    assert second.y + second.height == pytest.approx(first.y, abs=0.2)
    assert third.height == pytest.approx(first.height + second.height, abs=0.2)
    assert [bar.series for bar in chart.bars] == [0, 1, 1]
    assert second.text == "jan: 2 (zaken)"


def test_the_scale_begins_at_nought_and_ends_in_a_round_number() -> None:
    chart = draw_bars([Column("jan", (10_500,))], ("post",))
    assert [mark.text for mark in chart.scale] == ["0", "3.000", "6.000", "9.000", "12.000"]
    assert [round_up(number) for number in (0, 5, 13, 81)] == [4, 8, 20, 120]


@pytest.mark.parametrize("number", [0, 1, 12, 31, 366])
@pytest.mark.parametrize("draw_chart", [draw_bars, draw_lines])
def test_everything_is_inside_the_picture(number: int, draw_chart: type) -> None:
    columns = [Column(str(each), (each * 1_000_003, 5)) for each in range(number)]
    chart: Chart = draw_chart(columns, ("a", "b"))
    assert all(0 <= bar.x <= WIDTH - bar.width and 0 <= bar.y <= HEIGHT - bar.height for bar in chart.bars)
    points = [pair.split(",") for line in chart.lines for pair in line.points.split()]
    assert all(0 <= float(x) <= WIDTH and 0 <= float(y) <= HEIGHT for x, y in points)
    assert len(chart.names) <= 12
    assert len(chart.rows) == number


def test_a_chart_says_in_words_and_in_a_table_what_it_shows() -> None:
    page = draw(draw_bars([Column("jan", (12_000,))], ("berichten",)), "Januari is <het> drukst.")
    assert 'aria-labelledby="een-titel een-uitleg"' in page
    assert '<title id="een-titel">Titel &amp; meer</title>' in page
    assert "Januari is &lt;het&gt; drukst." in page
    assert '<th scope="row">jan</th><td class="number">12.000</td>' in page
    HTMLParser().feed(page)
    (svg,) = re.findall(r"<svg viewBox=\"0 0 720.*?</svg>", page, re.DOTALL)
    assert len(etree.fromstring(svg).findall("rect")) == 1


def test_series_have_a_legend_and_a_colour_each() -> None:
    page = draw(draw_lines([Column("jan", (1, 2, 3))], ("a", "b", "c")))
    assert page.count("<polyline") == 3
    styles = (PORTAAL / "static" / "grafiek.css").read_text("utf-8")
    for number in (1, 2, 3):
        assert f'class="reeks-{number}"' in page
        assert styles.count(f"--reeks-{number}:") == 2
    assert "style=" not in page
