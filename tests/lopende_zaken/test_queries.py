from datetime import date, timedelta

import pytest
from sqlalchemy import event

from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving
from simulator.lopende_zaken.queries.zaken import Bladzijde, count_zaken, list_zaken_of_afnemer, list_zaken_of_burger
from simulator.lopende_zaken.usecases.zaken import BurgerZaak, Lijstvraag, ZakenlijstOngeldig, list_burger_zaken
from simulator.lopende_zaken.values import Fase
from tests.lopende_zaken.zaken_builder import ANNA, afnemer, deliver, deliver_status, hold_klok, status, zaak


def test_a_page_takes_as_many_statements_for_one_zaak_as_for_twenty(omgeving: Omgeving) -> None:
    counts = []
    for size in (1, 20):
        for number in range(size):
            deliver(omgeving, identificatie=f"Z-{size}-{number}", status=status())
        seen: list[str] = []
        with omgeving.reading() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *args, seen=seen: seen.append(args[2]))
            list_zaken_of_burger(session, ANNA, Bladzijde())
            list_zaken_of_afnemer(session, afnemer(omgeving).id, Bladzijde())
            count_zaken(session, ANNA)
        counts.append(len(seen))
    assert counts == [5, 5]


def test_pages_go_from_the_last_change_to_the_first_and_miss_nothing(omgeving: Omgeving) -> None:
    hold_klok(omgeving)
    for number in range(7):
        moment = timedelta(days=number // 2)  # some change at the same moment
        deliver(omgeving, identificatie=f"Z-{number}")
        deliver_status(omgeving, "Ontvangen", dagen=moment.days, identificatie=f"Z-{number}")
    found: list[BurgerZaak] = []
    cursor = ""
    while True:
        page = list_burger_zaken(omgeving, ANNA, Lijstvraag(Fase.LOPEND, cursor, 3))
        found += page.zaken
        cursor = page.verder
        if not cursor:
            break
    moments = [each.laatste_wijziging for each in found]
    assert moments == sorted(moments, reverse=True)
    assert {each.identificatie for each in found} == {f"Z-{number}" for number in range(7)}
    assert len(found) == 7


def test_pages_go_on_where_they_were_when_the_last_zaak_shown_changes_meanwhile(omgeving: Omgeving) -> None:
    hold_klok(omgeving)
    for number in range(30):
        deliver(omgeving, identificatie=f"Z-{number}")
    first = list_burger_zaken(omgeving, ANNA, Lijstvraag(Fase.LOPEND, "", 10))
    deliver_status(omgeving, "Ontvangen", dagen=1, identificatie=first.zaken[-1].identificatie)
    second = list_burger_zaken(omgeving, ANNA, Lijstvraag(Fase.LOPEND, first.verder, 20))
    found = [each.identificatie for page in (first, second) for each in page.zaken]
    assert sorted(found) == sorted(f"Z-{number}" for number in range(30))
    assert second.verder == ""


@pytest.mark.parametrize(
    "cursor",
    ["x", "1-x", "-", "1-", f"{10**16}-{public_id(1)}", f"{'9' * 5000}-{public_id(1)}", f"x-{public_id(1)}",
     public_id(1), f"1-{public_id(1)}\n", "\x00"],
)  # fmt: skip
def test_a_place_in_the_list_that_was_never_given_is_refused(omgeving: Omgeving, cursor: str) -> None:
    with pytest.raises(ZakenlijstOngeldig):
        list_burger_zaken(omgeving, ANNA, Lijstvraag(Fase.LOPEND, cursor))


@pytest.mark.parametrize("micros", ["0", "-9999999999999999", "9999999999999999"])
def test_any_place_in_the_calendar_is_a_place_in_the_list(omgeving: Omgeving, micros: str) -> None:
    deliver(omgeving)
    page = list_burger_zaken(omgeving, ANNA, Lijstvraag(Fase.LOPEND, f"{micros}-{public_id(1)}"))
    assert len(page.zaken) == (1 if micros.startswith("99") else 0)


def test_the_counts_tell_what_goes_on_what_has_ended_and_what_changed(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    deliver(omgeving, identificatie="Z-2", zaak=zaak(einddatum=date(2026, 11, 20), volgt_status=False))
    with omgeving.reading() as session:
        telling = count_zaken(session, ANNA)
    assert (telling.lopend, telling.afgehandeld, telling.gewijzigd) == (1, 1, 1)
