"""``scenario``: list the stories for trainers, and play one step by step."""

from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import open_console, own_name, print_json, print_table


@click.group()
def scenario() -> None:
    """Stories for trainers, played step by step in simulated time; each has a page of explanation: /scenarios."""


@scenario.command("list")
@with_client
def list_scenarios(client: Client) -> None:
    """Which stories there are, and how far each is."""
    found = client.admin("GET", "/scenarios")["scenarios"]
    if client.as_json:
        print_json(found)
        return
    rows = [(each["naam"], each["titel"], each["inwoner"], _progress(each)) for each in found]
    print_table(("naam", "titel", "inwoner", "stand"), rows)


@scenario.command()
@click.argument("naam")
@click.option("--auto", is_flag=True, help="Play all steps, one after another.")
@with_client
def play(client: Client, naam: str, auto: bool) -> None:
    """Begin NAAM, also when it was played before, and play its first step; with --auto all of them."""
    story = client.admin("POST", f"/scenarios/{naam}/_starten")
    steps = len(story["stappen"]) if auto else 1
    if not client.as_json:
        _say_title(client, story)
    _show(client, [_play(client, naam) for _ in range(steps)])


@scenario.command("next")
@click.argument("naam")
@with_client
def play_next(client: Client, naam: str) -> None:
    """Play the next step of NAAM."""
    _show(client, [_play(client, naam)])


def _play(client: Client, naam: str) -> dict[str, Any]:
    outcome: dict[str, Any] = client.admin("POST", f"/scenarios/{naam}/_volgende")
    if not client.as_json:
        _say(client, outcome)
    return outcome


def _show(client: Client, outcomes: list[dict[str, Any]]) -> None:
    story = outcomes[-1]["scenario"]
    if client.as_json:
        print_json([{name: value for name, value in each.items() if name != "scenario"} for each in outcomes])
    elif story["klaar"]:
        click.echo("The end. Play it again, or empty the omgeving first: " + f"{own_name()} reset")
    else:
        where = "" if client.omgeving == "standaard" else f" --omgeving {client.omgeving}"
        click.echo(f"Next: {own_name()} scenario next {story['naam']}{where}")


def _say_title(client: Client, story: dict[str, Any]) -> None:
    click.echo(f"{story['titel']} ({len(story['stappen'])} stappen, log in als {story['inwoner']})")
    click.echo(f"Uitleg: {_page(client, '/scenarios/' + story['naam'])}\n")


def _say(client: Client, outcome: dict[str, Any]) -> None:
    """One step as a trainer reads it: what happened, what to tell, where to look."""
    step = outcome["scenario"]["stappen"][outcome["nummer"] - 1]
    console = open_console()
    console.print(f"{outcome['nummer']}. {step['titel']}", style="bold", markup=False)
    console.print(f"   {outcome['moment'][:16].replace('T', ' ')}  {outcome['wat']}", markup=False)
    console.print(f"   {' '.join(step['uitleg'].split())}", style="dim", markup=False)
    if step["kijk"]:
        console.print(f"   Kijk: {_page(client, step['kijk'])}", markup=False)
    console.print()


def _page(client: Client, pad: str) -> str:
    inside = "" if client.omgeving == "standaard" else f"/omgevingen/{client.omgeving}"
    return client.url.rstrip("/") + inside + pad


def _progress(story: dict[str, Any]) -> str:
    if story["klaar"]:
        return "gespeeld"
    return f"{story['gespeeld']} van {len(story['stappen'])}" if story["gestart"] else ""
