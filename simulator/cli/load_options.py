"""The flags of ``load``: every choice of a plan, and where the service is."""

import socket
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from simulator.cli.client import UNREACHABLE, read_token
from simulator.load import Plan, Unusable, is_installed, make_plan

_CONNECT_TIMEOUT = 5
_STANDAARD = "standaard"
Command = Callable[..., Any]


def plan_options(**fixed: Any) -> Callable[[Command], Command]:
    """Give a command every choice of a plan but the ``fixed`` ones as a flag; it gets a ``Plan`` and the URL."""
    offered = [each for each in fields(Plan) if each.name not in fixed]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(url: str, omgeving: str, data: Path, **flags: Any) -> None:
            need_locust()
            values = fixed | {each.name: flags.pop(each.name) for each in offered}
            try:
                plan = make_plan(values | {"token": values["token"] or read_token(data)})
            except Unusable as error:
                raise click.ClickException(str(error)) from error
            url = url.rstrip("/")
            _check_service(url)
            command(plan, url if omgeving == _STANDAARD else f"{url}/omgevingen/{omgeving}", **flags)

        decorated: Command = run
        for option in [*_others(), *map(_flag, reversed(offered))]:
            decorated = option(decorated)
        return decorated

    return decorate


def need_locust() -> None:
    """Refuse without the extra ``load``."""
    if not is_installed():
        raise click.ClickException(
            "load needs the extra load: pip install 'mijnoverheid-simulator[load]', "
            "or pip install '.[load]' in a checkout"
        )


def _others() -> list[Callable[[Command], Command]]:
    return [
        click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts."),
        click.option("--workers", type=click.IntRange(0, 64), default=0, envvar="SIMULATOR_LOAD_WORKERS",
                     help="Processes that send, beside the one that counts; 0: one process."),
        click.option("--data", envvar="SIMULATOR_DATA", type=click.Path(path_type=Path), default=Path("data"),
                     show_default=True, help="Data directory of the simulator; holds the token."),
        click.option("--omgeving", envvar="SIMULATOR_OMGEVING", default=_STANDAARD, show_default=True,
                     help="Which omgeving of the simulator."),
        click.option("--url", envvar="SIMULATOR_URL", default="http://127.0.0.1:8000", show_default=True,
                     help="The service: the simulator, or anything with the same interface."),
    ]  # fmt: skip


def _flag(each: Any) -> Callable[[Command], Command]:
    flag, variable = "--" + each.name.replace("_", "-"), Plan.variable_of(each.name)
    text = each.metadata["help"]
    if each.type is bool:
        return click.option(flag, is_flag=True, envvar=variable, help=text)
    kind = click.Choice(each.metadata["choices"]) if each.metadata["choices"] else each.type
    return click.option(
        flag, type=kind, envvar=variable, default=each.default, show_default=bool(each.default), help=text
    )


class _NothingThere(click.ClickException):
    """Nobody listens at the URL of the service; exit code 3."""

    exit_code = UNREACHABLE

    def __init__(self, url: str, error: OSError) -> None:
        why = error.strerror or "no answer in time"
        super().__init__(f"nothing answers on {url}: {why[:1].lower()}{why[1:]}; start a simulator with: mosim serve")


def _read_address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:  # a port that is no number or too large, half an IPv6 address
        host, port = None, None
    if not host or not port or not url.lower().startswith(("http://", "https://")):
        raise click.ClickException(f"url {url!r}: expected http://host:port or https://host")
    return host, port


def _check_service(url: str) -> None:
    """Refuse to start when nothing answers there."""
    host, port = _read_address(url)
    try:
        socket.create_connection((host, port), timeout=_CONNECT_TIMEOUT).close()
    except OSError as error:
        raise _NothingThere(url, error) from error
