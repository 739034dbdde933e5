from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from simulator.aansluiting import AGENDA, aanmelding, aanvraag, documenten, mandaten, overzicht, stappen, voorbeeld
from simulator.aansluiting.errors import (
    AansluitingNotFound,
    AanvraagOngeldig,
    CertificaatOngeldig,
    StapNietMogelijk,
    StapOnvolledig,
)
from simulator.aansluiting.usecases.certificaten import make_certificaat
from simulator.aansluiting.values import Aansluitoverzicht, Documentsoort, Fase, Ondertekening, Partij
from simulator.afnemers import AfnemerRecord, Dienst, Sector, Sluiting, afnemer_index, beheer
from simulator.infra.agenda import run_due
from simulator.infra.clock import Modus, dutch_day, dutch_midnight, start_klok
from simulator.infra.omgeving import Omgeving, count_regels

NIEUW, STAD, MEER, VERZENDHUIS = (
    "00000099000000005000", "00000099000000001000", "00000099000000004000", "00000099000000009000",
)  # fmt: skip
BOX, ZAKEN = Dienst.BERICHTENBOX, Dienst.LOPENDE_ZAKEN
LOGIUS = stappen.Wie(Partij.LOGIUS, "L. Ogius")
NU = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def nieuw(omgeving: Omgeving) -> Omgeving:
    """The clock stands still on 1 March 2026, and an organisation has come to Logius."""
    with omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, NU))
    aanmelding.register_organisatie(omgeving, NIEUW, "Gemeente Nieuw", Sector.MEDEOVERHEID)
    return omgeving


def afnemer(omgeving: Omgeving, oin: str = NIEUW) -> AfnemerRecord:
    return afnemer_index(omgeving).by_oin[oin]


def look(omgeving: Omgeving, dienst: Dienst = BOX, oin: str = NIEUW) -> Aansluitoverzicht:
    return overzicht.get_overzicht(omgeving, afnemer(omgeving, oin), dienst, overzicht.zonder_checklist)


def complete(omgeving: Omgeving) -> list[str]:
    found = voorbeeld.complete_dossier(omgeving, afnemer(omgeving), BOX, overzicht.zonder_checklist)
    return [each.eis for each in found]


def step(
    omgeving: Omgeving, naar: Fase | None = None, startdatum: date | None = None, wie: stappen.Wie = LOGIUS
) -> Aansluitoverzicht:
    opdracht = stappen.Stapopdracht(BOX, naar, wie, startdatum)
    stappen.take_stap(omgeving, afnemer(omgeving), opdracht, overzicht.zonder_checklist)
    return look(omgeving)


def walk(omgeving: Omgeving, tot: Fase, startdatum: date | None = None) -> Aansluitoverzicht:
    complete(omgeving)
    while (found := look(omgeving)).fase is not tot:
        complete(omgeving)
        step(omgeving, startdatum=startdatum)
    return found


def move(omgeving: Omgeving, moment: datetime) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, moment))
    run_due(omgeving, AGENDA, moment)


def road(omgeving: Omgeving) -> Sequence[tuple[Fase | None, Fase]]:
    return [(each.van, each.naar) for each in look(omgeving).stappen]


def test_a_new_organisation_has_a_key_and_nothing_else(nieuw: Omgeving) -> None:
    assert afnemer(nieuw).aansluitingen == {}
    assert overzicht.list_overzichten(nieuw, afnemer(nieuw), overzicht.zonder_checklist) == []
    with pytest.raises(AansluitingNotFound):
        look(nieuw)
    with pytest.raises(AansluitingNotFound):
        step(nieuw)


