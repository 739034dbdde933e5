"""``prognose``: what a year will cost, as a table with a bar for each month."""

from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.factuur import as_euro, with_key
from simulator.cli.output import print_facts, print_json, print_table

_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_BAR = 40
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@click.command()
@with_key
@click.option("--per-maand", type=click.IntRange(0), help="So many berichten in January, and so on with --groei.")
@click.option("--per-jaar", type=click.IntRange(0), help="So many berichten in the year, divided over the months.")
@click.option("--maanden", help="Twelve numbers, separated by commas.")
@click.option("--groei", type=float, default=0.0, show_default=True, help="Percent from each month to the next.")
@click.option("--piek", "pieken", multiple=True, metavar="MAAND=AANTAL", help="More in a month: 2=5000; may be again.")
@click.option("--jaar", type=click.IntRange(2000, 2100), help="The year; default: that of the clock of the omgeving.")
@click.option("--tarief", type=click.IntRange(2000, 2100), help="The year of whose tariff; default: that of --jaar.")
@click.option("--prijs", help="A price of one's own instead, in euro: 0.454.")
@click.option("--sector", type=click.Choice(["rijk", "medeoverheid", "privaat"]), help="Default: one's own.")
@click.option("--nieuw", is_flag=True, help="As if connected in January of that year.")
@with_client
def prognose(client: Client, key: str, maanden: str | None, pieken: tuple[str, ...], **given: Any) -> None:
    """What a year of delivering will cost: per month, in all, and for one bericht more."""
    body = {_as_camel(name): value for name, value in given.items() if value is not None and value is not False}
    if maanden is not None:
        body["maanden"] = [_read_number(each) for each in maanden.split(",")]
    if pieken:
        body["pieken"] = [_read_piek(each) for each in pieken]
    found = client.api("POST", "/api/facturatie/v1/prognoses", key, body=body)
    if client.as_json:
        print_json(found)
    else:
        _print(found)


def draw_bar(value: int, most: int) -> str:
    """A bar as long as ``value`` is of ``most``, to an eighth of a character."""
    whole, eighth = divmod(value * _BAR * 8 // most if most else 0, 8)
    return ("█" * whole + _EIGHTHS[eighth]).rstrip()


def _print(found: dict[str, Any]) -> None:
    most = max(each["bedragCent"] for each in found["maanden"])
    busiest = max(each["aantal"] for each in found["maanden"])
    rows = (
        (_MAANDEN[each["maand"] - 1], each["aantal"], each["gratis"] or "", as_euro(each["bedragCent"]),
         draw_bar(each["bedragCent"], most) if most else draw_bar(each["aantal"], busiest))
        for each in found["maanden"]
    )  # fmt: skip
    print_table(("maand", "berichten", "gratis", "excl. BTW", "bedrag" if most else "berichten in beeld"), rows)
    print_facts(
        [
            ("Tarief", f"{found['tarief']}, EUR {found['prijs']} per bericht"),
            ("Berichten", found["totaalAantal"]),
            ("Excl. BTW", as_euro(found["totaalExclCent"])),
            (f"BTW {found['btwPercentage']} %", as_euro(found["totaalBtwCent"])),
            ("Incl. BTW", as_euro(found["totaalInclCent"])),
            ("Eén bericht meer", f"EUR {found['prijsVolgendBericht']}"),
        ]
    )
    for sentence in found["toelichting"]:
        click.echo(sentence)


def _read_piek(text: str) -> dict[str, int]:
    maand, _, extra = text.partition("=")
    return {"maand": _read_number(maand), "extra": _read_number(extra)}


def _read_number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise click.UsageError(f"{text!r} is not a whole number") from error


def _as_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
