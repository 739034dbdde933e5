"""Locust as a program of its own, because it changes the Python it runs in."""

import signal
import socket
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

from simulator.load.page import CHARTS
from simulator.load.plan import Plan
from simulator.load.report import FILE
from simulator.settings import extend_environ

INTERRUPTED = 130
"""The exit code after Ctrl-C (or SIGTERM), as shells have it."""


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
        "--headless", "--only-summary", "--host", url, "--loglevel", "WARNING", "--html", str(output / CHARTS),
        "--csv", str(output / "requests"), "--json-file", str(output / "requests"),
    ]  # fmt: skip
    if workers:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = str(probe.getsockname()[1])
        command += ["--processes", str(workers), "--master-port", port, "--master-bind-port", port]
        command += ["--master-host", "127.0.0.1", "--master-bind-host", "127.0.0.1"]
    interrupted = threading.Event()
    with subprocess.Popen(command, env=extend_environ(plan.as_variables())) as process:  # noqa: S603 - our own command

        def pass_on(*_: object) -> None:
            interrupted.set()
            process.send_signal(signal.SIGINT)

        before = signal.signal(signal.SIGTERM, pass_on)
        while process.returncode is None:
            try:
                process.wait()
            except KeyboardInterrupt:  # Locust got it as well: it stops, and writes its report
                interrupted.set()
        signal.signal(signal.SIGTERM, before)
    return INTERRUPTED if interrupted.is_set() else process.returncode
