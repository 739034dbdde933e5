"""What a start costs, told by what it imports and by how many processes there are: figures that no machine changes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import RunningSimulator

SELDOM_USED = {
    "alembic": "a new database is made at once, and one of this version needs no migration",
    "babel.messages": "translations are read when somebody asks for English",
    "cryptography": "certificates",
    "jsonschema": "mistakes in a body",
    "lxml": "XML",
    "prometheus_client": "metrics",
    "psycopg": "PostgreSQL",
    "pygments": "structlog takes it in when it finds rich",
    "requests": "commands that talk to a simulator that runs",
    "rich": "progress bars, and structlog when it finds it",
    "simulator.load": "load tests",
    "simulator.year": "a year",
    "sqlalchemy.dialects.postgresql": "PostgreSQL",
    "weasyprint": "PDF",
}
START = """
import os, sys
from simulator.cli import main

class Told:
    def write(self, text):
        if "simulator on http" in text:
            os.write(1, "\\n".join(sys.modules).encode())
            os._exit(0)
    def flush(self):
        pass

sys.stdout = Told()
main(["serve", "--port", "0", "--data", sys.argv[1], *sys.argv[2:]])
"""


@pytest.mark.parametrize("flags", [[], ["--demo"]], ids=["plain", "demo"])
def test_a_start_imports_nothing_that_few_requests_need(tmp_path: Path, flags: list[str]) -> None:
    command = [sys.executable, "-c", START, str(tmp_path), *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    imported = set(done.stdout.split())
    assert "simulator.app" in imported, "the same process serves"
    assert sorted(SELDOM_USED.keys() & imported) == []


def test_one_worker_is_one_process(simulator: RunningSimulator) -> None:
    assert [each.pid for each in simulator.processes()] == [simulator.process.pid]
