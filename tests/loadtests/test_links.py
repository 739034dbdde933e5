"""Whatever stands in ``loadtests`` runs from a fresh clone, and says what it does."""

import os
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

LOADTESTS = Path(__file__).parents[2] / "loadtests"
COMMANDS = sorted(file.name for file in LOADTESTS.iterdir() if file.is_file() and os.access(file, os.X_OK))
ALONE = {"run"}
"""A script that `make load` calls when all is set up."""


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ALONE])
def test_every_command_sets_up_what_it_needs_and_has_help(name: str) -> None:
    assert (LOADTESTS / name).resolve() == LOADTESTS / "bench" / "command"
    done = CliRunner().invoke(import_module(f"loadtests.bench.{name}").main, ["--help"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Usage: ")
    assert "``" not in done.output
