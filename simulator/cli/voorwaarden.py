"""``voorwaarden``: announce a change of the terms, decide after the Afnemersoverleg, and ask what if."""

from collections.abc import Mapping
from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_facts, print_json, print_table

_PER_EURO = 10_000
_CIJFERS = 9
"""Before the comma, less one; more is no price, and takes for ever to write out."""
with_overleg = click.option(
    "--overleg", "datum", metavar="DATUM",
    help="Day of the Afnemersoverleg that it follows; recorded if it is not there yet. Default: today, on that clock.",
)  # fmt: skip
with_toelichting = click.option("--toelichting", default="", help="Why, for the register.")


@click.group()
def voorwaarden() -> None:
    """The terms in time: what holds, what was announced and decided; what another level would have meant."""


@voorwaarden.command("list")
@with_client
def list_voorwaarden(client: Client) -> None:
    """What holds, which changes were announced with the answers of Afnemers, and every decision."""
    found, besluiten = client.admin("GET", "/voorwaarden"), client.admin("GET", "/besluiten")["besluiten"]
    if client.as_json:
        print_json(found | {"besluiten": besluiten})
        return
    print_facts([("Versie", found["versie"])])
    for wijziging in found["wijzigingen"]:
        title = (
            f"Versie {wijziging['versie']} vanaf {wijziging['ingangsdatum']}; wie weigert, tot {wijziging['einddatum']}"
        )
        rows = ((each["naam"], each["stand"], each["beantwoordOp"]) for each in wijziging["kennisgevingen"])
        print_table(("Afnemer", "stand", "beantwoord op"), rows, title)
    if besluiten:
        print_table(("overleg", "genomen op", "soort", "besluit"), map(_row, besluiten), "Besluiten")


@voorwaarden.command()
@click.argument("versie")
@click.argument("ingangsdatum")
@click.argument("samenvatting")
@click.option(
    "--overleg", "datum", metavar="DATUM", help="Record first that it was decided after a meeting on this day."
)
@with_client
def announce(client: Client, versie: str, ingangsdatum: str, samenvatting: str, datum: str | None) -> None:
    """Tell every Afnemer that VERSIE holds from INGANGSDATUM on (at least a calendar month ahead), and why."""
    if datum is not None:
        _decide(client, datum, {"soort": "voorwaarden", "versie": versie}, "")
    body = {"versie": versie, "ingangsdatum": ingangsdatum, "samenvatting": samenvatting}
    made = client.admin("POST", "/voorwaarden", body)
    _say(
        client,
        made,
        f"Told {len(made['kennisgevingen'])} Afnemers: version {versie} from {ingangsdatum} on, id {made['id']}",
    )


@voorwaarden.command()
@click.argument("wijziging")
@click.argument("oin")
@click.argument("antwoord", type=click.Choice(["aanvaard", "geweigerd"]))
@with_client
def antwoord(client: Client, wijziging: str, oin: str, antwoord: str) -> None:
    """Answer the change WIJZIGING (its id) in the name of the Afnemer OIN."""
    told = client.admin("POST", f"/voorwaarden/{wijziging}/antwoorden", {"oin": oin, "antwoord": antwoord})
    _say(client, told, f"{told['naam']}: {told['stand']}")


@voorwaarden.group()
def besluit() -> None:
    """Record a decision that follows from an Afnemersoverleg."""


@besluit.command()
@click.argument("niveau", type=click.Choice(["basis", "midden"]))
@click.option("--vanaf", help="From when on, ISO 8601 with time zone. Default: now, on that clock.")
@with_overleg
@with_toelichting
@with_client
def niveau(client: Client, niveau: str, vanaf: str | None, datum: str | None, toelichting: str) -> None:
    """MijnOverheid asks the Zekerheidsniveau NIVEAU (article 3.4)."""
    vanaf = vanaf or client.admin("GET", "/klok")["moment"]
    _record(client, datum, {"soort": "zekerheidsniveau", "niveau": niveau, "vanaf": vanaf}, toelichting)


@besluit.command()
@click.argument("api")
@click.argument("opvolger")
@click.argument("uitgefaseerd_op")
@click.argument("vervalt_op")
@with_overleg
@with_toelichting
@with_client
def koppelvlak(client: Client, datum: str | None, toelichting: str, **inhoud: str) -> None:
    """The version of API (/api/berichtenbox/v1) makes way for OPVOLGER, and lapses later (article 3.5)."""
    body = {
        "soort": "koppelvlak", "api": inhoud["api"], "opvolger": inhoud["opvolger"],
        "uitgefaseerdOp": inhoud["uitgefaseerd_op"], "vervaltOp": inhoud["vervalt_op"],
    }  # fmt: skip
    _record(client, datum, body, toelichting)


