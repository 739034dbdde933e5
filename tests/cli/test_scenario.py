import json
import re

from tests.cli.conftest import Shell


def test_the_stories_are_listed_with_how_far_they_are(shell: Shell) -> None:
    assert len(shell.json("scenario", "list")) >= 6
    assert shell.run("scenario", "play", "datalek").exit_code == 0
    assert "1 van 6" in shell.run("scenario", "list").stdout


def test_a_story_is_played_step_by_step_with_what_to_tell_and_where_to_look(shell: Shell) -> None:
    begun = shell.run("scenario", "play", "boete").stdout
    assert "Een boete, een aanmaning en een betaling (8 stappen, log in als actief)" in begun
    assert f"/omgevingen/{shell.omgeving}/scenarios/boete" in begun
    assert f"scenario next boete --omgeving {shell.omgeving}" in begun

    step = shell.run("scenario", "next", "boete").stdout
    assert "2. De termijn verstrijkt" in step
    assert re.search(r"^   \d\d-\d\d-\d{4} \d\d:\d\d  De tijd is verstreken\.$", step, re.MULTILINE)
    assert f"Kijk: {shell.base}/omgevingen/{shell.omgeving}/berichtenbox/kennisgevingen" in step


def test_auto_plays_everything_and_json_is_for_programs(shell: Shell) -> None:
    lines = shell.run("scenario", "play", "boete", "--auto", "--json").stdout.splitlines()
    outcomes = [json.loads(line) for line in lines]
    assert [each["nummer"] for each in outcomes] == list(range(1, 9))
    assert set(outcomes[0]) == {"nummer", "wat", "overgeslagen", "moment", "titel", "uitleg", "kijk"}
    assert "The end" in shell.run("scenario", "play", "datalek", "--auto").stdout


def test_a_story_that_is_not_there_or_not_begun_is_one_clear_error(shell: Shell) -> None:
    unknown = shell.run("scenario", "play", "sprookje")
    assert unknown.exit_code == 1
    assert "verhuizing" in unknown.stderr
    assert "nog niet gestart" in shell.run("scenario", "next", "boete").stderr
