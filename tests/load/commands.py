"""``mosim load`` as its users call it."""

import json
import os
import subprocess
import sys
from typing import Any

COMMAND = [sys.executable, "-m", "simulator", "load"]


def clean_environ() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}


def mosim(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    environ = clean_environ() | environ
    return subprocess.run([*COMMAND, *words], env=environ, capture_output=True, text=True, timeout=280, check=False)


def read_lines(done: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, Any]]:
    return {line["scenario"]: line for line in json.loads(done.stdout)["lines"]}
