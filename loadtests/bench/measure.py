"""``loadtests/measure``: start-up, memory, reset and the rate of deliveries, in two minutes."""

import base64
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import requests

from loadtests.bench import wrk
from loadtests.bench.deliveries import KEY, OIN, PATH, XML_PATH, make_body, make_letter, new_id, post
from loadtests.bench.figures import mib, ms
from loadtests.bench.options import Options, common, need_disk, progress
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, count_metered, memory_of, on_core, started, wait_until_idle
from simulator.load.documents import Afzender
from tests.running import RunningSimulator

BATCH = 1000
BATCHES = 30
LETTERS = 100
PDF_BYTES = 500_000
REST = 3
"""Seconds after which a start has done all that it leaves for later, so that memory is measured with it."""
STARTS = 5
PATIENCE = 60.0
"""Seconds for a start; more is none."""
GOALS = {
    "`mosim --help`": "under 150 ms",
    "first durable 201 after start, new data directory": "under 1 s",
    "first durable 201 after start, used data directory": "under 1 s",
    "idle memory, all processes": "at most 100 MiB",
    "reset an omgeving": "well under 100 ms",
    "batches of 1,000 (JSON), durable": "50,000",
    "batches of 1,000 (XML), durable": "20,000",
}
TIMES = 15


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median duration of ``work``."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def measure_help() -> str:
    """``mosim --help``, from the start of the process to its end."""
    command = [sys.executable, "-c", "from simulator.cli import main; main()", "--help"]
    return f"{median_ms(lambda: subprocess.run(command, check=True, capture_output=True), 11):.0f} ms"


def measure_start(data: Path, *, used: bool) -> str:
    """From spawn to the first durable 201, on a new or a used data directory; asked every 5 ms."""
    if used:
        with started(Place(data)):
            pass
    taken = [_first_answer(data if used else data / str(number)) for number in range(STARTS)]
    return f"{statistics.median(taken) * 1000:.0f} ms"


def _first_answer(data: Path) -> float:
    port = random.randrange(20_000, 30_000)
    command = [sys.executable, "-m", "simulator", "serve", "--port", str(port), "--data", str(data)]
    body = make_body(Receivers(OIN).pool(1))
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with requests.Session() as session:
            while process.poll() is None and time.perf_counter() < start + PATIENCE:
                try:
                    if post(session, f"http://127.0.0.1:{port}", body).status_code == requests.codes.created:
                        return time.perf_counter() - start
                except requests.ConnectionError:
                    time.sleep(0.005)
    finally:
        process.terminate()
        process.wait(10)
    raise click.ClickException(f"the simulator did not start on port {port}")


def measure_posts(base: str, path: str, content_type: str, bodies: list[bytes], connections: int = 2) -> float:
    """Seconds to send prepared bodies; over two connections one is on its way while the other is stored."""

    def send(mine: list[bytes]) -> None:
        with requests.Session() as session:
            for body in mine:
                headers = {"X-API-Key": KEY, "X-Message-ID": new_id(), "Content-Type": content_type}
                session.post(base + path, data=body, headers=headers, timeout=120).raise_for_status()

    start = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, [bodies[number::connections] for number in range(connections)]))
    return time.perf_counter() - start


@contextmanager
def all_metered(simulator: RunningSimulator, messages: int = 0) -> Iterator[list[int]]:
    """An answer does not say that all in a batch was taken; so many messages must have been metered inside.

    What is only known at the end is put on the list.
    """
    before, later = count_metered(simulator), list[int]()
    yield later
    metered, sent = count_metered(simulator) - before, messages + sum(later)
    if metered != sent:
        raise click.ClickException(f"of {sent:,} messages {metered:,} were metered")


def make_batches(number: int) -> list[bytes]:
    """Documents in XML of ``BATCH`` messages."""
    receivers, sender = Receivers(OIN), Afzender(OIN, "ALGEMEEN")
    return [sender.write_batch(uuid.uuid4(), receivers.pool(BATCH)) for _ in range(number)]


