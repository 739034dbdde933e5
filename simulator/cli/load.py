"""``load``: put a service under load, judge it by budgets, search its ceiling, compare runs."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from simulator.cli.load_options import plan_options
from simulator.cli.output import print_json, print_table
from simulator.load import (
    INTERRUPTED,
    Plan,
    Run,
    Unusable,
    compare,
    list_choices,
    list_lines,
    next_rate,
    read_run,
    run_locust,
)

_REPORTS = Path("load-reports")
_MOST_TRIES = 16
_COLUMNS = (
    "scenario",
    "phase",
    "arrivals",
    "messages/s",
    "p50",
    "p95",
    "p99",
    "longest",
    "failed",
    "result p95",
    "codes",
)
_PAIRS = ("scenario", "phase", "messages/s", "p50", "p95", "p99", "failed", "p95 changed")


@click.group()
def load() -> None:
    """Put a service under load: this simulator, or your own delivery service.

    Needs the extra load: pip install 'mijnoverheid-simulator[load]'.
    """


@load.command("run")
@plan_options
def run_load(plan: Plan, url: str, *, workers: int, as_json: bool) -> None:
    """Put the service under load; exit code 1 when a budget was not kept.

    `mosim load list` shows the scenarios and shapes. In the folder of the run: report.html, CSV files and run.json.
    """
    plan = replace(plan, output=plan.output or str(_REPORTS / _name_run()))
    code, run = _run(plan, url, workers)
    if as_json:
        lines = [asdict(each) for each in list_lines(run)]
        print_json({"output": plan.output, "breaches": run.breaches, "notes": run.notes, "lines": lines})
    else:
        _print_run(run)
        click.echo(f"Report: {Path(plan.output) / 'report.html'}")
    raise SystemExit(code)


@load.command()
@plan_options
def search(plan: Plan, url: str, *, workers: int, as_json: bool) -> None:
    """Search the highest rate at which all budgets are kept: doubling from --rate, then halfway, within 10 %."""
    plan = replace(plan, shape="constant", duration=plan.duration or "15s")
    folder = Path(plan.output or _REPORTS / f"{_name_run()}-search")
    tried: list[tuple[float, bool]] = []
    notes: list[str] = []
    while len(tried) < _MOST_TRIES and (rate := next_rate(tried, plan.rate or 50.0)) is not None:
        code, run = _run(replace(plan, rate=rate, output=str(folder / f"{rate:.0f}")), url, workers)
        if code == INTERRUPTED:
            break
        tried.append((rate, code == 0))
        notes = run.notes or notes
        click.echo(f"{rate:,.0f} messages/s: {'kept' if code == 0 else run.breaches[0]}", err=True)
    found = max((rate for rate, kept in tried if kept), default=0.0)
    if as_json:
        print_json({"output": str(folder), "messagesPerSecond": found, "notes": notes, "tried": tried})
    else:
        click.echo(f"All budgets are kept up to {found:,.0f} messages/s. Reports: {folder}")
        for note in notes:
            click.echo(f"Note: {note}")
    raise SystemExit(0 if found else 1)


@load.command("compare")
@click.argument("first", type=click.Path(exists=True, path_type=Path))
@click.argument("second", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--tolerance", type=float, metavar="PERCENT", help="Exit code 1 when the second is slower than this, at p95."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def compare_runs(first: Path, second: Path, tolerance: float | None, *, as_json: bool) -> None:
    """Compare two runs, by their folders: times in milliseconds, FIRST → SECOND."""
    try:
        found = compare(read_run(first), read_run(second))
    except Unusable as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException("the two runs have no scenario and phase in common")
    if as_json:
        print_json([asdict(each) | {"slower": round(each.slower, 3)} for each in found])
    else:
        print_table(_PAIRS, [each.cells for each in found])
    slower = [each for each in found if tolerance is not None and each.slower * 100 > tolerance]
    for each in slower:
        click.echo(
            f"{each.scenario} ({each.phase}) became {each.slower:.0%} slower at p95; {tolerance:g} % was allowed.",
            err=True,
        )
    raise SystemExit(1 if slower else 0)


@load.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def list_load(*, as_json: bool) -> None:
    """The scenarios, mixes and shapes to choose from."""
    if as_json:
        print_json([dict(zip(("kind", "name", "what"), each, strict=True)) for each in list_choices()])
    else:
        print_table(("kind", "name", "what"), list_choices())


def _run(plan: Plan, url: str, workers: int) -> tuple[int, Run]:
    code = run_locust(plan, url, workers)
    try:
        return code, read_run(Path(plan.output))
    except Unusable as error:
        raise click.ClickException(f"Locust stopped with exit code {code} before it had a result") from error


def _print_run(run: Run) -> None:
    title = f"{run.url}: times in milliseconds, from the moment a request was due"
    print_table(_COLUMNS, [each.cells for each in list_lines(run)], title)
    for note in run.notes:
        click.echo(f"Note: {note}")
    for breach in run.breaches:
        click.echo(f"Budget not kept: {breach}")
    if not run.breaches:
        click.echo("All budgets were kept.")


def _name_run() -> str:
    from simulator.infra.clock import from_micros, real_micros

    return f"{from_micros(real_micros()):%Y-%m-%dT%H%M%S}"