@besluit.command()
@click.argument("jaar", type=int)
@click.argument("euro")
@click.option("--privaat", metavar="EURO", help="Another price for private organisations with a public task.")
@with_overleg
@with_toelichting
@with_client
def tarief(client: Client, jaar: int, euro: str, privaat: str | None, datum: str | None, toelichting: str) -> None:
    """A bericht costs EURO (0.454) in JAAR (article 3.8)."""
    inhoud: dict[str, Any] = {"soort": "tarief", "jaar": jaar, "prijs": _read_prijs(euro)}
    if privaat is not None:
        inhoud["prijsPrivaat"] = _read_prijs(privaat)
    _record(client, datum, inhoud, toelichting)


@besluit.command("versie")
@click.argument("versie")
@with_overleg
@with_toelichting
@with_client
def decide_versie(client: Client, versie: str, datum: str | None, toelichting: str) -> None:
    """The Voorwaarden will be changed into VERSIE (article 8.1); then announce it."""
    _record(client, datum, {"soort": "voorwaarden", "versie": versie}, toelichting)


@voorwaarden.command()
@click.argument("niveau", type=click.Choice(["basis", "midden"]))
@click.option("--vanaf", required=True, help="Begin of the period, ISO 8601 with time zone (2026-03-01T00:00:00Z).")
@click.option("--tot", required=True, help="End of the period, not included.")
@click.option("--bsn", is_flag=True, help="Name people by their BSN instead of a pseudonym.")
@with_client
def watals(client: Client, niveau: str, vanaf: str, tot: str, *, bsn: bool) -> None:
    """Whose logins would have been stopped if MijnOverheid had asked NIVEAU; it changes nothing."""
    body = {"niveau": niveau, "vanaf": vanaf, "tot": tot, "bsn": bsn}
    found = client.admin("POST", "/zekerheidsniveaus/_watals", body)
    if client.as_json:
        print_json(found)
        return
    print_facts(
        [
            ("Logins", found["logins"]),
            ("Tegengehouden", f"{found['tegengehouden']}, van {found['personen']} mensen"),
            ("Toen ook tegengehouden", found["ookToenTegengehouden"]),
            ("Alsnog toegelaten", found["alsnogToegelaten"]),
        ]
    )
    days = ((each["dag"], each["logins"], each["tegengehouden"]) for each in found["dagen"])
    print_table(("dag", "logins", "tegengehouden"), days)
    people = (
        (each["wie"], each["aantal"], each["eerste"], each["laatste"], "ja" if each["kanHoger"] else "nee")
        for each in found["wie"]
    )
    print_table(("wie", "aantal", "eerste", "laatste", "DigiD kan hoger"), people)


def _record(client: Client, datum: str | None, inhoud: Mapping[str, Any], toelichting: str) -> None:
    made = _decide(client, datum, inhoud, toelichting)
    _say(
        client,
        made,
        f"Decided on {made['genomenOp']}, after the meeting of {made['overleg']['datum']}: {_row(made)[-1]}",
    )


def _decide(client: Client, datum: str | None, inhoud: Mapping[str, Any], toelichting: str) -> dict[str, Any]:
    """Record a decision after the meeting of that day, which is made if there was none."""
    datum = datum or _today(client)
    held = [each for each in client.admin("GET", "/afnemersoverleggen")["overleggen"] if each["datum"] == datum]
    meeting = held[0] if held else client.admin(
        "POST", "/afnemersoverleggen", {"datum": datum, "onderwerp": "Afnemersoverleg"}
    )  # fmt: skip
    body = {"overleg": meeting["id"], "inhoud": dict(inhoud), "toelichting": toelichting}
    made: dict[str, Any] = client.admin("POST", "/besluiten", body)
    return made


def _today(client: Client) -> str:
    """The day in the Netherlands, on the clock of the omgeving."""
    from datetime import datetime

    from simulator.infra.clock import dutch_day

    return dutch_day(datetime.fromisoformat(client.admin("GET", "/klok")["moment"])).isoformat()


def _read_prijs(euro: str) -> int:
    from decimal import Decimal, InvalidOperation

    try:
        given = Decimal(euro.replace(",", "."))
    except InvalidOperation as error:
        raise click.BadParameter(f"{euro} is no amount; write 0.454") from error
    if not given.is_finite() or given.adjusted() > _CIJFERS:
        raise click.BadParameter(f"{euro} is no amount; write 0.454")
    prijs = given * _PER_EURO
    if prijs != int(prijs):
        raise click.BadParameter(f"{euro} has more than four decimals")
    return int(prijs)


def _row(besluit: Mapping[str, Any]) -> tuple[str, str, str, str]:
    inhoud = dict(besluit["inhoud"])
    soort = inhoud.pop("soort")
    said = ", ".join(f"{name} {value}" for name, value in inhoud.items() if value not in {None, 0})
    return besluit["overleg"]["datum"], besluit["genomenOp"], soort, said


def _say(client: Client, value: object, line: str) -> None:
    if client.as_json:
        print_json(value)
    else:
        click.echo(line)
