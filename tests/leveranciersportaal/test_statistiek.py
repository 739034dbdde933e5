"""Statistics in the portal: what is counted is what was metered, and only one's own."""

import csv
import io

import pytest

from tests.leveranciersportaal.conftest import Leverancier
from tests.leveranciersportaal.test_rapportages import ACTIEF, NIET_ACTIEF, deliver


def set_moment(leverancier: Leverancier, moment: str) -> None:
    leverancier.wereld.control("PUT", "/klok", json={"modus": "stil", "moment": moment}).raise_for_status()


def read_csv(leverancier: Leverancier, **vraag: str) -> list[list[str]]:
    answer = leverancier.get("/statistiek", formaat="csv", **vraag)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text)))[1:]


def test_what_was_processed_is_counted_per_day_and_per_month_and_nothing_of_others(leverancier: Leverancier) -> None:
    set_moment(leverancier, "2026-03-31T21:30:00Z")
    deliver(leverancier, ACTIEF, ACTIEF, NIET_ACTIEF)
    set_moment(leverancier, "2026-03-31T22:30:00Z")  # April in the Netherlands
    deliver(leverancier, ACTIEF, typ="WOZ")
    deliver(leverancier, ACTIEF, sleutel="demo-belastingen")
    leverancier.sign_in()
    assert read_csv(leverancier, per="maand") == [
        ["2026-03", "berichtenbox", "ALGEMEEN", "2"],
        ["2026-04", "berichtenbox", "WOZ", "1"],
    ]
    assert read_csv(leverancier) == [["2026-04-01", "berichtenbox", "WOZ", "1"]]
    assert read_csv(leverancier, van="2026-03-31", tot="2026-03-31") == [
        ["2026-03-31", "berichtenbox", "ALGEMEEN", "2"]
    ]
    page = leverancier.get("/statistiek", per="maand").text
    assert "<title>mrt 2026: 2</title>" in page
    assert page.count('<th scope="row">') == 12


def test_the_share_that_is_read_and_who_takes_post_follow_what_people_do(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    page = leverancier.get("/statistiek").text
    assert "90.909</dd>" in page
    assert "zijn er geen van u" in page
    before = read_getal(page, "krijgen post van u")
    deliver(leverancier, ACTIEF, ACTIEF)
    deliver(leverancier, ACTIEF, sleutel="demo-belastingen")
    wereld = leverancier.wereld
    token = wereld.log_in("actief")[1]
    burger = {"Authorization": f"Bearer {token}"}
    berichten = wereld.afnemer("GET", "/api/portaal/v1/berichten", headers=burger).json()["berichten"]
    mine = next(each for each in berichten if each["afzender"] == "Gemeente Voorbeeldstad")
    read = wereld.afnemer("PATCH", f"/api/portaal/v1/berichten/{mine['id']}", headers=burger, json={"gelezen": True})
    read.raise_for_status()
    wijziging = {"bsn": ACTIEF, "voorkeuren": {"00000099000000001000": False}}
    wereld.control("POST", "/gebruikers/_wijzigen", json=wijziging).raise_for_status()
    page = leverancier.get("/statistiek").text
    assert "50 %</dd>" in page
    assert "van uw laatste 2 berichten is gelezen" in page
    assert read_getal(page, "krijgen post van u") == before - 1


def read_getal(page: str, naam: str) -> int:
    return int(page.split(f'<dt>{naam}</dt><dd class="number">')[1].split("<", maxsplit=1)[0].replace(".", ""))


@pytest.mark.parametrize(
    "vraag",
    [
        {"van": "2026-13-01"},
        {"tot": "0001-05-01", "per": "maand"},
        {"van": "9999-12-31"},
        {"van": "2026-04-02", "tot": "2026-04-01"},
        {"van": "2020-01-01", "tot": "2026-04-01"},
        {"van": "2000-01-01", "tot": "2026-04-01", "per": "maand"},
    ],
)
def test_a_period_that_cannot_be_is_explained(leverancier: Leverancier, vraag: dict[str, str]) -> None:
    leverancier.sign_in()
    answer = leverancier.get("/statistiek", **vraag)
    assert answer.status_code == 400
    assert "Deze periode kan niet" in answer.text
    assert leverancier.get("/statistiek", formaat="csv", **vraag).status_code == 400


def test_december_closes_the_twelve_months_and_an_odd_unit_means_a_day(leverancier: Leverancier) -> None:
    set_moment(leverancier, "2026-12-31T12:00:00Z")
    leverancier.sign_in()
    page = leverancier.get("/statistiek", per="maand").text
    assert 'id="van" name="van" type="date" value="2026-01-01"' in page
    assert 'value="2026-12-01"' in leverancier.get("/statistiek", per="eeuw").text
