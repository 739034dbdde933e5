"""What somebody sees of a run that goes on, at a terminal and in a log."""

from simulator.load.progress import Progress


def test_a_log_gets_a_line_every_ten_seconds() -> None:
    progress = Progress(60, on_terminal=False)
    said = [progress.say(second, second * 100, 0) for second in range(31)]
    assert [line for line in said if line] == [
        "10 of 60 s, 1,000 requests, 0 failed\n",
        "20 of 60 s, 2,000 requests, 0 failed\n",
        "30 of 60 s, 3,000 requests, 0 failed\n",
    ]


def test_each_kind_of_failure_is_told_once_and_at_once() -> None:
    progress, wrong_key = Progress(60, on_terminal=False), "POST berichten: HTTP 401 (Niet ingelogd)"
    assert progress.say(1, 9, 9, [wrong_key, wrong_key]).strip() == f"Failed: {wrong_key}"
    assert progress.say(2, 20, 20, [wrong_key]) == ""
    later = progress.say(3, 40, 40, [wrong_key, *(f"kind {number}" for number in range(100))])
    assert [line.strip() for line in later.splitlines()] == [f"Failed: kind {number}" for number in range(4)]


def test_the_log_of_an_hour_has_sixty_lines_at_most() -> None:
    progress = Progress(3600, on_terminal=False)
    assert sum(bool(progress.say(second, 1, 1)) for second in range(3601)) == 60


def test_a_terminal_shows_each_second_on_the_same_line() -> None:
    progress = Progress(5, on_terminal=True)
    first, second = progress.say(1, 5, 0), progress.say(2, 1_000, 3)
    assert first.startswith("\r1 of 5 s, 5 requests, 0 failed ")
    assert second == f"\r{'2 of 5 s, 1,000 requests, 3 failed':<70}\r"
