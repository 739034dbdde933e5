"""A world on PostgreSQL that is made from the template is the one that the models and the fixtures make."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from simulator.app import NewWorld
from simulator.infra.omgevingen import STANDAARD, NieuweOmgeving, Omgevingen
from simulator.infra.stores import PostgresStore
from simulator.settings import Settings

pytestmark = pytest.mark.postgres

_DESCRIPTIONS = (
    """SELECT relname, relkind, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
       pg_get_expr(adbin, adrelid)
       FROM pg_class c JOIN pg_attribute ON attrelid = c.oid LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum
       WHERE relnamespace = current_schema()::regnamespace AND NOT attisdropped AND attnum > 0 ORDER BY 1, 3""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1, 2",
    """SELECT sequencename, data_type::text, start_value, increment_by, last_value FROM pg_sequences
       WHERE schemaname = current_schema() ORDER BY 1""",
)
"""All that a schema is, by PostgreSQL's own words."""


def _describe(connection: psycopg.Connection, schema: str) -> list[list[tuple[str, ...]]]:
    connection.execute(f'SET search_path TO "{schema}"'.encode())
    found = [connection.execute(query.encode()).fetchall() for query in _DESCRIPTIONS]
    return [[tuple(str(value).replace(schema, "…") for value in row) for row in rows] for rows in found]


def _rows(connection: psycopg.Connection, schema: str, table: str) -> list[str]:
    query = f'SELECT t::text FROM "{schema}"."{table}" t ORDER BY 1'
    return [row[0] for row in connection.execute(query.encode()).fetchall()]


@pytest.fixture
def worlds(postgres_url: str) -> Iterator[Omgevingen]:
    """``standaard`` is made by the models, ``herhaald`` from the template that was taken meanwhile."""
    with closing(Omgevingen(PostgresStore(postgres_url, 4, NewWorld(Settings())), 1, {})) as worlds:
        worlds.create(NieuweOmgeving("herhaald"))
        yield worlds


def test_tables_keys_indexes_sequences_and_rows_are_the_same(worlds: Omgevingen, postgres_url: str) -> None:
    made, repeated = (str(worlds.get(naam).current_database().schema) for naam in (STANDAARD, "herhaald"))
    with psycopg.connect(postgres_url) as connection:
        columns, constraints, indexes, sequences = _describe(connection, made)
        assert len(columns) > 300
        assert len(constraints) > 80
        assert len(indexes) > 80
        assert len(sequences) > 3
        assert _describe(connection, repeated) == [columns, constraints, indexes, sequences]
        filled = 0
        for table in sorted({row[0] for row in indexes} - {"simulation_state"}):  # its generation is the world's own
            rows = _rows(connection, repeated, table)
            assert rows == _rows(connection, made, table), table
            filled += bool(rows)
    assert filled > 10


def test_what_a_worker_makes_after_its_first_is_as_new_each_time(worlds: Omgevingen) -> None:
    with worlds.get("herhaald").reading() as session:
        before = session.connection().exec_driver_sql("SELECT count(*), max(id) FROM afnemers").one()
    with worlds.get("herhaald").unit_of_work() as uow:
        uow.session.connection().exec_driver_sql("DELETE FROM weblinkdomeinen")
    worlds.reset("herhaald")
    with worlds.get("herhaald").reading() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("SELECT count(*), max(id) FROM afnemers").one() == before
        assert connection.exec_driver_sql("SELECT count(*) FROM weblinkdomeinen").scalar_one() > 0
    with worlds.get("herhaald").unit_of_work() as uow:
        connection = uow.session.connection()
        assert connection.exec_driver_sql("SELECT nextval('afnemers_id_seq')").scalar_one() == before[1] + 1
