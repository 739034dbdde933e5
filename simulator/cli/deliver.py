"""``deliver``: deliver a JSON or XML file, or a folder of them, and report what became of each bericht."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.client import Client, with_client
from simulator.cli.delivery import (
    VERWERKT,
    Afzender,
    Unusable,
    Verslag,
    Weigering,
    Zending,
    list_files,
    read_ladingen,
    sum_up,
)
from simulator.cli.output import open_console, print_json, print_table

if TYPE_CHECKING:
    from rich.progress import Progress

_SHOWN = 100


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key",
    envvar="SIMULATOR_API_KEY",
    required=True,
    help="API key of the Afnemer that delivers, such as demo-voorbeeldstad.",
)
@click.option(
    "--namens",
    envvar="SIMULATOR_NAMENS",
    metavar="OIN",
    help="For a bare list of berichten: in whose name; default: the sender itself.",
)
@click.option(
    "--timeout", envvar="SIMULATOR_TIMEOUT", default=60.0, show_default=True, help="Seconds to wait for the results."
)
@with_client
def deliver(client: Client, path: Path, key: str, namens: str | None, timeout: float) -> None:
    """Deliver PATH and wait for the result; exit code 1 when anything was refused.

    JSON: a whole delivery (BerichtLeverancierID, Berichten) or a bare list of berichten. XML: a batch (Berichten).
    """
    afzender, files = Afzender(client, key), list_files(path)
    namens = namens or afzender.find_oin()
    with _progress(silent=client.as_json) as progress:
        task = progress.add_task("delivering", total=len(files) + 1)
        answers: list[Zending | Weigering] = []
        for file in files:
            answers += _deliver_file(afzender, file, namens)
            progress.advance(task)
        progress.update(task, description="waiting for the result")
        zendingen = [each for each in answers if isinstance(each, Zending)]
        statussen = afzender.await_report(zendingen, timeout)
        progress.advance(task)
    verslag = sum_up(zendingen, statussen, [each for each in answers if isinstance(each, Weigering)])
    print_verslag(verslag, as_json=client.as_json)
    raise SystemExit(1 if verslag.weigeringen else 0)


def print_verslag(verslag: Verslag, *, as_json: bool) -> None:
    """The report: counts per Verwerkingscode, the refusals with rule and explanation, warnings."""
    if as_json:
        print_json(
            {
                "zendingen": [asdict(each) for each in verslag.zendingen],
                "codes": dict(verslag.codes),
                "weigeringen": [asdict(each) for each in verslag.weigeringen],
                "waarschuwingen": list(verslag.waarschuwingen),
            }
        )
        return
    print_table(("VerwerkingsCode", "berichten"), verslag.codes.most_common())
    for weigering in verslag.weigeringen[:_SHOWN]:
        click.echo(_describe(weigering))
    if len(verslag.weigeringen) > _SHOWN:
        click.echo(f"… and {len(verslag.weigeringen) - _SHOWN} more; --json shows all")
    for waarschuwing in verslag.waarschuwingen[:_SHOWN]:
        click.echo(f"warning: {waarschuwing}")
    click.echo(f"{verslag.codes[VERWERKT]} of {verslag.codes.total()} processed")


def _describe(weigering: Weigering) -> str:
    """Which file and bericht, and below it why: lines, as a table of this does not fit a terminal."""
    why = weigering.code + (f", {weigering.regel}" if weigering.regel else "")
    return f"{weigering.bestand} {weigering.bericht_id}".rstrip() + f"\n  {why}: {weigering.toelichting}"


def _deliver_file(afzender: Afzender, file: Path, namens: str) -> list[Zending | Weigering]:
    try:
        return [afzender.submit(lading) for lading in read_ladingen(file, namens)]
    except Unusable as error:
        return [Weigering(file.name, "", "unusable file", "", str(error))]


def _progress(*, silent: bool) -> "Progress":
    """A bar on standard error, only where somebody looks at it."""
    from rich.progress import Progress

    console = open_console(stderr=True)
    return Progress(console=console, transient=True, disable=silent or not console.is_terminal)
