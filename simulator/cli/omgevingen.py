"""``omgevingen``: make, list and drop isolated worlds."""

from dataclasses import replace

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_json, print_table


@click.group()
def omgevingen() -> None:
    """Make, list and drop omgevingen."""


@omgevingen.command("list")
@with_client
def list_omgevingen(client: Client) -> None:
    """All omgevingen."""
    found = _outside(client).admin("GET", "/omgevingen")["omgevingen"]
    if client.as_json:
        print_json(found)
        return
    columns = ("naam", "seed", "aangemaaktOp", "vervaltOp")
    print_table(columns, ([each.get(column) for column in columns] for each in found))


@omgevingen.command()
@click.argument("naam")
@click.option("--seed", type=int, help="Same seed, same people; default: that of the simulator.")
@click.option("--ttl", type=float, help="Seconds (real) until it is dropped by itself.")
@with_client
def add(client: Client, naam: str, seed: int | None, ttl: float | None) -> None:
    """Make an omgeving."""
    given = {"seed": seed, "ttlSeconden": ttl}
    body = {"naam": naam} | {k: v for k, v in given.items() if v is not None}
    made = _outside(client).admin("POST", "/omgevingen", body)
    if client.as_json:
        print_json(made)
    else:
        click.echo(f"Omgeving {made['naam']} with seed {made['seed']}; header X-Simulator-Omgeving: {made['naam']}")


@omgevingen.command()
@click.argument("naam")
@with_client
def drop(client: Client, naam: str) -> None:
    """Throw an omgeving away with all that is in it."""
    _outside(client).admin("DELETE", f"/omgevingen/{naam}")
    if client.as_json:
        print_json({"naam": naam, "weg": True})
    else:
        click.echo(f"Omgeving {naam} is gone")


def _outside(client: Client) -> Client:
    """The list of omgevingen is in none of them: the one that ``SIMULATOR_OMGEVING`` names may not be there (yet)."""
    return replace(client, omgeving="standaard")
