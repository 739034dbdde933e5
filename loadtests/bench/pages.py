"""``loadtests/pages``: how long a citizen with a very full box waits for the first byte of each page."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click
import requests

from loadtests.bench.deliveries import make_body, post
from loadtests.bench.figures import ms, percentile
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.report import Report
from loadtests.bench.simulator import on_core, started, wait_until_idle
from tests.running import RunningSimulator, Wereld
from tests.walking import NOBODY, Pagina, list_pages, log_in

BSN = "999990019"
BATCH = 1000
GOAL = 50.0
"""Milliseconds."""


@dataclass(frozen=True, kw_only=True)
class PagesOptions(StorageOptions):
    messages: int
    times: int


@dataclass(frozen=True)
class Waiting:
    """Milliseconds to the first byte of one page."""

    path: str
    p50: float
    p99: float
    size: int


def fill(running: RunningSimulator, number: int) -> None:
    """All for one person, in batches; nobody is told by e-mail, as a hundred thousand mails are another matter."""
    quiet = {"bsn": BSN, "kennisgeving": False}
    running.control("POST", "/gebruikers/_wijzigen", json=quiet).raise_for_status()
    with requests.Session() as session, progress() as bar:
        task = bar.add_task(f"delivering {number:,} messages to one person", total=number)
        for first in range(0, number, BATCH):
            size = min(BATCH, number - first)
            post(session, running.base, make_body([BSN] * size)).raise_for_status()
            bar.update(task, advance=size)
    wait_until_idle(running)


def measure(wereld: Wereld, pagina: Pagina, times: int) -> Waiting:
    """Ask for one page again and again, on a connection that is kept."""
    taken = []
    with requests.Session() as session:
        log_in(session, wereld, pagina.wie)
        for _ in range(times + 1):
            start = time.perf_counter()
            with session.get(wereld.base + pagina.pad, timeout=60, stream=True) as answer:
                taken.append((time.perf_counter() - start) * 1000)
                answer.raise_for_status()
                size = len(answer.content)
    warm = sorted(taken[1:])
    return Waiting(f"{_shorten(pagina)}", percentile(warm, 0.5), percentile(warm, 0.99), size)


def run(options: PagesOptions) -> list[Waiting]:
    """Fill the box, then ask for every page that there is, as the person whose box it is."""
    with options.place() as place, started(place, *options.flags) as running:
        need_disk(place.data)
        fill(running, options.messages)
        wereld = Wereld(running, "standaard")
        with on_core(options.load), progress() as bar:
            found = list_pages(wereld)
            pages = [pages[-1] for _, pages in sorted(found.items())]
            task = bar.add_task("asking for each page", total=len(pages))
            measured = []
            for pagina in pages:
                measured.append(measure(wereld, pagina, options.times))
                bar.update(task, advance=1)
        return measured


def _shorten(pagina: Pagina) -> str:
    """The address without what differs from run to run."""
    parts = [
        "…" if len(part) == len("6ac9a837-8512-8194-a9e5-92a215137f1d") else part for part in pagina.pad.split("/")
    ]
    return "/".join(parts) + (" (not logged in)" if pagina.wie == NOBODY else "")


def make_report(measured: Sequence[Waiting], options: PagesOptions) -> Report:
    rows = [(f"`{each.path}`", ms(each.p50), ms(each.p99), f"{each.size / 1000:.0f} kB") for each in measured]
    late = [each.path for each in measured if each.p99 > GOAL]
    said = f"not met by {', '.join(late)}" if late else "met by every page"
    note = (
        f"{options.storage}, {options.messages:,} unread messages in one box, each page {options.times} times, "
        f"one visitor. The goal, the first byte within {GOAL:.0f} ms, is {said}."
    )
    return Report(options.name_of("pages"), ("page", "p50 ms", "p99 ms", "HTML"), rows, (note,))


@click.command()
@click.option("--messages", default=100_000, show_default=True, help="In the box of one person.")
@click.option("--times", default=50, show_default=True, help="That each page is asked for.")
@storage
@common
def main(**given: Any) -> None:
    """Fill the box of one person, and measure how long each page takes to its first byte."""
    options = PagesOptions(**given)
    measured = run(options)
    options.finish(make_report(measured, options), [asdict(each) for each in measured])


if __name__ == "__main__":
    main()
