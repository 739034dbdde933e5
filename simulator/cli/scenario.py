"""``scenario``: list the stories for trainers, and play one step by step."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click

from simulator.cli.client import Client, with_client
from simulator.cli.output import open_console, own_name, print_json, print_table
from simulator.infra.clock import NEDERLAND

_LOOK = 0.3
"""Seconds between two looks at how far the clock is."""


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
    if not client.as_json:
        _say_title(client, story)
    for _ in range(len(story["stappen"]) if auto else 1):
        story = _play(client, story)
    _say_what_next(client, story)


@scenario.command("next")
@click.argument("naam")
@with_client
def play_next(client: Client, naam: str) -> None:
    """Play the next step of NAAM."""
    _say_what_next(client, _play(client, client.admin("GET", f"/scenarios/{naam}")))


def _play(client: Client, story: dict[str, Any]) -> dict[str, Any]:
    """Play a step and say it, before the next begins; answers the story as it is then."""
    step = None if story["klaar"] else story["stappen"][story["gespeeld"]]
    if step and not client.as_json:
        open_console().print(f"{step['nummer']}. {step['titel']}", style="bold", markup=False)
    with _show_clock(client, step["na"] if step else None):
        outcome = client.patient().admin("POST", f"/scenarios/{story['naam']}/_volgende")
    played: dict[str, Any] = outcome.pop("scenario")
    if client.as_json:
        step = played["stappen"][outcome["nummer"] - 1]
        told = {name: step[name] for name in ("titel", "uitleg", "kijk")}
        click.echo(json.dumps(outcome | told, ensure_ascii=False))
    else:
        _say(client, outcome, played)
    return played


def _say_what_next(client: Client, story: dict[str, Any]) -> None:
    if client.as_json:
        return
    if story["klaar"]:
        click.echo("The end. Play it again, or empty the omgeving first: " + f"{own_name()} reset")
    else:
        where = "" if client.omgeving == "standaard" else f" --omgeving {client.omgeving}"
        click.echo(f"Next: {own_name()} scenario next {story['naam']}{where}")


def _say_title(client: Client, story: dict[str, Any]) -> None:
    click.echo(f"{story['titel']} ({len(story['stappen'])} stappen, log in als {story['inwoner']})")
    click.echo(f"Uitleg: {_page(client, '/scenarios/' + story['naam'])}\n")


def _say(client: Client, outcome: dict[str, Any], story: dict[str, Any]) -> None:
    """One step as a trainer reads it: what happened, what to tell, where to look."""
    step = story["stappen"][outcome["nummer"] - 1]
    console = open_console()
    console.print(f"   {_as_people_write(outcome['moment'])}  {outcome['wat']}", markup=False)
    console.print(f"   {' '.join(step['uitleg'].split())}", style="dim", markup=False)
    if step["kijk"]:
        console.print(f"   Kijk: {_page(client, step['kijk'])}", markup=False)
    console.print()


@contextmanager
def _show_clock(client: Client, na: str | None) -> Iterator[None]:
    """A line on standard error that says where the clock is on its way, as long as a step with a leap lasts."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console, ended = open_console(stderr=True), threading.Event()
    if na is None or client.as_json or not console.is_terminal:
        yield
        return
    columns = (TextColumn("  "), SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(f"de klok gaat vooruit ({na})")

        def look() -> None:
            while not ended.wait(_LOOK):
                moment = _find_clock(client)
                if moment:
                    progress.update(task, description=f"de klok gaat vooruit ({na}): {_as_people_write(moment)}")

        watcher = threading.Thread(target=look, name="clock", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


def _find_clock(client: Client) -> str | None:
    """Where a leap is by now: at the first thing that is still to be done."""
    try:
        waiting = (each["moment"] for each in client.admin("GET", "/agenda")["agenda"] if each["status"] == "wacht")
    except click.ClickException:  # the step itself will say it
        return None
    return next(waiting, None)


def _as_people_write(moment: str) -> str:
    """A moment of the API as a Dutch trainer reads it."""
    return datetime.fromisoformat(moment).astimezone(NEDERLAND).strftime("%d-%m-%Y %H:%M")


def _page(client: Client, pad: str) -> str:
    inside = "" if client.omgeving == "standaard" else f"/omgevingen/{client.omgeving}"
    return client.url.rstrip("/") + inside + pad


def _progress(story: dict[str, Any]) -> str:
    if story["klaar"]:
        return "gespeeld"
    return f"{story['gespeeld']} van {len(story['stappen'])}" if story["gestart"] else ""
