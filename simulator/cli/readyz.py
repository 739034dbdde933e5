"""``readyz``: is the simulator migrated, seeded and answering."""

import http.client
import threading
import urllib.request

import click

from simulator.infra.clock import stopwatch

_LONGEST, _SHORTEST = 5.0, 0.5
"""Seconds for an answer; the shortest also when there is less time left, or none."""
_PAUSE = 0.02
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy stands between us and a simulator


@click.command()
@click.option(
    "--url", envvar="SIMULATOR_URL", default="http://127.0.0.1:8000", show_default=True, help="Where it runs."
)
@click.option("--wait", is_flag=True, help="Wait until it is ready.")
@click.option(
    "--timeout", envvar="SIMULATOR_TIMEOUT", default=60.0, show_default=True, help="Seconds to wait with --wait."
)
def readyz(url: str, timeout: float, *, wait: bool) -> None:
    """Exit 0 when the simulator is ready, 1 when it is not."""
    ready = wait_until_ready(url, timeout) if wait else is_ready(url)
    click.echo("ready" if ready else f"not ready: {url}")
    raise SystemExit(0 if ready else 1)


def is_ready(url: str, patience: float = _LONGEST) -> bool:
    """Whether ``url`` answers, within so many seconds, that it is ready."""
    try:
        with _opener.open(f"{url}/readyz", timeout=patience) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP
    except (ValueError, http.client.InvalidURL) as error:
        raise click.UsageError(f"url {url!r}: {error}") from error
    except (OSError, http.client.HTTPException):
        return False


def wait_until_ready(url: str, timeout: float) -> bool:
    """Ask until it is ready or ``timeout`` seconds are over, and once in any case; answers whether it ever was."""
    deadline, pause = stopwatch() + timeout, threading.Event()
    while not is_ready(url, min(_LONGEST, max(_SHORTEST, deadline - stopwatch()))):
        if not stopwatch() + _PAUSE < deadline:  # said so that it holds for a time that is no number as well
            return False
        pause.wait(_PAUSE)
    return True
