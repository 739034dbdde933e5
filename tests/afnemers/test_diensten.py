from collections.abc import Callable
from datetime import date

import pytest

from simulator.afnemers.errors import (
    AansluitingBeeindigd,
    AanvraagNietOndertekend,
    DienstNietAfgenomen,
    DienstNietInProductie,
    VoorwaardenNietAanvaard,
)
from simulator.afnemers.rules import check_dienst
from simulator.afnemers.usecases import beheer
from simulator.afnemers.usecases.beheer import AfnemerInvoer, AfnemerWijziging
from simulator.afnemers.values.afnemer import Aansluitstand, AfnemerRecord, Dienst, Sector, Sluiting
from simulator.infra.clock import dutch_day
from simulator.infra.errors import NotPermitted
from simulator.infra.omgeving import Omgeving, UnitOfWork

STAD, MEER, NIEUW = "00000099000000001000", "00000099000000004000", "00000099000000005000"
BOX, ZAKEN = Dienst.BERICHTENBOX, Dienst.LOPENDE_ZAKEN


def afnemer_of(omgeving: Omgeving, oin: str) -> AfnemerRecord:
    return beheer.afnemer_index(omgeving).by_oin[oin]


def change(omgeving: Omgeving, oin: str, work: Callable[[UnitOfWork, int], None]) -> AfnemerRecord:
    afnemer_id = afnemer_of(omgeving, oin).id
    with omgeving.unit_of_work() as uow:
        work(uow, afnemer_id)
    return afnemer_of(omgeving, oin)


def test_a_dienst_that_is_opened_is_open_at_once_since_its_day(omgeving: Omgeving) -> None:
    meer = change(omgeving, MEER, lambda uow, each: beheer.open_dienst(uow, each, ZAKEN, date(2026, 3, 1)))
    assert meer.diensten == {BOX, ZAKEN}
    assert meer.aansluitingen[ZAKEN] == Aansluitstand(date(2026, 3, 1))
    check_dienst(meer, ZAKEN)


@pytest.mark.artikel("2.2")
@pytest.mark.artikel("3.1")
@pytest.mark.artikel("8.2")
@pytest.mark.parametrize(
    ("sluiting", "refusal", "regel"),
    [
        (Sluiting.NIET_ONDERTEKEND, AanvraagNietOndertekend, "VW-2.2-ondertekening"),
        (Sluiting.NIET_IN_PRODUCTIE, DienstNietInProductie, "VW-3.1-productie"),
        (Sluiting.BEEINDIGD, AansluitingBeeindigd, "VW-3.1-beeindigd"),
        (Sluiting.VOORWAARDEN_NIET_AANVAARD, VoorwaardenNietAanvaard, "VW-8.2-aanvaarding"),
    ],
)
def test_a_closed_dienst_is_refused_with_the_article_that_closes_it(
    omgeving: Omgeving, sluiting: Sluiting, refusal: type[NotPermitted], regel: str
) -> None:
    stad = change(omgeving, STAD, lambda uow, each: beheer.sluit_dienst(uow, each, BOX, sluiting))
    assert BOX not in stad.diensten
    assert stad.aansluitingen[BOX] == Aansluitstand(date(2016, 1, 1), sluiting)
    check_dienst(stad, ZAKEN)
    with pytest.raises(refusal) as refused:
        check_dienst(stad, BOX)
    assert refused.value.regel is not None
    assert (refused.value.regel.id, refused.value.ontvangen) == (regel, sluiting.value)
    assert "Gemeente Voorbeeldstad" in refused.value.detail


def test_a_dienst_that_was_closed_before_it_opened_has_no_day(omgeving: Omgeving) -> None:
    def close(uow: UnitOfWork, afnemer_id: int) -> None:
        beheer.sluit_dienst(uow, afnemer_id, ZAKEN, Sluiting.NIET_ONDERTEKEND)

    assert change(omgeving, MEER, close).aansluitingen[ZAKEN] == Aansluitstand(None, Sluiting.NIET_ONDERTEKEND)


def test_without_any_connection_the_refusal_is_that_there_is_none(omgeving: Omgeving) -> None:
    with pytest.raises(DienstNietAfgenomen):
        check_dienst(afnemer_of(omgeving, MEER), ZAKEN)


def test_a_unit_of_work_that_fails_opens_and_closes_nothing(omgeving: Omgeving) -> None:
    before = afnemer_of(omgeving, STAD)

    def fail(uow: UnitOfWork, afnemer_id: int) -> None:
        beheer.sluit_dienst(uow, afnemer_id, BOX, Sluiting.BEEINDIGD)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change(omgeving, STAD, fail)
    assert afnemer_of(omgeving, STAD) == before


def test_connecting_to_other_diensten_keeps_the_day_of_those_that_were_open(omgeving: Omgeving) -> None:
    change(omgeving, MEER, lambda uow, each: beheer.sluit_dienst(uow, each, ZAKEN, Sluiting.BEEINDIGD))
    changed = beheer.change_afnemer(omgeving, AfnemerWijziging(MEER, diensten=frozenset({BOX, ZAKEN})))
    today = dutch_day(omgeving.now())
    assert changed.aansluitingen == {BOX: Aansluitstand(date(2016, 1, 1)), ZAKEN: Aansluitstand(today)}
    gone = beheer.change_afnemer(omgeving, AfnemerWijziging(MEER, diensten=frozenset()))
    assert gone.aansluitingen == {}


def test_an_afnemer_has_a_sector_that_can_be_changed(omgeving: Omgeving) -> None:
    invoer = AfnemerInvoer(NIEUW, "Pensioenfonds Voorbeeld", frozenset({BOX}), Sector.PRIVAAT, date(2025, 6, 1))
    added = beheer.add_afnemer(omgeving, invoer)
    assert (added.sector, added.privaat, added.aansluitingen[BOX].sinds) == (Sector.PRIVAAT, True, date(2025, 6, 1))
    changed = beheer.change_afnemer(omgeving, AfnemerWijziging(NIEUW, sector=Sector.RIJK))
    assert (changed.sector, changed.privaat) == (Sector.RIJK, False)
