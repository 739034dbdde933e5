"""What ``serve`` checks before any process starts, so that what cannot work is said in one line."""

import errno
import socket
from pathlib import Path

import click

from simulator.settings import Settings

_CONNECT_TIMEOUT = 5


def check_start(settings: Settings) -> None:
    """Refuse what would make the workers fall over; raises ``ClickException`` that says what to do instead."""
    _check_port(settings)
    _check_fixtures(settings)
    _check_smtp(settings)
    _check_data(settings)
    if settings.database_url:
        check_postgresql(settings.database_url)


def find_address(host: str) -> str:
    """The IPv4 address of a host by name, as the server wants it; raises ``ClickException`` when it has none."""
    try:
        return socket.gethostbyname(host)
    except (OSError, ValueError) as error:  # a name that cannot be written for DNS is a UnicodeError
        raise click.ClickException(f"cannot listen on {host}: give --host an IPv4 address, or a name of one") from error


def _check_port(settings: Settings) -> None:
    try:
        socket.create_server((settings.host, settings.port)).close()
    except OSError as error:
        where = f"port {settings.port} on {settings.host}" if settings.port else settings.host
        if error.errno == errno.EADDRINUSE:
            said = f"{where} is taken; give --port another, or 0 for a free one"
        else:
            said = f"cannot listen on {where}: {error.strerror or error}"
        raise click.ClickException(said) from error


def _check_fixtures(settings: Settings) -> None:
    for folder in ("afnemers", "personas"):
        if not (settings.fixtures_dir / folder).is_dir():
            raise click.ClickException(f"there is no folder {folder} in the fixtures {settings.fixtures_dir}")
    read_tarieven(settings.fixtures_dir)


def read_tarieven(fixtures: Path) -> None:
    """Read the tariffs that all omgevingen begin with; raises ``ClickException`` with all that is wrong."""
    from simulator.facturatie import use_tarieven
    from simulator.infra.errors import Refusal

    try:
        use_tarieven(fixtures)
    except Refusal as error:
        lines = [f"  {each.pointer}: {each.detail}" for each in error.errors] or [f"  {error.detail}"]
        raise click.ClickException("\n".join(["the tariffs cannot be used", *lines])) from error


def _check_smtp(settings: Settings) -> None:
    if not settings.smtp_url:
        return
    from simulator.infra.smtp import Mailserver, SmtpUrlInvalid

    try:
        Mailserver(settings.smtp_url)
    except SmtpUrlInvalid as error:
        raise click.ClickException(str(error)) from error


def _check_data(settings: Settings) -> None:
    from filelock import FileLock, Timeout

    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        if not settings.database_url:
            FileLock(settings.data / ".lock").acquire(timeout=0).lock.release()
    except Timeout as error:
        raise click.ClickException(
            f"another simulator is running in {settings.data}; stop it, or give --data another directory"
        ) from error
    except OSError as error:
        raise click.ClickException(f"cannot write in {settings.data}: {error.strerror}; give --data another") from error


def check_postgresql(url: str) -> None:
    """Connect once; raises ``ClickException`` when the driver is not installed, or the database not reached."""
    try:
        import psycopg
    except ImportError as error:
        raise click.ClickException(
            "PostgreSQL needs the extra postgres: pip install 'mijnoverheid-simulator[postgres]', "
            "or pip install '.[postgres]' in a checkout"
        ) from error
    try:
        psycopg.connect("postgresql://" + url.split("://", 1)[1], connect_timeout=_CONNECT_TIMEOUT).close()
    except (psycopg.Error, UnicodeError) as error:  # the latter for a name that cannot be written for DNS
        reason = str(error).strip().splitlines()[0]
        raise click.ClickException(f"cannot reach the database: {reason}") from error
