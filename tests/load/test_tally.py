import random
from pathlib import Path

import pytest

from simulator.load.budgets import judge, read_budgets
from simulator.load.errors import Unusable
from simulator.load.process import next_rate
from simulator.load.report import Run, compare, describe_generator, list_lines, read_run, write_run
from simulator.load.tally import Tally, Times


def counted(*milliseconds: float, scenario: str = "status", phase: str = "all") -> Tally:
    tally = Tally()
    for each in milliseconds:
        tally.of(scenario, phase).count(each)
    return tally


def run_of(tally: Tally) -> Run:
    return Run("0.1.0", "2026-11-23T10:00:00Z", "http://127.0.0.1", {}, 1, {"all": 10.0}, tally)


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
        "status (300/s): 1 messages ended in TechnischProbleem, the budget allows only Verwerkt.",
    ]


def test_a_run_that_sent_nothing_is_no_success() -> None:
    assert judge(Tally(), read_budgets("")) == ["Nothing was sent, so nothing was measured."]


def test_a_load_generator_that_was_late_itself_is_told() -> None:
    tally = counted(1)
    assert list(describe_generator(tally)) == []
    for _ in range(10):
        tally.late.add(80)
    assert "The load generator itself was late (p95 8" in "".join(describe_generator(tally))


def test_two_runs_are_compared_by_scenario_and_phase(tmp_path: Path) -> None:
    first, second = counted(100, 100), counted(150, 150)
    first.merge(counted(1, scenario="batch"))
    write_run(run_of(first), tmp_path / "a")
    write_run(run_of(second), tmp_path / "b")
    (found,) = compare(read_run(tmp_path / "a"), read_run(tmp_path / "b" / "run.json"))
    assert (found.scenario, found.p95) == ("status", (100.0, 150.0))
    assert found.slower == pytest.approx(0.5)


def test_the_lines_of_a_run_follow_its_phases() -> None:
    tally = counted(1, phase="after")
    tally.merge(counted(1, phase="before"))
    tally.of("status", "before").messages = 20
    run = run_of(tally)
    run.phases = {"before": 10.0, "after": 5.0}
    assert [(each.phase, each.messages_per_second) for each in list_lines(run)] == [("before", 2.0), ("after", 0.0)]


def test_a_folder_without_a_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no run of mosim load"):
        read_run(tmp_path)


@pytest.mark.parametrize("ceiling", [0.4, 3, 50, 51, 730, 12_345])
def test_the_search_ends_within_ten_percent_below_the_ceiling(ceiling: float) -> None:
    tried: list[tuple[float, bool]] = []
    while (rate := next_rate(tried, 50)) is not None:
        tried.append((rate, rate <= ceiling))
    found = max((rate for rate, kept in tried if kept), default=0)
    assert found <= ceiling <= found * 1.1 or ceiling < 1
    assert len(tried) <= 16
