"""``loadtests/bodies``: letters of 500 kB and batches of many MB: how fast, in how much memory, what small ones see."""

import base64
import itertools
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import click
import requests

from loadtests.bench import sender
from loadtests.bench.deliveries import KEY, OIN, PATH, XML_PATH, make_letter, post
from loadtests.bench.figures import mib, ms, whole
from loadtests.bench.measure import all_metered
from loadtests.bench.options import StorageOptions, common, need_disk, progress, storage
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import on_core, started, wait_until_idle
from tests.berichtenbox.documents import (
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    bijlage_xml,
)
from tests.running import RunningSimulator

MB = 1_000_000
PDF_BYTES = 500_000
LETTERS_AT_ONCE = 4
STRETCH = 4.0
"""Seconds that small deliveries are sent at a time, until the large ones are done."""


@dataclass(frozen=True, kw_only=True)
class BodiesOptions(StorageOptions):
    together: int
    size: int
    berichten: int
    rate: float
    seconds: float


@dataclass(frozen=True)
class Row:
    """What was delivered, in how long, and what the small deliveries beside it saw."""

    what: str
    messages: int
    megabytes: float
    """On the wire."""
    seconds: float
    memory: int
    """Of all processes, just before."""
    peak: int
    """The highest, meanwhile; each process has its own highest moment."""
    small: int
    small_errors: int
    small_late: float
    small_ms: dict[str, float]


def make_document(kind: str, size: int, berichten: int) -> tuple[bytes, dict[str, str]]:
    """A new batch of about ``size`` MB, and its headers."""
    pdf = b"%PDF-1.4 <pdfaid:part>2</pdfaid:part>" + os.urandom(int((size * MB / berichten - 600) * 3 / 4))
    inhoud, batch_id = base64.b64encode(pdf).decode(), str(uuid.uuid4())
    if kind == "XML":
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        bijlage = bijlage_xml(Inhoud=inhoud)
        document = batch_xml(
            batch_id, *(bericht_xml(batch_id, [bijlage]) for _ in range(berichten)), AanmaakDatum=moment
        )
        return document, {"Content-Type": "application/xml"}
    bijlagen = [bijlage_json(Inhoud=inhoud)]
    document = json.dumps(aanlevering_json(*(bericht_json(Bijlagen=bijlagen) for _ in range(berichten)))).encode()
    return document, {"Content-Type": "application/json", "X-Message-ID": batch_id}


