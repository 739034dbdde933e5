"""``gebruikers``: who lives here."""

from collections.abc import Iterator
from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_facts, print_json, print_table


@click.group()
def gebruikers() -> None:
    """Who lives here: show a person, list the personas."""


@gebruikers.command()
@click.argument("bsn")
@with_client
def show(client: Client, bsn: str) -> None:
    """Everything about the person with this BSN: computed, or a persona, with what was changed since."""
    found = client.admin("POST", "/gebruikers/_tonen", {"bsn": bsn})
    if client.as_json:
        print_json(found)
        return
    print_facts(_facts(found))
    names = {each["oin"]: each["naam"] for each in client.admin("GET", "/afnemers")["afnemers"]}
    rows = [(names.get(oin, oin), "ja" if aan else "nee") for oin, aan in sorted(found["voorkeuren"].items())]
    print_table(("post van", "welkom"), rows)


@gebruikers.command()
@with_client
def personas(client: Client) -> None:
    """The people with a property that a test needs."""
    found = client.admin("GET", "/personas")["personas"]
    if client.as_json:
        print_json(found)
    else:
        columns = ("bsn", "naam", "omschrijving")
        print_table(columns, ([each[column] for column in columns] for each in found))


def _facts(found: dict[str, Any]) -> Iterator[tuple[str, object]]:
    adres = found["adres"]
    yield "BSN", found["bsn"]
    yield "Naam", found["naam"]
    yield "Persona", found["persona"] or "nee"
    yield "Geboren op", found["geboortedatum"]
    if found["overledenOp"]:
        yield "Overleden op", found["overledenOp"]
    yield "Adres", f"{adres['straat']} {adres['huisnummer']}, {adres['postcode']} {adres['woonplaats']}"
    yield "Gemeente", adres["gemeente"]
    yield "Geheimhouding", "ja" if found["geheim"] else "nee"
    yield "Telefoon", found["telefoon"]
    yield "DigiD", f"{found['gebruikersnaam']}, niveau {found['digidNiveau']}"
    yield "Berichtenbox", found["box"]
    yield "E-mail", (found["email"] or "geen") + (" (contact verloren)" if found["contactVerloren"] else "")
    yield "Kennisgeving", "aan" if found["kennisgeving"] else "uit"
    yield "Herhaling", "aan" if found["herhaling"] else "uit"
