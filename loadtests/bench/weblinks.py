"""``loadtests/weblinks``: ten thousand weblinks followed by one simulator, its memory watched all the while."""

import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import click
import requests

from loadtests.bench.deliveries import KEY, OIN
from loadtests.bench.figures import mib, whole
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, memory_of, on_core, started
from loadtests.bench.website import kind_of, name_host
from simulator.afnemers import afnemer_index
from simulator.app import create_app
from simulator.settings import Settings
from simulator.weblinks.usecases.registratie import judge_weblink, register_weblink
from tests.running import RunningSimulator

AT_ONCE = 500
POLL = 0.2
"""Seconds between two looks at what waits and at the memory."""
EXPECTED = {"fine": "in orde", "moved": "omgeleid", "gone": "kapot", "hangs": "onbereikbaar", "resets": "onbereikbaar"}


@dataclass(frozen=True, kw_only=True)
class WeblinkOptions(StorageOptions):
    links: int
    hosts: int
    rounds: int
    timeout: float
    concurrency: int


class Site(NamedTuple):
    """The web server, as it introduced itself."""

    port: int
    authority: str


@dataclass
class Round:
    """Every weblink followed once."""

    number: int
    seconds: float = 0.0
    memory: list[int] = field(default_factory=list)

    @property
    def peak(self) -> int:
        return max(self.memory)


@dataclass
class Outcome:
    """The rounds, and what was found in the last; ``wrong`` are weblinks of another stand than the server made them."""

    links: int
    idle: int
    rounds: list[Round]
    standen: dict[str, int]
    wrong: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"rounds": [asdict(each) | {"peak": each.peak} for each in self.rounds]}


@contextlib.contextmanager
def site_of(hosts: int, core: int | None) -> Iterator[Site]:
    """The web server, in a process of its own on the core of the load."""
    command = [sys.executable, "-m", "loadtests.bench.website", str(hosts)]
    with on_core(core):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        if process.stdin is None or process.stdout is None:
            raise click.ClickException("the web server did not start")
        try:
            yield Site(**json.loads(process.stdout.readline()))
        finally:
            process.terminate()


def fill(place: Place, site: Site, options: WeblinkOptions) -> None:
    """Weblinks as delivered zaken leave them, before the simulator starts: all are due when it does."""
    app = create_app(Settings(data=place.data, database_url=place.database_url, log_level="error"))
    omgeving = app.extensions["omgevingen"].get("standaard")
    names = {name_host(number): f"127.0.0.1:{site.port}" for number in range(options.hosts)}
    with omgeving.unit_of_work() as uow:
        uow.change_state(weblink_lokaal=names, weblink_certificaten=site.authority)
    afnemer = afnemer_index(omgeving).by_oin[OIN]
    for first in range(0, options.links, AT_ONCE):
        with omgeving.unit_of_work() as uow:
            for page in range(first, min(first + AT_ONCE, options.links)):
                url = f"https://{name_host(page % options.hosts)}/dossiers/{page}"
                bezwaren = judge_weblink(omgeving, uow.session, afnemer, url)
                register_weblink(uow, afnemer.id, url, bezwaren)
    app.extensions["omgevingen"].close()


@dataclass(frozen=True)
class Watch:
    """Asks the running simulator as the Afnemer does."""

    running: RunningSimulator
    links: int

    def ask(self, method: str, path: str, **given: Any) -> Any:
        answer = requests.request(
            method, f"{self.running.base}/api/weblinks/v1{path}", headers={"X-API-Key": KEY}, timeout=60, **given
        )
        answer.raise_for_status()
        return answer.json()

    def memory(self) -> int:
        return memory_of(self.running.processes())

    def follow(self, number: int, on_step: Callable[[int], None]) -> Round:
        """One round: until nothing is due any more."""
        taken, start = Round(number), time.perf_counter()
        if number > 1:
            self.ask("POST", "/controles", json={})
        while waiting := self.ask("GET", "/samenvatting?dagen=1")["wachtend"]:
            taken.memory.append(self.memory())
            on_step(self.links - waiting)
            time.sleep(POLL)
        taken.seconds = time.perf_counter() - start
        taken.memory.append(self.memory())
        return taken

    def count_wrong(self) -> int:
        """Weblinks whose stand is not what the page is."""
        wrong, place = 0, ""
        while place is not None:
            found = self.ask("GET", f"/controles?aantal=1000{place}")
            pages = ((int(each["url"].rpartition("/")[2]), each["stand"]) for each in found["controles"])
            wrong += sum(EXPECTED[kind_of(page)] != stand for page, stand in pages)
            place = found["volgende"] and f"&na={found['volgende']}"
        return wrong


def run(options: WeblinkOptions) -> Outcome:
    flags = ("--weblink-timeout", str(options.timeout), "--weblink-concurrency", str(options.concurrency),
             "--weblink-rate", "100000")  # fmt: skip
    with options.place() as place, site_of(options.hosts, options.load) as site, progress() as bar:
        place.data.mkdir(parents=True, exist_ok=True)
        need_disk(place.data)
        task = bar.add_task("storing them", total=options.links)
        fill(place, site, options)
        with started(place, *options.flags, *flags) as running:
            watch = Watch(running, options.links)
            idle, rounds = watch.memory(), []
            for number in range(1, options.rounds + 1):
                bar.update(task, description=f"round {number} of {options.rounds}")
                rounds.append(watch.follow(number, lambda done: bar.update(task, completed=done)))
            standen = watch.ask("GET", "/samenvatting?dagen=1")["standen"]
            return Outcome(options.links, idle, rounds, standen, watch.count_wrong())


def make_report(outcome: Outcome, options: WeblinkOptions) -> Report:
    columns = ("every weblink once", "seconds", "weblinks/s", "memory at the end", "most memory on the way")
    rows = [
        (f"round {each.number}", f"{each.seconds:.1f}", whole(outcome.links / each.seconds), mib(each.memory[-1]),
         mib(each.peak))
        for each in outcome.rounds
    ]  # fmt: skip
    counts = Counter(outcome.standen)
    found = ", ".join(f"{number:,} {stand}" for stand, number in counts.items() if number)
    note = (
        f"{options.storage}. {outcome.links:,} weblinks on {options.hosts} hosts, {options.concurrency} at once, at "
        f"most 4 at one host, each with a TLS connection of its own to a web server on the other core; of a hundred "
        f"pages 3 redirect, 2 are gone, 1 resets, 1 hangs for the {options.timeout:g} seconds there are. Memory when "
        f"it starts: {mib(outcome.idle)}. Found: {found}; {outcome.wrong} not as the server made them. "
        "The pace at one host, 10 a second by default, was not held."
    )
    return Report(options.name_of("weblinks"), columns, rows, (note,))


@click.command()
@click.option("--links", default=10_000, show_default=True, help="Weblinks to follow.")
@click.option("--hosts", default=50, show_default=True, help="Names over which they are spread.")
@click.option("--rounds", default=3, show_default=True, help="Of following all of them.")
@click.option("--timeout", default=2.0, show_default=True, help="Seconds for each question.")
@click.option("--concurrency", default=32, show_default=True, help="Followed at once.")
@storage
@common
def main(**given: Any) -> None:
    """Follow many weblinks to a web server with every misbehaviour, several times over, and weigh the simulator."""
    options = WeblinkOptions(**given)
    outcome = run(options)
    options.finish(make_report(outcome, options), outcome.as_json())
    if outcome.wrong:
        raise click.ClickException(f"{outcome.wrong} weblinks are not of the stand that the server made them")


if __name__ == "__main__":
    main()
