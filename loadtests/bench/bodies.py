"""``loadtests/bodies``: batches of many MB at once: how much memory they take, and what small deliveries notice."""

import base64
import json
import os
import statistics
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import click
import requests
from rich.console import Console
from rich.table import Table

from tests.berichtenbox.documents import (
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    bijlage_xml,
)
from tests.postgres import PostgresServer
from tests.running import RunningSimulator, running_simulator

KEY = {"X-API-Key": "demo-voorbeeldstad"}
BASE = "/api/berichtenbox/v1"
MB = 1_000_000


def make_document(kind: str, size: int, berichten: int) -> tuple[bytes, dict[str, str]]:
    """A new batch of about ``size`` MB, and its headers."""
    pdf = b"%PDF-1.4 <pdfaid:part>2</pdfaid:part>" + os.urandom(int((size * MB / berichten - 600) * 3 / 4))
    inhoud, batch_id = base64.b64encode(pdf).decode(), str(uuid.uuid4())
    if kind == "xml":
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        bijlage = bijlage_xml(Inhoud=inhoud)
        document = batch_xml(
            batch_id, *(bericht_xml(batch_id, [bijlage]) for _ in range(berichten)), AanmaakDatum=moment
        )
        return document, {"Content-Type": "application/xml"}
    bijlagen = [bijlage_json(Inhoud=inhoud)]
    document = json.dumps(aanlevering_json(*(bericht_json(Bijlagen=bijlagen) for _ in range(berichten)))).encode()
    return document, {"Content-Type": "application/json", "X-Message-ID": batch_id}


class Small:
    """Single deliveries, one after another on a few connections, as long as the block lasts."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._end = threading.Event()
        self.ms: list[float] = []
        self.statuses: set[int] = set()
        self._threads = [threading.Thread(target=self._deliver) for _ in range(4)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _deliver(self) -> None:
        with requests.Session() as session:
            while not self._end.wait(0.01):
                start, headers = time.perf_counter(), KEY | {"X-Message-ID": str(uuid.uuid4())}
                answer = session.post(f"{self._base}{BASE}/berichten", json=aanlevering_json(), headers=headers)
                self.ms.append((time.perf_counter() - start) * 1000)
                self.statuses.add(answer.status_code)

    def figures(self) -> dict[str, object]:
        cuts = statistics.quantiles(self.ms, n=100)
        return {"small": len(self.ms), "p50_ms": round(cuts[49], 1), "p99_ms": round(cuts[98], 1),
                "worst_ms": round(max(self.ms), 1), "statuses": sorted(self.statuses)}  # fmt: skip


def worker_memory(simulator: RunningSimulator, field: str) -> float:
    """``VmRSS`` or ``VmHWM`` (the peak) of the worker in MB: the process with the most."""
    found = [
        int(line.split()[1])
        for process in simulator.processes()
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines()
        if line.startswith(field)
    ]
    return max(found) * 1024 / MB


def measure(simulator: RunningSimulator, documents: list[tuple[bytes, dict[str, str]]]) -> dict[str, object]:
    """All documents at once, with small deliveries beside them."""
    path = "/batches" if "xml" in documents[0][1]["Content-Type"] else "/berichten"

    def send(document: tuple[bytes, dict[str, str]]) -> int:
        url = simulator.base + BASE + path
        return requests.post(url, data=document[0], headers=KEY | document[1], timeout=600).status_code

    before = worker_memory(simulator, "VmRSS")
    start = time.perf_counter()
    with Small(simulator.base) as small, ThreadPoolExecutor(len(documents)) as pool:
        statuses = sorted(pool.map(send, documents))
    seconds = time.perf_counter() - start
    return {"large": statuses, "seconds": round(seconds, 1), "idle_mb": round(before),
            "peak_mb": round(worker_memory(simulator, "VmHWM")),
            "after_mb": round(worker_memory(simulator, "VmRSS")), **small.figures()}  # fmt: skip


@dataclass(frozen=True)
class Large:
    """What is delivered at once, and where."""

    together: int
    size: int
    berichten: int
    kind: str
    database: str


@click.command()
@click.option("--together", default=8, show_default=True, help="How many at the same time.")
@click.option("--size", default=90, show_default=True, help="MB of each.")
@click.option("--berichten", default=1000, show_default=True, help="Berichten in each; all have a bijlage.")
@click.option("--kind", type=click.Choice(["xml", "json"]), default="xml", show_default=True)
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def main(*, as_json: bool, **given: Any) -> None:
    """Deliver batches of many MB at once: how much memory they take, and what small deliveries notice."""
    large = Large(**given)
    figures = deliver_at_once(large)
    if as_json:
        click.echo(json.dumps(figures))
        return
    table = Table("what", "figure", title=f"{large.together} x {large.size} MB {large.kind} on {large.database}")
    for name, figure in figures.items():
        table.add_row(name, str(figure))
    Console().print(table)


def deliver_at_once(large: Large) -> dict[str, object]:
    """Small deliveries alone, and then beside the large ones."""
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as data, console.status("starting") as status:
        server = PostgresServer() if large.database == "postgresql" else None
        url = server.create_database("bodies") if server else ""
        with running_simulator(Path(data), "--log-level", "warning", database_url=url) as simulator:
            figures: dict[str, object] = {"kind": large.kind, "together": large.together, "size_mb": large.size}
            with Small(simulator.base) as alone:
                status.update("small deliveries alone")
                time.sleep(5)
            figures["alone"] = alone.figures()
            status.update(f"making {large.together} documents of {large.size} MB")
            documents = [make_document(large.kind, large.size, large.berichten) for _ in range(large.together)]
            status.update(f"delivering {large.together} times {large.size} MB")
            figures |= measure(simulator, documents)
        if server:
            server.close()
    return figures


if __name__ == "__main__":
    main()