class Run:
    """One run on a running simulator."""

    def __init__(self, running: RunningSimulator, options: BodiesOptions) -> None:
        self._running = running
        self._options = options
        self._bsns = Receivers(OIN).pool(2000)

    def rows(self, on_step: Callable[[str], None]) -> Iterator[Row]:
        """One after another; each begins when what the one before left on the agenda is done."""
        options = self._options
        on_step("small deliveries alone")
        yield self._beside("small ones alone", 0, 0, lambda: time.sleep(options.seconds))
        on_step("letters of 500 kB")
        yield self._letters(f"letters of 500 kB, {LETTERS_AT_ONCE} at once")
        for kind, together in itertools.product(("XML", "JSON"), sorted({1, options.together})):
            what = f"{together} x {options.size} MB of {kind}, {options.berichten:,} letters each"
            on_step(what)
            yield self._batches(what, kind, together)

    def _letters(self, what: str) -> Row:
        inhoud = base64.b64encode(b"%PDF-1.7 pdfaid:part" + os.urandom(PDF_BYTES - 20)).decode()
        bsns, ended, sent = itertools.cycle(self._bsns), time.perf_counter() + self._options.seconds, itertools.count()

        def send() -> None:
            with requests.Session() as session:
                while time.perf_counter() < ended:
                    post(session, self._running.base, make_letter(next(bsns), inhoud)).raise_for_status()
                    next(sent)

        def work() -> int:
            with ThreadPoolExecutor(LETTERS_AT_ONCE) as pool:
                for each in [pool.submit(send) for _ in range(LETTERS_AT_ONCE)]:
                    each.result()
            return next(sent)

        return self._beside(what, None, len(make_letter(self._bsns[0], inhoud)), work)

    def _batches(self, what: str, kind: str, together: int) -> Row:
        documents = [make_document(kind, self._options.size, self._options.berichten) for _ in range(together)]
        url = self._running.base + (PATH if kind == "JSON" else XML_PATH)

        def send(document: tuple[bytes, dict[str, str]]) -> None:
            requests.post(url, document[0], headers={"X-API-Key": KEY} | document[1], timeout=600).raise_for_status()

        def work() -> None:
            with ThreadPoolExecutor(together) as pool:
                list(pool.map(send, documents))

        messages = together * self._options.berichten
        return self._beside(what, messages, sum(len(body) for body, _ in documents) / messages, work)

    def _beside(self, what: str, messages: int | None, each: float, work: Callable[[], int | None]) -> Row:
        """Do it, with small deliveries beside it; ``messages`` is what it delivers, unless the work tells that."""
        wait_until_idle(self._running)
        small = sender.Window()
        plan = sender.Plan(STRETCH, self._options.rate, connections=16)
        letters = sender.Letters(self._bsns)
        before, start = self._running.begin_peak(), time.perf_counter()
        with all_metered(self._running) as metered, ThreadPoolExecutor(1) as pool:
            job = pool.submit(lambda: (work(), time.perf_counter() - start))
            while not job.done():
                small.merge(sender.send(self._running.base, letters, plan, self._options.load, lambda _: None))
            told, seconds = job.result()
            delivered = messages if messages is not None else told or 0
            metered.append(delivered + small.statuses[sender.CREATED])
        return Row(what, delivered, delivered * each / MB, seconds, before, self._running.peak(),
                   small.statuses[sender.CREATED], small.errors + small.unsent, small.late,
                   small.latencies.in_ms())  # fmt: skip


def make_report(rows: list[Row], options: BodiesOptions) -> Report:
    columns = ("large", "messages / s", "MB / s", "memory before", "highest", "small p50 ms", "p99 ms", "worst ms")
    lines = [
        (each.what, *((whole(each.messages / each.seconds), f"{each.megabytes / each.seconds:.0f}") if each.messages
                      else ("", "")), mib(each.memory), mib(each.peak), ms(each.small_ms["p50_ms"]),
         ms(each.small_ms["p99_ms"]), ms(each.small_ms["worst_ms"]))
        for each in rows
    ]  # fmt: skip
    small, errors = sum(each.small for each in rows), sum(each.small_errors for each in rows)
    note = (
        f"{options.storage}; small deliveries beside the large ones, {options.rate:g} a second in an open loop: "
        f"{small:,} of them, {errors} refused or lost; the sender itself was at most "
        f"{max(each.small_late for each in rows) * 1000:.0f} ms behind. MB on the wire, base64 included. All that was "
        "acknowledged is metered."
    )
    return Report(options.name_of("bodies"), columns, lines, (note,))


@click.command()
@click.option("--together", default=8, show_default=True, help="Batches at the same time.")
@click.option("--size", default=90, show_default=True, help="MB of each batch.")
@click.option("--berichten", default=1000, show_default=True, help="Berichten in each batch; all have a bijlage.")
@click.option("--rate", default=200.0, show_default=True, help="Small deliveries a second beside them.")
@click.option("--seconds", default=20.0, show_default=True, help="Of small ones alone, and of letters of 500 kB.")
@storage
@common
def main(**given: Any) -> None:
    """Deliver letters of 500 kB and batches of many MB: how fast, in how much memory, and what small ones notice."""
    options = BodiesOptions(**given)
    with options.place() as place, started(place, *options.flags) as running, progress() as bar:
        need_disk(place.data)
        task = bar.add_task("starting", total=6)
        with on_core(options.load):
            rows = list(Run(running, options).rows(lambda what: bar.update(task, advance=1, description=what)))
    options.finish(make_report(rows, options), [asdict(each) for each in rows])


if __name__ == "__main__":
    main()
