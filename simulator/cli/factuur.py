"""``factuur``: list, show and download invoices as an Afnemer; close periods as the one who runs the simulator."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_facts, print_json, print_table

_API = "/api/facturatie/v1"
FORMATEN = {
    "json": "application/json",
    "csv": "text/csv",
    "pdf": "application/pdf",
    "ubl": "application/xml",
}

with_key = click.option(
    "--key", envvar="SIMULATOR_API_KEY", required=True,
    help="API key of the Afnemer whose invoices they are, such as demo-voorbeeldstad.",
)  # fmt: skip


@click.group()
def factuur() -> None:
    """List, show and download invoices; close months and years, invoice in advance, credit."""


@factuur.command("list")
@with_key
@click.option("--jaar", type=click.IntRange(2000, 2100), help="Only those about this year.")
@with_client
def list_command(client: Client, key: str, jaar: int | None) -> None:
    """The invoices of an Afnemer, the oldest first."""
    found: list[dict[str, Any]] = []
    query, place = f"&jaar={jaar}" if jaar else "", ""
    while True:
        page = client.api("GET", f"{_API}/facturen?aantal=1000{query}{place}", key)
        found += page["facturen"]
        if page["volgende"] is None:
            break
        place = f"&na={page['volgende']}"
    _print_list(client, found)


@factuur.command()
@with_key
@click.argument("nummer")
@with_client
def show(client: Client, key: str, nummer: str) -> None:
    """One invoice, with its lines."""
    _print_factuur(client, client.api("GET", f"{_API}/facturen/{_quote(nummer)}", key))


@factuur.command()
@with_key
@click.option("--jaar", type=click.IntRange(2000, 2100), help="The year of use; default: this year on the clock.")
@click.option("--tarief", type=click.IntRange(2000, 2100), help="The year of whose tariff; default: the same.")
@with_client
def voorbeeld(client: Client, key: str, jaar: int | None, tarief: int | None) -> None:
    """What all that was used in a year would cost by the tariff of another; nothing is issued."""
    given = (("jaar", jaar), ("tarief", tarief))
    query = "&".join(f"{name}={value}" for name, value in given if value is not None)
    _print_factuur(client, client.api("GET", f"{_API}/facturen/_voorbeeld?{query}", key))


@factuur.command()
@with_key
@click.argument("nummer")
@click.option("--formaat", type=click.Choice(list(FORMATEN)), default="pdf", show_default=True, help="In which form.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; default: NUMMER.FORMAAT.")
@with_client
def download(client: Client, key: str, nummer: str, formaat: str, output: Path | None) -> None:
    """Save an invoice as a file."""
    file = output or Path(f"{nummer.replace('/', '_')}.{'xml' if formaat == 'ubl' else formaat}")
    # A refusal is JSON: without that second choice nobody could read why.
    headers = {"X-API-Key": key, "Accept": f"{FORMATEN[formaat]}, application/problem+json;q=0.1"}
    answer = client.send("GET", f"{_API}/facturen/{_quote(nummer)}", headers=headers)
    try:
        file.write_bytes(answer.content)
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror}") from error
    if client.as_json:
        print_json({"bestand": str(file)})
    else:
        click.echo(f"wrote {file}")


@factuur.command()
@click.argument("jaar", type=click.IntRange(2000, 2100))
@click.argument("maand", type=click.IntRange(1, 12), required=False)
@with_client
def sluit(client: Client, jaar: int, maand: int | None) -> None:
    """Close month MAAND of JAAR, or settle all of JAAR; shows what is on paper for it, of all Afnemers."""
    body = {"jaar": jaar} | ({"maand": maand} if maand else {})
    _print_list(client, client.admin("POST", "/facturatie/_sluiten", body)["facturen"])


@factuur.command()
@click.argument("oin")
@click.argument("jaar", type=click.IntRange(2000, 2100))
@click.option("--verwacht", type=click.IntRange(0), help="So many berichten; default: as the year before, or the form.")
@with_client
def voorschot(client: Client, oin: str, jaar: int, verwacht: int | None) -> None:
    """Invoice JAAR in advance to the Afnemer with this OIN."""
    body: dict[str, Any] = {"oin": oin, "jaar": jaar} | ({} if verwacht is None else {"verwacht": verwacht})
    _print_list(client, client.admin("POST", "/facturatie/voorschotten", body)["facturen"])


@factuur.command()
@click.argument("nummer")
@click.option("--reden", default="", help="Why; comes on the credit note.")
@with_client
def credit(client: Client, nummer: str, reden: str) -> None:
    """Take back a whole invoice with a credit note."""
    _print_list(client, [client.admin("POST", "/facturatie/creditnotas", {"nummer": nummer, "reden": reden})])


def as_euro(cent: int) -> str:
    """An amount as people read it here: 1.234,50."""
    return f"{cent / 100:,.2f}".translate(str.maketrans(",.", ".,"))


def _print_list(client: Client, found: Iterable[dict[str, Any]]) -> None:
    facturen = list(found)
    if client.as_json:
        print_json(facturen)
        return
    columns = ("nummer", "oin", "soort", "periode", "datum", "excl. BTW", "incl. BTW", "verwijst naar")
    rows = (
        (each["nummer"], each["oin"], each["soort"], each["periode"]["naam"], each["datum"],
         as_euro(each["totaalExclCent"]), as_euro(each["totaalInclCent"]), each["verwijstNaar"])
        for each in facturen
    )  # fmt: skip
    print_table(columns, rows)


def _print_factuur(client: Client, found: dict[str, Any]) -> None:
    if client.as_json:
        print_json(found)
        return
    print_facts(
        [
            ("Factuur", f"{found['nummer']} ({found['soort']}), SIMULATIE"),
            ("Afnemer", f"{found['afnemer']['naam']}, {found['afnemer']['oin']}, {found['afnemer']['sector']}"),
            ("Periode", found["periode"]["naam"]),
            ("Datum", found["datum"]),
        ]
    )
    columns = ("", "omschrijving", "aantal", "prijs", "bedrag", "toelichting")
    rows = (
        (each["volgnummer"], each["omschrijving"], each["aantal"], each["prijs"], as_euro(each["bedragCent"]),
         each["toelichting"])
        for each in found["regels"]
    )  # fmt: skip
    print_table(columns, rows)
    btw = [(f"BTW {each['percentage']} %", as_euro(each["bedragCent"])) for each in found["btw"]]
    totalen = (("Excl. BTW", as_euro(found["totaalExclCent"])), *btw, ("Te betalen", as_euro(found["totaalInclCent"])))
    print_facts(totalen)
    for sentence in found["toelichting"]:
        click.echo(sentence)


def _quote(nummer: str) -> str:
    from urllib.parse import quote

    return quote(nummer, safe="")
