"""``loadtests/faults``: kill the simulator under load, and say whether anything that it acknowledged was lost."""

import dataclasses
import json
import secrets
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from loadtests.power_cut import Outcome, Storage, cut_and_recover
from tests.postgres import PostgresServer


@click.command()
@click.option("--kills", default=20, show_default=True, help="How many times.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True,
              help="SQLite with one worker, or an embedded PostgreSQL with two.")  # fmt: skip
@click.option("--seed", type=int, help="Of the moments and the traffic; a new one, which is printed, when left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def main(kills: int, database: str, seed: int | None, *, as_json: bool) -> None:
    """Kill the simulator under load, again and again, and say whether anything that it acknowledged was lost."""
    console = Console(stderr=True)
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    console.print(f"{kills} kills on {database}, seed {seed}")
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        storage = Storage(data)
        if database == "postgresql":
            server = stack.enter_context(closing(PostgresServer()))
            storage = Storage(data, ("--workers", "2"), server.create_database("faults"))
        progress = stack.enter_context(Progress(console=console))
        task = progress.add_task("killing", total=kills)
        outcome: Outcome | None = None
        try:
            outcome = cut_and_recover(storage, kills, seed, lambda done: progress.update(task, completed=done))
            verdict = _verdict(outcome)
        except AssertionError as lost:
            verdict = str(lost) or repr(lost)
    if as_json:
        figures = dataclasses.asdict(outcome) if outcome else {"seed": seed}
        click.echo(json.dumps({"database": database, "ok": outcome is not None, "verdict": verdict} | figures))
    else:
        click.echo(f"{'OK' if outcome else 'LOST'}: {verdict}")
    raise SystemExit(0 if outcome else 1)


def _verdict(outcome: Outcome) -> str:
    return (
        f"{outcome.cuts} kills, {outcome.deliveries:,} deliveries with {outcome.berichten:,} berichten; each that was "
        "acknowledged is there once and metered once, and the "
        f"{outcome.doubtful} that were cut off were all or nothing, and completed by sending them again "
        f"(besides {outcome.repeats:,} repeats and {outcome.looks:,} looks meanwhile)"
    )


if __name__ == "__main__":
    main()
