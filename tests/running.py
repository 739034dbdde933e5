"""A simulator as its users run it: a process of its own, real sockets, a database of its own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

TOKEN = "test-token"


@dataclass
class RunningSimulator:
    """A started ``serve``; ``kill`` is SIGKILL to all its processes, as in a power cut."""

    process: subprocess.Popen[str]
    base: str
    database_url: str = ""
    output: list[str] = field(default_factory=list)

    @property
    def admin(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {TOKEN}"}

    def control(self, method: str, path: str, omgeving: str = "standaard", **kwargs: object) -> requests.Response:
        headers = self.admin | {"X-Simulator-Omgeving": omgeving}
        return requests.request(method, f"{self.base}/__admin/v1{path}", headers=headers, timeout=30, **kwargs)  # type: ignore[arg-type]

    def processes(self) -> list[psutil.Process]:
        main = psutil.Process(self.process.pid)
        return [main, *main.children(recursive=True)]

    def memory(self) -> int:
        """Resident bytes, added over all processes."""
        total: int = sum(each.memory_info().rss for each in self.processes())
        return total

    def begin_peak(self) -> int:
        """Let the system (Linux) forget the highest use of memory until now; answers what is in use, in bytes."""
        for each in self.processes():
            Path(f"/proc/{each.pid}/clear_refs").write_text("5", encoding="ascii")
        return self.memory()

    def peak(self) -> int:
        """The highest resident memory since ``begin_peak``, in bytes, added over all processes."""
        texts = [Path(f"/proc/{each.pid}/status").read_text(encoding="ascii") for each in self.processes()]
        lines = (line for text in texts for line in text.splitlines() if line.startswith("VmHWM"))
        return sum(int(line.split()[1]) * 1024 for line in lines)

    def kill(self) -> None:
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@contextlib.contextmanager
def running_simulator(
    data: Path, *flags: str, database_url: str = "", within: Sequence[str] = ()
) -> Iterator[RunningSimulator]:
    """Start ``serve`` on a free port and wait until it says where it is; ``within`` is a command to start it by."""
    command = [*within, sys.executable, "-m", "simulator", "serve", "--port", "0", "--data", str(data), *flags]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}
    environ |= {"SIMULATOR_ADMIN_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
    if database_url:
        environ["SIMULATOR_DATABASE_URL"] = database_url
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ)
    simulator = RunningSimulator(process, "", database_url)
    ready = threading.Event()
    reader = threading.Thread(target=_read, args=(simulator, ready), daemon=True)
    reader.start()
    try:
        if not ready.wait(60) or not simulator.base:
            raise RuntimeError("the simulator did not start:\n" + "".join(simulator.output))
        yield simulator
    finally:
        simulator.stop()
        reader.join(5)
        if process.stdout is not None:
            process.stdout.close()


def _read(simulator: RunningSimulator, ready: threading.Event) -> None:
    if simulator.process.stdout is None:
        return
    for line in simulator.process.stdout:
        simulator.output.append(line)
        match = re.search(r"simulator on (http://\S+)", line)
        if match:
            simulator.base = match.group(1)
            ready.set()
    ready.set()


@dataclass(frozen=True)
class Wereld:
    """One omgeving of a running simulator, as an Afnemer, a citizen and a tester see it over HTTP."""

    simulator: RunningSimulator
    naam: str

    @property
    def base(self) -> str:
        return f"{self.simulator.base}/omgevingen/{self.naam}"

    def control(self, method: str, path: str, **kwargs: object) -> requests.Response:
        return self.simulator.control(method, path, self.naam, **kwargs)

    def log_in(self, wie: str) -> tuple[str, str]:
        """Name and value of the cookie of who is logged in: a persona, or an Afnemer by its key of the demo."""
        if wie.startswith("demo-"):
            return self._sign_in(wie)
        answer = self.control("POST", "/sessies", json={"persona": wie, "niveau": "midden"})
        answer.raise_for_status()
        return answer.json()["cookie"], answer.json()["token"]

    def _sign_in(self, sleutel: str) -> tuple[str, str]:
        page, cookie = f"{self.base}/leveranciersportaal/aanmelden", f"leverancier-{self.naam}"
        with requests.Session() as session:
            token = re.search(r'name="csrf_token" value="([^"]+)"', session.get(page, timeout=30).text)
            data = {"csrf_token": token[1] if token else "", "demo": sleutel}
            session.post(page, data=data, timeout=30, allow_redirects=False).raise_for_status()
            return cookie, session.cookies[cookie]

    def afnemer(self, method: str, path: str, key: str = "demo-voorbeeldstad", **kwargs: object) -> requests.Response:
        headers = {"X-API-Key": key, **kwargs.pop("headers", {})}  # type: ignore[dict-item]
        return requests.request(method, self.base + path, headers=headers, timeout=60, **kwargs)  # type: ignore[arg-type]
