"""``seed``: begin an omgeving anew with a seed, and deliver the demo berichten and zaken."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.deliver import print_verslag
from simulator.cli.delivery import Afzender, Lading, Verslag, Weigering, Zending, sum_up
from simulator.cli.demo_gegevens import PATH, read_gegevens
from simulator.cli.output import print_json
from simulator.settings import find_fixtures

_MOMENTEN = ("PublicatieDatum", "EindDatumHandelingsTermijn")
_TIMEOUT = 30.0


@click.command()
@click.option("--seed", type=int, help="Same seed, same people; default: the seed it has.")
@with_client
def seed(client: Client, seed: int | None) -> None:
    """Empty the omgeving, and deliver berichten and zaken from the demo Afnemers to the personas.

    One bericht has an attachment, some have a deadline, and one appears three (simulated) days from now. The Afnemers
    also deliver what they registered about every persona.
    """
    fixtures = find_fixtures()  # before anything is thrown away
    made = client.admin("POST", f"/omgevingen/{client.omgeving}/_legen", {} if seed is None else {"seed": seed})
    verslag = _deliver_demo(client, fixtures / "berichten")
    zaken = _deliver_zaken(client, fixtures / "zaken")
    gegevens = _deliver_gegevens(client, fixtures / "gegevens")
    if client.as_json:
        print_json({"omgeving": made, "codes": dict(verslag.codes), "zaken": zaken, "gegevens": gegevens})
    else:
        click.echo(f"Omgeving {made['naam']} begins anew with seed {made['seed']}")
        print_verslag(verslag, as_json=False)
        click.echo(f"{zaken} zaken delivered, with their history")
        click.echo(f"{gegevens} sets of personal data delivered about the personas")
    raise SystemExit(1 if verslag.weigeringen else 0)


def _deliver_demo(client: Client, folder: Path) -> Verslag:
    now = datetime.fromisoformat(client.admin("GET", "/klok")["moment"])
    zendingen: list[Zending] = []
    statussen: list[Any] = []
    afgewezen: list[Weigering] = []
    for afzender, lading in _read_fixtures(client, folder, now):
        answer = afzender.submit(lading)
        if isinstance(answer, Weigering):
            afgewezen.append(answer)
        else:
            zendingen.append(answer)
            statussen += afzender.await_report([answer], _TIMEOUT)
    return sum_up(zendingen, statussen, afgewezen)


def _deliver_zaken(client: Client, folder: Path) -> int:
    """The demo zaken with their statuses; answers how many. What is refused ends the command: nothing should be."""
    from simulator.cli.demo_zaken import read_zaken

    now = datetime.fromisoformat(client.admin("GET", "/klok")["moment"])
    delivered = 0
    for levering in read_zaken(folder, now.date()):
        headers = {"Content-Type": "application/json", "X-Message-ID": levering.message_id}
        client.api(levering.method, levering.path, levering.sleutel, content=levering.body, headers=headers)
        delivered += levering.method == "PUT"
    return delivered


def _deliver_gegevens(client: Client, folder: Path) -> int:
    today = datetime.fromisoformat(client.admin("GET", "/klok")["moment"]).date()
    stored = 0
    for key, body in read_gegevens(today, folder):
        headers = {"Content-Type": "application/json"}
        stored += int(client.api("PUT", PATH, key, content=body, headers=headers)["opgeslagen"])
    return stored


def _read_fixtures(client: Client, folder: Path, now: datetime) -> Iterator[tuple[Afzender, Lading]]:
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        afzender = Afzender(client, document.pop("sleutel"))
        for bericht in document["Berichten"]:
            _complete(bericht, now, folder / "bijlagen")
        yield afzender, Lading(file.name, json.dumps(document, ensure_ascii=False).encode())


def _complete(bericht: dict[str, Any], now: datetime, bijlagen: Path) -> None:
    """In the fixtures a moment is a number of days from now, and a bijlage the name of a file."""
    for naam in _MOMENTEN:
        if naam in bericht:
            moment = now + timedelta(days=bericht[naam]["dagen"])
            bericht[naam] = moment.replace(microsecond=0).isoformat()
    for bijlage in bericht.get("Bijlagen", ()):
        bijlage["Inhoud"] = base64.b64encode((bijlagen / bijlage.pop("Bestand")).read_bytes()).decode()
