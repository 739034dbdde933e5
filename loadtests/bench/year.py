"""``loadtests/year``: a whole administrative year over HTTP: how long it takes, and whether memory stays flat."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import psutil
from rich.progress import Progress, TaskID

from loadtests.bench.figures import mib, whole
from loadtests.bench.options import StorageOptions, common, errors, need_disk, progress, storage
from loadtests.bench.report import Report
from loadtests.bench.simulator import memory_of, on_core, started
from simulator.settings import Settings
from simulator.year import Opdracht, Stand, Tempo, play_year, read_plan
from tests.running import TOKEN, RunningSimulator

PLAN = Settings().fixtures_dir / "jaren" / "bestuursjaar.toml"
_OMGEVING = "jaar"
_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class YearOptions(StorageOptions):
    messages: int
    year: int
    seed: int
    connections: int
    plan: Path


@dataclass(frozen=True)
class Memory:
    """Resident bytes at the end of a month."""

    month: str
    server: int
    client: int


@dataclass(frozen=True)
class Result:
    """One year; ``remarks`` are what ``mosim check`` had to say."""

    messages: int
    stored: int
    tempo: Tempo
    memory: list[Memory]
    disk: int
    remarks: list[dict[str, str]]


def watch(running: RunningSimulator, memory: list[Memory], bar: Progress, task: TaskID) -> Callable[[Stand], None]:
    """Move the bar each day, and weigh both sides whenever a month is over."""
    months: list[int] = []

    def on_progress(stand: Stand) -> None:
        if months and months[-1] != stand.dag.month:
            memory.append(Memory(f"{months[-1]:02d}", memory_of(running.processes()), memory_of([psutil.Process()])))
        months[:] = [stand.dag.month]
        bar.update(task, completed=stand.berichten, description=f"{stand.dag:%d-%m-%Y}")

    return on_progress


def run(options: YearOptions) -> Result:
    """Start a simulator, play the year in it, and look what became of it."""
    memory: list[Memory] = []
    plan = read_plan(options.plan)
    with options.place() as place:
        need_disk(place.data)
        with started(place, *options.flags) as running, progress() as bar, on_core(options.load):
            opdracht = Opdracht(
                options.year, options.messages, options.seed, running.base, TOKEN, _OMGEVING, options.connections
            )
            task = bar.add_task("starting", total=options.messages)
            verslag, tempo = play_year(plan, opdracht, watch(running, memory, bar, task))
            errors.print("the year is played; proving that messages, metering and totals agree")
        return Result(
            verslag.berichten, sum(sum(each.verwerkt) for each in verslag.afnemers), tempo, memory, place.disk(),
            place.check(),
        )  # fmt: skip


def make_report(result: Result, options: YearOptions) -> Report:
    tempo, at = result.tempo, {each.month: each for each in result.memory}
    shown = [each for each in ("01", "02", "06", "12") if each in at]
    rows = [
        ("messages offered", whole(result.messages)),
        ("… stored", whole(result.stored)),
        ("minutes", f"{tempo.seconden / _MINUTE:.1f}"),
        ("messages/s, all in", whole(tempo.berichten_per_seconde)),
        ("seconds of delivering, with the outcome of each message", whole(tempo.aanleveren)),
        ("… of moving the clock: publications, kennisgevingen, reminders, closings", whole(tempo.klok)),
        ("… of zaken", whole(tempo.zaken)),
        ("… of citizens who log in and read", whole(tempo.bezoeken)),
        *((f"memory of the server after month {month}", mib(at[month].server)) for month in shown),
        *((f"memory of `mosim year` after month {month}", mib(at[month].client)) for month in shown[-1:]),
        ("bytes on disk for each message", whole(result.disk / max(1, result.stored))),
        ("remarks of `mosim check`", str(len(result.remarks))),
    ]
    note = f"{options.storage}; {options.connections} connections; its own plan, seed {options.seed}."
    return Report(options.name_of("year"), ("", "one year"), rows, (note,))


@click.command()
@click.option("--messages", default=8_000_000, show_default=True, help="How many are offered in the year.")
@click.option("--year", default=2022, show_default=True, help="Which year.")
@click.option("--seed", default=1, show_default=True, help="Same seed, same year.")
@click.option("--connections", default=4, show_default=True, help="Requests on their way at once.")
@click.option(
    "--plan", default=PLAN, type=click.Path(path_type=Path), show_default=PLAN.name, help="What happens in it."
)
@storage
@common
def main(**given: Any) -> None:
    """Play the year as `mosim year` does: 8 million messages are a national year of 80 million, at scale 1:10."""
    options = YearOptions(**given)
    result = run(options)
    found = asdict(result) | {"tempo": {naam: getattr(result.tempo, naam) for naam in Tempo.__struct_fields__}}
    options.finish(make_report(result, options), found)


if __name__ == "__main__":
    main()