def test_the_whole_road_is_walked_and_each_step_is_kept(nieuw: Omgeving) -> None:
    assert complete(nieuw) == ["AS-formulier"]
    assert look(nieuw).sluiting is Sluiting.NIET_ONDERTEKEND
    assert complete(nieuw) == ["VW-2.2-aanvraagformulier"]
    assert look(nieuw).sluiting is Sluiting.NIET_IN_PRODUCTIE
    assert step(nieuw).sluiting is Sluiting.NIET_IN_PRODUCTIE
    assert complete(nieuw) == ["AS-contacten", "AS-contacten", "VW-3.7-verwerkersovereenkomst"]
    found = step(nieuw)
    assert (found.fase, found.sluiting, found.sinds) == (Fase.PREPRODUCTIE, None, None)
    assert complete(nieuw) == ["AS-certificaat"]
    assert step(nieuw).fase is Fase.TESTEN
    assert complete(nieuw) == ["VW-3.3-dap", "VW-3.3-sno", "AS-checklist"]
    found = step(nieuw)
    assert (found.fase, found.sluiting, found.sinds, found.volgende) == (Fase.PRODUCTIE, None, date(2026, 3, 1), None)
    assert [each.naar for each in found.stappen] == [
        Fase.AANVRAAG, Fase.VOORBEREIDING, Fase.PREPRODUCTIE, Fase.TESTEN, Fase.PRODUCTIE,
    ]  # fmt: skip
    assert {each.door for each in found.stappen[1:]} == {"L. Ogius"}
    assert {each.op for each in found.stappen} == {NU}


def test_a_step_that_misses_something_changes_nothing(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.TESTEN)
    with pytest.raises(StapOnvolledig) as refused:
        step(nieuw)
    assert [each.detail.rpartition("(")[2] for each in refused.value.errors] == [
        "VW-3.3-dap)", "VW-3.3-sno)", "AS-checklist)",
    ]  # fmt: skip
    assert look(nieuw).fase is Fase.TESTEN
    assert len(road(nieuw)) == 4


def test_before_2023_the_dfa_is_asked_too(nieuw: Omgeving) -> None:
    move(nieuw, datetime(2022, 5, 1, 9, tzinfo=UTC))
    walk(nieuw, Fase.TESTEN)
    assert complete(nieuw) == ["VW-3.3-dap", "VW-3.3-sno", "VW-3.3-dfa", "AS-checklist"]


@pytest.mark.parametrize(
    ("formulier", "startdatum", "asked"),
    [(date(2023, 2, 1), date(2022, 12, 15), True), (date(2022, 12, 20), date(2023, 2, 1), False)],
)
def test_the_dfa_is_asked_by_the_day_of_going_into_production(
    nieuw: Omgeving, formulier: date, startdatum: date, asked: bool
) -> None:
    move(nieuw, datetime(2022, 12, 1, 9, tzinfo=UTC))
    wie = stappen.Wie(Partij.AFNEMER, "A")
    aanvraag.submit_formulier(nieuw, afnemer(nieuw), BOX, voorbeeld.imagine_formulier(NIEUW, formulier), wie)
    walk(nieuw, Fase.TESTEN)
    for soort in (Documentsoort.DAP, Documentsoort.SNO):
        documenten.record_document(nieuw, afnemer(nieuw), voorbeeld.imagine_document(soort, date(2022, 12, 1)))
    stappen.approve_testrapport(nieuw, afnemer(nieuw), BOX, "L. Ogius")
    if asked:
        with pytest.raises(StapOnvolledig) as refused:
            step(nieuw, startdatum=startdatum)
        assert [each.detail.rpartition("(")[2] for each in refused.value.errors] == ["VW-3.3-dfa)"]
    else:
        assert step(nieuw, startdatum=startdatum).termijn.startdatum == startdatum


def test_a_checklist_that_is_all_ticked_needs_no_approval_by_hand(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.TESTEN)
    for soort in (Documentsoort.DAP, Documentsoort.SNO):
        documenten.record_document(nieuw, afnemer(nieuw), voorbeeld.imagine_document(soort, date(2026, 3, 1)))
    asked: list[Dienst] = []

    def all_ticked(omgeving: Omgeving, afnemer: AfnemerRecord, dienst: Dienst) -> Sequence[str]:
        asked.append(dienst)
        return ()

    stappen.take_stap(nieuw, afnemer(nieuw), stappen.Stapopdracht(BOX, None, LOGIUS), all_ticked)
    assert (look(nieuw).fase, look(nieuw).testrapport, asked) == (Fase.PRODUCTIE, None, [BOX])


