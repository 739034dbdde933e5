"""The WSGI server of ``serve``: one worker works in this process, several have a process each."""

import os
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer, MTServer

from simulator.settings import Settings

STOP_WITHIN = 5
"""Seconds for a worker to finish what it does; everything that was answered is in the database before that."""


class _UntilTold:
    """A terminal that closes stops the simulator, as Ctrl-C does; Granian would begin anew."""

    signal_handler_interrupt: Callable[..., None]

    def signal_handler_reload(self, *given: Any) -> None:
        self.signal_handler_interrupt(*given)


class _OneProcess(_UntilTold, MTServer):
    """A second process would hold a third of the memory again, and do nothing but wait for the first."""

    def _check_gil(self) -> None:
        """Granian serves from a thread only where Python has no lock: there, all workers do. Here there is one."""


class _Processes(_UntilTold, MPServer):
    """As many processes as workers, beside the one that starts and stops them."""


def run_server(settings: Settings, target: str, load: Callable[[], Any]) -> None:
    """Serve what ``load`` answers, until a signal says to stop."""
    kind = _OneProcess if settings.workers == 1 else _Processes
    server = kind(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=settings.workers > 1,
        workers_kill_timeout=STOP_WITHIN,
        http1_settings=HTTP1Settings(header_read_timeout=30_000),
    )
    server.serve(target_loader=load, wrap_loader=False)
    if settings.workers == 1:
        # A request that goes on for longer, or a thread that does the agenda, would keep the interpreter from its end.
        sys.stdout.flush()
        os._exit(0)
