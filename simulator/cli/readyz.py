"""``readyz``: is the simulator migrated, seeded and answering."""

import http.client
import threading
import urllib.request

import click


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


def is_ready(url: str) -> bool:
    """Whether ``url`` answers that it is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - the user's own address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP
    except (ValueError, http.client.InvalidURL) as error:
        raise click.UsageError(f"url {url!r}: {error}") from error
    except (OSError, http.client.HTTPException):
        return False


def wait_until_ready(url: str, timeout: float) -> bool:
    """Ask every 20 ms until it is ready; answers whether it ever was."""
    pause = threading.Event()
    for _ in range(int(timeout / 0.02)):
        if is_ready(url):
            return True
        pause.wait(0.02)
    return False
