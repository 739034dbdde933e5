"""Locust as a program of its own, because it changes the Python it runs in."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from simulator.load.page import CHARTS
from simulator.load.plan import Plan
from simulator.load.report import FILE
from simulator.settings import extend_environ

INTERRUPTED = 130
"""The exit code after Ctrl-C (or SIGTERM), as shells have it."""
PORT = 5557
"""Where Locust's own master listens when nothing else is said."""
_PATIENCE = 300
"""Seconds that a master waits for who was to join."""
_LOCUST = (sys.executable, "-m", "locust", "--locustfile", str(Path(__file__).with_name("locustfile.py")))


def is_installed() -> bool:
    """Whether Locust is here: the extra ``load``."""
    return find_spec("locust") is not None


def run_locust(plan: Plan, url: str, workers: int, listen: str = "") -> int:
    """Run it, with so many processes beside the master; the exit code of Locust, or ``INTERRUPTED``.

    With an address to ``listen`` at they come from other machines (``join_locust``).
    """
    output = Path(plan.output)
    output.mkdir(parents=True, exist_ok=True)
    (output / FILE).unlink(missing_ok=True)  # a run that breaks off must not show the result of the one before
    command = [
        *_LOCUST, "--headless", "--only-summary", "--host", url, "--loglevel", "WARNING",
        "--html", str(output / CHARTS), "--csv", str(output / "requests"), "--json-file", str(output / "requests"),
    ]  # fmt: skip
    return _run([*command, *_share(workers, listen)], plan.as_variables())


def join_locust(master: str) -> int:
    """Send for a run that another machine counts, until it is over; what to send comes from there."""
    host, port = _read_address(master)
    return _run([*_LOCUST, "--loglevel", "WARNING", "--worker", "--master-host", host, "--master-port", port], {})


def _share(workers: int, listen: str) -> list[str]:
    """The flags of a master: of processes of its own, of others that come, or none when it sends itself."""
    if listen:
        host, port = _read_address(listen)
        others = ["--expect-workers", str(workers), "--expect-workers-max-wait", str(_PATIENCE)]
        return ["--master", "--master-bind-host", host, "--master-bind-port", port, *others]
    if not workers:
        return []
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    own = ["--processes", str(workers), "--master-port", port, "--master-bind-port", port]
    return [*own, "--master-host", "127.0.0.1", "--master-bind-host", "127.0.0.1"]


def _read_address(text: str) -> tuple[str, str]:
    host, _, port = text.partition(":")
    return host, port or str(PORT)


def _run(command: Sequence[str], variables: Mapping[str, str]) -> int:
    interrupted = threading.Event()
    with subprocess.Popen(command, env=extend_environ(variables)) as process:  # noqa: S603 - our own command

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
