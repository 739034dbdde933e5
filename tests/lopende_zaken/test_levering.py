from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from simulator.gebruikers import Bsn, instellingen
from simulator.gebruikers.values.bsn import BsnOngeldig
from simulator.infra.errors import Refusal
from simulator.infra.omgeving import Omgeving, count_regels
from simulator.infra.tracing import read_trace
from simulator.lopende_zaken import errors
from simulator.lopende_zaken.queries.zaken import mark_bekeken
from simulator.lopende_zaken.usecases.controle import check_zaken
from simulator.lopende_zaken.usecases.zaken import count_burger_zaken, open_burger_zaak
from simulator.lopende_zaken.values import Fase, Kanaal, Rol, StatusInvoer
from simulator.verwerkingen import Activiteit, Verwerkingsregel
from simulator.verwerkingen.queries import list_verwerkingen
from tests.lopende_zaken.zaken_builder import (
    ANNA,
    BEGIN,
    BELASTINGEN,
    ZAAK,
    afnemer,
    counted,
    deliver,
    deliver_status,
    history,
    hold_klok,
    rollen,
    shown,
    status,
    stored,
    zaak,
)

NIET_ACTIEF, OVERLEDEN, OPSLAG_FAALT = Bsn("999990032"), Bsn("999990081"), Bsn("999990056")
NIET_GEABONNEERD, BUITEN = Bsn("999990020"), "123456782"


def test_a_zaak_is_stored_shown_and_metered(omgeving: Omgeving) -> None:
    assert deliver(omgeving, status=status()).is_nieuw
    (seen,) = shown(omgeving)
    assert (seen.organisatie, seen.onderwerp, seen.status, seen.fase) == (
        "Gemeente Voorbeeldstad", "Aanvraag parkeervergunning", "Uw aanvraag is ontvangen", Fase.LOPEND,
    )  # fmt: skip
    assert counted(omgeving) == (1, 1)


def test_the_same_identificatie_of_the_same_afnemer_is_the_same_zaak(omgeving: Omgeving) -> None:
    first = deliver(omgeving)
    again = deliver(omgeving, zaak=zaak(omschrijving="Tweede parkeervergunning"))
    assert (again.zaak_id, again.is_nieuw, again.is_gewijzigd) == (first.zaak_id, False, True)
    assert [each.onderwerp for each in shown(omgeving)] == ["Tweede parkeervergunning"]


def test_two_afnemers_may_use_the_same_identificatie(omgeving: Omgeving) -> None:
    deliver(omgeving)
    bezwaar = zaak(zaaktype="BEZWAAR", omschrijving="Bezwaar aanslag")
    deliver(omgeving, zaak=bezwaar, afnemer=afnemer(omgeving, BELASTINGEN))
    assert {each.onderwerp for each in shown(omgeving)} == {"Aanvraag parkeervergunning", "Bezwaar aanslag"}


