"""``loadtests/ceiling``: how many deliveries a second, beside the general mock servers on the same machine."""

import contextlib
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import click
import psutil
from rich.progress import Progress

import simulator
from loadtests.bench import layers, peers, wrk
from loadtests.bench.deliveries import OIN
from loadtests.bench.figures import mib, ms, whole
from loadtests.bench.options import Options, common, errors, need_disk, progress
from loadtests.bench.peers import PEERS, Peer
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, count_metered, memory_of, on_core, started

OURS = "this simulator"
_DOES = "authenticates, validates, checks the subscription, deduplicates twice, stores durably, meters, counts rules"
FLOOR = "the rows alone"
_FLOOR_DOES = (
    "the same server and threads store made up rows of the same size in SQLite, durable, and nothing is read, judged "
    "or metered: the floor of any answer here that is stored"
)
_SYNC_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class CeilingOptions(Options):
    connections: str
    seconds: float
    runs: int
    warmup: float
    jvm_warmup: float
    only: tuple[str, ...]

    @property
    def steps(self) -> list[int]:
        return [int(each) for each in self.connections.split(",")]

    @property
    def middle(self) -> int:
        """The number of connections that the goals are about."""
        return 32 if 32 in self.steps else self.steps[-1]  # noqa: PLR2004 - see above

    def wants(self, name: str) -> bool:
        return not self.only or any(each.lower() in name.lower() for each in self.only)


@dataclass
class Result:
    """What one server did; ``runs`` by number of connections, the median ones."""

    name: str
    version: str
    does: str
    runs: dict[int, wrk.Run] = field(default_factory=dict)
    errors: int = 0
    answered: int = 0
    """In all runs, not in the median ones alone."""
    rss_idle: int = 0
    rss_after: int = 0
    remark: str = ""
    ours: float | None = None
    """What ours did just before and just after this one, on average, at the number of connections of the goals."""


