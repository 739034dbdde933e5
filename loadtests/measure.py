"""``make measure``: start-up, memory, reset and the rate of deliveries, as a table for docs/performance.md."""

import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psutil
import requests
from rich.console import Console
from rich.progress import track
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.running import RunningSimulator, running_simulator

KEY = {"X-API-Key": "demo-voorbeeldstad"}
OIN = "00000099000000001000"
BATCH = 1000
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_LUA = """
local bsns = {%s}
local n, seed = 0, os.time() %% 100000
request = function()
  n = n + 1
  local id = string.format("%%08x-%%04x-4000-8000-%%012x", n, seed %% 65536, math.random(0, 2^47))
  local body = '{"BerichtLeverancierID":"%s","Berichten":[{"BerichtID":"' .. id ..
    '","BerichtType":"ALGEMEEN","Onderwerp":"Uw aanvraag is ontvangen","Berichttekst":"%s","GebruikerID":"' ..
    bsns[math.random(#bsns)] .. '"}]}'
  return wrk.format("POST", "/api/berichtenbox/v1/berichten", {["X-API-Key"]="demo-voorbeeldstad",
    ["X-Message-ID"]=id, ["Content-Type"]="application/json"}, body)
end
init = function(args) math.randomseed(os.time()) end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%f %%f %%f %%d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def valid_bsn() -> str:
    """A random test BSN that passes the elfproef."""
    while True:
        digits = f"{random.randrange(99_900_000, 100_000_000):08d}"
        last = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - no digit makes the elfproef come out
            return f"{digits}{last}"


def seconds(work: Callable[[], object], times: int) -> float:
    """The median duration of ``work``."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure_help() -> str:
    """``mosim --help``, from the start of the process to its end."""
    command = [sys.executable, "-c", "from simulator.cli import main; main()", "--help"]
    return f"{seconds(lambda: subprocess.run(command, check=True, capture_output=True), 11) * 1000:.0f} ms"


def measure_start(*, first: bool) -> str:
    """From spawn to the first durable 201, on a new or a used data directory; asked every 5 ms."""
    taken = []
    data = Path(tempfile.mkdtemp())
    if not first:
        with running_simulator(data):
            pass
    for _ in range(5):
        here = Path(tempfile.mkdtemp()) if first else data
        taken.append(_first_answer(here))
    return f"{statistics.median(taken) * 1000:.0f} ms"


def _first_answer(data: Path) -> float:
    port = random.randrange(20_000, 30_000)
    command = [sys.executable, "-m", "simulator", "serve", "--port", str(port), "--data", str(data)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                if deliver(f"http://127.0.0.1:{port}", 1).status_code == requests.codes.created:
                    return time.perf_counter() - start
            except requests.ConnectionError:
                time.sleep(0.005)
    finally:
        process.terminate()
        process.wait(10)


def deliver(base: str, number: int) -> requests.Response:
    """One delivery of ``number`` messages."""
    return post(base, make_body(number))


def post(base: str, body: bytes) -> requests.Response:
    """POST a prepared body."""
    headers = KEY | {"X-Message-ID": str(uuid.uuid4()), "Content-Type": "application/json"}
    return requests.post(f"{base}/api/berichtenbox/v1/berichten", data=body, headers=headers, timeout=60)


def make_body(number: int) -> bytes:
    """A body of new messages to random people."""
    same = {"BerichtType": "ALGEMEEN", "Onderwerp": "Meting", "Berichttekst": "x" * 300}
    berichten = [same | {"BerichtID": str(uuid.uuid4()), "GebruikerID": valid_bsn()} for _ in range(number)]
    return json.dumps({"BerichtLeverancierID": OIN, "Berichten": berichten}).encode()


def measure_batches(base: str) -> str:
    """Batches of 1,000, one after another; the bodies are made beforehand."""
    bodies = [make_body(BATCH) for _ in range(30)]
    start = time.perf_counter()
    for body in bodies:
        assert post(base, body).status_code == requests.codes.created
    return f"{BATCH * len(bodies) / (time.perf_counter() - start):,.0f} messages/s"


def measure_single(base: str, connections: int) -> str:
    """Wrk on one core against the server on the other; median of three runs of five seconds."""
    if not shutil.which("wrk"):
        return "wrk is not installed"
    script = Path(tempfile.mkdtemp()) / "post.lua"
    bsns = ",".join(f'"{valid_bsn()}"' for _ in range(2000))
    script.write_text(_LUA % (bsns, OIN, "x" * 300))
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", "-d5s", "-s", str(script), base]
    rows = []
    for _ in range(3):
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows.append([float(part) for part in output.split("RESULT ")[1].split()[:4]])
    rate, p50, p99, errors = sorted(rows)[1]
    return f"{rate:,.0f}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {errors:.0f} errors"


def measure_running(simulator: RunningSimulator) -> dict[str, str]:
    """All that needs a running simulator, its processes on core 0."""
    figures = {}
    memory = sum(process.memory_info().rss for process in simulator.processes())
    figures["idle memory, all processes"] = f"{memory / 2**20:.0f} MiB"
    for process in simulator.processes():
        process.cpu_affinity([0])

    def make() -> None:
        simulator.control("POST", "/omgevingen", json={"naam": f"m-{uuid.uuid4().hex[:8]}"}).raise_for_status()

    def reset() -> None:
        simulator.control("POST", "/omgevingen/standaard/_legen").raise_for_status()

    figures["make an omgeving"] = f"{seconds(make, 15) * 1000:.1f} ms"
    figures["reset an omgeving"] = f"{seconds(reset, 15) * 1000:.1f} ms"
    for connections in (1, 32):
        figures[f"single POST, {connections} connections, durable"] = measure_single(simulator.base, connections)
    figures["batches of 1,000 (JSON), durable"] = measure_batches(simulator.base)
    memory = sum(process.memory_info().rss for process in simulator.processes())
    figures["memory after the load"] = f"{memory / 2**20:.0f} MiB"
    return figures


def main() -> None:
    """Measure, and print the table."""
    figures = {"mosim --help": measure_help()}
    for first in track((True, False), description="starting …", transient=True):
        figures[f"first durable 201 after start, {'new' if first else 'used'} data directory"] = measure_start(
            first=first
        )
    with running_simulator(Path(tempfile.mkdtemp()), "--log-level", "warning") as simulator:
        figures |= measure_running(simulator)
    table = Table("what", "figure", title=f"{psutil.cpu_count()} cores, Python {sys.version.split()[0]}")
    for name, figure in figures.items():
        table.add_row(name, figure)
    Console().print(table)


if __name__ == "__main__":
    main()
