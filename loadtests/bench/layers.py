"""Where the time of one delivery goes: the same load on servers that each do a little more of it."""

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import psutil

from loadtests.bench.deliveries import OIN, PATH, XML_PATH, make_body
from loadtests.bench.measure import BATCH, make_batches, measure_posts
from loadtests.bench.options import Options, common, need_disk, progress
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import on_core
from loadtests.bench.wrk import MISSING, POOL, Wrk, is_installed

LAYERS = {
    "server": "the WSGI server alone: a fixed answer",
    "wait": "+ 32 threads that wait for one disk together (0.4 ms), nothing else",
    "group": "+ edge, lane, API key, decoding; judged and stored nowhere",
    "judge": "+ judging, and making the rows of berichten, metering, rule counts and agenda; stored nowhere",
    "store": "+ those rows on disk: one durable transaction per group",
    "agenda": "+ what follows: who gets a kennisgeving, written as well",
    "alone": "beside these: all of that but what follows, in one thread, in groups of 16, without a server",
    "rows": "server, 32 threads, and SQLite with the rows of a delivery; nothing else",
    "loop": "the same rows behind an event loop (RSGI) and one thread that writes; nothing else",
    "light": "server, 32 threads, key, decoding, BSN, and one row with two indexes and a counter; nothing else",
}
BESIDE = {"alone", "rows", "loop", "light"}
NO_XML = {"light"}
_CONNECTIONS = 32
_TIMEOUT = 30.0
_IDLE = 0.3
_ALONE = 2000
"""Deliveries for a second of the others."""


@dataclass(frozen=True, kw_only=True)
class LayerOptions(Options):
    seconds: float
    runs: int
    warmup: float
    batches: int
    only: tuple[str, ...]


@dataclass(frozen=True)
class Layer:
    """One server: requests per second, and microseconds of processor time per request, in and outside the kernel.

    The same for a message in batches of 1,000, in JSON and in XML (0 where it does not know that): messages per
    second, microseconds of processor time and bytes written to files each.
    """

    name: str
    rate: float
    user: float
    system: float
    errors: int
    batch_rate: float
    batch_cost: float
    batch_written: float
    xml_rate: float = 0
    xml_cost: float = 0
    xml_written: float = 0