def measure(result: Result, client: wrk.Wrk, options: CeilingOptions, bar: Progress) -> None:
    """Every number of connections in turn."""
    task = bar.add_task(result.name, total=len(options.steps))
    for connections in options.steps:
        median, runs = client.median(connections, options.seconds, options.runs)
        result.runs[connections] = median
        result.errors += sum(run.errors for run in runs)
        result.answered += sum(run.requests for run in runs)
        bar.advance(task)
    bar.remove_task(task)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A directory for one server, on a real disk."""
    made = Path(tempfile.mkdtemp(prefix="mosim-ceiling-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def measure_ours(options: CeilingOptions, bsns: list[str], bar: Progress) -> Result:
    """Durable, on SQLite; and as much is metered as was answered."""
    result = Result(OURS, simulator.__version__, _DOES)
    with folder() as data, started(Place(data, core=options.server)) as running:
        need_disk(data)
        client = wrk.Wrk(running.base, bsns, options.load)
        client.run(32, options.warmup)
        before = count_metered(running)
        result.rss_idle = memory_of(running.processes())
        measure(result, client, options, bar)
        result.rss_after = memory_of(running.processes())
        client.close()
        if count_metered(running) - before < result.answered:
            raise click.ClickException(f"{result.answered} deliveries were answered and fewer were metered")
    return result


def measure_peer(peer: Peer, options: CeilingOptions, bsns: list[str], bar: Progress) -> Result:
    """The same load on somebody else."""
    result = Result(peer.name, peer.version or version_of(peer), peer.does)
    peer.install()
    with folder() as work, peers.serving(peer, work, options.server) as serving:
        client = wrk.Wrk(serving.base, bsns, options.load, peer.request)
        warmup = options.jvm_warmup if peer.jvm else options.warmup
        measure_warmed(result, client, serving.processes, replace(options, warmup=warmup), bar)
    return result


def measure_floor(options: CeilingOptions, bsns: list[str], bar: Progress) -> Result:
    """What is left of ours when only the rows are stored: no server with this store can be quicker."""
    result = Result(FLOOR, "", _FLOOR_DOES)
    with folder() as data, layers.serving("rows", data, options.server) as (base, process):
        client = wrk.Wrk(base, bsns, options.load)
        measure_warmed(result, client, lambda: [process, *process.children(recursive=True)], options, bar)
    return result


def measure_warmed(
    result: Result,
    client: wrk.Wrk,
    processes: Callable[[], list[psutil.Process]],
    options: CeilingOptions,
    bar: Progress,
) -> None:
    """Weigh, warm up, measure, and weigh again."""
    result.rss_idle = memory_of(processes())
    task = bar.add_task(f"{result.name}: warming up {options.warmup:.0f} s", total=None)
    client.run(32, options.warmup)
    bar.remove_task(task)
    measure(result, client, options, bar)
    result.rss_after = memory_of(processes())
    client.close()


def version_of(peer: Peer) -> str:
    """Of a program that was there already: it says so on stderr, after the last slash."""
    said = subprocess.run([peer.package, "-v"], capture_output=True, text=True, check=False).stderr
    return said.strip().rpartition("/")[2]


def measure_syncs(options: CeilingOptions, seconds: float = 2.0) -> float:
    """How often a second a file can be made durable: what bounds a server that commits each delivery by itself."""
    rates = []
    with folder() as data, on_core(options.server):
        for _ in range(options.runs):
            with (data / "sync").open("wb", buffering=0) as file:
                start, count = time.perf_counter(), 0
                while time.perf_counter() - start < seconds:
                    file.write(bytes(_SYNC_BYTES))
                    os.fdatasync(file.fileno())
                    count += 1
                rates.append(count / (time.perf_counter() - start))
    return statistics.median(rates)


def measure_all(options: CeilingOptions) -> list[Result]:
    """Ours first, and briefly after each of the others: the machine changes while they take turns."""
    bsns = Receivers(OIN).pool(wrk.POOL)
    results = []
    with progress() as bar:
        if options.wants(OURS):
            results.append(measure_ours(options, bsns, bar))
        before, briefly = results[:1], replace(options, connections=str(options.middle))
        for result in measure_others(options, bsns, bar):
            results.append(result)
            if before and result.runs:
                after = [measure_ours(briefly, bsns, bar)]
                result.ours = statistics.mean(each.runs[options.middle].rate for each in before + after)
                before = after
    return results


def measure_others(options: CeilingOptions, bsns: list[str], bar: Progress) -> Iterator[Result]:
    """The floor and the peers, one after another."""
    if options.wants(FLOOR):
        yield measure_floor(options, bsns, bar)
    for peer in filter(lambda each: options.wants(each.name), PEERS):
        missing = peer.missing()
        if missing:
            errors.print(f"{peer.name} is skipped: {missing}", style="yellow")
            yield Result(peer.name, peer.version, peer.does, remark=f"skipped: {missing}")
        else:
            yield measure_peer(peer, options, bsns, bar)


def make_report(results: list[Result], syncs: float, options: CeilingOptions) -> Report:
    middle = options.middle
    columns = ("server", *(f"{each} conn." for each in options.steps), f"p50 / p99 ms at {middle}", "memory", "errors",
               f"ours then, at {middle}", "ours ÷ it")  # fmt: skip
    rows = [_row(each, options.steps, middle) for each in results]
    rows.append(("this disk: fdatasync, one after another", whole(syncs), *("" for _ in columns[2:])))
    pinned = "unpinned" if options.no_pin else f"server on core {options.server}, wrk on core {options.load}"
    does = "; ".join(f"**{name}** {does}" for name, does in {each.name: each.does for each in results}.items())
    how = (
        f"Requests per second, {pinned}; median of {options.runs} runs of {options.seconds:g} s after a warm-up of "
        f"{options.warmup:g} s ({options.jvm_warmup:g} s for WireMock). Memory is resident, idle → after the load. "
        "Ours is `mosim serve` with one worker on SQLite, each 201 after its fdatasync; since the machine changes, it "
        f"is measured anew after each of the others, which is compared to the two around it. {_programs()}"
    )
    what = (
        f"What each does for a request: {does}. The peers store nothing durably: that work is on our side of the ratio."
    )
    return Report("ceiling", columns, rows, (how, what))


def _row(result: Result, steps: list[int], middle: int) -> tuple[str, ...]:
    name = f"{result.name} {result.version}".strip()
    if not result.runs:
        return (f"{name} ({result.remark})", *("–" for _ in steps), "–", "–", "–", "", "")
    at = result.runs[middle]
    then, ratio = ("", "") if result.ours is None else (whole(result.ours), f"{result.ours / at.rate:.2f}")
    rates = (whole(result.runs[each].rate) for each in steps)
    memory = f"{mib(result.rss_idle)} → {mib(result.rss_after)}"
    return (name, *rates, f"{ms(at.p50)} / {ms(at.p99)}", memory, str(result.errors), then, ratio)


def _programs() -> str:
    """What the peers run on, as far as it is here."""
    found = []
    for command in (["node", "--version"], ["java", "-version"], ["wrk", "-v"]):
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found.append(f"{(done.stdout + done.stderr).splitlines()[0].split(' Copyright')[0].strip()}")
    return f"Programs: {'; '.join(found)}."


@click.command()
@click.option("--connections", default="1,8,32,64", show_default=True, help="Numbers of connections, with commas.")
@click.option("--seconds", default=5.0, show_default=True, help="Of one run.")
@click.option("--runs", default=3, show_default=True, help="The median of so many counts.")
@click.option("--warmup", default=2.0, show_default=True, help="Seconds of load before the first run.")
@click.option("--jvm-warmup", default=30.0, show_default=True, help="The same for WireMock, which compiles as it goes.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this server (a part of its name); may be repeated.")
@common
def main(**given: Any) -> None:
    """Deliver as fast as it goes, to this simulator and to the general mock servers, one after another.

    The peers are installed into a cache directory of their own (XDG_CACHE_HOME), versions pinned. With --only the
    document stays as it is, because a part of the table is no comparison.
    """
    options = CeilingOptions(**given)
    if not wrk.is_installed():
        raise click.ClickException(wrk.MISSING)
    results = measure_all(options)
    if not results:
        raise click.ClickException(f"there is no server with {' or '.join(options.only)} in its name")
    syncs = measure_syncs(options)
    result = {"fdatasyncs_per_second": round(syncs), "servers": [asdict(each) for each in results]}
    if options.only:
        options = CeilingOptions(**given | {"no_write": True})
    options.finish(make_report(results, syncs, options), result | {"cores": psutil.cpu_count()})
    if any(each.errors for each in results):
        raise click.ClickException("there were errors, so these figures do not count")


if __name__ == "__main__":
    main()
