"""``aansluiting``: the road of a connection, from the form to production and to its end, as Logius walks it."""

from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import own_name, print_facts, print_json, print_table

_DIENSTEN = ("berichtenbox", "persoonlijke-gegevens", "lopende-zaken")
_CHECKLIST = "AS-checklist"
_SECTOREN = ("rijk", "medeoverheid", "privaat")

with_dienst = click.option(
    "--dienst", type=click.Choice(_DIENSTEN), default="berichtenbox", show_default=True, help="Which connection."
)
with_door = click.option("--door", default="Logius", show_default=True, help="Who takes the step.")


@click.group()
def aansluiting() -> None:
    """Walk the road of a connection: the form, preproduction, tests, production, the end."""


@aansluiting.command("list")
@with_client
def list_aansluitingen(client: Client) -> None:
    """The connections of all Afnemers, and in which phase each is."""
    found = client.admin("GET", "/aansluitingen")["afnemers"]
    if client.as_json:
        print_json(found)
        return
    rows = ((afnemer, each) for afnemer in found for each in afnemer["aansluitingen"])
    print_table(("OIN", "naam", "dienst", "fase", "sinds", "dicht omdat", "einde"), (_row(*each) for each in rows))


@aansluiting.command()
@click.argument("oin")
@with_dienst
@with_client
def show(client: Client, oin: str, dienst: str) -> None:
    """One connection: its phase, its history, and what the next step needs."""
    _show(client, oin, client.admin("GET", f"/aansluitingen/{oin}/{dienst}"))


@aansluiting.command()
@click.argument("oin")
@click.argument("naam")
@with_dienst
@click.option("--sector", type=click.Choice(_SECTOREN), default="medeoverheid", show_default=True)
@with_client
def aanvragen(client: Client, oin: str, naam: str, dienst: str, sector: str) -> None:
    """Register an organisation, give it its first key, and fill in an example of the form; not signed yet."""
    made = client.admin("POST", "/aansluitingen", {"oin": oin, "naam": naam, "sector": sector})
    found = client.admin("POST", f"/aansluitingen/{oin}/{dienst}/aanvulling")["aansluiting"]
    if client.as_json:
        print_json({**made, "aansluiting": found})
        return
    click.echo(f"{naam} has a first key, shown only this once: {made['sleutel']}")
    _show(client, oin, found)


@aansluiting.command()
@click.argument("oin")
@with_dienst
@click.option("--vul-aan", is_flag=True, help="First supply what is missing, with invented papers.")
@click.option("--startdatum", metavar="DATE", help="For the step to production: open the dienst on this day.")
@with_door
@with_client
def volgende(client: Client, oin: str, dienst: str, startdatum: str | None, door: str, *, vul_aan: bool) -> None:
    """Take the next step; without --vul-aan it is refused with all that is missing."""
    path = f"/aansluitingen/{oin}/{dienst}"
    aangevuld = client.admin("POST", f"{path}/aanvulling")["aangevuld"] if vul_aan else []
    found = client.admin("POST", f"{path}/stappen", {"door": door, "startdatum": startdatum})
    if not client.as_json:
        for regel in dict.fromkeys(each["regel"] for each in aangevuld):
            details = [each["detail"] for each in aangevuld if each["regel"] == regel]
            click.echo(_describe_aanvulling(regel, details))
    _show(client, oin, found)


@aansluiting.command()
@click.argument("oin")
@with_dienst
@with_door
@with_client
def testrapport(client: Client, oin: str, dienst: str, door: str) -> None:
    """Approve the test report, whatever the checklist shows."""
    _show(client, oin, client.admin("PUT", f"/aansluitingen/{oin}/{dienst}/testrapport", {"door": door}))


@aansluiting.command()
@click.argument("oin")
@with_dienst
@click.option("--per", metavar="DATE", help="The first day on which it is closed; today without it.")
@with_door
@with_client
def beeindig(client: Client, oin: str, dienst: str, per: str | None, door: str) -> None:
    """End a connection, now or on a later day; until then it stays as it is."""
    body = {"door": door, "einddatum": per}
    _show(client, oin, client.admin("POST", f"/aansluitingen/{oin}/{dienst}/beeindiging", body))


def _describe_aanvulling(regel: str, details: list[str]) -> str:
    if regel == _CHECKLIST:
        return f"approved by hand: the test report, with {len(details)} tests not shown ({regel})"
    return f"supplied, invented: {' '.join(details)} ({regel})"


def _row(afnemer: dict[str, Any], each: dict[str, Any]) -> tuple[object, ...]:
    facts = (each[name] for name in ("dienst", "fase", "sinds", "sluiting", "einddatum"))
    return (afnemer["oin"], afnemer["naam"], *facts)


def _show(client: Client, oin: str, found: dict[str, Any]) -> None:
    if client.as_json:
        print_json(found)
        return
    open_nu = f"nee, {found['sluiting']}" if found["sluiting"] else "ja"
    print_facts(
        [
            ("aansluiting", f"{oin} op {found['dienst']}"),
            ("fase", found["fase"]),
            ("open", open_nu),
            ("ondertekend", _signature(found["ondertekening"])),
            ("testrapport", _signature(found["testrapport"])),
            ("startdatum", found["startdatum"]),
            ("einddatum", found["einddatum"]),
        ]
    )
    rows = (
        (each["op"], each["door"], each["van"], each["naar"], each["ingang"], each["toelichting"])
        for each in found["stappen"]
    )
    print_table(("op", "door", "van", "naar", "ingang", "toelichting"), rows)
    _show_volgende(oin, found)


def _show_volgende(oin: str, found: dict[str, Any]) -> None:
    stap = found["volgende"]
    if stap is None:
        return
    click.echo(f"next: {stap['naar']}, a step of {stap['door']}" + (", which still needs" if stap["ontbreekt"] else ""))
    for each in stap["ontbreekt"]:
        click.echo(f"  {each['regel']}: {each['detail']}")
    click.echo(f"  {own_name()} aansluiting volgende {oin} --dienst {found['dienst']} --vul-aan")


def _signature(found: dict[str, Any] | None) -> str | None:
    return None if found is None else f"{found['op']}, {found['door']}"
