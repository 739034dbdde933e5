"""The road past one machine: what docs/scale.md says about tables and statements is what the models and queries are."""

import re
import sys
from functools import cache
from typing import Any

import pytest
from sqlalchemy import PrimaryKeyConstraint, Select, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql

from simulator.app import METADATA
from tests.architecture.source import ROOT

_ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
_BY = re.compile(r"by `(\w+)`\Z")


@cache
def declared() -> dict[str, tuple[str, str]]:
    """The rows of the tables of docs/scale.md: by name, the second and the third column."""
    text = (ROOT / "docs" / "scale.md").read_text("utf-8")
    return {name: (second, third) for name, second, third in _ROW.findall(text)}


def distribution_of(table: str) -> str:
    """The column by which a table is distributed; empty when it is not."""
    found = _BY.match(declared()[table][0])
    return found[1] if found else ""


def unique_keys(table: Table) -> list[set[str]]:
    constraints = [each for each in table.constraints if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)]
    indexes = [each for each in table.indexes if each.unique]
    return [{column.name for column in key.columns} for key in (*constraints, *indexes)]


def list_statements() -> dict[str, str]:
    """The SELECTs that live at module level: compiled once, because they are asked most."""
    modules = [module for name, module in sys.modules.items() if name.startswith("simulator.")]
    found = {name: each for module in modules for name, each in vars(module).items() if isinstance(each, Select)}
    dialect: Any = postgresql.dialect  # untyped in SQLAlchemy
    return {name: str(each.compile(dialect=dialect())) for name, each in found.items()}


STATEMENTS = list_statements()


def test_every_table_has_its_place() -> None:
    assert {name for name in declared() if not name.startswith("_")} == set(METADATA.tables)
    places = {declared()[name][0] for name in METADATA.tables if not distribution_of(name)}
    assert places == {"everywhere", "coordinator"}


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_a_unique_key_carries_the_distribution_key_or_says_what_it_needs(table: Table) -> None:
    column, needs = distribution_of(table.name), declared()[table.name][1]
    without = [key for key in unique_keys(table) if column and column not in key]
    assert bool(without) == bool(needs), without
    assert not column or column in table.columns


def test_what_is_distributed_by_person_names_the_person_in_one_column() -> None:
    persons = {table.name for table in METADATA.sorted_tables if "bsn" in table.columns}
    assert {name for name in persons if distribution_of(name) not in {"", "bsn"}} == set()


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_a_statement_asked_often_finds_its_shard_or_says_why_not(name: str) -> None:
    head, _, where = STATEMENTS[name].partition("\nWHERE ")
    tables = {table for table in METADATA.tables if re.search(rf"(FROM|JOIN) {table}\b", head)}
    missing = {table for table in tables if (column := distribution_of(table)) and f"{table}.{column}" not in where}
    assert bool(missing) == (name in declared()), missing
