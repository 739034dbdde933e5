"""``config``: each setting, its value, and where the value came from."""

import re
from dataclasses import fields
from pathlib import Path

import click

from simulator.cli.output import print_json, print_table
from simulator.settings import LoadedSettings, Settings, load_settings, variable_of

_PASSWORD = re.compile(r"(?<=://)([^:@/]*):[^@/]*@")


@click.group()
def config() -> None:
    """Show each setting and where its value came from."""


@config.command()
@click.option("--config", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="TOML file.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def show(file: Path | None, *, as_json: bool) -> None:
    """Each setting as serve would read it here: flag > variable > file > default."""
    shown = _describe(load_settings(file=file))
    if as_json:
        print_json(shown)
    else:
        columns = ("setting", "value", "origin", "variable")
        print_table(columns, ([each[column] for column in columns] for each in shown))


def _describe(loaded: LoadedSettings) -> list[dict[str, object]]:
    return [
        {
            "setting": each.name,
            "value": _shown(each.name, getattr(loaded.settings, each.name)),
            "origin": loaded.origins[each.name],
            "variable": variable_of(each.name),
        }
        for each in fields(Settings)
    ]


def _shown(name: str, value: object) -> object:
    """Secrets are masked: the token, and a password inside an address."""
    if name == "admin_token":
        return "********" if value else ""
    if isinstance(value, Path):
        return "" if value == Path() else str(value)
    return _PASSWORD.sub(r"\1:********@", value) if isinstance(value, str) else value