def measure_batches(simulator: RunningSimulator) -> dict[str, str]:
    """Batches of 1,000 in both languages, and single messages with 500 kB of PDF; all made beforehand.

    Each begins when the kennisgevingen of the one before are done.
    """
    receivers = Receivers(OIN)
    bodies = [make_body(receivers.pool(BATCH)) for _ in range(BATCHES)]
    documents = make_batches(BATCHES)
    pdf = base64.b64encode(b"%PDF-1.7 pdfaid:part".ljust(PDF_BYTES, b" ")).decode()
    letters = [make_letter(bsn, pdf) for bsn in receivers.pool(LETTERS)]

    def measure(path: str, content_type: str, sent: list[bytes], messages: int) -> float:
        wait_until_idle(simulator)
        with all_metered(simulator, messages):
            return measure_posts(simulator.base, path, content_type, sent)

    json_s = measure(PATH, "application/json", bodies, BATCH * BATCHES)
    xml_s = measure(XML_PATH, "application/xml", documents, BATCH * BATCHES)
    pdf_s = measure(PATH, "application/json", letters, LETTERS)
    return {
        "batches of 1,000 (JSON), durable": f"{BATCH * BATCHES / json_s:,.0f} messages/s",
        "batches of 1,000 (XML), durable": f"{BATCH * BATCHES / xml_s:,.0f} messages/s",
        "messages with 500 kB of PDF, durable": f"{LETTERS / pdf_s:,.0f} messages/s",
    }


def measure_single(base: str, connections: int, core: int | None) -> str:
    """As wrk finds it; median of three runs of five seconds."""
    if not wrk.is_installed():
        return wrk.MISSING
    client = wrk.Wrk(base, Receivers(OIN).pool(wrk.POOL), core)
    run, runs = client.median(connections, 5, 3)
    client.close()
    errors = sum(each.errors for each in runs)
    return f"{run.rate:,.0f}/s, p50 {ms(run.p50)} ms, p99 {ms(run.p99)} ms, {errors} errors"


def measure_running(simulator: RunningSimulator, core: int | None) -> dict[str, str]:
    """All that needs a running simulator."""
    time.sleep(REST)
    figures = {"idle memory, all processes": mib(memory_of(simulator.processes()))}

    def make() -> None:
        simulator.control("POST", "/omgevingen", json={"naam": f"m-{uuid.uuid4().hex[:8]}"}).raise_for_status()

    def reset() -> None:
        simulator.control("POST", "/omgevingen/standaard/_legen").raise_for_status()

    with on_core(core):
        figures["make an omgeving"] = f"{median_ms(make, TIMES):.1f} ms"
        figures["reset an omgeving"] = f"{median_ms(reset, TIMES):.1f} ms"
        for connections in (1, 32):
            figures[f"single POST, {connections} connections, durable"] = measure_single(
                simulator.base, connections, core
            )
        figures |= measure_batches(simulator)
    figures["memory after the load"] = mib(memory_of(simulator.processes()))
    return figures


def measure_all(options: Options) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder, progress() as bar:
        data = Path(folder)
        need_disk(data)
        task = bar.add_task("--help", total=4)
        figures = {"`mosim --help`": measure_help()}
        for used, name in ((False, "new"), (True, "used")):
            bar.update(task, advance=1, description=f"starting, {name} data directory")
            figures[f"first durable 201 after start, {name} data directory"] = measure_start(data / name, used=used)
        bar.update(task, advance=1, description="running")
        with started(Place(data / "running", core=options.server)) as simulator:
            return figures | measure_running(simulator, options.load)


@click.command()
@common
def main(**given: Any) -> None:
    """Measure start-up, memory, reset and the rate of deliveries, on SQLite."""
    options = Options(**given)
    figures = measure_all(options)
    rows = [(name, figure, GOALS.get(name, "")) for name, figure in figures.items()]
    note = "SQLite, one worker, `--log-level warning`; wrk (closed loop) on the other core."
    options.finish(Report("measure", ("what", "figure", "goal"), rows, (note,)), figures)


if __name__ == "__main__":
    main()
