"""``loadtests/machines``: the road past one machine, gone: replica, simulators, balancer and load, each a machine."""

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress

from loadtests.bench.cluster import MISSING, PATIENCE, SENDERS, SIMULATORS, Cluster, cluster, is_installed, wait_for
from loadtests.bench.network import may_make_namespaces
from loadtests.bench.options import Options, progress, unpinned
from loadtests.bench.replicated import ask
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, count_metered, wait_until_idle

_NO_BUDGET = "p95=600000 errors=100%"
"""What the clients see is shown, and not judged."""
_HANGS = 0.5
"""Seconds: long enough for the balancer to send it something."""


@dataclass(frozen=True)
class Load:
    """What is sent in each run, and what happens to the simulators in each."""

    rate: float
    seconds: float
    events: Sequence[str]


@dataclass(frozen=True)
class Seen:
    """What the clients saw in one run: times in milliseconds from the moment that a delivery was due."""

    what: str
    deliveries: int
    verwerkt: int
    p50: float
    p95: float
    longest: float
    failed: int


@dataclass(frozen=True)
class Books:
    """What was stored in the end, as the replica has it, beside what the clients were told."""

    acknowledged: int
    """Deliveries of which a client read that they were Verwerkt; of one that got no answer nobody knows."""
    failed: int
    stored: int
    metered: int
    mails: int
    twice: int
    caught_up: float
    check: list[dict[str, str]]

    @property
    def problems(self) -> list[str]:
        """In words; empty when all is well."""
        found = [f"mosim check on the replica: {each}" for each in self.check]
        if self.stored != self.metered or not self.acknowledged <= self.stored <= self.acknowledged + self.failed:
            found.append(
                f"{self.acknowledged} acknowledged and {self.failed} unanswered, "
                f"{self.stored} stored, {self.metered} metered"
            )
        if self.twice:
            found.append(f"{self.twice} e-mails were sent twice")
        return found


def stay(_here: Cluster) -> None:
    """Take nothing away."""


def kill(here: Cluster) -> None:
    """One simulator hangs, with requests in hand, and then its power fails."""
    for process in here.simulators[0].processes():
        process.suspend()
    time.sleep(_HANGS)
    here.simulators[0].kill()


def stop(here: Cluster) -> None:
    """Another is stopped as for maintenance: it finishes what it does."""
    here.simulators[1].process.send_signal(signal.SIGTERM)


EVENTS: dict[str, tuple[str, Callable[[Cluster], None]]] = {
    "none": ("all simulators there", stay),
    "killed": ("one hangs and is killed", kill),
    "stopped": ("another is stopped", stop),
}


