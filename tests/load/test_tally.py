import random
from pathlib import Path

import pytest

from simulator.load.budgets import judge, read_budgets
from simulator.load.comparison import compare
from simulator.load.errors import Unusable
from simulator.load.page import render_page
from simulator.load.report import Run, describe_generator, read_run, write_run
from simulator.load.search import Search
from simulator.load.tally import Tally, Times


def counted(*milliseconds: float, scenario: str = "status", phase: str = "all") -> Tally:
    tally = Tally()
    for each in milliseconds:
        tally.of(scenario, phase).count(each)
    return tally


def run_of(tally: Tally) -> Run:
    plan = {"scenario": "status", "shape": "constant", "rate": 10.0, "budget": ""}
    return Run("0.1.0", "2026-11-23T10:00:00Z", "http://127.0.0.1", plan, 1, {"all": 10.0}, tally)


def test_a_percentile_is_exact_to_two_percent() -> None:
    chance, times = random.Random(1), Times()
    values = sorted(chance.lognormvariate(3, 1) for _ in range(10_000))
    for value in values:
        times.add(value)
    for part in (0.5, 0.95, 0.99):
        assert times.percentile(part) == pytest.approx(values[int(part * 10_000) - 1], rel=0.021)
    assert times.percentile(1) == values[-1] == times.longest


def test_nothing_counted_has_no_percentile() -> None:
    assert Times().percentile(0.95) == 0


def test_what_processes_counted_adds_up_on_the_way_through_json() -> None:
    first, second = counted(1, 2, 300), counted(4, 5_000)
    second.of("status", "all").count_codes(["Verwerkt", "Verwerkt"])
    second.of("batch", "all").count(7, "POST batches: HTTP 503")
    first.merge(Tally.from_builtins(second.to_builtins()))
    status, batch = first.of("status", "all"), first.of("batch", "all")
    assert (status.times.count, status.times.longest, status.codes) == (5, 5_000, {"Verwerkt": 2})
    assert (batch.failed, batch.failures) == (1, {"POST batches: HTTP 503": 1})


def test_budgets_that_are_kept_have_nothing_to_say() -> None:
    assert judge(counted(*range(1, 100)), read_budgets("p95=100")) == []


def test_a_broken_budget_is_a_clear_sentence() -> None:
    tally = counted(*[900.0] * 98, phase="300/s")
    entry = tally.of("status", "300/s")
    entry.count(1, "GET status: HTTP 503")
    entry.count(1, "GET status: HTTP 503")
    entry.count_codes(["Verwerkt"] * 3 + ["TechnischProbleem"])
    assert judge(tally, read_budgets("errors=1% codes=Verwerkt")) == [
        "status (300/s): p95 was 900 ms, the budget is 500 ms.",
        "status (300/s): 2 of 100 requests failed (2.00%), the budget is 1.00%; most often: GET status: HTTP 503.",
        "status (300/s): 1 message ended in TechnischProbleem, the budget allows only Verwerkt.",
    ]


def test_a_result_that_takes_too_long_breaks_its_own_budget() -> None:
    tally = counted(*[1.0] * 100)
    tally.of("status", "all").results.add(4_000)
    assert judge(tally, read_budgets("")) == judge(tally, read_budgets("result=4000 batch.result=1")) == []
    assert judge(tally, read_budgets("result=3000")) == [
        "status (all): p95 of the time to the result was 4,000 ms, the budget is 3,000 ms."
    ]


def test_a_run_that_sent_nothing_is_no_success() -> None:
    assert judge(Tally(), read_budgets("")) == ["Nothing was sent, so nothing was measured."]


def refused(away: int, let_in: int = 0, phase: str = "all") -> Tally:
    tally = counted(1.0, scenario="browser", phase=phase)
    entry = tally.of("browser", phase)
    entry.let_in, entry.turned_away = let_in, {"DigiD refused the login": away}
    return tally


def test_a_run_in_which_everybody_is_turned_away_has_measured_little() -> None:
    tally = refused(6, phase="before")
    tally.merge(Tally.from_builtins(refused(5, phase="after").to_builtins()))
    (breach,) = judge(tally, read_budgets(""))
    assert breach.startswith("browser: all 11 visits ended at once, most often because DigiD refused the login: ")


def test_some_people_who_are_turned_away_are_no_breach() -> None:
    assert judge(refused(9), read_budgets("")) == judge(refused(90, let_in=1), read_budgets("")) == []


def test_a_load_generator_that_was_late_itself_is_told() -> None:
    tally = counted(1)
    assert list(describe_generator(tally)) == []
    for _ in range(10):
        tally.late.add(80)
    assert "The load generator itself was late (p95 8" in "".join(describe_generator(tally))


def test_a_load_generator_that_stood_still_once_is_told() -> None:
    tally = counted(1)
    for late in [1.0] * 1_000 + [17_000.0]:
        tally.late.add(late)
    assert "at worst 17,000 ms" in "".join(describe_generator(tally))


def test_two_runs_are_compared_by_scenario_and_phase(tmp_path: Path) -> None:
    first, second = counted(100, 100), counted(150, 150)
    first.merge(counted(1, scenario="batch"))
    write_run(run_of(first), tmp_path / "a")
    write_run(run_of(second), tmp_path / "b")
    compared = compare(read_run(tmp_path / "a"), read_run(tmp_path / "b" / "run.json"))
    (found,) = compared.differences
    assert (found.first.scenario, found.figures["p95"]) == ("status", (100.0, 150.0))
    assert found.slower == pytest.approx(0.5)
    assert (compared.missing, compared.changed) == (["batch (all)"], [])
    assert list(compared.list_worse(49)) == [
        "status (all) became 50% slower at p95; 49% was allowed.",
        "batch (all) is not in the second run.",
    ]
    assert list(compared.list_worse(51)) == ["batch (all) is not in the second run."]


