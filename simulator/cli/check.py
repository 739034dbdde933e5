"""``check``: prove from what is stored that deliveries, metering, totals and invoices agree, and nothing failed."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.output import print_json, print_table

if TYPE_CHECKING:
    from simulator.infra.omgeving import Omgeving

_AGENDA_LIMIT = 1_000_000


@dataclass(frozen=True)
class Bevinding:
    """One thing that does not agree, or failed."""

    omgeving: str
    soort: str
    waar: str
    verwacht: str
    gevonden: str


@click.command()
@click.option(
    "--data", envvar="SIMULATOR_DATA", type=click.Path(path_type=Path), default=Path("data"), show_default=True,
    help="Data directory of the simulator.",
)  # fmt: skip
@click.option("--database-url", envvar="SIMULATOR_DATABASE_URL", default="", help="PostgreSQL, if it works there.")
@click.option("--rebuild", is_flag=True, help="First make the totals anew from what was metered.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def check(data: Path, database_url: str, *, rebuild: bool, as_json: bool) -> None:
    """Compare the berichten and zaken with what was metered, that with its totals and the invoices, in every omgeving.

    Berichten must also have all bijlagen that they came with.

    Reads the database itself, so it works beside a running simulator and after a crash. Exit code 1 when anything
    differs or something on the agenda failed for good. With --rebuild it mends the totals; berichten and what was
    metered are never changed.
    """
    rebuilt, checked, found = _check_all(database_url, data, rebuild=rebuild)
    if as_json:
        mended = {"hersteld": rebuilt} if rebuild else {}
        print_json({"omgevingen": checked, "bevindingen": [asdict(each) for each in found]} | mended)
        raise SystemExit(1 if found else 0)
    if rebuild:
        click.echo(f"totals made anew; {rebuilt} of them were wrong")
    if found:
        columns = ("omgeving", "soort", "waar", "verwacht", "gevonden")
        print_table(columns, ([getattr(each, column) for column in columns] for each in found))
    else:
        where = f"{len(checked)} omgeving(en): {', '.join(checked)}"
        click.echo(f"berichten with their bijlagen, zaken, metering, totals and invoices agree in {where}")
    raise SystemExit(1 if found else 0)


def _check_all(database_url: str, data: Path, *, rebuild: bool) -> tuple[int, list[str], list[Bevinding]]:
    from sqlalchemy.exc import DBAPIError

    from simulator.cli.preflight import check_postgresql, read_tarieven
    from simulator.infra.inspection import NotInspectable, read_omgevingen
    from simulator.settings import load_settings
    from simulator.verbruik import rebuild_totalen

    read_tarieven(load_settings({"workers": 1, "database_url": database_url}).settings.fixtures_dir)
    if database_url:
        check_postgresql(database_url)
    rebuilt = 0
    checked: list[str] = []
    found: list[Bevinding] = []
    try:
        for omgeving in read_omgevingen(database_url, data):
            rebuilt += len(rebuild_totalen(omgeving)) if rebuild else 0
            found += _check(omgeving)
            checked.append(omgeving.naam)
    except NotInspectable as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        raise click.ClickException(f"cannot read the database: {str(error.orig).splitlines()[0]}") from error
    return rebuilt, checked, found


def _check(omgeving: "Omgeving") -> Iterator[Bevinding]:
    from simulator.berichtenbox import controle
    from simulator.facturatie import check_facturen
    from simulator.infra.agenda import list_agenda
    from simulator.infra.ids import public_id
    from simulator.lopende_zaken import check_zaken
    from simulator.verbruik import check_verbruik

    for bericht in controle.check_berichten(omgeving):
        waar = f"aanlevering {public_id(bericht.aanlevering_id)}, Afnemer {bericht.afnemer_id}, {bericht.berichttype}"
        yield Bevinding(omgeving.naam, "berichten en verbruik", waar, f"{bericht.opgeslagen} opgeslagen",
                        f"{bericht.gemeten} gemeten")  # fmt: skip
    for bijlage in controle.check_bijlagen(omgeving):
        yield Bevinding(omgeving.naam, "berichten en bijlagen", f"bericht {public_id(bijlage.bericht)}",
                        f"{bijlage.aangeleverd} aangeleverd", f"{bijlage.gevonden} gevonden")  # fmt: skip
    for zaak in check_zaken(omgeving):
        waar = f"zaakbericht {public_id(zaak.zaakbericht_id)}, Afnemer {zaak.afnemer_id}"
        yield Bevinding(omgeving.naam, "zaken en verbruik", waar, f"{zaak.opgeslagen} opgeslagen",
                        f"{zaak.gemeten} gemeten")  # fmt: skip
    with omgeving.reading() as session:
        verschillen = check_verbruik(session)
    for each in verschillen:
        waar = f"dag {each.dag}, Afnemer {each.afnemer_id}, {each.berichttype}"
        yield Bevinding(
            omgeving.naam, "verbruik en totalen", waar, f"{each.feiten} gemeten", f"{each.totaal} in totaal"
        )
    for verschil in check_facturen(omgeving):
        yield Bevinding(omgeving.naam, "facturen en verbruik", verschil.waar, verschil.verwacht, verschil.gevonden)
    for item in list_agenda(omgeving, _AGENDA_LIMIT):
        if item.status == "mislukt":
            waar = f"{item.soort} van {item.moment:%Y-%m-%dT%H:%M:%SZ}"
            yield Bevinding(omgeving.naam, "agenda", waar, "gedaan", f"mislukt na {item.pogingen} keer: {item.fout}")
