import re
from pathlib import Path

import pytest

from simulator.berichtenbox.schemas.batch_xml import read_batch
from simulator.gebruikers.values.bsn import is_bsn
from simulator.infra.ids import new_guid
from simulator.load.budgets import BUDGETS, read_budgets
from simulator.load.documents import Afzender, valid_bsn
from simulator.load.errors import Unusable
from simulator.load.plan import Plan, make_plan, read_duration
from simulator.load.scenarios import CHOICES, SCENARIOS, choose_mix
from simulator.load.shapes import SHAPES
from simulator.load.visits import VISITS


def test_in_the_real_mix_large_senders_bring_94_in_100_messages() -> None:
    mix = choose_mix("afnemers", 100)
    brought = {"batch": mix.weights["batch"] * 100, **{name: mix.weights[name] for name in ("aanlevering", "status")}}
    assert brought["batch"] / sum(brought.values()) == pytest.approx(0.94)
    assert mix.messages == pytest.approx(sum(brought.values()) / sum(mix.weights.values()))


def test_the_mix_brings_the_same_messages_in_larger_batches() -> None:
    small, large = choose_mix("afnemers", 10), choose_mix("afnemers", 1000)
    assert small.weights["batch"] * 10 == large.weights["batch"] * 1000
    assert large.messages > small.messages


def test_only_the_full_mix_has_citizens() -> None:
    assert "burger" in choose_mix("mixed", 100).weights
    assert "burger" not in choose_mix("afnemers", 100).weights


def test_every_scenario_can_be_visited() -> None:
    assert set(VISITS) == set(SCENARIOS)


def test_a_plan_tells_how_fast_and_how_long() -> None:
    plan = make_plan({"scenario": "batch", "shape": "spike", "rate": 50.0, "duration": "2m", "batch": 500})
    assert plan.mix.messages == 500
    assert plan.seconds == pytest.approx(120)
    assert max(each.rate for each in plan.phases) == 500


def test_a_morning_has_all_afnemers_and_as_many_citizens_as_the_full_mix() -> None:
    morning, mixed = choose_mix("ochtend", 100), choose_mix("mixed", 100)
    assert set(morning.weights) == set(SCENARIOS) - {"burger"}
    assert morning.weights["browser"] + morning.weights["programma"] == pytest.approx(mixed.weights["burger"])
    assert {name: morning.weights[name] for name in choose_mix("afnemers", 100).weights} == (
        choose_mix("afnemers", 100).weights
    )


def test_without_a_token_all_citizens_of_a_morning_have_a_browser() -> None:
    assert "programma" in make_plan({"scenario": "ochtend", "token": "x"}).mix.weights
    weights = make_plan({"scenario": "ochtend"}).mix.weights
    assert weights["browser"] == choose_mix("mixed", 100).weights["burger"]
    assert "programma" not in weights


@pytest.mark.parametrize("choice", ["burger", "programma", "mixed"])
def test_a_citizen_needs_this_simulator_and_it_says_so(choice: str) -> None:
    with pytest.raises(Unusable, match=r"control API of this simulator.*choose aanlevering, status"):
        make_plan({"scenario": choice})
    assert make_plan({"scenario": choice, "token": "x"}).token == "x"


