"""Whatever is stored is stored in one omgeving: proven for every table there is, on both databases, at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, LargeBinary, String, Table, Uuid, func, insert, select

from simulator.app import METADATA
from simulator.infra.database import UtcDateTime
from simulator.infra.ids import new_ids
from simulator.infra.models import SimulationState
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen

AANTAL = 8
TABLES = [table for table in METADATA.sorted_tables if table is not SimulationState.__table__]  # that one has one row


@pytest.fixture
def werelden(omgevingen: Omgevingen) -> Iterator[list[Omgeving]]:
    made = [omgevingen.create(NieuweOmgeving(f"apart-{nummer}-{new_ids()[0]}")) for nummer in range(AANTAL)]
    yield made
    for each in made:
        omgevingen.drop(each.naam)


def test_every_table_keeps_what_an_omgeving_stores_to_itself(werelden: list[Omgeving]) -> None:
    before = _count_rows(werelden[0])
    with ThreadPoolExecutor(AANTAL) as pool:
        list(pool.map(_fill_every_table, werelden, range(AANTAL)))
        found = list(pool.map(_read_own_rows, werelden, [AANTAL] * AANTAL))
    assert [_count_rows(each) for each in werelden] == [{naam: aantal + 1 for naam, aantal in before.items()}] * AANTAL
    assert found == [{table.name: [_number(nummer)] for table in TABLES} for nummer in range(AANTAL)]


def _number(nummer: int) -> int:
    return 7_000 + nummer


def _fill_every_table(omgeving: Omgeving, nummer: int) -> None:
    for table in TABLES:
        with omgeving.unit_of_work() as uow:
            uow.session.execute(
                insert(table).values({column.name: _value(column, _number(nummer)) for column in table.columns})
            )


def _value(column: Column[Any], number: int) -> Any:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=number)
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, LargeBinary | Uuid):
        return number.to_bytes(16, "big")
    return str(number)[: kind.length] if isinstance(kind, String) else number


def _read_own_rows(omgeving: Omgeving, aantal: int) -> dict[str, list[int]]:
    """By table, which of all the numbers that were given out are in this omgeving."""
    with omgeving.reading() as session:
        return {
            table.name: [
                number
                for number in map(_number, range(aantal))
                if session.scalar(select(func.count()).where(_marker(table) == _value(_marker(table), number)))
            ]
            for table in TABLES
        }


def _marker(table: Table) -> Column[Any]:
    """The first column of the key tells whose row it is."""
    return next(iter(table.primary_key.columns))


def _count_rows(omgeving: Omgeving) -> dict[str, int]:
    with omgeving.reading() as session:
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}
