"""Bringing a database to the newest version of the schema: an empty one at once, an older one with Alembic."""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from simulator.infra.database import METADATA

if TYPE_CHECKING:  # Alembic costs 100 ms, and a start without a migration to do never needs it
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"
_REVISION = re.compile(r"""^revision = ["'](\w+)["']""", re.MULTILINE)


@lru_cache(maxsize=1)
def head_revision() -> str:
    """The newest revision: that of the highest numbered file."""
    newest = max((MIGRATIONS / "versions").glob("[0-9]*.py"))
    match = _REVISION.search(newest.read_text("utf-8"))
    if match is None:
        msg = f"{newest.name} has no revision"
        raise RuntimeError(msg)
    return match.group(1)


def create_tables(connection: Connection) -> None:
    """Give an empty database the schema that all migrations together end in; a test compares the two."""
    METADATA.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{head_revision()}')")  # noqa: S608 - our own file


def upgrade(connection: Connection) -> None:
    """Bring the database of ``connection`` to the newest revision, inside the transaction it is in."""
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration for work on ``connection``."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
