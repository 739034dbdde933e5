"""A year as a user plays it: with the command, against a running simulator, in an omgeving of its own."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.settings import Settings
from tests.browsing import chromium
from tests.running import TOKEN, RunningSimulator

__all__ = ["PLAN", "Theater", "chromium"]

PLAN = Settings().fixtures_dir / "jaren" / "bestuursjaar.toml"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Theater:
    """Where years are played: one simulator, one omgeving, a folder for plans and reports."""

    base: str
    omgeving: str
    folder: Path

    def play(self, *flags: str, name: str = "verslag") -> Result:
        """Type the command; the report comes in a folder of this name."""
        words = ("year", "--url", self.base, "--token", TOKEN, "--omgeving", self.omgeving)
        return CliRunner().invoke(main, [*words, "--output", str(self.folder / name), *flags])

    def read(self, name: str = "verslag") -> Any:
        return json.loads((self.folder / name / "report.json").read_text("utf-8"))

    def write_plan(self, *changes: tuple[str, str]) -> str:
        """The plan of the fixtures with something else in it; by default fewer citizens, for a quick test."""
        text = PLAN.read_text("utf-8")
        for old, new in changes or (("steekproef = 100", "steekproef = 5"),):
            assert old in text
            text = text.replace(old, new)
        file = self.folder / "plan.toml"
        file.write_text(text, "utf-8")
        return str(file)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def theater(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Theater]:
    """On each database in turn."""
    name = "simulator" if request.param == "sqlite" else "simulator_on_postgres"
    running: RunningSimulator = request.getfixturevalue(name)
    naam = f"jaar-{next(_numbers)}"
    yield Theater(running.base, naam, tmp_path)
    running.control("DELETE", f"/omgevingen/{naam}")
