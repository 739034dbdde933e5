"""``klok``: show, set or advance the clock of an omgeving."""

from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import print_facts, print_json


class _ShowByDefault(click.Group):
    """Without a subcommand: ``show``, with the flags that were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShowByDefault)
def klok() -> None:
    """Show, set or advance the clock; without a subcommand: show it."""


@klok.command()
@with_client
def show(client: Client) -> None:
    """What time it is there."""
    _print(client, client.admin("GET", "/klok"))


@klok.command("set")
@click.argument("modus", type=click.Choice(["echt", "versneld", "stil"]))
@click.option("--moment", help="What it shows from now on, ISO 8601 with time zone (2026-03-01T09:00:00Z).")
@click.option("--factor", type=float, help="How many times faster than real (with versneld).")
@with_client
def set_klok(client: Client, modus: str, moment: str | None, factor: float | None) -> None:
    """Set the clock: echt (real rate), versneld (times --factor) or stil (stands still)."""
    body = {"modus": modus} | {
        name: value for name, value in (("moment", moment), ("factor", factor)) if value is not None
    }
    _print(client, client.admin("PUT", "/klok", body))


@klok.command()
@click.argument("duur")
@with_client
def vooruit(client: Client, duur: str) -> None:
    """Advance the clock by DUUR (P21D, PT90M); all that falls due on the way is done when this returns."""
    _print(client, client.patient().admin("POST", "/klok/_vooruit", {"duur": duur}))


def _print(client: Client, answer: dict[str, Any]) -> None:
    if client.as_json:
        print_json(answer)
        return
    rate = f" ×{answer['factor']:g}" if answer["modus"] == "versneld" else ""
    facts: list[tuple[str, object]] = [("Moment", answer["moment"]), ("Modus", answer["modus"] + rate)]
    if "uitgevoerd" in answer:
        facts += [("Uitgevoerd van de agenda", answer["uitgevoerd"]), ("Nog wachtend", answer["wachtend"])]
    print_facts(facts)
