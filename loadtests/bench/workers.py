"""``loadtests/workers``: single deliveries and batches on PostgreSQL, by one worker and by two, in turns."""

import statistics
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from loadtests.bench import wrk
from loadtests.bench.deliveries import OIN, PATH, make_body
from loadtests.bench.measure import BATCH, BATCHES, measure_posts
from loadtests.bench.options import Options, common, need_disk, progress
from loadtests.bench.people import Receivers
from loadtests.bench.report import Report
from loadtests.bench.simulator import Place, started
from tests.postgres import PostgresServer

_CONNECTIONS = 64


@dataclass(frozen=True)
class Round:
    """What so many workers did: single deliveries and messages in batches, per second."""

    workers: int
    single: float
    p99: float
    batches: float
    errors: int


def measure(server: PostgresServer, name: str, workers: int, seconds: float) -> Round:
    """One simulator on an empty database of the server, warm before it is measured."""
    receivers = Receivers(OIN)
    with tempfile.TemporaryDirectory(prefix="mosim-load-") as folder:
        place = Place(Path(folder), server.create_database(name))
        with started(place, "--workers", str(workers)) as simulator:
            client = wrk.Wrk(simulator.base, receivers.pool(wrk.POOL), None)
            client.run(_CONNECTIONS, 2)
            run = client.run(_CONNECTIONS, seconds)
            client.close()
            bodies = [make_body(receivers.pool(BATCH)) for _ in range(BATCHES)]
            taken = measure_posts(simulator.base, PATH, "application/json", bodies)
    return Round(workers, run.rate, run.p99, BATCH * BATCHES / taken, run.errors)


def describe(rounds: list[Round], seconds: float) -> Report:
    """The medians, and the second against the first."""
    rows, found = [], {}
    for workers in (1, 2):
        mine = [each for each in rounds if each.workers == workers]
        found[workers] = [
            statistics.median(getattr(each, what) for each in mine) for what in ("single", "p99", "batches")
        ]
        single, p99, batches = found[workers]
        errors = sum(each.errors for each in mine)
        rows.append((str(workers), f"{single:,.0f}", f"{p99:.0f}", f"{batches:,.0f}", str(errors)))
    ratios = [found[2][place] / found[1][place] for place in (0, 2)]
    rows.append(("two against one", f"{ratios[0]:.2f}", "", f"{ratios[1]:.2f}", ""))
    columns = (
        "workers",
        f"single at {_CONNECTIONS} connections, /s",
        "p99 ms",
        "batches of 1,000, messages/s",
        "errors",
    )
    note = (
        f"Embedded PostgreSQL, `synchronous_commit` on; medians of {len(rounds) // 2} turns of {seconds:g} s each. The "
        "workers, PostgreSQL and the client share all cores of this machine, so two workers cannot be twice one here."
    )
    return Report("workers", columns, rows, (note,))


@click.command()
@click.option("--seconds", default=5.0, show_default=True, help="Of one run of single deliveries.")
@click.option("--turns", default=3, show_default=True, help="The medians of so many count.")
@common
def main(seconds: float, turns: int, **given: Any) -> None:
    """Deliver to one worker and to two on an embedded PostgreSQL, in turns."""
    options = Options(**given)
    if not wrk.is_installed():
        raise click.ClickException(wrk.MISSING)
    need_disk(Path(tempfile.gettempdir()))
    rounds = []
    server = PostgresServer()
    try:
        with progress() as bar:
            task = bar.add_task("workers", total=2 * turns)
            for turn in range(turns):
                for workers in (1, 2):
                    bar.update(task, description=f"{workers} worker(s)")
                    rounds.append(measure(server, f"turn_{turn}_{workers}", workers, seconds))
                    bar.advance(task)
    finally:
        server.close()
    options.finish(describe(rounds, seconds), [asdict(each) for each in rounds])


if __name__ == "__main__":
    main()
