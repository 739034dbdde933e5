"""``mosim report``, for people and for CI."""

import json
from pathlib import Path

from tests.cli.conftest import Shell

KEY = ("--key", "demo-voorbeeldstad")
STAD = "00000099000000001000"


def test_report_writes_a_file_and_says_what_is_still_to_be_shown(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    result = shell.run("report", *KEY, "--output", str(file))
    assert result.exit_code == 0, result.output
    assert "0 of 23 points shown" in result.stdout
    assert "still to show" in result.stdout
    assert "Conformiteitsrapport" in file.read_text("utf-8")


def test_ci_fails_when_too_little_was_touched_and_says_so(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rapport.json"
    words = ("report", "--oin", STAD, "--format", "json", "--output", str(file))
    failed = shell.run(*words, "--fail-under", "80")
    assert failed.exit_code == 1
    assert "failed: coverage 0% (0 of" in failed.stderr
    assert "below --fail-under 80" in failed.stderr
    assert shell.run(*words, "--fail-under", "0").exit_code == 0
    assert "points of the checklist" in shell.run(*words, "--require-checklist").stderr
    assert len(json.loads(file.read_text("utf-8"))["digest"]) == 64
    assert shell.json(*words, "--fail-under", "80")["fouten"]


def test_report_wants_to_know_whose_and_where(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("report").exit_code == 2
    assert shell.run("report", *KEY, "--oin", STAD).exit_code == 2
    assert shell.run("report", *KEY, "--output", str(tmp_path / "nergens" / "x.html")).exit_code == 1
    assert "sleutel" in shell.run("report", "--key", "geen").stderr.lower()
