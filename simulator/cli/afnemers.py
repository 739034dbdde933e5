"""``afnemers``: who may connect, with which keys, and in whose name."""

from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_json, print_table

_DIENSTEN = ("berichtenbox", "persoonlijke-gegevens", "lopende-zaken")
_SECTOREN = ("rijk", "medeoverheid", "privaat")


@click.group()
def afnemers() -> None:
    """List, add and change Afnemers, keys and mandates."""


@afnemers.command("list")
@with_client
def list_afnemers(client: Client) -> None:
    """All Afnemers, with the last characters of their keys."""
    found = client.admin("GET", "/afnemers")["afnemers"]
    if client.as_json:
        print_json(found)
        return
    print_table(("OIN", "naam", "sector", "diensten", "namens", "sleutels"), map(_row, found))


@afnemers.command()
@click.argument("oin")
@click.argument("naam")
@click.option("--dienst", "diensten", type=click.Choice(_DIENSTEN), multiple=True, default=("berichtenbox",),
              show_default=True, help="A dienst to connect to; may be given more than once.")  # fmt: skip
@click.option("--sector", type=click.Choice(_SECTOREN), default="medeoverheid", show_default=True,
              help="Who pays VAT and which tariff holds follow from it.")  # fmt: skip
@click.option("--sinds", metavar="DATE", help="In production since this day; today without it.")
@with_client
def add(client: Client, oin: str, naam: str, diensten: tuple[str, ...], sector: str, sinds: str | None) -> None:
    """Connect an organisation and give it a first key, which is shown only now."""
    body = {"oin": oin, "naam": naam, "diensten": list(diensten), "sector": sector, "sinds": sinds}
    made = client.admin("POST", "/afnemers", body)
    _show_sleutel(client, made["oin"], client.admin("POST", f"/afnemers/{made['oin']}/sleutels"))


@afnemers.command()
@click.argument("oin")
@click.argument("naam", type=click.Choice(_SECTOREN))
@with_client
def sector(client: Client, oin: str, naam: str) -> None:
    """Put the Afnemer OIN in another sector."""
    client.admin("PATCH", f"/afnemers/{oin}", {"sector": naam})
    _say(client, {"oin": oin, "sector": naam}, f"{oin} is now in the sector {naam}")


@afnemers.command()
@click.argument("oin")
@click.option("--intrekken", metavar="HINT", help="Revoke the key with this id or these last four characters instead.")
@with_client
def sleutel(client: Client, oin: str, intrekken: str | None) -> None:
    """Issue one more key, which is shown only now; or revoke one."""
    if intrekken is None:
        _show_sleutel(client, oin, client.admin("POST", f"/afnemers/{oin}/sleutels"))
        return
    client.admin("DELETE", f"/afnemers/{oin}/sleutels/{intrekken}")
    _say(client, {"oin": oin, "ingetrokken": intrekken}, f"Key {intrekken} of {oin} is revoked")


@afnemers.command()
@click.argument("oin")
@click.argument("namens")
@click.option("--weg", is_flag=True, help="Take the mandate back.")
@with_client
def mandaat(client: Client, oin: str, namens: str, *, weg: bool) -> None:
    """Let the Afnemer OIN deliver in the name of the Afnemer NAMENS."""
    client.admin("DELETE" if weg else "PUT", f"/afnemers/{oin}/mandaten/{namens}")
    verb = "may no longer" if weg else "may"
    _say(client, {"oin": oin, "namens": namens, "mandaat": not weg}, f"{oin} {verb} deliver in the name of {namens}")


def _row(each: dict[str, Any]) -> tuple[object, ...]:
    keys = [sleutel["hint"] for sleutel in each["sleutels"] if not sleutel.get("ingetrokkenOp")]
    gesloten = [stand for stand in each["aansluitingen"] if stand.get("sluiting")]
    naam = each["naam"] + ("" if each["actief"] else " (uit)")
    return (
        each["oin"],
        naam,
        each["sector"],
        ", ".join(each["diensten"] + [f"{dicht['dienst']} ({dicht['sluiting']})" for dicht in gesloten]),
        ", ".join(each["namens"]),
        ", ".join(f"…{key}" for key in keys),
    )


def _show_sleutel(client: Client, oin: str, made: dict[str, Any]) -> None:
    _say(client, {"oin": oin, **made}, f"Afnemer {oin} has a new key, shown only this once: {made['sleutel']}")


def _say(client: Client, value: dict[str, Any], line: str) -> None:
    if client.as_json:
        print_json(value)
    else:
        click.echo(line)
