"""``loadtests/faults``: kill the simulator under load, and say whether anything that it acknowledged was lost."""

import secrets
from dataclasses import asdict, dataclass
from typing import Any

import click

from loadtests.bench.options import StorageOptions, errors, need_disk, progress, unpinned
from loadtests.bench.report import Report
from loadtests.power_cut import Outcome, Storage, cut_and_recover


@dataclass(frozen=True, kw_only=True)
class FaultsOptions(StorageOptions):
    kills: int
    seed: int


def run(options: FaultsOptions) -> Outcome:
    """Raises ``ClickException`` with what was lost, doubled or not as promised: then there is no table."""
    errors.print(f"{options.kills} kills on {options.storage}, seed {options.seed}")
    with options.place() as place, progress() as bar:
        need_disk(place.data)
        storage = Storage(place.data, options.flags, place.database_url)
        task = bar.add_task("killing", total=options.kills)
        try:
            return cut_and_recover(storage, options.kills, options.seed, lambda done: bar.update(task, completed=done))
        except AssertionError as lost:
            raise click.ClickException(f"LOST, seed {options.seed}: {str(lost) or repr(lost)}") from lost


def make_report(outcome: Outcome, options: FaultsOptions) -> Report:
    """One row for each thing that is counted."""
    rows = [
        ("deliveries acknowledged", outcome.deliveries),
        ("… of them large: 4.3 MB of bijlagen in three portions", outcome.large),
        ("berichten acknowledged", outcome.berichten),
        ("… lost", outcome.lost),
        ("… metered twice", outcome.twice),
        ("deliveries cut off before their answer", outcome.doubtful),
        ("… stored all the same", outcome.doubtful - outcome.absent),
        ("… not stored, completed by sending them again", outcome.absent),
        ("portions of bijlagen left without their delivery", outcome.porties),
    ]
    note = (
        f"{options.storage}, seed {outcome.seed}; besides {outcome.repeats:,} repeats, and {outcome.looks:,} looks at "
        "a box or a status. Each bericht that is there has its own bijlagen, byte for byte, and no others; what was "
        "cut off is there as a whole or not at all; `mosim check` had no remarks after any kill."
    )
    columns = (f"{outcome.cuts} kills", "number")
    return Report(options.name_of("faults"), columns, [(what, f"{number:,}") for what, number in rows], (note,))


@click.command()
@click.option("--kills", default=20, show_default=True, help="How many times.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True,
              help="SQLite with one worker, or an embedded PostgreSQL with two.")  # fmt: skip
@click.option("--seed", type=int, help="Of the moments and the traffic; a new one, which is printed, when left out.")
@unpinned
def main(database: str, seed: int | None, **given: Any) -> None:
    """Kill the simulator under load, again and again, and say whether anything that it acknowledged was lost."""
    workers = 2 if database == "postgresql" else 1
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    options = FaultsOptions(data=None, database=database, database_url="", workers=workers, seed=seed, **given)
    outcome = run(options)
    options.finish(make_report(outcome, options), asdict(outcome))


if __name__ == "__main__":
    main()
