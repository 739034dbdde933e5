"""``load``: put a service under load, judge it by budgets, search its ceiling, compare runs."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from simulator.cli.load_options import need_locust, plan_options
from simulator.cli.output import print_json, print_table
from simulator.load import (
    INTERRUPTED,
    Plan,
    Run,
    Search,
    Unusable,
    compare,
    join_locust,
    list_choices,
    read_run,
    run_locust,
)

_REPORTS = Path("load-reports")
_COLUMNS = ("scenario", "phase", "arrivals", "msg/s", "p50", "p95", "p99", "longest", "failed", "result")
_PAIRS = ("scenario", "phase", "messages/s", "p50", "p95", "p99", "failed", "result", "p95 changed")


@click.group()
def load() -> None:
    """Put a service under load: this simulator, or your own delivery service.

    Needs the extra load: pip install 'mijnoverheid-simulator[load]'.
    """


@load.command("run")
@click.option("--listen", default="", metavar="ADDRESS[:PORT]", envvar="SIMULATOR_LOAD_LISTEN",
              help="Let the --workers come from other machines (mosim load join), here.")  # fmt: skip
@plan_options()
def run_load(plan: Plan, url: str, *, workers: int, listen: str, as_json: bool) -> None:
    """Put the service under load; exit code 1 when a budget was not kept.

    `mosim load list` shows the scenarios and shapes. In the folder of the run: report.html, CSV files and run.json.
    """
    if listen and not workers:
        raise click.UsageError("--listen waits for others: say with --workers how many")
    plan = replace(plan, output=plan.output or str(_REPORTS / _name_run()))
    click.echo(f"{plan.scenario}, {plan.shape}: {plan.seconds:,.0f} s against {url}", err=True)
    if listen:
        click.echo(f"Waiting for {workers} others at {listen}: mosim load join, with this address, there", err=True)
    code, run = _run(plan, url, workers, listen)
    if as_json:
        lines = [asdict(each) for each in run.lines]
        print_json({"output": plan.output, "breaches": run.breaches, "notes": run.notes, "lines": lines})
    else:
        _print_run(run)
        click.echo(f"Report: {Path(plan.output) / 'report.html'}")
    raise SystemExit(code)


@load.command("join")
@click.argument("master", metavar="ADDRESS[:PORT]")
def join_load(master: str) -> None:
    """Send for a run that another machine counts, until it is over.

    There: mosim load run --workers 2 --listen ADDRESS, with all that is to be sent; here as many of these as it waits
    for. Key and token travel between the two as they are.
    """
    need_locust()
    raise SystemExit(join_locust(master))


@load.command()
@plan_options(shape="constant")
def search(plan: Plan, url: str, *, workers: int, as_json: bool) -> None:
    """Search the highest rate at which all budgets are kept, and the service keeps up with what is due.

    Doubling from --rate (50 when that is 0), then halfway, within 10 %; each rate for --duration (15s).
    """
    plan = replace(plan, duration=plan.duration or "15s")
    folder = Path(plan.output or _REPORTS / f"{_name_run()}-search")
    searched, interrupted = Search(plan.rate), False
    while (rate := searched.next_rate()) is not None:
        code, run = _run(replace(plan, rate=rate, output=str(folder / f"{rate:g}")), url, workers)
        if interrupted := code == INTERRUPTED:
            break
        tried = searched.add_run(rate, run)
        click.echo(f"{rate:,g} messages/s: {' '.join([*tried.breaches[:1], *tried.notes]) or 'kept'}", err=True)
    found = searched.found
    if as_json:
        print_json(
            {"output": str(folder), "messages_per_second": found, "tried": [asdict(each) for each in searched.tried]}
        )
    else:
        click.echo(f"{'Interrupted. ' if interrupted else ''}All budgets are kept up to {found:,g} messages/s.")
        click.echo(f"Reports: {folder}")
    raise SystemExit(INTERRUPTED if interrupted else int(not found))


@load.command("compare")
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--tolerance",
    type=float,
    metavar="PERCENT",
    help="Exit code 1 when the second is slower than this at p95 (also to the result), fails more, breaks a budget "
    "that the first kept, or lacks a scenario of the first.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def compare_runs(first: Path, second: Path, tolerance: float | None, *, as_json: bool) -> None:
    """Compare two runs, by their folders: times in milliseconds, FIRST → SECOND."""
    try:
        found = compare(read_run(first), read_run(second))
    except Unusable as error:
        raise click.ClickException(str(error)) from error
    if not found.differences:
        raise click.ClickException("the two runs have no scenario and phase in common")
    worse = [] if tolerance is None else list(found.list_worse(tolerance))
    if as_json:
        lines = [
            {"scenario": each.first.scenario, "phase": each.first.phase} | each.figures | {"slower": each.slower}
            for each in found.differences
        ]
        more = {"changed": found.changed, "missing": found.missing, "broken": found.broken}
        print_json(more | {"worse": worse, "lines": lines})
    else:
        print_table(_PAIRS, [each.cells for each in found.differences])
        for each in found.changed:
            click.echo(f"Asked otherwise: {each}")
        for each in found.missing:
            click.echo(f"Only in the first: {each}")
        for each in found.broken:
            click.echo(f"Not kept in the second only: {each}")
    for each in worse:
        click.echo(each, err=True)
    raise SystemExit(int(bool(worse)))


@load.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def list_load(*, as_json: bool) -> None:
    """The scenarios, mixes and shapes to choose from."""
    if as_json:
        print_json([dict(zip(("kind", "name", "what"), each, strict=True)) for each in list_choices()])
    else:
        print_table(("kind", "name", "what"), list_choices())


def _run(plan: Plan, url: str, workers: int, listen: str = "") -> tuple[int, Run]:
    try:
        code = run_locust(plan, url, workers, listen)
    except OSError as error:
        raise click.ClickException(f"cannot write in {plan.output}: {error.strerror}") from error
    try:
        return code, read_run(Path(plan.output))
    except Unusable as error:
        if code == INTERRUPTED:
            click.echo("Interrupted before anything was sent.", err=True)
            raise SystemExit(INTERRUPTED) from error
        raise click.ClickException(f"Locust stopped with exit code {code} before it had a result") from error


def _print_run(run: Run) -> None:
    lines = run.lines
    title = f"{run.url}: times in milliseconds, from the moment a request was due"
    print_table(_COLUMNS, [each.cells for each in lines], title)
    for line in lines:
        if line.codes:
            click.echo(f"{line.name}: {line.what_became}")
    for note in run.notes:
        click.echo(f"Note: {note}")
    for breach in run.breaches:
        click.echo(f"Budget not kept: {breach}")
    if not run.breaches:
        click.echo("All budgets were kept.")


def _name_run() -> str:
    from simulator.infra.clock import from_micros, real_micros

    return f"{from_micros(real_micros()):%Y-%m-%dT%H%M%S}"
