import re
import sys
import tomllib
from dataclasses import fields
from importlib.metadata import packages_distributions
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import simulator
from simulator.cli import main
from simulator.cli.serve import serve
from simulator.settings import Settings, variable_of
from tests.architecture.source import DOCUMENTS, ROOT, TESTS

LONGEST_DECISION = 40
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    publiccode = (ROOT / "publiccode.yml").read_text("utf-8")
    assert project["version"] == simulator.__version__
    assert f"softwareVersion: {simulator.__version__}\n" in publiccode


def test_the_lock_file_pins_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    pinned = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert {re.split(r"[\[>=<]", each)[0].lower() for each in asked} <= pinned


def test_every_package_that_the_tests_import_is_declared() -> None:
    declared = (ROOT / "pyproject.toml").read_text("utf-8").lower()
    imported = {module.partition(".")[0] for file in TESTS for module, _, _ in file.imports()}
    outside = imported - set(sys.stdlib_module_names) - {"simulator", "tests", "loadtests", "docs"}
    known = packages_distributions()
    assert not [each for each in outside if f'"{known[each][0].lower().replace("_", "-")}' not in declared]


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {target for path in DOCUMENTS for target in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))}
    assert named <= targets


def test_every_setting_that_a_document_names_exists() -> None:
    known = {variable_of(field.name) for field in fields(Settings)} | {"SIMULATOR_CONFIG", *_variables(main)}
    named = {name for path in DOCUMENTS for name in re.findall(r"`(SIMULATOR_[A-Z_]+)", path.read_text("utf-8"))}
    assert named <= known


def test_every_variable_of_a_command_is_documented() -> None:
    table = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert not [name for name in _variables(main) if f"`{name}`" not in table]


def test_every_flag_of_serve_has_a_variable_of_the_same_name() -> None:
    shown = CliRunner().invoke(main, ["serve", "--help"]).stdout
    assert not [
        field.name for field in fields(Settings) if field.name != "admin" and variable_of(field.name) not in shown
    ]
    flags = {option for each in serve.params for option in each.opts}
    own = {"--" + field.name.replace("_", "-") for field in fields(Settings)} - {"--admin"}
    assert flags == own | {"--no-admin", "--config"}


def _variables(command: click.Command) -> set[str]:
    """The variables that this command and those below it read, beside the settings."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        below = [command.get_command(context, name) for name in command.list_commands(context)]
        return {name for each in below if each is not None for name in _variables(each)}
    return {each.envvar for each in command.params if isinstance(each.envvar, str)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_short_page(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST_DECISION
    assert lines[0].startswith("# ")