def test_production_on_a_later_day_opens_at_dutch_midnight_of_that_day_and_not_before(nieuw: Omgeving) -> None:
    found = walk(nieuw, Fase.PRODUCTIE, startdatum=date(2026, 4, 1))
    assert (found.sluiting, found.stappen[-1].ingang) == (Sluiting.NIET_IN_PRODUCTIE, date(2026, 4, 1))
    opening = dutch_midnight(date(2026, 4, 1))
    assert opening == datetime(2026, 3, 31, 22, tzinfo=UTC)
    move(nieuw, opening - timedelta(microseconds=1))
    assert BOX not in afnemer(nieuw).diensten
    move(nieuw, opening)
    assert BOX in afnemer(nieuw).diensten
    assert afnemer(nieuw).aansluitingen[BOX].sinds == date(2026, 4, 1)


@pytest.mark.parametrize("startdatum", [date(2026, 3, 1), date(2026, 9, 1)])
def test_production_may_begin_from_today_to_six_months_ahead(nieuw: Omgeving, startdatum: date) -> None:
    assert walk(nieuw, Fase.PRODUCTIE, startdatum=startdatum).termijn.startdatum == startdatum


@pytest.mark.parametrize("startdatum", [date(2026, 2, 28), date(2026, 9, 2)])
def test_production_in_the_past_or_further_ahead_is_refused(nieuw: Omgeving, startdatum: date) -> None:
    walk(nieuw, Fase.TESTEN, startdatum=startdatum)
    complete(nieuw)
    with pytest.raises(AanvraagOngeldig) as refused:
        step(nieuw, startdatum=startdatum)
    assert [each.pointer for each in refused.value.errors] == ["/startdatum"]
    assert look(nieuw).fase is Fase.TESTEN


def test_a_signature_of_a_later_day_holds_from_that_day(nieuw: Omgeving) -> None:
    complete(nieuw)
    aanvraag.sign_formulier(nieuw, afnemer(nieuw), BOX, Ondertekening(date(2026, 3, 5), "A"))
    assert look(nieuw).sluiting is Sluiting.NIET_ONDERTEKEND
    with pytest.raises(StapOnvolledig):
        step(nieuw)
    move(nieuw, dutch_midnight(date(2026, 3, 5)))
    assert look(nieuw).sluiting is Sluiting.NIET_IN_PRODUCTIE
    assert step(nieuw).fase is Fase.VOORBEREIDING


def test_a_connection_ends_on_its_day_and_not_before(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE)
    stappen.beeindig(nieuw, afnemer(nieuw), BOX, LOGIUS, date(2026, 7, 1))
    found = look(nieuw)
    assert (found.fase, found.sluiting, found.termijn.einddatum) == (Fase.PRODUCTIE, None, date(2026, 7, 1))
    move(nieuw, dutch_midnight(date(2026, 7, 1)) - timedelta(microseconds=1))
    assert BOX in afnemer(nieuw).diensten
    move(nieuw, dutch_midnight(date(2026, 7, 1)))
    found = look(nieuw)
    assert (found.fase, found.sluiting, found.sinds) == (Fase.BEEINDIGD, Sluiting.BEEINDIGD, date(2026, 3, 1))
    with pytest.raises(StapNietMogelijk):
        stappen.beeindig(nieuw, afnemer(nieuw), BOX, LOGIUS, None)
    with pytest.raises(StapNietMogelijk):
        step(nieuw)


def test_who_was_ended_may_ask_again_and_begins_at_the_form(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE)
    stappen.beeindig(nieuw, afnemer(nieuw), BOX, LOGIUS, None)
    assert look(nieuw).sluiting is Sluiting.BEEINDIGD
    assert complete(nieuw) == ["AS-formulier"]
    found = look(nieuw)
    assert (found.fase, found.sluiting, found.testrapport) == (Fase.AANVRAAG, Sluiting.NIET_ONDERTEKEND, None)
    assert found.stappen[-1].van is Fase.BEEINDIGD
    assert walk(nieuw, Fase.PRODUCTIE).sluiting is None


