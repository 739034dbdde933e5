"""What the tables of the house have in common."""

from typing import Any

import pytest
from sqlalchemy import DateTime
from sqlalchemy.orm import Mapper

import simulator.app  # noqa: F401 - it loads every room, and with it every model
from simulator.infra.database import Base

MAPPERS = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)
each_model = pytest.mark.parametrize("mapper", MAPPERS, ids=lambda mapper: mapper.class_.__name__)


def room_of(mapper: Mapper[Any]) -> str:
    return str(mapper.class_.__module__.split(".")[1])


@each_model
def test_a_relationship_stays_in_its_room(mapper: Mapper[Any]) -> None:
    assert {room_of(relation.mapper) for relation in mapper.relationships} <= {room_of(mapper)}


@each_model
def test_no_table_names_an_omgeving(mapper: Mapper[Any]) -> None:
    assert not {"omgeving", "omgeving_id"} & set(mapper.columns.keys())  # an omgeving is a database


@each_model
def test_moments_are_stored_in_microseconds(mapper: Mapper[Any]) -> None:
    assert not [column.name for column in mapper.columns if isinstance(column.type, DateTime)]
