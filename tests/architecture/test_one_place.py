"""Some things may be done in one file only; ruff's banned-api says the same while you type."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PROGRAM, SourceFile

CLOCK = {"time.time", "time.time_ns", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"}
RANDOM = {"random", "secrets", "uuid.uuid1", "uuid.uuid4", "os.urandom"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.putenv"}
COMMITTERS = {"simulator/infra/database.py", "simulator/infra/group_commit.py"}
ONE_THREAD = {"simulator/load/report.py", "simulator/load/tally.py", "simulator/year/plan.py"}
"""Commands, and what Locust runs."""


def used_names(file: SourceFile) -> set[str]:
    """Every dotted name that a file uses, spelled out in full: ``datetime.now`` becomes ``datetime.datetime.now``."""
    origin = {name or module: f"{module}.{name}".rstrip(".") for module, name, _ in file.imports()}
    found = set(origin.values())
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            found.add(f"{origin.get(first, first)}.{rest}")
    return found


@pytest.mark.parametrize(
    ("allowed", "banned"),
    [
        pytest.param("simulator/infra/clock.py", CLOCK, id="system clock"),
        pytest.param("simulator/infra/ids.py", RANDOM, id="randomness"),
        pytest.param("simulator/settings.py", ENVIRONMENT, id="environment"),
    ],
)
def test_only_one_file_reads_it(allowed: str, banned: set[str]) -> None:
    readers = {file.name for file in PROGRAM if used_names(file) & banned}
    assert readers <= {allowed}


def test_nothing_commits_outside_the_database_and_the_group_commit() -> None:
    committers = {
        file.name
        for file in PROGRAM
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }
    assert committers <= COMMITTERS


def test_what_a_struct_is_made_of_is_found_out_when_a_module_is_made_or_by_one_thread() -> None:
    """Two threads that meet one for the first time at once end the process; ``infra/decoding.py`` says why."""
    finders = {
        file.name
        for file in PROGRAM
        for function in ast.walk(file.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and finds_out(call)
    }
    assert finders - ONE_THREAD == {"simulator/infra/decoding.py", "simulator/control/usecases/scenarios.py"}


def finds_out(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    typed = any(each.arg == "type" for each in call.keywords)
    return name.startswith("msgspec.") and (typed or name.endswith((".Decoder", ".convert")))


def test_only_what_locust_runs_imports_locust_because_that_changes_the_python_it_is_in() -> None:
    importers = {file.name for file in PROGRAM for module, _, _ in file.imports() if re.match(r"locust|gevent", module)}
    assert importers == {"simulator/load/locustfile.py"}
    assert not {file.name for file in PROGRAM for module, _, _ in file.imports() if module.endswith("load.locustfile")}


def test_the_names_are_spelled_out_in_full(tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text("import os\nfrom datetime import datetime as moment\nfrom time import time\nos.environ['A']\n")
    assert {"os.environ", "time.time", "datetime.datetime"} <= used_names(SourceFile(path))