def test_a_second_run_that_is_quicker_because_it_fails_is_worse() -> None:
    first, second = run_of(counted(100, 100)), run_of(counted(1))
    second.tally.of("status", "all").count(1, "POST berichten: HTTP 401")
    second.plan = second.plan | {"rate": 20.0}
    compared = compare(first, second)
    assert list(compared.list_worse(10)) == [
        "status (all) failed more: 0.00% → 50.00%.",
        "status (all): 1 of 2 requests failed (50.00%), the budget is 0.00%; most often: POST berichten: HTTP 401.",
    ]
    assert compared.changed == ["rate: 10.0 → 20.0"]


def test_a_second_run_of_which_no_message_arrives_is_worse() -> None:
    first, second = run_of(counted(100)), run_of(counted(100))
    first.tally.of("status", "all").count_codes(["Verwerkt"])
    second.tally.of("status", "all").count_codes(["TechnischProbleem"] * 2)
    (worse,) = compare(first, second).list_worse(10)
    assert worse.startswith("status (all): 2 messages ended in TechnischProbleem, the budget allows only ")
    assert list(compare(second, second).list_worse(10)) == list(compare(second, first).list_worse(10)) == []
    first.plan["budget"] = second.plan["budget"] = "codes=Verwerkt,TechnischProbleem"
    assert list(compare(first, second).list_worse(10)) == []


def test_a_second_run_that_waits_longer_for_its_results_is_worse() -> None:
    first, second = run_of(counted(100)), run_of(counted(100))
    first.tally.of("status", "all").results.add(1_000)
    second.tally.of("status", "all").results.add(1_500)
    compared = compare(first, second)
    assert list(compared.list_worse(49)) == ["status (all) became 50% slower to the result, at p95; 49% was allowed."]
    assert list(compared.list_worse(51)) == []
    assert compared.differences[0].cells[-2:] == ("1,000 → 1,500", "+0%")
    assert compare(run_of(counted(1)), run_of(counted(1))).differences[0].cells[-2] == ""


def test_a_budget_that_only_the_second_run_breaks_is_worse_though_it_is_within_the_tolerance() -> None:
    first, second = run_of(counted(450)), run_of(counted(520))
    assert list(compare(first, second).list_worse(20)) == ["status (all): p95 was 520 ms, the budget is 500 ms."]
    second.breaches = [*judge(second.tally, read_budgets("")), "Stopped after 5 of 10 s."]
    assert list(compare(first, second).list_worse(20))[1:] == ["Stopped after 5 of 10 s."]


def test_the_lines_of_a_run_follow_its_phases() -> None:
    tally = counted(1, phase="after")
    tally.merge(counted(1, phase="before"))
    tally.of("status", "before").count_messages(20, in_time=True)
    tally.of("status", "after").count_messages(20, in_time=False)
    run = run_of(tally)
    run.phases = {"before": 10.0, "after": 5.0}
    assert [(each.phase, each.messages_per_second) for each in run.lines] == [("before", 2.0), ("after", 0.0)]


def test_a_folder_without_a_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no run of mosim load"):
        read_run(tmp_path)


@pytest.mark.parametrize("ceiling", [0.4, 3, 50, 51, 730, 12_345])
def test_the_search_ends_within_ten_percent_below_the_ceiling(ceiling: float) -> None:
    search = Search()
    while (rate := search.next_rate()) is not None:
        search.add(rate, [] if rate <= ceiling else ["p95 was too long"], [])
    assert search.found <= ceiling <= search.found * 1.11 or ceiling < 1
    assert len(search.tried) <= 16


def test_the_search_ends_at_the_highest_rate_that_can_be_asked() -> None:
    search = Search(40_000)
    search.add(40_000, [], [])
    assert search.next_rate() == 80_000
    search.add(80_000, [], [])
    assert search.next_rate() is None


def test_the_page_of_a_run_says_first_what_was_not_kept_and_hides_no_failure() -> None:
    tally = counted(900.0, 900.0)
    tally.of("status", "all").count(1, "GET status: HTTP 503 (<b>Even niet</b>)")
    tally.of("status", "all").count_codes(["Verwerkt", "Verwerkt", "TechnischProbleem"])
    run = run_of(tally)
    run.breaches = judge(tally, read_budgets(""))
    page = render_page(run)
    assert "<strong>Budgets not kept</strong>" in page
    assert "status (all): p95 was 900 ms, the budget is 500 ms." in page
    assert '<td class="bad">900</td><td>500</td>' in page
    assert "GET status: HTTP 503 (&lt;b&gt;Even niet&lt;/b&gt;)" in page
    assert "<dd>Verwerkt 2, TechnischProbleem 1</dd>" in page


def test_the_page_marks_a_result_that_took_too_long() -> None:
    tally = counted(1.0)
    tally.of("status", "all").results.add(4_000)
    run = run_of(tally)
    assert "<td>4,000</td></tr>" in render_page(run)
    run.plan["budget"] = "result=3000"
    assert '<td class="bad">4,000</td></tr>' in render_page(run)


def test_the_page_of_a_good_run_says_so_and_that_of_an_empty_one_has_no_table() -> None:
    assert "<strong>All budgets were kept</strong>" in render_page(run_of(counted(1)))
    assert "Nothing was sent." in render_page(run_of(Tally()))
