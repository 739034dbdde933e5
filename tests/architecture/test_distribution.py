"""The road past one machine: what docs/scale.md says about tables and statements is what the models and queries are."""

import re

import pytest
from sqlalchemy import Table

from simulator.app import METADATA
from tests.architecture.sharding import STATEMENTS, declared, place_of, unique_keys


def test_every_table_has_its_place() -> None:
    assert {name for name in declared() if not name.startswith("_")} == set(METADATA.tables)
    places = {declared()[name][0] for name in METADATA.tables if not place_of(name).by}
    assert places == {"everywhere", "coordinator"}


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_a_unique_key_carries_the_distribution_key_or_says_what_it_needs(table: Table) -> None:
    column, needs = place_of(table.name).by, declared()[table.name][1]
    without = [key for key in unique_keys(table) if column and column not in key]
    assert bool(without) == bool(needs), without
    assert not column or column in table.columns


def test_what_is_distributed_by_person_names_the_person_in_one_column() -> None:
    persons = {table.name for table in METADATA.sorted_tables if "bsn" in table.columns}
    assert {name for name in persons if place_of(name).by not in {"", "bsn"}} == set()


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_statement_asked_often_finds_its_shard_or_says_why_not(name: str) -> None:
    head, _, where = STATEMENTS[name].partition("\nWHERE ")
    tables = {table for table in METADATA.tables if re.search(rf"(FROM|JOIN) {table}\b", head)}
    missing = {table for table in tables if (column := place_of(table).by) and f"{table}.{column}" not in where}
    assert bool(missing) == (name in declared()), missing