@contextlib.contextmanager
def sending(here: Cluster, load: Load, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """``mosim load``: a master that counts, and senders that join it, on machines of their own."""
    master, mosim = here.place["locust"], [sys.executable, "-m", "simulator", "load"]
    run = [
        *mosim, "run", "--json", "--url", here.door, "--scenario", "status", "--rate", str(load.rate), "--duration",
        f"{load.seconds:g}s", "--listen", master.address, "--workers", str(SENDERS), "--budget", _NO_BUDGET,
        "--timeout", "20", "--data", str(folder), "--output", str(folder / "report"),
    ]  # fmt: skip
    started = [master.start(*run, stdout=subprocess.PIPE, stderr=subprocess.PIPE)]
    senders = [here.place[f"sender-{number}"] for number in range(1, SENDERS + 1)]
    started += [each.start(*mosim, "join", master.address, stdout=subprocess.DEVNULL) for each in senders]
    try:
        yield started[0]
    finally:
        for process in started:  # a sender ends with the master
            if started[0].returncode != 0:
                process.terminate()
            process.wait(PATIENCE)


def watch(here: Cluster, what: str, counting: "subprocess.Popen[str]", take_away: Callable[[Cluster], None]) -> Seen:
    """Wait until deliveries come in, take something away, and read what the clients saw."""
    survivor = here.simulators[-1]
    before = count_metered(survivor)
    wait_for(lambda: count_metered(survivor) > before or counting.poll() is not None, "no delivery came in")
    take_away(here)
    said, errors = counting.communicate(timeout=600)
    if not said.startswith("{"):
        raise click.ClickException(f"mosim load did not work: {errors}")
    (line,) = json.loads(said)["lines"]
    verwerkt = line["codes"].get("Verwerkt", 0)
    return Seen(what, line["arrivals"], verwerkt, line["p50"], line["p95"], line["longest"], line["failed"])


def check_books(here: Cluster, seen: list[Seen], folder: Path) -> Books:
    """What the replica holds once it has all, and what ``mosim check`` says of that."""
    survivor = here.simulators[-1]
    wait_until_idle(survivor, limit=PATIENCE)
    caught_up = here.database.catch_up()
    schema = ask(here.database.replica, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'omg_standaard_%'")

    def count(what: str, table: str) -> int:
        return int(ask(here.database.replica, f"SELECT count({what}) FROM {schema}.{table}"))

    mails = count("*", "kennisgevingen WHERE soort = 'nieuw'")
    return Books(
        acknowledged=sum(each.verwerkt for each in seen),
        failed=sum(each.failed for each in seen),
        stored=count("*", "berichten"),
        metered=count_metered(survivor),
        mails=mails,
        twice=mails - count("DISTINCT bericht_id", "kennisgevingen WHERE soort = 'nieuw'"),
        caught_up=caught_up,
        check=Place(folder, here.database.replica).check(),
    )


def check_clock(here: Cluster) -> None:
    """One simulator holds the clock still and another moves it: all of them show one moment."""
    first, *others = here.simulators
    first.control("PUT", "/klok", json={"modus": "stil"}).raise_for_status()
    others[-1].control("POST", "/klok/_vooruit", json={"duur": "PT1H"}).raise_for_status()
    shown = {each.control("GET", "/klok").json()["moment"] for each in here.simulators}
    others[0].control("PUT", "/klok", json={"modus": "echt"}).raise_for_status()
    if len(shown) != 1:
        raise click.ClickException(f"there is more than one clock: {sorted(shown)}")


def rehearse(load: Load, folder: Path, bar: Progress) -> tuple[list[Seen], Books]:
    """Deliver with all there, then kill one simulator, then stop another, and check the books."""
    task = bar.add_task("starting the machines", total=len(load.events) + 2)
    with cluster(folder) as here:
        check_clock(here)
        seen = []
        for event in load.events:
            what, take_away = EVENTS[event]
            bar.update(task, advance=1, description=what)
            with sending(here, load, folder) as counting:
                seen.append(watch(here, what, counting, take_away))
        bar.update(task, advance=1, description="checking the books")
        books = check_books(here, seen, folder)
        bar.update(task, advance=1)
    return seen, books


def describe(seen: list[Seen], books: Books, load: Load, *, apart: bool) -> Report:
    """The runs, and what became of all that was acknowledged."""
    columns = ("while", "deliveries", "p50 ms", "p95 ms", "longest ms", "failed requests")
    rows = [
        (
            each.what,
            f"{each.deliveries:,}",
            f"{each.p50:.0f}",
            f"{each.p95:.0f}",
            f"{each.longest:.0f}",
            str(each.failed),
        )
        for each in seen
    ]
    kind = "a network namespace" if apart else "a loopback address"
    note = (
        f"{SIMULATORS} simulators behind HAProxy, PostgreSQL and a streaming replica, Locust's master and {SENDERS} "
        f"senders: each {kind} of one machine, so the times say little. {load.rate:g} deliveries a second through the "
        f"balancer, each followed until its REPORT. In the end {books.acknowledged:,} were acknowledged as *Verwerkt*, "
        f"{books.stored:,} stored, {books.metered:,} metered, and {books.mails:,} e-mails sent, {books.twice} of them "
        f"twice. The replica had it all after {books.caught_up * 1000:.0f} ms, and `mosim check` there had "
        f"{len(books.check) or 'nothing'} to remark."
    )
    return Report("machines", columns, rows, (note,))


@click.command()
@click.option("--rate", default=50.0, show_default=True, help="Deliveries a second.")
@click.option("--seconds", default=10.0, show_default=True, help="Of each of the three runs.")
@click.option("--only", type=click.Choice(list(EVENTS)), multiple=True, help="Only these of the three.")
@unpinned
def main(rate: float, seconds: float, only: tuple[str, ...], **given: Any) -> None:
    """Go the road of docs/scale.md on one machine: take simulators away under load, check the books on a replica."""
    options, load = Options(**given), Load(rate, seconds, only or list(EVENTS))
    if not is_installed():
        raise click.ClickException(MISSING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it cleans up after that as well
    with tempfile.TemporaryDirectory(prefix="mosim-machines-") as folder, progress() as bar:
        seen, books = rehearse(load, Path(folder), bar)
    result = {"runs": [asdict(each) for each in seen], "books": asdict(books), "problems": books.problems}
    options.finish(describe(seen, books, load, apart=may_make_namespaces()), result)
    if books.problems:
        raise click.ClickException("; ".join(books.problems))


if __name__ == "__main__":
    main()
