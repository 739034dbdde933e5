"""The documents say what is so: each setting and persona is described, and the commands of the README work."""

import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from simulator.cli import COMMANDS
from simulator.settings import Settings, load_settings, variable_of
from tests.running import RunningSimulator

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
TESTING = (ROOT / "docs" / "testing.md").read_text("utf-8")
CURLS = re.findall(r"```sh\n(curl .*?)```", README, re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def run_as_a_reader(simulator: RunningSimulator, folder: Path, *command: str) -> str:
    """Run what a document says, in an empty folder, with the variables that it asks for; answers what was shown."""
    environ = os.environ | {
        "SIMULATOR_URL": simulator.base,
        "SIMULATOR_ADMIN_TOKEN": simulator.admin["Authorization"].removeprefix("Bearer "),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=folder, env=environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_setting_is_documented_with_its_default() -> None:
    table = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(SIMULATOR_[A-Z_]+)` \|[^|]+\|([^|]*)\|", table, re.MULTILINE))
    assert set(rows) == {variable_of(each.name) for each in fields(Settings)}
    for each in fields(Settings):
        shown = rows[variable_of(each.name)].strip("` ")
        value: object = each.default
        default = "" if value == Path() else str(int(value) if isinstance(value, bool) else value)
        assert shown in {default, default.removesuffix(".0")}, each.name


@pytest.mark.parametrize("document", ["README.md", "docs/testing.md", "docs/load.md", "docs/aansluiting.md"])
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


def test_the_python_of_the_readme_works(simulator: RunningSimulator, tmp_path: Path) -> None:
    (snippet,) = PYTHON.findall(README)
    run_as_a_reader(simulator, tmp_path, sys.executable, "-c", snippet.replace("http://127.0.0.1:8000", simulator.base))


def test_the_python_of_the_testing_guide_is_a_test_that_passes(simulator: RunningSimulator, tmp_path: Path) -> None:
    (tmp_path / "test_guide.py").write_text("\n\n".join(PYTHON.findall(TESTING)), "utf-8")
    shown = run_as_a_reader(simulator, tmp_path, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "1 passed" in shown


def test_the_batch_of_the_testing_guide_is_delivered(simulator: RunningSimulator, tmp_path: Path) -> None:
    (snippet,) = re.findall(r"```sh\n(cat > batch.xml .*?)```", TESTING, re.DOTALL)
    command = f'mosim() {{ "{sys.executable}" -m simulator "$@"; }}\n{snippet}'
    assert "1 of 1 processed" in run_as_a_reader(simulator, tmp_path, "bash", "-c", command)


def test_every_demo_key_is_documented_with_its_oin_and_name() -> None:
    for file in (ROOT / "fixtures" / "afnemers").glob("*.json"):
        afnemer = json.loads(file.read_text("utf-8"))
        assert f"| `{afnemer['sleutel']}` | {afnemer['oin']} | {afnemer['naam']} |" in TESTING


def test_the_configuration_file_of_the_documentation_is_read(tmp_path: Path) -> None:
    (content,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.DOTALL)
    file = tmp_path / "simulator.toml"
    file.write_text(content, "utf-8")
    loaded = load_settings(environ={}, file=file)
    assert {name for name, origin in loaded.origins.items() if origin == "file"} == {"port", "data", "verwerkingstijd"}


def test_every_document_that_a_document_links_to_exists() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
