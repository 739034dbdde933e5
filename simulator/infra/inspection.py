"""Reading what an installation stored, beside a running simulator or after a crash: takes no lock, writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select, text

from simulator.infra.database import Database, postgresql_engine, sqlite_engine
from simulator.infra.omgeving import Omgeving
from simulator.infra.schema import head_revision
from simulator.infra.stores import CATALOGUS_FILE, CATALOGUS_SCHEMA, OMGEVINGEN, file_of, schema_of

_CONNECTIONS = 1


class NotInspectable(RuntimeError):  # noqa: N818 - the message is for the person at the command line
    """There is nothing here to read, or it is of another version."""


def read_omgevingen(database_url: str, directory: Path) -> Iterator[Omgeving]:
    """Every omgeving by name, each to be used before the next is asked for; raises ``NotInspectable``."""
    return _read_schemas(database_url) if database_url else _read_files(directory)


def _read_schemas(url: str) -> Iterator[Omgeving]:
    engine = postgresql_engine(url, _CONNECTIONS)
    try:
        for naam, incarnatie in _list(Database(engine, CATALOGUS_SCHEMA)):
            yield _open(naam, Database(engine, schema_of(naam, incarnatie)))
    finally:
        engine.dispose()


def _read_files(directory: Path) -> Iterator[Omgeving]:
    file = directory / CATALOGUS_FILE
    if not file.exists():
        raise NotInspectable(f"no simulator has worked in {directory.absolute()}; say where with --data")
    with _opened(file) as catalogus:
        listed = _list(catalogus)
    for naam, incarnatie in listed:
        held = file_of(directory, naam, incarnatie)
        if not held.exists():  # SQLite would make an empty one
            raise NotInspectable(f"omgeving {naam}: its file {held.name} is not there (emptied this very moment?)")
        with _opened(held) as database:
            yield _open(naam, database)


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    database = Database(sqlite_engine(file), file=file)
    try:
        yield database
    finally:
        database.dispose()


def _list(catalogus: Database) -> list[tuple[str, int]]:
    query = select(OMGEVINGEN.c.naam, OMGEVINGEN.c.incarnatie).order_by(OMGEVINGEN.c.naam)
    with catalogus.connection(writes=False) as connection:
        return [(str(naam), int(incarnatie)) for naam, incarnatie in connection.execute(query)]


def _open(naam: str, database: Database) -> Omgeving:
    with database.connection(writes=False) as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version != head_revision():
        raise NotInspectable(f"omgeving {naam} is of another version ({version}); start this simulator on it once")
    return Omgeving(naam, database)
