"""Options that commands share, made from the settings themselves so that no flag is ever forgotten."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin

import click

from simulator.settings import Settings, variable_of

Command = TypeVar("Command", bound=Callable[..., Any])


def setting_options(command: Command) -> Command:
    """Every setting as a flag; without the flag the variable, the file or the default decides."""
    for each in reversed(fields(Settings)):
        if each.name != "admin":
            command = _option_of(each.name, each.type, each.metadata["help"], each.default)(command)
    return command


def _option_of(name: str, kind: Any, text: str, default: object) -> Callable[[Command], Command]:
    flag = "--" + name.replace("_", "-")
    shown = "" if default in ("", Path()) or kind is bool else f", default {default}"
    text = f"{text}  [{variable_of(name)}{shown}]"
    if kind is bool:
        return click.option(flag, name, is_flag=True, default=None, help=text)
    if get_origin(kind) is Literal:
        return click.option(flag, name, type=click.Choice(get_args(kind)), help=text)
    return click.option(flag, name, type=click.Path(path_type=Path) if kind is Path else kind, help=text)


def server_options(command: Command) -> Command:
    """Where the running simulator is, for commands that talk to it."""
    for option in (
        click.option(
            "--omgeving", envvar="SIMULATOR_OMGEVING", default="standaard", show_default=True, help="Which omgeving."
        ),
        click.option(
            "--token", envvar="SIMULATOR_ADMIN_TOKEN", help="Token of the control API; default: DATA/admin-token."
        ),
        click.option(
            "--url",
            envvar="SIMULATOR_URL",
            default="http://127.0.0.1:8000",
            show_default=True,
            help="The running simulator.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts."),
    ):
        command = option(command)
    return command