@contextlib.contextmanager
def serving(layer: str, data: Path, core: int | None) -> Iterator[tuple[str, psutil.Process]]:
    """A server that goes as far as ``layer``; gives its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with on_core(core):
        process = subprocess.Popen([sys.executable, "-m", "loadtests.bench.layered", layer, str(data), str(port)])
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(psutil.Process(process.pid), port)
        yield base, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(process: psutil.Process, port: int) -> None:
    """Until it listens itself: somebody else may have taken the port meanwhile, and would answer as well."""
    until = time.monotonic() + _TIMEOUT
    while not _listens(process, port):
        if time.monotonic() > until:
            raise click.ClickException("the server did not start")
        time.sleep(0.05)


def _listens(process: psutil.Process, port: int) -> bool:
    with contextlib.suppress(psutil.Error):
        for each in (process, *process.children(recursive=True)):
            if any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in each.net_connections()):
                return True
    return False


def measure(layer: str, options: LayerOptions) -> Layer:
    """The run with the median rate, and the processor time of all."""
    data = Path(tempfile.mkdtemp(prefix="mosim-load-"))
    need_disk(data)
    try:
        return _measure_alone(data, options) if layer == "alone" else _measure_server(layer, data, options)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _measure_server(layer: str, data: Path, options: LayerOptions) -> Layer:
    with serving(layer, data, options.server) as (base, process):
        wrk = Wrk(base, Receivers(OIN).pool(POOL), options.load)
        if options.warmup:
            wrk.run(_CONNECTIONS, options.warmup)
        before = _times(process)
        done = [wrk.run(_CONNECTIONS, options.seconds) for _ in range(options.runs)]
        _wait_until_idle(process)  # what they leave for later is theirs too
        after = _times(process)
        wrk.close()
        batches = _measure_batches(base, process, options, "application/json")
        if layer not in NO_XML:
            batches += _measure_batches(base, process, options, "application/xml")
    number = sum(run.requests for run in done)
    user, system = ((now - then) / number * 1e6 for now, then in zip(after, before, strict=True))
    rate = statistics.median_low([run.rate for run in done])
    return Layer(layer, rate, user, system, sum(run.errors for run in done), *batches)


def _measure_batches(base: str, process: psutil.Process, options: LayerOptions, content_type: str) -> tuple[float, ...]:
    """Messages a second in batches, and what each cost with all that follows from it."""
    receivers, is_xml = Receivers(OIN), content_type == "application/xml"
    number = options.batches + 2
    bodies = make_batches(number) if is_xml else [make_body(receivers.pool(BATCH)) for _ in range(number)]
    path = XML_PATH if is_xml else PATH
    measure_posts(base, path, content_type, bodies[:2])
    _wait_until_idle(process)
    before, written = sum(_times(process)), count_written(process)
    with on_core(options.load):
        seconds = measure_posts(base, path, content_type, bodies[2:])
    _wait_until_idle(process)
    messages = BATCH * options.batches
    cost = (sum(_times(process)) - before) / messages * 1e6
    return messages / seconds, cost, (count_written(process) - written) / messages


def _measure_alone(data: Path, options: LayerOptions) -> Layer:
    """The one that has no server: it delivers to itself."""
    singles = max(_CONNECTIONS, int(_ALONE * options.seconds * options.runs))
    command = [
        sys.executable,
        "-m",
        "loadtests.bench.layered",
        "alone",
        str(data),
        str(singles),
        str(options.batches + 1),
    ]
    with on_core(options.server):
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    single, *batches = json.loads(done.stdout).values()
    messages = BATCH * options.batches
    costs = [
        (messages / each["seconds"], (each["user"] + each["system"]) / messages * 1e6, each["written"] / messages)
        for each in batches
    ]
    user, system = (single[key] / singles * 1e6 for key in ("user", "system"))
    return Layer("alone", singles / single["seconds"], user, system, 0, *costs[0], *costs[1])


def _wait_until_idle(process: psutil.Process) -> None:
    """Nothing is left on the agenda when the server does next to nothing for a while."""
    before = -1.0
    while (now := sum(_times(process))) - before > _IDLE / 10:
        before = now
        time.sleep(_IDLE)


def count_written(process: psutil.Process) -> int:
    """Bytes that a process and those under it wrote to files."""
    return sum(each.io_counters().write_bytes for each in (process, *process.children(recursive=True)))


def _times(process: psutil.Process) -> tuple[float, float]:
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user for each in times), sum(each.system for each in times)


def measure_disk(pieces: int = 48, size: int = 4_000_000) -> float:
    """MB a second when each piece is on the disk before the next is written."""
    piece = os.urandom(size)
    with tempfile.NamedTemporaryFile(prefix="mosim-load-") as file:
        start = time.perf_counter()
        for _ in range(pieces):
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return pieces * size / 1e6 / (time.perf_counter() - start)


def describe(layers: list[Layer], options: LayerOptions, disk: float) -> Report:
    """Each layer with what it adds to the one above it; those of ``BESIDE`` stand beside them."""
    rows, before = [], 0.0
    for layer in layers:
        total = layer.user + layer.system
        more = "" if layer.name in BESIDE else f"{total - before:+.0f}"
        single = (f"{layer.rate:,.0f}", f"{total:.0f}", more, f"{layer.system:.0f}")
        json_ = (f"{layer.batch_rate:,.0f}", f"{layer.batch_cost:.1f}", f"{layer.batch_written / 1000:.1f}")
        xml = (f"{layer.xml_rate:,.0f}", f"{layer.xml_cost:.1f}") if layer.xml_rate else ("", "")
        rows.append((LAYERS[layer.name], *single, *json_, *xml))
        before = total
    columns = (
        "what the server does",
        "requests / s",
        "µs of processor",
        "this layer",
        "in the kernel",
        "JSON in batches, messages / s",
        "µs each",
        "kB written",
        "XML in batches, messages / s",
        "µs each",
    )
    note = (
        f"`make layers`: `POST {PATH}` at {_CONNECTIONS} connections, server on one core and wrk on another; median "
        f"of {options.runs} runs of {options.seconds:g} s. Processor time is per request, and per message in "
        "batches of 1,000. A layer costs more here than by itself, because 32 threads take turns. Written are journal "
        f"and file together. This disk, in pieces of 4 MB that are seen onto it: {disk:,.0f} MB/s."
    )
    return Report("layers", columns, rows, (note,))


@click.command()
@click.option("--seconds", default=5.0, show_default=True, help="Of one run.")
@click.option("--runs", default=3, show_default=True, help="The median of so many counts.")
@click.option("--warmup", default=1.0, show_default=True, help="Seconds of load before the first run; 0 skips.")
@click.option("--batches", default=38, show_default=True, help="Of 1,000 messages, that are measured.")
@click.option(
    "--only", type=click.Choice(tuple(LAYERS)), multiple=True, help="One of the layers; may be given more than once."
)
@common
def main(**given: Any) -> None:
    """Deliver to servers that each do a little more of the work, and tell what every layer costs."""
    options = LayerOptions(**given)
    if not is_installed():
        raise click.ClickException(MISSING)
    found = []
    with progress() as bar:
        chosen = options.only or tuple(LAYERS)
        task = bar.add_task("layers", total=len(chosen))
        for layer in chosen:
            bar.update(task, description=LAYERS[layer].split(":")[0][:40])
            found.append(measure(layer, options))
            bar.advance(task)
    options.finish(describe(found, options, measure_disk()), [asdict(each) for each in found])


if __name__ == "__main__":
    main()
