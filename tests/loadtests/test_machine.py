"""What a long run says of the machine itself."""

from loadtests.bench.machine import Probe, probing


def test_each_window_is_compared_with_the_best_one() -> None:
    probe = Probe()
    probe.windows = [3.0, 1.5, 0.0, 6.0]
    assert probe.slower() == [2.0, 1.0, 0.0, 4.0]


def test_a_window_in_which_nobody_looked_says_nothing() -> None:
    with probing(None) as probe:
        probe.close_window()
        probe.measure()
        probe.close_window()
    assert probe.windows[0] == 0.0 < probe.windows[1]
    assert probe.slower()[1] == 1.0
