"""``reset``: empty an omgeving."""

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_json


@click.command()
@click.option("--seed", type=int, help="Begin with another seed.")
@with_client
def reset(client: Client, seed: int | None) -> None:
    """Empty an omgeving: as new, on the real clock, with its seed or another."""
    made = client.admin("POST", f"/omgevingen/{client.omgeving}/_legen", {} if seed is None else {"seed": seed})
    if client.as_json:
        print_json(made)
    else:
        click.echo(f"Omgeving {made['naam']} is empty; seed {made['seed']}")
