"""``weblinks``: check the weblinks to dossiers of an Afnemer, make a report of them, manage its domains."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import open_console, print_facts, print_json, print_table

if TYPE_CHECKING:
    from rich.progress import Progress

_API = "/api/weblinks/v1"
_STANDEN = ("niet gecontroleerd", "in orde", "omgeleid", "certificaat verloopt", "onbereikbaar", "kapot",
            "buiten domein")  # fmt: skip
_SLECHT = frozenset({"onbereikbaar", "kapot", "buiten domein"})
_POLL = 0.2
_SHOWN = 100

with_key = click.option(
    "--key", envvar="SIMULATOR_API_KEY", required=True,
    help="API key of the Afnemer whose weblinks they are, such as demo-voorbeeldstad.",
)  # fmt: skip


@click.group()
def weblinks() -> None:
    """Check the weblinks to dossiers of an Afnemer; a report of them; its domains."""


@weblinks.command()
@with_key
@click.option("--stand", "standen", multiple=True, type=click.Choice(_STANDEN), help="Only these; may be given again.")
@click.option("--wait/--no-wait", default=True, show_default=True, help="Wait until all of them are checked.")
@click.option("--timeout", envvar="SIMULATOR_TIMEOUT", default=600.0, show_default=True, help="Seconds to wait.")
@with_client
def check(client: Client, key: str, standen: tuple[str, ...], timeout: float, *, wait: bool) -> None:
    """Check the weblinks now and show what does not work; exit code 1 when anything does not."""
    aantal = client.api("POST", f"{_API}/controles", key, body={"standen": list(standen)})["aantal"]
    if wait:
        with _progress(silent=client.as_json) as progress:
            _await_checks(lambda: _sum_up(client, key)["wachtend"], aantal, progress, timeout)
    samenvatting, slecht = _sum_up(client, key), _list_slecht(client, key)
    if client.as_json:
        print_json({"gestart": aantal, "samenvatting": samenvatting, "slecht": slecht})
    else:
        print_facts([("Gecontroleerd" if wait else "Gestart", aantal), *samenvatting["standen"].items()])
        if slecht:
            rows = ((each["url"], each["stand"], each["sinds"], each["reden"]) for each in slecht[:_SHOWN])
            print_table(("weblink", "stand", "sinds", "reden"), rows)
        if len(slecht) > _SHOWN:
            click.echo(f"… and {len(slecht) - _SHOWN} more; --json shows all")
    raise SystemExit(1 if slecht else 0)


@weblinks.command()
@with_key
@click.option("--dagen", type=click.IntRange(1, 366), default=30, show_default=True, help="Days in the picture.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), default=Path("weblinks.html"), show_default=True,
    help="The HTML file to write.",
)  # fmt: skip
@with_client
def rapport(client: Client, key: str, dagen: int, output: Path) -> None:
    """Write a report with a picture of the trend, as one HTML file."""
    headers = {"X-API-Key": key, "Accept": "text/html, application/json;q=0.5"}
    answer = client.send("GET", f"{_API}/rapport?dagen={dagen}", headers=headers)
    try:
        output.write_bytes(answer.content)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror}") from error
    if client.as_json:
        print_json({"bestand": str(output)})
    else:
        click.echo(f"wrote {output}")


@weblinks.command()
@with_key
@click.option("--erbij", multiple=True, metavar="DOMEIN", help="Register this domain; may be given more than once.")
@click.option("--weg", multiple=True, metavar="DOMEIN", help="Take this domain back; may be given more than once.")
@with_client
def domeinen(client: Client, key: str, erbij: tuple[str, ...], weg: tuple[str, ...]) -> None:
    """Show the domains within which the weblinks stay; register some, or take some back."""
    from urllib.parse import quote

    for domein in erbij:
        client.api("PUT", f"{_API}/domeinen/{quote(domein, safe='')}", key)
    for domein in weg:
        client.api("DELETE", f"{_API}/domeinen/{quote(domein, safe='')}", key)
    found = client.api("GET", f"{_API}/domeinen", key)["domeinen"]
    if client.as_json:
        print_json(found)
    else:
        print_table(("domein", "geregistreerd op"), ((each["domein"], each["geregistreerdOp"]) for each in found))


def _sum_up(client: Client, key: str) -> dict[str, Any]:
    found: dict[str, Any] = client.api("GET", f"{_API}/samenvatting?dagen=1", key)
    return {name: found[name] for name in ("moment", "totaal", "wachtend", "standen")}


def _list_slecht(client: Client, key: str) -> list[dict[str, Any]]:
    """All weblinks that do not work."""
    query = "&".join(f"stand={each.replace(' ', '%20')}" for each in sorted(_SLECHT))
    found: list[dict[str, Any]] = []
    place = ""
    while True:
        page = client.api("GET", f"{_API}/controles?aantal=1000&{query}{place}", key)
        found += page["controles"]
        if page["volgende"] is None:
            return found
        place = f"&na={page['volgende']}"


def _await_checks(count_waiting: Callable[[], int], aantal: int, progress: "Progress", timeout: float) -> None:
    """Wait until nothing is due any more; the bar counts what is done."""
    task, deadline = progress.add_task("checking", total=aantal), time.monotonic() + timeout
    while (waiting := count_waiting()) > 0:
        progress.update(task, total=max(aantal, waiting), completed=max(0, aantal - waiting))
        if time.monotonic() > deadline:
            raise click.ClickException(f"{waiting} weblinks are not checked after {timeout:g} seconds")
        time.sleep(_POLL)
    progress.update(task, completed=aantal)


def _progress(*, silent: bool) -> "Progress":
    """A bar on standard error, only where somebody looks at it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = open_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=silent or not console.is_terminal)
