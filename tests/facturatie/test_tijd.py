"""Months and years end at midnight in the Netherlands, whatever the clock of the machine or UTC says."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.control.usecases.klok import advance_klok
from simulator.facturatie import build_agenda, sluit_jaar, sluit_maand
from simulator.facturatie.usecases.agenda import is_automatisch, set_automatisch
from simulator.facturatie.usecases.controle import check_facturen
from simulator.facturatie.usecases.tarieven import set_tarief
from simulator.infra.agenda import list_agenda
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, count_regels
from tests.facturatie.world import STAD, all_facturen, set_klok, totalen, use
from tests.verbruik.deliveries import meter_all, regel


def use_at(omgeving: Omgeving, moment: datetime) -> None:
    """One bericht at a moment, UTC."""
    set_klok(omgeving, moment.year, moment.month, moment.day, moment.hour)
    meter_all(omgeving, regel(new_id(), STAD))


def advance(omgeving: Omgeving, moment: datetime) -> int:
    return advance_klok(omgeving, build_agenda(), moment).uitgevoerd


@pytest.mark.parametrize(
    ("moment", "maand"),
    [
        pytest.param(datetime(2022, 1, 31, 22, tzinfo=UTC), (2022, 1), id="the last hour of January"),
        pytest.param(datetime(2022, 1, 31, 23, tzinfo=UTC), (2022, 2), id="the first hour of February"),
        pytest.param(datetime(2022, 3, 31, 21, tzinfo=UTC), (2022, 3), id="the last hour of March, in summer time"),
        pytest.param(datetime(2022, 3, 31, 22, tzinfo=UTC), (2022, 4), id="the first hour of April"),
        pytest.param(datetime(2022, 10, 30, 0, tzinfo=UTC), (2022, 10), id="the night the clock is set back"),
        pytest.param(datetime(2022, 10, 31, 22, tzinfo=UTC), (2022, 10), id="the last hour of October, in winter time"),
        pytest.param(datetime(2022, 10, 31, 23, tzinfo=UTC), (2022, 11), id="the first hour of November"),
        pytest.param(datetime(2024, 2, 29, 22, tzinfo=UTC), (2024, 2), id="the last hour of a leap day"),
        pytest.param(datetime(2024, 2, 29, 23, tzinfo=UTC), (2024, 3), id="the hour after a leap day"),
        pytest.param(datetime(2021, 12, 31, 22, tzinfo=UTC), (2021, 12), id="the last hour of the year"),
        pytest.param(datetime(2021, 12, 31, 23, tzinfo=UTC), (2022, 1), id="the first hour of the year"),
    ],
)
def test_a_bericht_is_invoiced_in_its_dutch_month(omgeving: Omgeving, moment: datetime, maand: tuple[int, int]) -> None:
    use_at(omgeving, moment)
    set_klok(omgeving, 2026, 1, 2)
    assert [each.regels[0].aantal for each in sluit_maand(omgeving, *maand)] == [1]
    assert [each.periode.naam for each in sluit_jaar(omgeving, maand[0])] == [str(maand[0])]


def test_nothing_closes_by_itself_unless_it_was_switched_on(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 1, 10)
    assert not is_automatisch(omgeving)
    assert list_agenda(omgeving) == []
    advance(omgeving, datetime(2023, 2, 1, tzinfo=UTC))
    assert all_facturen(omgeving) == []


def test_a_year_closes_by_itself_month_by_month_and_then_is_settled(omgeving: Omgeving) -> None:
    use(omgeving, 2021, 12, 1_000)
    set_klok(omgeving, 2021, 12, 15)
    set_automatisch(omgeving, aan=True)
    advance(omgeving, datetime(2022, 3, 31, 12, tzinfo=UTC))
    meter_all(omgeving, regel(new_id(), STAD, aantal=500))
    assert [each.moment for each in list_agenda(omgeving)] == [datetime(2022, 3, 31, 22, tzinfo=UTC)]
    advance(omgeving, datetime(2023, 1, 1, 12, tzinfo=UTC))
    assert [
        (each.soort.value, each.periode.naam, str(each.datum), each.totaal_excl) for each in all_facturen(omgeving)
    ] == [
        ("maand", "2021-12", "2022-01-01", 48_000),
        ("afrekening", "2021", "2022-01-01", 0),
        ("voorschot", "2022", "2022-01-01", 32_000),
        ("maand", "2022-03", "2022-04-01", 0),
        ("credit", "2022", "2023-01-01", -16_000),
    ]
    assert check_facturen(omgeving) == []


def test_a_year_of_closings_is_one_row_of_the_agenda_a_month(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2024, 1, 10)
    set_automatisch(omgeving, aan=True)
    assert advance(omgeving, datetime(2025, 1, 10, tzinfo=UTC)) == 12


def test_months_go_on_where_nobody_knows_the_tariff(omgeving: Omgeving) -> None:
    use(omgeving, 2020, 12, 100)
    set_automatisch(omgeving, aan=True)
    advance(omgeving, datetime(2021, 3, 1, tzinfo=UTC))
    assert [(each.soort.value, each.periode.naam) for each in all_facturen(omgeving)] == [("voorschot", "2021")]
    with omgeving.reading() as session:
        assert count_regels(session)["VW-3.8-vastgesteld"]["geweigerd"] == 1
    assert [each.status for each in list_agenda(omgeving)] == ["wacht"]
    set_tarief(omgeving, 2020, {"prijs": "0.46"})
    assert totalen(sluit_maand(omgeving, 2020, 12)) == [("1000", "maand", "2020-12", 4_600, 5_566)]


@pytest.mark.parametrize("jaar", [2015, 2016, 2017])
def test_months_go_on_from_before_anything_was_charged(omgeving: Omgeving, jaar: int) -> None:
    set_klok(omgeving, jaar, 12, 10)
    set_automatisch(omgeving, aan=True)
    advance(omgeving, datetime(jaar + 1, 2, 10, tzinfo=UTC))
    assert [(each.status, each.moment) for each in list_agenda(omgeving)] == [
        ("wacht", datetime(jaar + 1, 2, 28 + (jaar == 2015), 23, tzinfo=UTC))
    ]


def test_switched_off_and_on_again_each_month_closes_once(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 5, 10)
    for aan in (True, False, True):
        set_automatisch(omgeving, aan=aan)
    advance(omgeving, omgeving.now() + timedelta(days=60))
    assert [each.periode.naam for each in all_facturen(omgeving)] == ["2022-05"]
    set_automatisch(omgeving, aan=False)
    assert not is_automatisch(omgeving)
    advance(omgeving, omgeving.now() + timedelta(days=60))
    assert list_agenda(omgeving) == []
