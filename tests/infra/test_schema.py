"""A new database is made at once, an older one by its migrations: both end in the same schema."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Inspector, inspect

from simulator.app import NewWorld
from simulator.infra.database import Database, postgresql_engine, sqlite_engine
from simulator.infra.schema import head_revision
from simulator.settings import Settings

WORLD = NewWorld(Settings())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def connect(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Connection]]:
    """Connections to empty databases, by name."""
    with ExitStack() as stack:

        def make(naam: str) -> Connection:
            postgres = request.param == "postgresql"
            url = request.getfixturevalue("postgres_url") if postgres else ""
            engine = postgresql_engine(url, 2) if postgres else sqlite_engine(tmp_path / naam)
            stack.callback(engine.dispose)
            connection = stack.enter_context(Database(engine).connection(writes=True))
            if postgres:
                connection.exec_driver_sql(f"CREATE SCHEMA {naam}")
                connection.exec_driver_sql(f"SET LOCAL search_path TO {naam}")
            return connection

        yield make


def test_a_new_database_has_the_schema_that_the_migrations_end_in(connect: Callable[[str], Connection]) -> None:
    made, migrated = connect("nieuw"), connect("gemigreerd")
    WORLD.create(made)
    WORLD.migrate(migrated)
    assert describe(inspect(made)) == describe(inspect(migrated))


def test_a_new_database_has_nothing_to_migrate(connect: Callable[[str], Connection]) -> None:
    made = connect("nieuw")
    WORLD.create(made)
    before = describe(inspect(made))
    WORLD.migrate(made)
    assert describe(inspect(made)) == before
    assert made.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [head_revision()]


def describe(inspector: Inspector) -> dict[str, Any]:
    """Every table with all that it has, whatever the order; what a column is without, only migrations fill in."""
    return {
        table: {
            "columns": sorted(
                (each["name"], str(each["type"]), each["nullable"]) for each in inspector.get_columns(table)
            ),
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": in_order(inspector.get_foreign_keys(table)),
            "unique": in_order(inspector.get_unique_constraints(table)),
            "checks": in_order(inspector.get_check_constraints(table)),
            "indexes": in_order(inspector.get_indexes(table)),
            "options": inspector.get_table_options(table),
        }
        for table in inspector.get_table_names()
    }


def in_order(found: Any) -> list[str]:
    return sorted(json.dumps(each, default=str, sort_keys=True) for each in found)