def test_a_form_is_changed_until_logius_begins_and_then_signed_anew(nieuw: Omgeving) -> None:
    complete(nieuw)
    complete(nieuw)
    wie = stappen.Wie(Partij.AFNEMER, "A")
    formulier = voorbeeld.imagine_formulier(NIEUW, date(2026, 5, 1))
    aanvraag.submit_formulier(nieuw, afnemer(nieuw), BOX, formulier, wie)
    found = look(nieuw)
    assert (found.formulier, found.ondertekening, len(found.stappen)) == (formulier, None, 1)
    walk(nieuw, Fase.VOORBEREIDING)
    with pytest.raises(StapNietMogelijk):
        aanvraag.submit_formulier(nieuw, afnemer(nieuw), BOX, formulier, wie)
    with pytest.raises(StapNietMogelijk):
        aanvraag.sign_formulier(nieuw, afnemer(nieuw), BOX, Ondertekening(date(2026, 3, 1), "A"))


def test_a_dienst_that_article_8_2_closed_opens_by_a_new_form_only(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE, startdatum=date(2026, 4, 1))
    with nieuw.unit_of_work() as uow:
        beheer.sluit_dienst(uow, afnemer(nieuw).id, BOX, Sluiting.VOORWAARDEN_NIET_AANVAARD)
    move(nieuw, dutch_midnight(date(2026, 4, 1)))
    assert look(nieuw).sluiting is Sluiting.VOORWAARDEN_NIET_AANVAARD
    formulier = voorbeeld.imagine_formulier(NIEUW, date(2026, 4, 2))
    aanvraag.submit_formulier(nieuw, afnemer(nieuw), BOX, formulier, LOGIUS)
    assert look(nieuw).sluiting is Sluiting.NIET_ONDERTEKEND


def test_each_dienst_goes_its_own_way(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE)
    voorbeeld.complete_dossier(nieuw, afnemer(nieuw), ZAKEN, overzicht.zonder_checklist)
    found = {each.dienst: each.fase for each in
             overzicht.list_overzichten(nieuw, afnemer(nieuw), overzicht.zonder_checklist)}  # fmt: skip
    assert found == {BOX: Fase.PRODUCTIE, ZAKEN: Fase.AANVRAAG}


def test_the_afnemers_of_the_fixtures_are_in_production_with_all_their_papers(omgeving: Omgeving) -> None:
    for each in afnemer_index(omgeving).by_id.values():
        for found in overzicht.list_overzichten(omgeving, each, overzicht.zonder_checklist):
            assert (found.fase, found.sluiting, found.sinds) == (Fase.PRODUCTIE, None, date(2016, 1, 1))
            assert found.ondertekening is not None
            assert len(found.contacten) == 3
        assert {one.soort for one in documenten.list_documenten(omgeving, each)} == set(Documentsoort)


def test_a_connection_that_the_beheerder_made_at_once_can_be_ended_too(nieuw: Omgeving) -> None:
    beheer.change_afnemer(nieuw, beheer.AfnemerWijziging(NIEUW, diensten=frozenset({BOX})))
    assert (look(nieuw).fase, look(nieuw).stappen) == (Fase.PRODUCTIE, ())
    stappen.beeindig(nieuw, afnemer(nieuw), BOX, LOGIUS, None)
    assert (look(nieuw).fase, look(nieuw).sluiting) == (Fase.BEEINDIGD, Sluiting.BEEINDIGD)


def test_a_connection_that_the_beheerder_took_away_begins_anew_at_the_form(omgeving: Omgeving) -> None:
    beheer.change_afnemer(omgeving, beheer.AfnemerWijziging(STAD, diensten=frozenset()))
    voorbeeld.complete_dossier(omgeving, afnemer(omgeving, STAD), BOX, overzicht.zonder_checklist)
    found = look(omgeving, oin=STAD)
    assert (found.fase, found.sluiting) == (Fase.AANVRAAG, Sluiting.NIET_ONDERTEKEND)
    assert [(each.van, each.naar) for each in found.stappen[1:]] == [(Fase.PRODUCTIE, Fase.AANVRAAG)]


def test_a_connection_that_the_beheerder_took_away_does_not_open_on_its_day(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE, startdatum=date(2026, 4, 1))
    beheer.change_afnemer(nieuw, beheer.AfnemerWijziging(NIEUW, diensten=frozenset()))
    move(nieuw, dutch_midnight(date(2026, 4, 1)))
    assert afnemer(nieuw).aansluitingen == {}