def test_what_changes_nothing_is_not_counted_again(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    assert not deliver(omgeving, status=status()).is_gewijzigd
    assert counted(omgeving) == (1, 1)


def test_the_history_is_in_order_of_datum_status_gezet_whatever_the_order_of_arrival(omgeving: Omgeving) -> None:
    names = ("Ontvangen", "In behandeling", "Aanvulling gevraagd", "Afgehandeld")
    for number, order in enumerate(permutations(range(4))):
        identificatie = f"Z-{number}"
        deliver(omgeving, identificatie=identificatie)
        for place in order:
            deliver_status(omgeving, names[place], dagen=place, identificatie=identificatie)
        assert history(omgeving, identificatie) == [
            "Uw aanvraag is ontvangen",
            "Uw aanvraag is in behandeling",
            "Wij hebben meer gegevens van u nodig",
            "Uw aanvraag is afgehandeld",
        ]
        assert stored(omgeving, identificatie).beeld.zaak.einddatum == date(2026, 11, 5), order


def test_the_same_referentie_with_the_same_content_is_the_same_delivery(omgeving: Omgeving) -> None:
    deliver(omgeving)
    first = deliver_status(omgeving, "In behandeling", referentie="ref-1")
    again = deliver_status(omgeving, "In behandeling", referentie="ref-1")
    assert (again.zaak_id, again.is_gewijzigd) == (first.zaak_id, False)
    assert counted(omgeving) == (2, 2)


def test_the_same_referentie_with_other_content_is_refused(omgeving: Omgeving) -> None:
    deliver(omgeving, referentie="ref-1")
    with pytest.raises(errors.ReferentieAlGebruikt):
        deliver(omgeving, referentie="ref-1", inhoud_hash=b"anders", zaak=zaak(omschrijving="Iets anders"))
    assert [each.onderwerp for each in shown(omgeving)] == ["Aanvraag parkeervergunning"]


def test_another_afnemer_has_referenties_of_its_own(omgeving: Omgeving) -> None:
    deliver(omgeving, referentie="ref-1")
    bezwaar = zaak(zaaktype="BEZWAAR", omschrijving="Bezwaar aanslag")
    other = afnemer(omgeving, BELASTINGEN)
    assert deliver(omgeving, referentie="ref-1", inhoud_hash=b"anders", zaak=bezwaar, afnemer=other).is_nieuw


def test_many_deliveries_at_once_make_one_zaak_and_lose_no_status(omgeving: Omgeving) -> None:
    def send(number: int) -> bool:
        tekst = StatusInvoer(f"Stap {number // 2}", BEGIN + timedelta(hours=number // 2))
        invoer = {"referentie": f"ref-{number // 2}", "kanaal": Kanaal.STUF, "status": tekst}
        return deliver(omgeving, **invoer).is_gewijzigd

    with ThreadPoolExecutor(8) as pool:
        changed = list(pool.map(send, range(24)))
    assert changed.count(True) == 12
    assert history(omgeving) == [f"Stap {number}" for number in range(12)]
    assert counted(omgeving) == (12, 12)
    assert check_zaken(omgeving) == []


def test_a_closed_zaak_stays_with_its_history(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    deliver_status(omgeving, "Afgehandeld", dagen=10)
    (seen,) = shown(omgeving)
    assert (seen.fase, seen.einddatum) == (Fase.AFGEHANDELD, date(2026, 11, 12))
    assert [stap.soort for stap in seen.stappen] == ["voltooid", "afgerond"]


def test_a_later_status_opens_a_closed_zaak_again(omgeving: Omgeving) -> None:
    deliver(omgeving)
    deliver_status(omgeving, "Afgehandeld", dagen=10)
    deliver_status(omgeving, "In behandeling", dagen=11)
    (seen,) = shown(omgeving)
    assert (seen.fase, seen.status) == (Fase.LOPEND, "Uw aanvraag is in behandeling")


def test_the_sender_may_close_and_reopen_by_einddatum(omgeving: Omgeving) -> None:
    deliver(omgeving, zaak=zaak(einddatum=date(2026, 11, 20), volgt_status=False))
    assert shown(omgeving)[0].fase is Fase.AFGEHANDELD
    deliver(omgeving)  # says nothing about the end
    assert shown(omgeving)[0].fase is Fase.AFGEHANDELD
    deliver(omgeving, zaak=zaak(volgt_status=False))
    assert shown(omgeving)[0].fase is Fase.LOPEND


def test_an_older_word_does_not_undo_a_newer_one(omgeving: Omgeving) -> None:
    closed = zaak(omschrijving="Verleend", einddatum=date(2026, 11, 20), volgt_status=False)
    deliver(omgeving, zaak=closed, tijdstip=BEGIN + timedelta(days=18), status=status("Afgehandeld", 18))
    late = zaak(volgt_status=False)
    assert deliver(omgeving, zaak=late, tijdstip=BEGIN, status=status("Ontvangen")).is_gewijzigd
    (seen,) = shown(omgeving)
    assert (seen.onderwerp, seen.fase, seen.status) == ("Verleend", Fase.AFGEHANDELD, "Uw aanvraag is afgehandeld")
    assert history(omgeving) == ["Uw aanvraag is ontvangen", "Uw aanvraag is afgehandeld"]


INITIATORS: dict[str, tuple[Rol, ...]] = {
    "nobody": (Rol("medewerker", "behandelaar"),),
    "two people": (*rollen(), *rollen(NIET_GEABONNEERD)),
    "a company": (Rol("niet_natuurlijk_persoon", "initiator"),),
    "a person and a company": (*rollen(), Rol("niet_natuurlijk_persoon", "initiator")),
    "a person without BSN": (Rol("natuurlijk_persoon", "initiator"),),
}


@pytest.mark.parametrize("given", INITIATORS.values(), ids=INITIATORS)
def test_exactly_one_person_is_the_initiator(omgeving: Omgeving, given: tuple[Rol, ...]) -> None:
    with pytest.raises(errors.InitiatorOngeldig):
        deliver(omgeving, zaak=zaak(rollen=given))


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"rollen": rollen("999990018")}, BsnOngeldig),
        ({"rollen": rollen(BUITEN)}, errors.InitiatorOnbekend),
        ({"rollen": rollen(NIET_ACTIEF)}, errors.PostbusNietActief),
        ({"rollen": rollen(OVERLEDEN)}, errors.PostbusNietActief),
        ({"rollen": rollen(OPSLAG_FAALT)}, errors.ZaakOpslagMislukt),
        ({"zaaktype": "ONBEKEND"}, errors.ZaaktypeOnbruikbaar),
        ({"zaaktype": "OUD"}, errors.ZaaktypeOnbruikbaar),
        ({"einddatum": date(2026, 11, 1), "volgt_status": False}, errors.EinddatumTeVroeg),
    ],
)
def test_what_may_not_be_shown_is_refused_and_not_stored(
    omgeving: Omgeving, given: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        deliver(omgeving, zaak=zaak(**given))
    with pytest.raises(errors.ZaakNotFound):
        stored(omgeving)
    assert counted(omgeving) == (0, 0)


def test_a_zaak_does_not_change_hands(omgeving: Omgeving) -> None:
    deliver(omgeving)
    with pytest.raises(errors.InitiatorGewijzigd):
        deliver(omgeving, zaak=zaak(rollen=rollen(NIET_GEABONNEERD)))
    assert shown(omgeving, NIET_GEABONNEERD) == []


def test_who_takes_no_post_sees_zaken_all_the_same(omgeving: Omgeving) -> None:
    deliver(omgeving, zaak=zaak(rollen=rollen(NIET_GEABONNEERD)))
    assert len(shown(omgeving, NIET_GEABONNEERD)) == 1


def test_who_closed_the_box_gets_no_more_news(omgeving: Omgeving) -> None:
    deliver(omgeving)
    instellingen.deactivate_box(omgeving, ANNA)
    with pytest.raises(errors.PostbusNietActief):
        deliver_status(omgeving, "In behandeling")


def test_a_status_needs_a_zaak(omgeving: Omgeving) -> None:
    with pytest.raises(errors.ZaakNotFound):
        deliver_status(omgeving, "Ontvangen")


def test_over_rest_a_status_is_one_of_the_zaaktype(omgeving: Omgeving) -> None:
    deliver(omgeving)
    with pytest.raises(errors.StatustypeOnbekend) as refused:
        deliver_status(omgeving, "Onzin")
    assert "In behandeling" in (refused.value.verwacht or "")


def test_a_stuf_message_may_say_any_status_and_the_citizen_reads_it(omgeving: Omgeving) -> None:
    deliver(omgeving, kanaal=Kanaal.STUF, status=status("Verleend(tot 1 juli)", 5))
    assert shown(omgeving)[0].status == "Verleend(tot 1 juli)"


def test_a_status_that_citizens_are_not_told_about_is_kept_and_not_shown(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    deliver_status(omgeving, "Intern getoetst", dagen=1)
    assert history(omgeving) == ["Uw aanvraag is ontvangen", "Intern getoetst"]
    (seen,) = shown(omgeving)
    assert seen.status == "Uw aanvraag is ontvangen"
    assert "Intern getoetst" not in [stap.tekst for stap in seen.stappen]


def test_the_steps_to_come_are_those_of_the_zaaktype(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    (seen,) = shown(omgeving)
    assert [(stap.soort.value, stap.tekst) for stap in seen.stappen] == [
        ("huidig", "Uw aanvraag is ontvangen"),
        ("volgende", "Uw aanvraag is in behandeling"),
        ("later", "Uw aanvraag is afgehandeld"),
    ]


def test_a_status_can_ask_the_citizen_to_do_something(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status("Aanvulling gevraagd"))
    assert shown(omgeving)[0].actie_vereist
    deliver_status(omgeving, "In behandeling", dagen=1)
    assert not shown(omgeving)[0].actie_vereist


def test_a_zaak_is_new_until_it_is_looked_at_and_after_each_change(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    (seen,) = shown(omgeving)
    assert seen.is_nieuw
    open_burger_zaak(omgeving, ANNA, seen.kenmerk)
    assert not shown(omgeving)[0].is_nieuw
    deliver_status(omgeving, "In behandeling", dagen=1)
    assert shown(omgeving)[0].is_nieuw


@pytest.mark.parametrize("later", [timedelta(0), -timedelta(days=1000)])
def test_a_change_is_new_also_on_a_clock_that_stands_still_or_was_set_back(
    omgeving: Omgeving, later: timedelta
) -> None:
    hold_klok(omgeving)
    deliver(omgeving, status=status())
    kenmerk = shown(omgeving)[0].kenmerk
    open_burger_zaak(omgeving, ANNA, kenmerk)
    hold_klok(omgeving, BEGIN + later)
    for dagen, omschrijving in enumerate(("In behandeling", "Aanvulling gevraagd"), 1):
        deliver_status(omgeving, omschrijving, dagen)
        assert shown(omgeving)[0].is_nieuw
        assert count_burger_zaken(omgeving, ANNA).gewijzigd == 1
        open_burger_zaak(omgeving, ANNA, kenmerk)
        assert not shown(omgeving)[0].is_nieuw
        assert count_burger_zaken(omgeving, ANNA).gewijzigd == 0


def test_a_zaak_opened_after_the_clock_was_set_back_is_seen(omgeving: Omgeving) -> None:
    hold_klok(omgeving)
    deliver(omgeving, status=status())
    hold_klok(omgeving, BEGIN - timedelta(days=1000))
    open_burger_zaak(omgeving, ANNA, shown(omgeving)[0].kenmerk)
    assert not shown(omgeving)[0].is_nieuw


def test_what_changes_while_a_zaak_is_opened_is_still_to_be_seen(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    read = stored(omgeving).beeld.zaak
    deliver_status(omgeving, "In behandeling", dagen=1)
    with omgeving.unit_of_work() as uow:
        mark_bekeken(uow.session, read, uow.moment)
    assert shown(omgeving)[0].is_nieuw


def test_what_was_proven_by_a_delivery_is_counted_as_rules(omgeving: Omgeving) -> None:
    deliver(omgeving, status=status())
    with omgeving.reading() as session:
        counts = count_regels(session)
    for regel in ("LZ-initiator", "LZ-postbus", "LZ-zaaktype", "LZ-statustype", "VB-zaak-telt", "VW-7.2-kosten"):
        assert counts[regel] == {"geslaagd": 1}, regel


def test_metering_that_was_tampered_with_is_found(omgeving: Omgeving) -> None:
    from sqlalchemy import delete

    from simulator.verbruik.models import FEITEN

    deliver(omgeving)
    with omgeving.unit_of_work() as uow:
        uow.session.execute(delete(FEITEN))
    (found,) = check_zaken(omgeving)
    assert (found.opgeslagen, found.gemeten) == (1, 0)


def test_a_moment_in_another_time_zone_is_the_same_moment(omgeving: Omgeving) -> None:
    deliver(omgeving)
    deliver(omgeving, zaak=None, status=StatusInvoer("Afgehandeld", datetime(2026, 11, 30, 23, 30, tzinfo=UTC)))
    assert shown(omgeving)[0].einddatum == date(2026, 12, 1)  # in the Netherlands
    assert shown(omgeving)[0].identificatie == ZAAK


@pytest.mark.artikel("4.2")
def test_each_delivery_is_in_the_processing_log_of_whose_zaak_it_is(omgeving: Omgeving) -> None:
    trace = read_trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    deliver(omgeving, status=status(), trace=trace)
    deliver_status(omgeving, "In behandeling", 1)
    first, second = logged(omgeving)
    assert {each.activiteit for each in (first, second)} == {Activiteit.ZAAK_AANLEVEREN}
    assert (first.verantwoordelijke, first.omschrijving, first.trace_id) == (
        str(afnemer(omgeving).oin), ZAAK, trace.trace_id.hex(),
    )  # fmt: skip
    assert second.trace_id != first.trace_id


def test_a_delivery_that_comes_twice_or_is_refused_adds_nothing_to_the_processing_log(omgeving: Omgeving) -> None:
    for _ in range(2):
        deliver(omgeving, referentie="dezelfde")
    with pytest.raises(errors.PostbusNietActief):
        deliver(omgeving, identificatie="Z-2", zaak=zaak(rollen=rollen(NIET_ACTIEF)))
    assert len(logged(omgeving)) == 1
    assert logged(omgeving, NIET_ACTIEF) == []


def logged(omgeving: Omgeving, bsn: Bsn = ANNA) -> list[Verwerkingsregel]:
    """The processing log of somebody, oldest first."""
    with omgeving.reading() as session:
        return list_verwerkingen(session, bsn)[::-1]
