"""The plan of a year: the one that comes with the simulator, and what is said of one that is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from simulator.year import Unusable, choose_afnemers, list_plannen, read_plan
from simulator.year.calendar import plan_zendingen
from tests.year.conftest import PLAN

BELASTINGEN, UITKERING = "00000099000000002000", "00000099000000006000"
WEGVERKEER, VOLKSVERZEKERINGEN = "00000099000000003000", "00000099000000007000"


def write(folder: Path, old: str, new: str) -> Path:
    text = PLAN.read_text("utf-8")
    assert old in text
    file = folder / "plan.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_every_plan_that_comes_with_the_simulator_can_be_played() -> None:
    assert list_plannen(PLAN.parent)
    for naam in list_plannen(PLAN.parent):
        assert read_plan(PLAN.parent / f"{naam}.toml").campagnes


def test_the_post_is_divided_as_in_a_real_year() -> None:
    per_afnemer: Counter[str] = Counter()
    for campagne in read_plan(PLAN).campagnes:
        per_afnemer[campagne.afnemer] += round(campagne.promille)
    assert (per_afnemer[BELASTINGEN], per_afnemer[UITKERING]) == (730, 160)
    assert (per_afnemer[WEGVERKEER], per_afnemer[VOLKSVERZEKERINGEN]) == (30, 20)


def test_february_gets_eleven_of_the_eighty_million_and_no_month_gets_more() -> None:
    months: Counter[int] = Counter()
    for zending in plan_zendingen(read_plan(PLAN), 2022, 80_000):
        months[zending.dag.month] += zending.aantal
    assert 10_800 <= months[2] <= 11_200
    assert months.most_common(1)[0][0] == 2
    assert months.most_common()[-1][0] in {7, 8}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("promille = 58", "promille = 59", "/campagnes: promille is bij elkaar 1001; het moet 1000 zijn"),
        ('vorm = "piek"', 'vorm = "pieck"', '"pieck" is geen van gelijk'),
        ('van = "02-01"', 'van = "03-01"', "/campagnes/1: van 03-01 ligt na tot 02-25"),
        ('tot = "02-25"', 'tot = "02-30"', "/campagnes/1/tot: 02-30 is geen dag"),
        ('tot = "02-25"', 'tot = "25-02"', "heeft niet de vorm"),
        ('tot = "02-25"', 'tot = "02-25\\n"', "heeft niet de vorm"),
        ('afnemer = "00000099000000004000"', 'afnemer = "00000099000000004999"', "staat niet onder afnemers"),
        ("vooraf_dagen = 5", "vooraf_dagen = 14", "14 is te groot; de bovengrens is 13"),
        ("steekproef = 100", "steekproeff = 100", 'onbekend veld "steekproeff"; bedoelt u steekproef?'),
        ("na_dagen = 40", "na_dagen = 5", "/zaken/0/stappen: na_dagen loopt niet op"),
        ("[inwoners]", "[inwoners", "not TOML"),
    ],
)
def test_a_mistake_in_a_plan_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_plan(write(tmp_path, old, new))
    assert said in str(refused.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    file = write(tmp_path, 'van = "02-01"', 'van = "03-01"')
    file.write_text(file.read_text("utf-8").replace("promille = 58", "promille = 60"), "utf-8")
    with pytest.raises(Unusable) as refused:
        read_plan(file)
    assert "ligt na" in str(refused.value)
    assert "1002" in str(refused.value)


def test_afnemers_are_chosen_by_oin_or_by_part_of_their_name() -> None:
    plan = choose_afnemers(read_plan(PLAN), ["voorbeeldstad", WEGVERKEER])
    assert {each.naam for each in plan.afnemers} == {"Gemeente Voorbeeldstad", "Voorbeelddienst Wegverkeer"}
    assert {each.afnemer for each in plan.campagnes} == {each.oin for each in plan.afnemers}


@pytest.mark.parametrize(("wanted", "said"), [("nobody", "is nobody of"), ("Voorbeelddienst", "is more than one of")])
def test_who_is_not_in_the_plan_cannot_be_chosen(wanted: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        choose_afnemers(read_plan(PLAN), [wanted])