def test_a_certificate_is_read_checked_and_kept_once(nieuw: Omgeving) -> None:
    pem = make_certificaat(NIEUW, "Gemeente Nieuw", NU)
    found = documenten.add_certificaat(nieuw, afnemer(nieuw), pem)
    assert (found.oin, found.geldig_van) == (NIEUW, NU)
    documenten.add_certificaat(nieuw, afnemer(nieuw), pem)
    assert documenten.list_certificaten(nieuw, afnemer(nieuw)) == [found]


def test_a_certificate_is_valid_on_the_clock_of_the_omgeving(nieuw: Omgeving) -> None:
    pem = make_certificaat(NIEUW, "Gemeente Nieuw", NU)
    move(nieuw, datetime(2030, 1, 1, tzinfo=UTC))
    with pytest.raises(CertificaatOngeldig, match="geldt van 2026-03-01 tot 2029"):
        documenten.add_certificaat(nieuw, afnemer(nieuw), pem)


@pytest.mark.parametrize("pem", ["", "hallo", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_what_is_no_certificate_is_refused(nieuw: Omgeving, pem: str) -> None:
    with pytest.raises(CertificaatOngeldig):
        documenten.add_certificaat(nieuw, afnemer(nieuw), pem)


def test_a_certificate_of_another_organisation_is_refused(nieuw: Omgeving) -> None:
    with pytest.raises(CertificaatOngeldig, match="serialNumber"):
        documenten.add_certificaat(nieuw, afnemer(nieuw), make_certificaat(STAD, "Gemeente Nieuw", NU))


def test_a_certificate_that_expires_on_the_road_holds_it_up(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.TESTEN)
    move(nieuw, datetime(2030, 1, 1, tzinfo=UTC))
    assert "AS-certificaat" in complete(nieuw)


def test_an_afnemer_gives_and_takes_back_its_own_mandates_at_once(omgeving: Omgeving) -> None:
    meer = afnemer(omgeving, MEER)
    mandaten.grant_mandaat(omgeving, meer, VERZENDHUIS)
    assert meer.id in afnemer(omgeving, VERZENDHUIS).mandaten
    assert [each.oin for each in mandaten.list_mandaten(omgeving, meer).verleend] == [VERZENDHUIS]
    gekregen = mandaten.list_mandaten(omgeving, afnemer(omgeving, VERZENDHUIS)).gekregen
    assert [each.oin for each in gekregen] == [STAD, MEER]
    mandaten.withdraw_mandaat(omgeving, meer, VERZENDHUIS)
    assert mandaten.list_mandaten(omgeving, meer).verleend == ()


def test_of_many_who_take_one_step_at_once_one_succeeds(nieuw: Omgeving) -> None:
    complete(nieuw)
    complete(nieuw)

    def take(turn: int) -> bool:
        try:
            step(nieuw, Fase.VOORBEREIDING, wie=stappen.Wie(Partij.LOGIUS, f"nummer {turn}"))
        except StapNietMogelijk:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(take, range(6))) == 1
    assert road(nieuw) == [(None, Fase.AANVRAAG), (Fase.AANVRAAG, Fase.VOORBEREIDING)]


def test_of_many_who_send_the_first_form_at_once_none_gets_in_the_way_of_another(nieuw: Omgeving) -> None:
    formulier, leeg = voorbeeld.imagine_formulier(NIEUW, date(2026, 4, 1)), afnemer(nieuw)
    wie = stappen.Wie(Partij.AFNEMER, "A")
    with ThreadPoolExecutor(6) as pool:
        for _ in pool.map(lambda _: aanvraag.submit_formulier(nieuw, leeg, BOX, formulier, wie), range(6)):
            pass
    assert road(nieuw) == [(None, Fase.AANVRAAG)]


def test_what_a_step_passed_is_counted(nieuw: Omgeving) -> None:
    walk(nieuw, Fase.PRODUCTIE)
    with nieuw.reading() as session:
        counts = count_regels(session)
    assert counts["AS-volgorde"] == {"geslaagd": 4}
    assert counts["VW-3.3-dap"] == {"geslaagd": 1}
    assert counts["AS-contacten"] == {"geslaagd": 2}
    assert dutch_day(NU) == date(2026, 3, 1)
