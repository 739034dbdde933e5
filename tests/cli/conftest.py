"""The commands as a user types them, against a running simulator."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from tests.running import TOKEN, RunningSimulator

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Shell:
    """Types commands; every one works on the same omgeving."""

    base: str
    omgeving: str

    def run(self, *words: str, **environ: str) -> Result:
        known = {"SIMULATOR_URL": self.base, "SIMULATOR_OMGEVING": self.omgeving, "SIMULATOR_ADMIN_TOKEN": TOKEN}
        return CliRunner().invoke(main, words, env=known | environ)

    def json(self, *words: str) -> Any:
        result = self.run(*words, "--json")
        assert result.exit_code in {0, 1}, result.output
        return json.loads(result.stdout)


@pytest.fixture
def shell(simulator: RunningSimulator) -> Iterator[Shell]:
    """A shell with an omgeving of its own."""
    naam = f"cli-{next(_numbers)}"
    simulator.control("POST", "/omgevingen", json={"naam": naam}).raise_for_status()
    yield Shell(simulator.base, naam)
    simulator.control("DELETE", f"/omgevingen/{naam}").raise_for_status()
