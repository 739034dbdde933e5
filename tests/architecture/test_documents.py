import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import simulator
from simulator.settings import Settings, variable_of
from tests.architecture.source import DOCUMENTS, ROOT

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


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {target for path in DOCUMENTS for target in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))}
    assert named <= targets


def test_every_setting_that_a_document_names_exists() -> None:
    known = {variable_of(field.name) for field in fields(Settings)} | {"SIMULATOR_CONFIG", "SIMULATOR_URL"}
    named = {name for path in DOCUMENTS for name in re.findall(r"`(SIMULATOR_[A-Z_]+)", path.read_text("utf-8"))}
    assert named <= known


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_short_page(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST_DECISION
    assert lines[0].startswith("# ")
