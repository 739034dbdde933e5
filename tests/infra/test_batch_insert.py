"""Many rows in one go: whatever the values are, and whatever is there already, on both databases."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from simulator.berichtenbox.models import BERICHTEN, BIJLAGEN
from simulator.infra.driver import Driver
from simulator.infra.omgeving import GroupTransaction, Omgeving

NUMBER = 200
TEKSTEN = ("", "\\N", "\\.", "a\tb\nc\rd", '"aanhaling", komma', "Ĳsselmeer €", "👩‍👩‍👧 ﷽ \u202e", "\x01\x7f", None)


def run(omgeving: Omgeving, work: Callable[[GroupTransaction], int]) -> int:
    return omgeving.group_commit(lambda transaction, _: [work(transaction)], None)


def bericht(number: int, **values: object) -> tuple[object, ...]:
    """A row of the real table; every number has its own keys."""
    row = {
        "id": number, "bsn": 999990019, "zichtbaar_vanaf": number, "afnemer_id": 1, "aanlevering_id": number,
        "bericht_id": number.to_bytes(16, "big"), "dedupe": -number, "berichttype": "ALGEMEEN",
        "onderwerp": f"Nummer {number}", "tekst": TEKSTEN[number % len(TEKSTEN)], "referentie": None,
        "einddatum_handelingstermijn": None if number % 2 else 2**52, "aantal_bijlagen": 0, "gewist": number % 3 == 0,
    } | values  # fmt: skip
    return tuple(row[column.name] for column in BERICHTEN.columns)


def stored(omgeving: Omgeving, table: Table) -> list[tuple[Any, ...]]:
    def read(transaction: GroupTransaction) -> list[tuple[Any, ...]]:
        return transaction.query(STATEMENTS[table.name])

    return omgeving.group_commit(lambda transaction, _: [read(transaction)], None)


STATEMENTS = {table.name: select(table).order_by(*table.primary_key.columns) for table in (BERICHTEN, BIJLAGEN)}


@pytest.mark.parametrize("ignore_conflicts", [False, True])
def test_any_value_comes_back_as_it_went_in(omgeving: Omgeving, ignore_conflicts: bool) -> None:
    rows = [bericht(number) for number in range(1, NUMBER)]
    insert = lambda transaction: transaction.insert(BERICHTEN, rows, ignore_conflicts=ignore_conflicts)  # noqa: E731
    assert run(omgeving, insert) == len(rows)
    assert stored(omgeving, BERICHTEN) == rows


def test_what_is_there_already_is_left_and_not_counted(omgeving: Omgeving) -> None:
    def insert(numbers: Sequence[int]) -> int:
        rows = [bericht(number) for number in numbers]
        return run(omgeving, lambda transaction: transaction.insert(BERICHTEN, rows, ignore_conflicts=True))

    assert insert(range(1, 150)) == 149
    assert insert(range(100, 300)) == 150
    assert len(stored(omgeving, BERICHTEN)) == 299


class Cursor:
    """Of a driver: remembers how many values each statement had."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []
        self.rowcount = 0

    def execute(self, sql: str, values: Sequence[object]) -> None:
        self.sent.append((sql, len(values)))
        self.rowcount = len(values) // len(BIJLAGEN.columns)


@pytest.mark.parametrize(("dialect", "most", "different"), [("postgresql", 2, 20), ("sqlite", 6, 7)])
def test_few_statements_serve_any_number_of_rows(dialect: str, most: int, different: int) -> None:
    cursor = Cursor()
    for number in range(1, 65):
        before = len(cursor.sent)
        rows = [(number, plaats, "", b"") for plaats in range(number)]
        assert Driver(cursor, dialect).insert(BIJLAGEN, rows) == number
        sent = cursor.sent[before:]
        assert sum(values for _, values in sent) == number * len(BIJLAGEN.columns)
        assert len(sent) <= most
    assert len({sql for sql, _ in cursor.sent}) == different


def test_two_batches_in_one_transaction_are_two_batches(omgeving: Omgeving) -> None:
    def insert(transaction: GroupTransaction) -> int:
        first, second = ([bericht(n) for n in range(start, start + 100)] for start in (1, 51))
        return sum(transaction.insert(BERICHTEN, rows, ignore_conflicts=True) for rows in (first, second))

    assert run(omgeving, insert) == 150


def test_a_conflict_that_nobody_expects_is_an_error_and_stores_nothing(omgeving: Omgeving) -> None:
    rows = [bericht(number) for number in range(1, 100)]
    rows.append(bericht(1000, dedupe=-1))
    with pytest.raises(IntegrityError):
        run(omgeving, lambda transaction: transaction.insert(BERICHTEN, rows))
    assert stored(omgeving, BERICHTEN) == []
    assert run(omgeving, lambda transaction: transaction.insert(BERICHTEN, rows[:-1])) == 99


def test_a_hundred_bijlagen_of_half_a_megabyte_go_in_whole(omgeving: Omgeving) -> None:
    inhoud = bytes(range(256)) * 2000
    rows = [(number, 1, "Beschikking", inhoud) for number in range(1, 101)]
    assert run(omgeving, lambda transaction: transaction.insert(BIJLAGEN, rows)) == 100
    assert [(row[0], bytes(row[3]) == inhoud) for row in stored(omgeving, BIJLAGEN)] == [
        (n, True) for n in range(1, 101)
    ]
