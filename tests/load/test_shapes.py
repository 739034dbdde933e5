from collections import Counter
from itertools import islice, pairwise

import pytest

from simulator.load.shapes import SHAPES, Phase, cut_phases, interleave, list_ends, plan_phases, schedule, sum_phases

ONE = {"aanlevering": 1.0}


def test_a_constant_rate_comes_evenly_and_from_the_start() -> None:
    moments = [each.moment for each in schedule([Phase("all", 10, 4)], ONE, 1)]
    assert len(moments) == 40
    assert moments[0] == pytest.approx(0.125)
    assert all(later - earlier == pytest.approx(0.25) for earlier, later in pairwise(moments))


def test_the_rate_counts_messages_and_not_arrivals() -> None:
    assert len(list(schedule([Phase("all", 10, 500)], {"batch": 1.0}, 100))) == 50


def test_the_steps_are_three_sixty_and_three_hundred_messages_a_second() -> None:
    phases = plan_phases("steps")
    assert [each.rate for each in phases] == [3, 60, 300]
    counted = Counter(each.phase for each in schedule(phases, ONE, 1))
    assert counted == {"3/s": 180, "60/s": 3_600, "300/s": 18_000}


def test_a_day_in_february_has_its_promised_mean_and_a_busy_morning() -> None:
    phases = plan_phases("february")
    assert sum(each.rate * each.seconds for each in phases) == pytest.approx(12 * 600)
    rates = {label: max(each.rate for each in phases if each.label == label) for label in sum_phases(phases)}
    assert max(rates, key=rates.__getitem__) == "morning"
    assert rates["morning"] > 2 * 12
    assert rates["night"] < 12 / 4


def test_a_spike_is_ten_times_what_is_before_and_after_it() -> None:
    before, spike, after = plan_phases("spike", 20, 100)
    assert (before.rate, spike.rate, after.rate) == (20, 200, 20)
    assert spike.seconds == pytest.approx(20)


def test_a_soak_is_counted_per_quarter() -> None:
    assert sum_phases(plan_phases("soak", 60, 400)) == {f"quarter {each}": 100 for each in (1, 2, 3, 4)}


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_lasts_as_long_as_asked_and_goes_forward(name: str) -> None:
    phases = plan_phases(name, 30, 12)
    assert sum(each.seconds for each in phases) == pytest.approx(12)
    moments = [each.moment for each in schedule(phases, ONE, 1)]
    assert moments == sorted(moments)
    assert 0 < moments[0] <= moments[-1] < 12
    assert abs(len(moments) - sum(each.seconds * each.rate for each in phases)) <= 1


def test_what_is_due_in_part_carries_over_to_the_next_phase() -> None:
    phases = [Phase(str(each), 0.3, 1) for each in range(20)]
    assert len(list(schedule(phases, ONE, 1))) == 6


def test_the_shares_of_all_processes_are_together_the_whole_run() -> None:
    phases, weights = plan_phases("steps", 60, 9), {"aanlevering": 3.0, "status": 1.0}
    whole = list(schedule(phases, weights, 1))
    shares = [list(schedule(phases, weights, 1, share=(rank, 3))) for rank in range(3)]
    assert sorted((each for share in shares for each in share), key=lambda each: each.number) == whole
    assert {len(share) for share in shares} <= {len(whole) // 3, len(whole) // 3 + 1}


def test_a_short_run_has_the_right_mix_as_well() -> None:
    weights = {"a": 1.0, "b": 3.0, "c": 16.0}
    assert Counter(islice(interleave(weights), 20)) == {"a": 1, "b": 3, "c": 16}
    assert Counter(islice(interleave(weights), 200)) == {"a": 10, "b": 30, "c": 160}


def test_every_phase_has_its_end_and_hours_of_one_name_end_together() -> None:
    assert list_ends(plan_phases("spike", seconds=100)) == {"before": 40, "spike": 60, "after": 100}
    assert list_ends(plan_phases("february", seconds=240))["night"] == 60


@pytest.mark.parametrize(("seconds", "left"), [(3, [3]), (10, [10]), (12, [10, 2]), (99, [10, 5])])
def test_of_a_run_that_was_stopped_only_what_there_was_counts(seconds: float, left: list[float]) -> None:
    phases = [Phase("before", 10, 1), Phase("after", 5, 1)]
    assert [each.seconds for each in cut_phases(phases, seconds)] == left
