"""What ``pip install mijnoverheid-simulator[load]`` brings: all that git tracks of the simulator, working there."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
import requests

from tests.architecture.source import ROOT
from tests.load.commands import COMMAND, clean_environ
from tests.running import running_simulator

pytestmark = [
    pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed (it is in the extra test)"),
    pytest.mark.skipif(
        not shutil.which("git") or not (ROOT / ".git").exists(), reason="git does not track this folder"
    ),
]
PLACES = {"simulator": "simulator/", "fixtures": "simulator/_fixtures/"}
"""Where the files of a folder go."""
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
THERE = "import os, sys; os.chdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])"
"""Start a Python in another folder: it takes the simulator that it finds there."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """Built by the build backend itself, as pip does; it needs no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-c", BUILD, str(folder)]
    done = subprocess.run(build, capture_output=True, text=True, timeout=120, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    with ZipFile(folder / done.stdout.strip()) as found:
        yield found


def list_tracked() -> set[str]:
    """What git tracks, and what it would if it were asked to: somebody may be at work here."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PLACES]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_all_that_git_tracks_is_in_it_and_nothing_else(wheel: ZipFile) -> None:
    expected = {PLACES[folder] + rest: f"{folder}/{rest}" for folder, _, rest in map(_split, list_tracked())}
    kinds = {Path(name).suffix for name in expected}
    assert kinds > {".py", ".html", ".css", ".json", ".po", ".xsd", ".mako", ".toml", ".typed", ".woff2"}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == set(expected)
    assert [name for name, source in expected.items() if wheel.read(name) != (ROOT / source).read_bytes()] == []


def _split(name: str) -> tuple[str, str, str]:
    return name.partition("/")


def test_it_says_its_extras_its_programs_and_its_licence(wheel: ZipFile) -> None:
    own = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert "Requires-Dist: locust>=2.47; extra == 'load'" in own["METADATA"]
    programs = {"mosim = simulator.cli:main", "mijnoverheid-simulator = simulator.cli:main"}
    assert programs < set(own["entry_points.txt"].splitlines())
    assert own["LICENSE"] == (ROOT / "LICENSE").read_text("utf-8")


@pytest.mark.slow
def test_what_is_in_it_serves_and_puts_that_under_load(wheel: ZipFile, tmp_path: Path) -> None:
    there = tmp_path / "installed"
    wheel.extractall(there)
    with running_simulator(tmp_path / "data", within=(sys.executable, "-c", THERE, str(there))) as simulator:
        page = requests.get(f"{simulator.base}/?taal=en", timeout=30).text
        assert '<html lang="en">' in page
        for path in re.findall(r'href="(/[^"]+\.css)', page):
            assert requests.get(simulator.base + path, timeout=30).status_code == 200
        flags = ("--scenario", "afnemers", "--rate", "20", "--duration", "1s", "--timeout", "120", "--batch", "2")
        where = ("--url", simulator.base, "--budget", "p95=600000", "--output", str(tmp_path / "run"))
        command, environ = [*COMMAND, "run", *flags, *where], clean_environ()
        done = subprocess.run(command, env=environ, cwd=there, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        (origin,) = {Path(each.cwd()) for each in simulator.processes()}
    assert origin == there
    assert "<strong>All budgets were kept</strong>" in (tmp_path / "run" / "report.html").read_text("utf-8")
