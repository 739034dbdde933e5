from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from simulator.afnemers import Dienst
from simulator.infra.ids import new_id
from simulator.infra.omgeving import GroupTransaction, Omgeving, count_regels
from simulator.verbruik.models import DAGTOTALEN
from simulator.verbruik.queries import check_verbruik, get_verbruik, list_feiten
from simulator.verbruik.usecases.herstel import rebuild_totalen
from simulator.verbruik.usecases.meter import meter
from simulator.verbruik.values import Feit, Per, Periode, Verbruik, Verschil
from tests.verbruik.deliveries import MEER, STAD, meter_all, regel, set_klok

YEAR = Periode(date(2026, 1, 1), date(2026, 12, 31), Per.MAAND)


def verbruik_of(omgeving: Omgeving, afnemer_id: int, periode: Periode = YEAR) -> list[Verbruik]:
    with omgeving.reading() as session:
        return get_verbruik(session, afnemer_id, periode)


def differences(omgeving: Omgeving) -> list[Verschil]:
    with omgeving.reading() as session:
        return check_verbruik(session)


def test_verbruik_is_added_up_per_day_and_per_month(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2026, 10, 31)
    meter_all(omgeving, regel(1, aantal=3), regel(2, berichttype="WOZ", aantal=2))
    set_klok(omgeving, 2026, 10, 31, hour=23)  # November in the Netherlands
    meter_all(omgeving, regel(3), regel(4, MEER))
    days = Periode(YEAR.van, YEAR.tot, Per.DAG)
    assert verbruik_of(omgeving, STAD, days) == [
        Verbruik("2026-10-31", "berichtenbox", "ALGEMEEN", 3),
        Verbruik("2026-10-31", "berichtenbox", "WOZ", 2),
        Verbruik("2026-11-01", "berichtenbox", "ALGEMEEN", 1),
    ]
    assert [(each.periode, each.aantal) for each in verbruik_of(omgeving, STAD)] == [
        ("2026-10", 3),
        ("2026-10", 2),
        ("2026-11", 1),
    ]
    assert [each.aantal for each in verbruik_of(omgeving, MEER)] == [1]
    october = Periode(date(2026, 10, 1), date(2026, 10, 31), Per.MAAND)
    assert sum(each.aantal for each in verbruik_of(omgeving, STAD, october)) == 5


def test_one_delivery_can_be_metered_once_only(omgeving: Omgeving) -> None:
    meter_all(omgeving, regel(1))
    with pytest.raises(IntegrityError):
        meter_all(omgeving, regel(2), regel(1))
    with omgeving.reading() as session:
        assert list(list_feiten(session, Dienst.BERICHTENBOX)) == [Feit(1, STAD, "ALGEMEEN", 1)]
    assert differences(omgeving) == []


def test_metering_takes_as_many_statements_for_one_as_for_a_hundred(omgeving: Omgeving) -> None:
    def apply(transaction: GroupTransaction, items: Sequence[int]) -> list[int]:
        statements: list[int] = []

        def counted(statement: Callable[..., Any]) -> Callable[..., Any]:
            def run(*args: object, **kw: object) -> Any:
                statements.append(1)
                return statement(*args, **kw)

            return run

        transaction.insert = counted(transaction.insert)
        transaction.add_up = counted(transaction.add_up)
        meter(transaction, [regel(new_id(), berichttype=f"T{each % 7}") for each in range(items[0])])
        return [len(statements)]

    assert omgeving.group_commit(apply, 1) == omgeving.group_commit(apply, 100) == 2


def test_what_is_metered_is_counted_as_a_rule(omgeving: Omgeving) -> None:
    meter_all(omgeving, regel(1, aantal=40), regel(2, aantal=2))
    with omgeving.reading() as session:
        assert count_regels(session)["VB-bericht-telt"] == {"geslaagd": 42}


def test_nothing_used_is_nothing_written(omgeving: Omgeving) -> None:
    meter_all(omgeving)
    assert verbruik_of(omgeving, STAD) == []


def test_totals_that_were_tampered_with_are_found_and_rebuilt(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2026, 11, 23)
    meter_all(omgeving, regel(1, aantal=3), regel(2, MEER))
    with omgeving.unit_of_work() as uow:
        uow.session.execute(update(DAGTOTALEN).where(DAGTOTALEN.c.afnemer_id == STAD).values(aantal=7))
    wrong = [Verschil(STAD, 20261123, "berichtenbox", "ALGEMEEN", feiten=3, totaal=7)]
    assert differences(omgeving) == wrong
    assert rebuild_totalen(omgeving) == wrong
    assert differences(omgeving) == []
    meter_all(omgeving, regel(3))
    assert [each.aantal for each in verbruik_of(omgeving, STAD)] == [4]


def test_totals_stay_right_while_they_are_rebuilt_under_load(omgeving: Omgeving) -> None:
    with ThreadPoolExecutor(8) as pool:
        deliveries = [pool.submit(meter_all, omgeving, regel(new_id(), aantal=2)) for _ in range(60)]
        rebuilds = [pool.submit(rebuild_totalen, omgeving) for _ in range(5)]
        assert [each.exception() for each in deliveries] == [None] * 60
        assert [each.exception() for each in rebuilds] == [None] * 5
    assert differences(omgeving) == []
    with omgeving.reading() as session:
        assert sum(each.aantal for each in list_feiten(session, Dienst.BERICHTENBOX)) == 120
