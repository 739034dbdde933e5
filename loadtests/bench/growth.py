"""``loadtests/growth``: what happens to speed, memory and disk as messages pile up."""

import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import requests
from rich.progress import Progress, TaskID

from loadtests.bench import picture, wrk
from loadtests.bench.deliveries import OIN
from loadtests.bench.figures import mib, ms, percentile, whole
from loadtests.bench.filler import BATCH, CONNECTIONS, MAKERS, Filler, fill_to, make_makers
from loadtests.bench.options import StorageOptions, common, errors, need_disk, progress, storage
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, count_metered, memory_of, on_core, started, wait_until_idle
from simulator.gebruikers.values.population import Bereik
from tests.running import RunningSimulator

REPORTS = Path(__file__).parents[1] / "reports"
MEASURED_BATCHES = 10
ROUNDS = 3
PEOPLE = 200_000
"""Who get the single deliveries: more than a few pages of any index."""
PAGES = ("/berichtenbox", "/api/portaal/v1/berichten", "/api/portaal/v1/overzicht")


@dataclass(frozen=True, kw_only=True)
class GrowthOptions(StorageOptions):
    sizes: str
    population: str
    connections: int
    makers: int
    seconds: float
    citizens: int
    fresh: bool

    @property
    def steps(self) -> list[int]:
        return sorted(int(each.replace("_", "")) for each in self.sizes.split(","))

    @property
    def bereik(self) -> Bereik:
        return Bereik(self.population)

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Kept afterwards, so that an interrupted run goes on where it was."""
        with self.place_in(self.data or REPORTS / self.name_of("growth")) as place:
            yield place


@dataclass(frozen=True)
class Step:
    """The figures at one size; durations in milliseconds."""

    stored: int
    batch_rate: float
    drain_seconds: float
    """What the agenda (kennisgevingen) still needed after the measured batches."""
    single_rate: float | None
    single_p99: float | None
    pages: dict[str, tuple[float, float]]
    """p50 and p99 by path."""
    bytes_per_message: float
    memory: int
    followed_rate: float = 0.0
    """Messages a second in batches, until the last kennisgeving was done too."""


def measure_pages(running: RunningSimulator, bsns: Iterator[str], number: int) -> dict[str, tuple[float, float]]:
    """Each page once for each of these citizens, who sign in first (some cannot: their DigiD has no second factor)."""
    taken: dict[str, list[float]] = {path: [] for path in PAGES}
    with requests.Session() as session:
        while len(taken[PAGES[0]]) < number:
            made = running.control("POST", "/sessies", json={"bsn": next(bsns)})
            if made.status_code == requests.codes.forbidden:
                continue
            made.raise_for_status()
            sign = {"Authorization": f"Bearer {made.json()['token']}"}
            cookie = {"Cookie": f"{made.json()['cookie']}={made.json()['token']}"}
            for path in PAGES:
                start = time.perf_counter()
                answer = session.get(
                    running.base + path, headers=sign if path.startswith("/api") else cookie, timeout=60
                )
                taken[path].append(time.perf_counter() - start)
                if answer.status_code != requests.codes.ok or answer.history:
                    raise click.ClickException(f"{path} answered {answer.status_code}")
            session.cookies.clear()
    return {
        path: (statistics.median(each) * 1000, percentile(sorted(each), 0.99) * 1000) for path, each in taken.items()
    }


class Growth:
    """One run: a running simulator that grows from size to size."""

    def __init__(self, running: RunningSimulator, place: Place, options: GrowthOptions, filler: Filler) -> None:
        self._running = running
        self._place = place
        self._options = options
        self._filler = filler
        self._receivers = Receivers(OIN, options.bereik)

    def measure(self, bar: Progress, task: TaskID, batches: int) -> Step:
        """All figures, at the size that it has now."""
        stored = count_metered(self._running)
        per_message = self._place.disk() / max(1, stored)
        memory = memory_of(self._running.processes())
        bar.update(task, description=f"{stored:,} messages: measuring pages")
        with on_core(self._options.load):
            pages = measure_pages(self._running, self._filler.citizens(), self._options.citizens)
        bar.update(task, description=f"{stored:,} messages: measuring batches")
        rates, drained = [], 0.0
        for _ in range(ROUNDS):
            with on_core(self._options.load):
                rates.append(self._filler.measure(batches))
            drained += wait_until_idle(self._running)
        bar.update(task, description=f"{stored:,} messages: measuring single deliveries")
        single = self._measure_single()
        wait_until_idle(self._running)
        rate, p99 = (single.rate, single.p99) if single else (None, None)
        seconds = sum(batches * BATCH / each for each in rates) + drained
        followed = ROUNDS * batches * BATCH / seconds
        return Step(stored, statistics.median(rates), drained, rate, p99, pages, per_message, memory, followed)

    def _measure_single(self) -> wrk.Run | None:
        if not wrk.is_installed() or not self._options.seconds:
            return None
        client = wrk.Wrk(self._running.base, self._receivers.pool(PEOPLE), self._options.load)
        run, runs = client.median(32, self._options.seconds, 3)
        client.close()
        if any(each.errors for each in runs):
            raise click.ClickException("there were errors among the single deliveries")
        return run


def run(options: GrowthOptions, save: Callable[[list[Step]], None]) -> list[Step]:
    """From size to size; what was measured is saved after each, and Ctrl-C keeps it."""
    steps: list[Step] = []
    save(steps)
    batches = max(2, min(MEASURED_BATCHES, options.steps[0] // BATCH))
    flags = ("--population", options.population, *options.flags)
    makers = make_makers(options.makers, options.bereik, options.load)
    with makers, options.place() as place, started(place, *flags) as running, progress() as bar:
        need_disk(place.data)
        filler = Filler(running.base, makers, options.connections)
        growth = Growth(running, place, options, filler)
        task = bar.add_task("starting", total=None)
        try:
            for size in options.steps:
                if size < count_metered(running):
                    errors.print(f"{size:,} is skipped: there is more in {place.data} already (--fresh starts anew)")
                    continue
                fill_to(running, filler, size, bar, task)
                steps.append(growth.measure(bar, task, batches))
                save(steps)
        except KeyboardInterrupt:
            makers.shutdown(wait=False, cancel_futures=True)
            errors.print(f"stopped; the same command goes on from what is in {place.data}", style="yellow")
    return steps


def make_report(steps: list[Step], options: GrowthOptions) -> Report:
    measures: tuple[tuple[str, Callable[[Step], str]], ...] = (
        ("batches of 1,000, messages/s", lambda step: whole(step.batch_rate)),
        ("… against the first size", lambda step: f"{step.batch_rate / steps[0].batch_rate:.2f}"),
        ("… until their kennisgevingen are done", lambda step: whole(step.followed_rate)),
        ("single, 32 connections, per second", lambda step: whole(step.single_rate)),
        ("… p99, ms", lambda step: ms(step.single_p99)),
        *((f"`{path}` p50 / p99, ms", _page(path)) for path in PAGES),
        ("bytes on disk for each message", lambda step: whole(step.bytes_per_message)),
        ("memory, resident", lambda step: mib(step.memory)),
    )
    columns = ("messages stored", *(whole(step.stored) for step in steps))
    rows = [(name, *map(show, steps)) for name, show in measures]
    people = "18 million people" if options.bereik is Bereik.LANDELIJK else "90,909 people"
    note = (
        f"{options.storage}; random ids, random receivers among {people}; batches over {options.connections} "
        f"connections, the median of {ROUNDS} short rounds; single deliveries to {PEOPLE:,} of them; "
        f"pages for {options.citizens} random citizens who got something. "
        "Each size is measured after the agenda has caught up."
    )
    name = options.name_of("growth")
    return Report(name, columns, rows, (note,), f"{name}.svg")


def _page(path: str) -> Callable[[Step], str]:
    return lambda step: " / ".join(map(ms, step.pages[path]))


def draw(steps: list[Step]) -> str:
    stored = [step.stored for step in steps]
    batches = list(zip(stored, (step.batch_rate for step in steps), strict=True))
    singles = [(step.stored, step.single_rate) for step in steps if step.single_rate is not None]
    memory = [(step.stored, step.memory / 2**20) for step in steps]
    pages = {
        name: [(step.stored, step.pages[path][0]) for step in steps]
        for name, path in (("inbox page", PAGES[0]), ("portaal API", PAGES[1]))
    }
    across = "messages stored"
    panels = (
        picture.Panel("In batches, messages per second", across, {"batches of 1,000": batches}, log_x=True),
        picture.Panel("One by one, per second", across, {"32 connections": singles}, log_x=True),
        picture.Panel("Reading, p50 in ms", across, pages, log_x=True),
        picture.Panel("Memory, MiB", across, {"resident": memory}, log_x=True),
    )
    return picture.draw(panels, "Rates, reading times and memory as messages pile up")


def load_steps(file: Path) -> list[Step]:
    """What an earlier run measured on the same data."""
    return [Step(**each) for each in json.loads(file.read_text("utf-8"))["steps"]] if file.exists() else []


@click.command()
@click.option("--sizes", default="10_000,1_000_000,10_000_000", show_default=True, help="Numbers stored, with commas.")
@click.option(
    "--population", type=click.Choice([each.value for each in Bereik]), default="landelijk", show_default=True,
    help="Who lives here: test puts more and more into the same 90,909 boxes.",
)  # fmt: skip
@click.option("--connections", default=CONNECTIONS, show_default=True, help="Batches on their way at once.")
@click.option("--makers", default=MAKERS, show_default=True, help="Processes that make the bodies.")
@click.option("--seconds", default=5.0, show_default=True, help="Of each of three runs of single deliveries; 0 skips.")
@click.option("--citizens", default=200, show_default=True, help="Whose pages are opened at each size.")
@click.option(
    "--fresh", is_flag=True, help="Throw away what an earlier run of this command left in the data directory."
)
@storage
@common
def main(**given: Any) -> None:
    """Fill an omgeving to each size in turn, and measure it there: batches, single deliveries, reading, disk, memory.

    The data stays (loadtests/reports/growth, or --data), so that an interrupted run goes on where it was; what was
    measured is in growth.json beside it.
    """
    options = GrowthOptions(**given)
    with options.place() as place:
        kept = place.data / "growth.json"
    if options.fresh and kept.exists():
        shutil.rmtree(place.data)
    earlier = load_steps(kept)

    def together(steps: list[Step]) -> list[Step]:
        return sorted([*earlier, *steps], key=lambda step: step.stored)

    def save(steps: list[Step]) -> None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"steps": [asdict(each) for each in together(steps)]}, indent=2), "utf-8")

    steps = together(run(options, save))
    if not steps:
        raise click.ClickException("nothing was measured")
    options.finish(make_report(steps, options), {"steps": [asdict(each) for each in steps]}, draw(steps))


if __name__ == "__main__":
    main()
