import re
import sys
import tomllib
from dataclasses import fields
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

import simulator
from simulator.cli import main
from simulator.cli.serve import serve
from simulator.settings import Settings, variable_of
from tests.architecture.source import DOCUMENTS, ROOT, TESTS

LONGEST_DECISION = 40
PERFORMANCE = (ROOT / "docs" / "performance.md").read_text("utf-8")
NUMBER = r"(\d[\d,.]*)"
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


RATES = f"{NUMBER} to {NUMBER} (?:single )?deliveries a second"
SINGLE, BATCHES, DISK = "single, 64 connections", "batches of 1,000, messages", "bytes on disk for each message"
LARGE, FIRST = "8 x 90 MB of JSON", "first durable 201"


class Figure(NamedTuple):
    """Figures of the prose, the groups of a pattern, that repeat one of a table of docs/performance.md."""

    document: str
    prose: str
    table: str
    """Between the markers of this name."""
    row: str
    """How the row begins."""
    column: str
    unit: float = 1
    """How many of the table go into one of the prose."""
    margin: float = 1.5
    """The machine moves by so much from day to day, so a table that is taken anew must not make the prose wrong."""


FIGURES = (
    Figure("README.md", RATES, "ceiling", "this simulator", "32 conn."),
    Figure("README.md", RATES, "measure", "single POST, 32 connections", "figure"),
    Figure("README.md", f"ready in about {NUMBER} second", "measure", FIRST, "figure", unit=1000),
    Figure("README.md", f"in some {NUMBER} MiB", "measure", "idle memory", "figure"),
    Figure("CHANGELOG.md", f"Ready in about {NUMBER} second", "measure", FIRST, "figure", unit=1000),
    Figure("CHANGELOG.md", f"in some {NUMBER} MiB", "measure", "idle memory", "figure"),
    Figure("CHANGELOG.md", f"some {NUMBER} single deliveries", "workers", f"{SINGLE} | 2", "per second", margin=1.7),
    Figure("CHANGELOG.md", f"or {NUMBER} messages in batches", "workers", f"{BATCHES} | 2", "per second", margin=1.7),
    Figure("CHANGELOG.md", f"deliveries took some {NUMBER} s", "bodies", LARGE, "worst ms", unit=1000, margin=2),
    Figure("CHANGELOG.md", f"two million took some {NUMBER} s", "soak", "all", "worst ms", unit=1000, margin=2),
    Figure("docs/scale.md", RATES, "ceiling", "this simulator", "32 conn."),
    Figure("docs/scale.md", f"some {NUMBER} on PostgreSQL", "workers", f"{SINGLE} | 1", "per second"),
    Figure("docs/scale.md", f"two workers {NUMBER}", "workers", f"{SINGLE} | 2", "per second", margin=1.7),
    Figure("docs/scale.md", f"deliveries ÷ {NUMBER}", "workers", f"{SINGLE} | 1", "per second"),
    Figure("docs/scale.md", rf"PostgreSQL, in batches \| {NUMBER} ", "growth-postgresql", DISK, "1,000,000", unit=1000),
    Figure("docs/scale.md", rf"SQLite, in batches \| {NUMBER} ", "growth", DISK, "1,000,000", unit=1000),
    Figure("docs/scale.md", f"100,000, takes {NUMBER} ms", "pages", "`/berichtenbox/berichten/…`", "p50 ms"),
    Figure("docs/scale.md", f"person takes {NUMBER} ms", "growth", "`/berichtenbox`", "1,000,000"),
)


def list_faults(figure: Figure, prose: str) -> list[str]:
    """What is wrong with it in this prose: it is missing, or too far from the table."""
    table = PERFORMANCE.partition(f"<!-- {figure.table}: begin -->")[2].partition(f"<!-- {figure.table}: end -->")[0]
    lines = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    header, _, *rows = [[cell.strip() for cell in cells] for cells in lines]
    (row, *_) = [row for row in rows if " | ".join(row).startswith(figure.row)]
    measured = float(re.findall(NUMBER, row[header.index(figure.column)])[0].replace(",", ""))
    found = re.search(figure.prose, " ".join(prose.split()))
    if not found:
        return [f"{figure.document} has no «{figure.prose}»"]
    said = [float(each.replace(",", "")) * figure.unit for each in found.groups()]
    return [f"{each} is not {measured}" for each in said if not 1 / figure.margin < each / measured < figure.margin]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.document}, {figure.table}, {figure.row}")
def test_a_figure_of_the_prose_is_near_that_of_the_table(figure: Figure) -> None:
    prose = (ROOT / figure.document).read_text("utf-8")
    assert list_faults(figure, prose) == []
    assert list_faults(figure, "")
    assert list_faults(figure, re.sub(NUMBER, lambda number: f"9{number[0]}", prose))
