"""Percentiles, tables and pictures: what the load tests say must be what was measured."""

import random
from pathlib import Path

import pytest
from lxml import etree

from loadtests.bench.figures import Latencies, ms, percentile, whole
from loadtests.bench.people import Receivers, random_bsn
from loadtests.bench.picture import Panel, draw
from loadtests.bench.report import MarkersMissing, Report, replace_marked
from loadtests.bench.wrk import Run, median_of
from simulator.gebruikers import is_bsn
from simulator.gebruikers.values.population import Bereik, Population


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.99, 99), (0.999, 100), (1, 100), (0, 1)])
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(share: float, expected: int) -> None:
    assert percentile(range(1, 101), share) == expected


def test_latencies_are_right_to_two_percent_and_the_worst_is_exact() -> None:
    durations = [random.expovariate(200) + 0.0001 for _ in range(5000)]
    first, second = Latencies(), Latencies()
    for number, each in enumerate(durations):
        (first if number % 3 else second).add(each)
    first.merge(second)
    assert first.count == 5000
    assert first.worst == max(durations)
    for share in (0.5, 0.99, 0.999):
        exact = percentile(sorted(durations), share)
        assert exact <= first.percentile(share) <= exact * 1.021


def test_no_latencies_at_all_are_zero() -> None:
    assert Latencies().in_ms() == {"p50_ms": 0.0, "p99_ms": 0.0, "p999_ms": 0.0, "worst_ms": 0.0}


def test_what_was_not_measured_is_a_dash() -> None:
    assert whole(None) == ms(None) == "–"
    assert (whole(1234.5), ms(1.25), ms(1234.5)) == ("1,234", "1.2", "1234")


def test_the_median_run_is_the_one_in_the_middle() -> None:
    runs = [Run(rate, 1, 1, 1, 1, 0, 1) for rate in (300, 100, 200)]
    assert median_of(runs).rate == 200
    assert median_of(runs[:2]).rate == 100, "of two, the slower"


def test_a_table_takes_the_place_between_its_markers_and_nothing_else() -> None:
    text = "# A\n<!-- x: begin -->\nold\n<!-- x: end -->\n<!-- y: begin --><!-- y: end -->\n"
    once = replace_marked(text, "x", r"new \1")
    assert once == "# A\n<!-- x: begin -->\nnew \\1\n<!-- x: end -->\n<!-- y: begin --><!-- y: end -->\n"
    assert replace_marked(once, "x", "old") == text
    with pytest.raises(MarkersMissing, match="z: begin"):
        replace_marked(text, "z", "new")


def test_a_report_is_written_with_its_picture(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("<!-- proef: begin --><!-- proef: end -->", "utf-8")
    Report("proef", ("what", "figure"), [("rate", "12")], ("A note.",), "proef.svg").write(document, "<svg/>")
    text = document.read_text("utf-8")
    assert "![proef](images/proef.svg)\n\n| what | figure |\n| --- | --- |\n| rate | 12 |\n" in text
    assert "A note." in text
    assert (tmp_path / "images" / "proef.svg").read_text("utf-8") == "<svg/>"


def test_a_picture_is_valid_and_names_what_it_shows() -> None:
    panels = (
        Panel("Speed & size", "stored", {"single": [(10, 1.5), (1e7, 3)], "batch": []}, log_x=True),
        Panel("Latency", "minutes", {"p99 <": [(0, 0), (1, 250)]}, log_y=True),
        Panel("Nothing", "minutes", {}),
    )
    drawing = draw(panels, "A picture")
    shown = [each.text for each in etree.fromstring(drawing.encode()).iter("{*}text")]
    assert {"Speed & size", "single", "batch", "p99 <", "10M", "100"} <= set(shown)
    assert "nan" not in drawing


@pytest.mark.parametrize("bereik", list(Bereik))
def test_load_goes_to_people_who_take_post(bereik: Bereik) -> None:
    population = Population(1, bereik)
    for bsn in Receivers("00000099000000001000", bereik).pool(200):
        assert is_bsn(bsn)
        assert int(bsn) in population
        assert population.has_box(int(bsn))
    assert all(is_bsn(f"{random_bsn(bereik):09d}") for _ in range(200))


def test_the_document_has_a_place_for_every_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / "performance.md").read_text("utf-8")
    soaks = ("soak", "soak-disturbed", "soak-hour")
    for name in ("ceiling", "disturbances", "growth", *soaks, "omgevingen", "omgevingen-postgresql", "measure", "year"):
        assert replace_marked(text, name, "")
