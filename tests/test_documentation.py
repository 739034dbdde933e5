"""The documents say what is so: each setting and persona is described, and the commands of the README work."""

import json
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.cli import COMMANDS
from simulator.settings import Settings, variable_of
from tests.running import RunningSimulator

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CURLS = re.findall(r"```sh\n(curl .*?)```", README, re.DOTALL)


def test_every_setting_is_documented_with_its_default() -> None:
    table = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(SIMULATOR_[A-Z_]+)` \|[^|]+\|([^|]*)\|", table, re.MULTILINE))
    assert set(rows) == {variable_of(each.name) for each in fields(Settings)}
    for each in fields(Settings):
        shown = rows[variable_of(each.name)].strip("` ")
        value: object = each.default
        default = "" if value == Path() else str(int(value) if isinstance(value, bool) else value)
        assert shown in {default, default.removesuffix(".0")}, each.name


@pytest.mark.parametrize("document", ["README.md", "docs/testing.md"])
def test_every_command_that_a_document_names_exists(document: str) -> None:
    named = set(re.findall(r"`?mosim ([a-z]+)", (ROOT / document).read_text("utf-8")))
    assert named <= set(COMMANDS)


def test_every_persona_is_documented_with_its_bsn() -> None:
    table = (ROOT / "docs" / "testing.md").read_text("utf-8")
    for file in (ROOT / "fixtures" / "personas").glob("*.json"):
        persona = json.loads(file.read_text("utf-8"))
        assert f"| {persona['bsn']} | `{persona['naam']}` |" in table


@pytest.mark.parametrize("curl", CURLS, ids=range(len(CURLS)))
def test_every_curl_of_the_readme_works(curl: str, simulator: RunningSimulator) -> None:
    command = curl.replace("http://127.0.0.1:8000", simulator.base).replace("curl ", "curl -s -w '\\n%{http_code}' ", 1)
    answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=30, check=True).stdout
    expected = "400" if '"Onderwerp": ""' in curl else "20"
    assert answer.rsplit("\n", 1)[1].startswith(expected), answer


def test_the_readme_shows_at_least_three_commands_to_copy() -> None:
    assert len(CURLS) >= 3
