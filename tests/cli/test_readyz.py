import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import main
from simulator.infra.clock import stopwatch
from tests.running import RunningSimulator, running_simulator


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of somebody who picks up, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def readyz(url: str, *flags: str) -> Result:
    return CliRunner().invoke(main, ["readyz", "--url", url, *flags])


def test_the_proxy_of_a_company_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with running_simulator(tmp_path) as simulator:
        result = readyz(simulator.base)
    assert (result.exit_code, result.stdout) == (0, "ready\n")


def test_who_never_answers_is_waited_for_as_long_as_was_said(silent: str) -> None:
    began = stopwatch()
    result = readyz(silent, "--wait", "--timeout", "1")
    assert (result.exit_code, result.stdout) == (1, f"not ready: {silent}\n")
    assert 1 <= stopwatch() - began < 4


@pytest.mark.parametrize("timeout", ["0", "-1", "inf", "nan"])
def test_it_is_asked_once_however_little_time_there_is(simulator: RunningSimulator, timeout: str) -> None:
    result = readyz(simulator.base, "--wait", "--timeout", timeout)
    assert (result.exit_code, result.stdout) == (0, "ready\n"), result.output


@pytest.mark.parametrize("timeout", ["0", "nan"])
def test_without_time_it_is_asked_only_once(timeout: str) -> None:
    assert readyz("http://127.0.0.1:9", "--wait", "--timeout", timeout).exit_code == 1
