"""Locust as a program of its own, because it changes the Python it runs in; and the search for the ceiling."""

import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from simulator.load.plan import Plan
from simulator.load.report import FILE
from simulator.settings import extend_environ

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""
_PRECISE = 1.1
_LEAST = 1.0
_FACTOR = 2.0


def is_installed() -> bool:
    """Whether Locust is here: the extra ``load``."""
    return find_spec("locust") is not None


def run_locust(plan: Plan, url: str, workers: int) -> int:
    """Run it, with so many processes beside the master; the exit code of Locust, or ``INTERRUPTED``."""
    output = Path(plan.output)
    output.mkdir(parents=True, exist_ok=True)
    (output / FILE).unlink(missing_ok=True)  # a run that breaks off must not show the result of the one before
    command = [
        sys.executable, "-m", "locust", "--locustfile", str(Path(__file__).with_name("locustfile.py")),
        "--headless", "--only-summary", "--host", url, "--loglevel", "WARNING", "--html", str(output / "report.html"),
        "--csv", str(output / "requests"), "--json-file", str(output / "requests"),
    ]  # fmt: skip
    if workers:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = str(probe.getsockname()[1])
        command += ["--processes", str(workers), "--master-port", port, "--master-bind-port", port]
        command += ["--master-host", "127.0.0.1", "--master-bind-host", "127.0.0.1"]
    interrupted = False
    with subprocess.Popen(command, env=extend_environ(plan.as_variables())) as process:  # noqa: S603 - our own command
        before = signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
        while process.returncode is None:
            try:
                process.wait()
            except KeyboardInterrupt:  # Locust got it as well: it stops, and writes its report
                interrupted = True
        signal.signal(signal.SIGTERM, before)
    return INTERRUPTED if interrupted else process.returncode


def next_rate(tried: Sequence[tuple[float, bool]], start: float) -> float | None:
    """Which rate to try after these (rate, kept its budgets): doubling or halving, then halfway; ``None``: found."""
    held = max((rate for rate, kept in tried if kept), default=None)
    broke = min((rate for rate, kept in tried if not kept), default=None)
    if held is not None and broke is not None:
        return None if broke / held <= _PRECISE else (held * broke) ** 0.5
    if held is not None:
        return held * _FACTOR
    if broke is not None:
        return broke / _FACTOR if broke / _FACTOR >= _LEAST else None
    return start
