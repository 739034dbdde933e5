"""The report: one file for everybody, in light and dark, on a desk and on a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from simulator.year.figures import (
    Afnemercijfers,
    Campagnecijfers,
    Factuurcijfers,
    Maandcijfers,
    Tempo,
    Verslag,
    Zaakcijfers,
    list_months,
    name_month,
)
from simulator.year.report import render_report, write_report
from tests.accessibility.checks import check_axe, check_reflow
from tests.browsing import tab

OIN = "00000099000000001000"


def make_verslag() -> Verslag:
    months = list_months(2022)
    afnemer = Afnemercijfers(
        OIN, "Gemeente <Voorbeeldstad>", [100 * each for each in range(1, 13)], [80 * each for each in range(1, 13)],
        {"Verwerkt": 6240, "NietActiefOfGeabonneerd": 1560}, 6240,
    )  # fmt: skip
    maanden = [Maandcijfers(name_month(each), 100, 40, 30, 2, 50, 40, 30) for each in months]
    return Verslag(
        "Het jaar 2022", "Toelichting", 2022, 1, 7800, "0.1.0", "ab" * 32, 866, 100, [afnemer],
        [Campagnecijfers("WOZ", OIN, 7800, 6240)], maanden, [Zaakcijfers("Bezwaar", OIN, 3, 1, 9, 3)],
        [Factuurcijfers("2022-0001", OIN, "maand", "2022-01", "2022-02-01", 123456, 25926, 149382)], "Geen tarief.",
    )  # fmt: skip


def test_the_report_needs_nothing_from_elsewhere_and_shows_names_as_they_are() -> None:
    page = render_report(make_verslag())
    assert "Gemeente &lt;Voorbeeldstad&gt;" in page
    assert "1.493,82" in page
    assert not re.search(r"(src|href)=|url\(|@import|<script|https?://", page)


def test_how_fast_it_went_stands_apart_from_what_is_compared(tmp_path: Path) -> None:
    page = write_report(make_verslag(), Tempo(begonnen="x", seconden=4321.25), tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["report.html", "report.json", "tempo.json"]
    assert "4321.25" in (tmp_path / "tempo.json").read_text("utf-8")
    assert "4321.25" not in (tmp_path / "report.json").read_text("utf-8") + page.read_text("utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_the_report_of_a_year_is_for_everybody(chromium: Browser) -> None:
    with tab(chromium, java_script_enabled=True) as page:
        page.set_content(render_report(make_verslag()))
        check_axe(page)
        check_reflow(page)
        assert "SIMULATIE" in page.inner_text("header")
