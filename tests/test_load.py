"""``make load``: starts all it needs, delivers, writes a report, and ends well."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_a_short_load_run_writes_a_report_and_ends_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}
    environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "SIMULATOR_PORT": str(port)}
    environ |= {"USERS": "2", "DURATION": "2s"}
    command = [str(ROOT / "loadtests" / "run")]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (ROOT / "loadtests" / "reports" / "aanlevering.html").stat().st_size > 10_000
