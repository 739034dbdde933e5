"""``serve``: start the simulator, say where it is, and what to do next."""

import contextlib
import gc
import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from simulator.cli.options import setting_options
from simulator.cli.preflight import check_start, find_address
from simulator.settings import Settings, export_settings, load_settings

_APPLICATION = ("simulator.wsgi", "app")
"""By name, as any WSGI server has it: only a worker loads it."""


@click.command()
@setting_options
@click.option("--no-admin", is_flag=True, help="Do not offer the control API.")
@click.option("--config", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="TOML file with settings.")
def serve(config: Path | None, *, no_admin: bool, **flags: Any) -> None:
    """Start the simulator on http://127.0.0.1:8000 (or where the flags say)."""
    gc.disable()  # what a start makes, stays: looking through it time and again is a sixth of it; wsgi.py goes on
    if no_admin:
        flags["admin"] = False
    settings = load_settings(flags, file=config).settings
    settings = replace(settings, host=find_address(settings.host))
    check_start(settings)
    settings = replace(settings, port=settings.port or _free_port(settings.host), admin_token=settle_token(settings))
    export_settings(settings)
    _run(settings)


def _run(settings: Settings) -> None:
    from simulator.cli.server import run_server

    threading.Thread(target=_welcome, args=(settings, _prepare_welcome(settings)), daemon=True).start()
    run_server(settings, ":".join(_APPLICATION), _load_app if settings.workers == 1 else _load_in_worker)


def _load_in_worker() -> Any:
    """The application, in a process of its own.

    Ctrl-C reaches every process of the terminal, and the parent then asks its workers to stop: a worker that is told
    twice waits for ever. So it leaves what the terminal says to its parent.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    return _load_app()


def _load_app() -> Any:
    from simulator.infra.bodies import keep_memory_together

    if sys.platform == "linux" and os.sched_getscheduler(0) not in {os.SCHED_FIFO, os.SCHED_RR}:  # as in a measurement
        # Many threads that wake each other all the time: whoever runs goes on, a sixth less work a delivery in all.
        with contextlib.suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    keep_memory_together()
    return import_module(_APPLICATION[0]).__dict__[_APPLICATION[1]]


def _prepare_welcome(settings: Settings) -> str:
    """The address where it will be; imports all that the welcome needs, by using it once.

    The workers are forked: a thread that is importing at that moment would leave them its import lock, held for ever.
    """
    from simulator.cli import demo, demo_zaken  # noqa: F401 - for _welcome
    from simulator.cli.readyz import is_ready

    base = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"  # noqa: S104 - read, not bound
    is_ready(base)
    return base


def _welcome(settings: Settings, base: str) -> None:
    """Once it is ready: where it is, the token, and with --demo a first message."""
    from simulator.cli.demo import deliver_demo, deliver_gegevens, next_steps
    from simulator.cli.demo_zaken import deliver_zaken
    from simulator.cli.readyz import wait_until_ready

    if not wait_until_ready(base, 60):
        return
    lines = [f"MijnOverheid simulator on {base}  (simulation: no real data)"]
    if settings.admin:
        lines.append(f"Control API {base}/__admin/v1  token: {settings.admin_token}")
    if settings.demo:
        zaken = deliver_zaken(base, settings.fixtures_dir / "zaken")
        lines += [*deliver_demo(base), *zaken, *deliver_gegevens(base), *next_steps(base)]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def settle_token(settings: Settings) -> str:
    """The token of the control API: as set, else the one of the last time, else a new one.

    It stays in the data directory, where the other commands find it.
    """
    if not settings.admin:
        return ""
    from simulator.cli.client import read_token
    from simulator.infra.ids import new_token

    token = settings.admin_token or read_token(settings.data) or new_token(24)
    file = settings.data / "admin-token"
    try:
        file.touch(mode=0o600)
        file.write_text(token + "\n", "utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror}") from error
    return token


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])
