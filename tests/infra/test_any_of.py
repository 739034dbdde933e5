"""A list of integers in a query: one statement for any number of them, compiled once."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine.interfaces import CacheStats

from simulator.infra.database import any_of
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving


def _ask(omgeving: Omgeving, column: object, numbers: Sequence[int]) -> tuple[list[int], CacheStats]:
    query = select(AgendaItem.pogingen).where(any_of(column, "getallen")).order_by(AgendaItem.pogingen)
    with omgeving.reading() as session:
        result = session.connection().execute(query, {"getallen": list(numbers)})
        return list(result.scalars()), result.context.cache_hit


def test_any_number_of_integers_is_one_statement_for_each_column(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.session.add_all(
            AgendaItem(id=each, soort="test", moment=each, gegevens="{}", status="mislukt", pogingen=each * 10)
            for each in (1, 2, 3)
        )
    assert _ask(omgeving, AgendaItem.id, [1, 3])[0] == [10, 30]
    assert _ask(omgeving, AgendaItem.id, [2]) == ([20], CacheStats.CACHE_HIT)
    assert _ask(omgeving, AgendaItem.id, []) == ([], CacheStats.CACHE_HIT)
    assert _ask(omgeving, AgendaItem.pogingen, [2, 30])[0] == [30], "another column is another statement"
    assert _ask(omgeving, AgendaItem.pogingen, [20]) == ([20], CacheStats.CACHE_HIT)
