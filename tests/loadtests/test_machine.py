"""What a long run says of the machine itself."""

import time
from pathlib import Path

from loadtests.bench.machine import Probe, Seen, probing, shares_of, slower, sync_of


def test_each_window_is_compared_with_the_best_one() -> None:
    assert slower([Seen([2.0, 4.0]), Seen([1.5]), Seen(), Seen([6.0])]) == [2.0, 1.0, 0.0, 4.0]


def test_a_window_in_which_nobody_looked_says_nothing(tmp_path: Path) -> None:
    probe = Probe(None, tmp_path)
    nothing = probe.close_window()
    probe.loop()
    assert nothing.loop_ms == 0.0 < probe.close_window().loop_ms
    assert sync_of([nothing]) == "–"


def test_several_windows_have_one_mean_and_one_longest() -> None:
    assert sync_of([Seen(syncs=[1.0, 2.0]), Seen(syncs=[30.0]), Seen()]) == "11.0 / 30.0"


def test_the_share_of_others_is_what_the_server_did_not_have() -> None:
    assert shares_of(0.5, [Seen(used=0.5), Seen(used=0.7)]) == "50% / 10%"
    assert shares_of(0.5, [Seen(used=0.4)]) == "50% / 0%"
    assert shares_of(1.5, [Seen()]) == "150%", "on any core nobody knows who the others are"


def test_core_and_disk_are_looked_at_and_nothing_stays(tmp_path: Path) -> None:
    with probing(None, tmp_path) as probe:
        time.sleep(0.7)
        seen = probe.close_window()
    assert seen.syncs
    assert seen.late_ms > 0
    assert 0 <= seen.stolen <= 1
    assert list(tmp_path.iterdir()) == []
