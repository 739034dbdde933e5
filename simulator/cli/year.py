"""``year``: the administrative year, played day by day in an omgeving of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.client import Refused, Unreachable, read_token
from simulator.cli.output import open_console, own_name, print_json, print_table
from simulator.settings import find_fixtures

if TYPE_CHECKING:
    from simulator.year import Stand, Tempo, Verslag

_STANDARD_PLAN = "bestuursjaar"
_LEAST, _MOST = 1000, 10_000_000
_FIRST_YEAR, _LAST_YEAR = 2017, 2098
_INTERRUPTED = 130
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@click.command()
@click.option(
    "--year",
    "jaar",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    default=2022,
    show_default=True,
    help="Which year; the clock of the omgeving begins on 1 January.",
)
@click.option(
    "--messages",
    "berichten",
    type=click.IntRange(_LEAST, _MOST),
    default=10_000,
    show_default=True,
    help="How many berichten are offered in the year.",
)
@click.option(
    "--afnemers",
    multiple=True,
    metavar="OIN|NAME",
    help="Only these Afnemers of the plan; may be given more than once.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same year.")
@click.option(
    "--plan",
    default=_STANDARD_PLAN,
    show_default=True,
    metavar="NAME|FILE",
    help="A plan of fixtures/jaren, or a file of your own.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the report.  [default: year-reports/YEAR-MESSAGES-SEED]",
)
@click.option(
    "--connections", type=click.IntRange(1, 32), default=4, show_default=True, help="Requests on their way at once."
)
@click.option(
    "--omgeving", default="jaar", show_default=True, help="Omgeving to play in: what is in it is thrown away first."
)
@click.option(
    "--url", envvar="SIMULATOR_URL", default="http://127.0.0.1:8000", show_default=True, help="The running simulator."
)
@click.option("--token", envvar="SIMULATOR_ADMIN_TOKEN", help="Token of the control API; default: DATA/admin-token.")
@click.option(
    "--data",
    envvar="SIMULATOR_DATA",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Data directory of the simulator; holds the token.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def year(**given: Any) -> None:
    """Play the administrative year: tax season, WOZ notices, benefits, cars, citizens who read, cases, holidays.

    Everything goes over the APIs of a running simulator, in an omgeving of its own that is made anew. At the end there
    is a report: report.html and report.json, the same for the same seed, and tempo.json with how fast it went.
    """
    from simulator import year as years

    url, omgeving, token = given["url"], given["omgeving"], given["token"] or read_token(given["data"])
    numbers = (given["jaar"], given["berichten"], given["seed"])
    output = given["output"] or Path("year-reports") / "-".join(map(str, numbers))
    at: list[Stand] = []
    try:
        plan = years.choose_afnemers(years.read_plan(_find_plan(given["plan"])), given["afnemers"])
        opdracht = years.Opdracht(*numbers, url, token, omgeving, given["connections"])
        with _room_in(output), _progress(opdracht.berichten, at) as on_progress:
            verslag, tempo = years.play_year(plan, opdracht, on_progress)
    except years.Unusable as error:
        raise click.ClickException(str(error)) from error
    except years.Unreachable as error:
        raise Unreachable(url) from error
    except years.Refused as error:
        raise Refused(error.status, {"detail": str(error), **error.problem}) from error
    except KeyboardInterrupt:
        _say_interrupted(omgeving, url, at)
        raise SystemExit(_INTERRUPTED) from None
    page = years.write_report(verslag, tempo, output)
    if given["as_json"]:
        import msgspec

        print_json({"report": str(page), "verslag": msgspec.to_builtins(verslag), "tempo": msgspec.to_builtins(tempo)})
    else:
        _show(verslag, tempo)
        click.echo(f"Report: {page}")
        click.echo(f"Look around: {_place(url, omgeving)}")


@contextmanager
def _room_in(output: Path) -> Iterator[None]:
    """A year takes long, so a folder that cannot be made is said before; one that stays empty is not left behind."""
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"cannot write in {output}: {error.strerror}") from error
    try:
        yield
    finally:
        with suppress(OSError):
            output.rmdir()


def _find_plan(wanted: str) -> Path:
    from simulator.year import Unusable, list_plannen

    folder = find_fixtures() / "jaren"
    if wanted in list_plannen(folder):
        return folder / f"{wanted}.toml"
    file = Path(wanted)
    if not file.is_file():
        raise Unusable(f"plan: there is no file {wanted}, nor one of {', '.join(list_plannen(folder))}")
    return file


@contextmanager
def _progress(berichten: int, at: list["Stand"]) -> Iterator[Callable[["Stand"], None]]:
    """A bar with the simulated date, the berichten, the rate and the time that is left; ``at`` keeps where it is."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[dag]}"),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} messages"),
        TextColumn("{task.fields[tempo]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=open_console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=berichten, dag="a new omgeving", tempo="")

        def on_progress(stand: "Stand") -> None:
            at[:] = [stand]
            speed = bar.tasks[0].speed
            tempo = f"{speed:,.0f}/s" if speed else ""
            bar.update(task, completed=stand.berichten, dag=_show_day(stand.dag), tempo=tempo)

        yield on_progress


def _place(url: str, omgeving: str) -> str:
    return f"{url.rstrip('/')}/omgevingen/{omgeving}/"


def _show_day(dag: date) -> str:
    return f"{dag.day:2} {_MONTHS[dag.month - 1]} {dag.year}"


def _say_interrupted(omgeving: str, url: str, at: list["Stand"]) -> None:
    where = f"on {_show_day(at[0].dag).strip()}, after {at[0].berichten:,} messages" if at else "before it began"
    click.echo(f"\nStopped {where}. There is no report.", err=True)
    if at:
        click.echo(
            f"Omgeving {omgeving} stays as it is then, its clock standing still: {_place(url, omgeving)}", err=True
        )
    click.echo(
        f"The same command plays the year from its beginning; {own_name()} omgevingen drop {omgeving} throws it away.",
        err=True,
    )


def _show(verslag: "Verslag", tempo: "Tempo") -> None:
    rows = [
        (
            each.naam,
            f"{sum(each.aangeboden):,}",
            f"{sum(each.verwerkt):,}",
            f"{each.gemeten:,}",
            max(_MONTHS, key=lambda maand: each.aangeboden[_MONTHS.index(maand)]),
            f"{sum(factuur.incl_cent for factuur in verslag.facturen if factuur.oin == each.oin) / 100:,.2f}",
        )
        for each in verslag.afnemers
    ]
    print_table(("Afnemer", "offered", "Verwerkt", "metered", "most in", "invoiced, EUR"), rows, verslag.titel)
    parts = {"delivering": tempo.aanleveren, "clock and agenda": tempo.klok, "zaken": tempo.zaken,
             "citizens": tempo.bezoeken}  # fmt: skip
    spent = ", ".join(f"{naam} {seconds:,.1f} s" for naam, seconds in parts.items())
    click.echo(f"{tempo.seconden:,.1f} s, {tempo.berichten_per_seconde:,.0f} messages/s ({spent})")