@pytest.mark.parametrize(("text", "seconds"), [("", 0), ("90s", 90), ("10m", 600), ("1h", 3_600), ("2.5", 2.5)])
def test_a_duration_has_a_unit(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"duration": "soon"}, "write it like 90s, 10m or 1h"),
        ({"duration": "-5s"}, "write it like 90s"),
        ({"duration": "inf"}, "write it like 90s"),
        ({"batch": 1001}, "not between 1 and 1000"),
        ({"rate": -1.0}, "rate"),
        ({"bsns": "/nowhere/bsns.txt"}, "cannot read"),
        ({"budget": "p96=3"}, r"budget 'p96=3': write \[SCENARIO.\]KEY=VALUE"),
        ({"budget": "batch.p95=fast"}, "is not a number"),
        ({"budget": "errors=1"}, "errors=1%, or a part such as 0.01"),
        ({"budget": "errors=101%"}, "is more than all of them"),
        ({"budget": "p95=50%"}, "is in milliseconds"),
        ({"budget": "status.result=5%"}, "is in milliseconds"),
        ({"budget": "p95=nan"}, "is not a number from 0 on"),
        ({"budget": "errors=-1%"}, "is not a number from 0 on"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_sent(values: dict[str, object], said: str) -> None:
    with pytest.raises(Unusable, match=said):
        make_plan(values)


def test_a_file_of_bsns_has_one_on_each_line(tmp_path: Path) -> None:
    file = tmp_path / "bsns.txt"
    file.write_text("999990019\n\n999993653\n", "utf-8")
    assert make_plan({"bsns": str(file)}).bsns == str(file)
    file.write_text("999990019;999993653\n", "utf-8")
    with pytest.raises(Unusable, match="a BSN of nine digits on each line"):
        make_plan({"bsns": str(file)})


def test_what_is_written_down_holds_no_secret() -> None:
    plan = Plan(key="my-key", token="my-token")
    assert "my-" not in str(plan.public())
    assert plan.as_variables()["SIMULATOR_API_KEY"] == "my-key"


def test_a_budget_is_changed_for_all_scenarios_or_for_one() -> None:
    budgets = read_budgets("p95=300 batch.errors=1% status.codes=Verwerkt")
    assert {each.p95 for each in budgets.values()} == {300}
    assert budgets["batch"].errors == pytest.approx(0.01)
    assert budgets["status"].codes == {"Verwerkt"}
    assert budgets["burger"].errors == 0


def test_every_test_number_passes_the_elfproef_and_is_no_persona() -> None:
    numbers = [valid_bsn(chance) for chance in range(0, 99_000, 7)]
    assert all(map(is_bsn, numbers))
    assert all("999000000" <= each < "999990000" for each in numbers)


def test_the_same_arrival_has_the_same_recipients() -> None:
    afzender = Afzender("00000099000000001000", "ALGEMEEN")
    assert afzender.pick_people(7, 100) == afzender.pick_people(7, 100) != afzender.pick_people(8, 100)
    assert len(set(afzender.pick_people(7, 100))) > 90
    assert set(Afzender("1", "A", ("999990019",)).pick_people(7, 3)) == {"999990019"}


def test_a_batch_is_what_the_koppelvlak_asks_for() -> None:
    batch_id, recipients = new_guid(), [valid_bsn(each) for each in range(3)]
    aanbod = read_batch(Afzender("00000099000000001000", "ALGEMEEN").write_batch(batch_id, recipients))
    assert not aanbod.vormfouten
    assert (aanbod.extern_id, aanbod.leverancier) == (batch_id.bytes, "00000099000000001000")
    assert [each.gebruiker for each in aanbod.berichten] == recipients


def test_the_guide_describes_every_scenario_shape_and_budget_and_no_other() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "load.md").read_text("utf-8")
    who, fast, budgets = (
        guide.split(title)[1].split("\n## ")[0] for title in ("## Who comes", "## How fast", "## Budgets")
    )
    assert re.findall(r"^\| `([a-z]+)`", who, re.MULTILINE) == list(CHOICES)
    assert re.findall(r"^\| `([a-z]+)`", fast, re.MULTILINE) == list(SHAPES)
    rows = [line.split("|") for line in budgets.splitlines() if line.startswith("| `")]
    documented = {name: row[2].strip() for row in rows for name in re.findall(r"`([a-z]+)`", row[1])}
    shown = {
        name: f"{each.p95:g} ms" if each.p95 < 1000 else f"{each.p95 / 1000:g} s" for name, each in BUDGETS.items()
    }
    assert documented == shown
