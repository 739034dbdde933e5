import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.cli.serve import settle_token
from simulator.settings import Settings
from tests.running import running_simulator


def test_the_token_of_the_last_time_stays_valid(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first = settle_token(settings)
    assert len(first) >= 32
    assert settle_token(settings) == first
    assert (tmp_path / "admin-token").stat().st_mode & 0o777 == 0o600


def test_a_token_that_is_set_wins_from_the_last_one(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settle_token(settings)
    assert settle_token(replace(settings, admin_token="mijn-token")) == "mijn-token"


def test_without_a_control_api_there_is_no_token(tmp_path: Path) -> None:
    assert settle_token(Settings(data=tmp_path, admin=False)) == ""
    assert not (tmp_path / "admin-token").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_it_may_open_as_many_files_as_the_system_lets_it(tmp_path: Path) -> None:
    """Granian sees to it: a hundred omgevingen on SQLite may have 1,700, and many systems begin with 1,024."""
    few = ("sh", "-c", 'ulimit -Sn 256 && exec "$@"', "sh")
    with running_simulator(tmp_path, within=few) as simulator:
        limits = Path(f"/proc/{simulator.process.pid}/limits").read_text("utf-8")
    (soft, hard) = next(line.split()[3:5] for line in limits.splitlines() if line.startswith("Max open files"))
    assert soft == hard != "256"


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
@pytest.mark.parametrize("_again", range(2))
def test_a_signal_to_all_its_processes_stops_it(tmp_path: Path, told: signal.Signals, _again: int) -> None:
    """As a terminal does at Ctrl-C, or when it closes; twice, for the mistake shows half the time."""
    command = [sys.executable, "-m", "simulator", "serve", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert any("Control API" in line for line in process.stdout)
        try:
            os.killpg(process.pid, told)
            process.wait(4)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            pytest.fail("it goes on")


def test_a_host_may_be_a_name(tmp_path: Path) -> None:
    with running_simulator(tmp_path, "--host", "localhost") as simulator:
        assert simulator.base.startswith("http://127.0.0.1:")
