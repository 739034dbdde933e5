from datetime import date

import pytest
from sqlalchemy import update

from simulator.afnemers import Dienst, Sector, Sluiting, beheer
from simulator.facturatie import sluit_jaar, sluit_maand
from simulator.facturatie.errors import PeriodeNietVoorbij, TariefOnbekend, VoorschotOnmogelijk
from simulator.facturatie.models import FactuurregelRow, FactuurRow
from simulator.facturatie.usecases.controle import check_facturen
from simulator.facturatie.usecases.tarieven import set_tarief
from simulator.facturatie.usecases.voorschot import Voorschotvraag, credit_factuur, make_voorschot, make_voorschotten
from simulator.facturatie.values import Factuursoort, Post
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, count_regels
from simulator.verbruik import Verbruiksregel
from tests.facturatie.world import (
    BELASTINGEN,
    MEER,
    OIN_BELASTINGEN,
    OIN_STAD,
    STAD,
    all_facturen,
    connect,
    set_klok,
    totalen,
    use,
)
from tests.verbruik.deliveries import meter_all

OIN_NIEUW = "00000099000000005000"


def test_a_month_is_invoiced_to_who_used_something(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 3, 1_250)
    use(omgeving, 2022, 3, 3, BELASTINGEN)
    set_klok(omgeving, 2022, 4, 1)
    facturen = sluit_maand(omgeving, 2022, 3)
    assert totalen(facturen) == [
        ("1000", "maand", "2022-03", 40_000, 48_400),
        ("2000", "maand", "2022-03", 96, 96),
    ]
    (regel,) = facturen[0].regels
    assert (regel.post, regel.aantal, regel.prijs, regel.bedrag_cent) == (Post.GEBRUIK, 1_250, 3200, 40_000)
    assert (facturen[0].nummer, facturen[0].datum) == ("2022-00001", date(2022, 4, 1))
    assert facturen == all_facturen(omgeving)
    assert check_facturen(omgeving) == []


def test_closing_again_answers_the_same_invoices(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 3, 10)
    set_klok(omgeving, 2022, 4, 1)
    first = sluit_maand(omgeving, 2022, 3)
    set_klok(omgeving, 2022, 5, 1)
    assert sluit_maand(omgeving, 2022, 3) == first == all_facturen(omgeving)


def test_what_comes_late_is_a_correction_that_refers_to_the_first(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 3, 3)
    set_klok(omgeving, 2022, 4, 1)
    (first,) = sluit_maand(omgeving, 2022, 3)
    use(omgeving, 2022, 3, 1)  # the clock was set back
    assert [each.waar for each in check_facturen(omgeving)] == ["2022-03 van Gemeente Voorbeeldstad"]
    set_klok(omgeving, 2022, 5, 2)
    again, correctie = sluit_maand(omgeving, 2022, 3)
    assert again == first
    assert correctie.verwijst_naar == first.nummer
    assert [(regel.aantal, regel.bedrag_cent) for regel in correctie.regels] == [(-3, -96), (4, 128)]
    assert correctie.toelichting[0] == f"Correctie van maand {first.nummer}."
    assert check_facturen(omgeving) == []


def test_an_advance_is_settled_with_real_use(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2022, 1, 3)
    (voorschot,) = make_voorschot(omgeving, Voorschotvraag(OIN_STAD, 2022, 10_000))
    assert (voorschot.soort, voorschot.totaal_excl) == (Factuursoort.VOORSCHOT, 320_000)
    use(omgeving, 2022, 2, 4_000)
    use(omgeving, 2022, 11, 2_000)
    set_klok(omgeving, 2022, 12, 1)
    assert totalen([*sluit_maand(omgeving, 2022, 2), *sluit_maand(omgeving, 2022, 11)]) == [
        ("1000", "maand", "2022-02", 0, 0),
        ("1000", "maand", "2022-11", 0, 0),
    ]
    set_klok(omgeving, 2023, 1, 2)
    (afrekening,) = sluit_jaar(omgeving, 2022)
    assert (afrekening.soort, afrekening.verwijst_naar) == (Factuursoort.CREDIT, voorschot.nummer)
    assert afrekening.totaal_excl == 6_000 * 32 - 320_000
    assert sum(each.totaal_excl for each in all_facturen(omgeving, STAD)) == 6_000 * 32
    assert sluit_jaar(omgeving, 2022) == [afrekening]
    assert check_facturen(omgeving) == []


def test_a_definitive_tariff_is_settled_afterwards(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 6, 1_000)
    set_klok(omgeving, 2023, 1, 2)
    sluit_maand(omgeving, 2022, 6)
    assert totalen(sluit_jaar(omgeving, 2022)) == [("1000", "afrekening", "2022", 0, 0)]
    set_tarief(omgeving, 2022, {"prijs": "0.32", "definitieve_prijs": "0.2875", "voorschot": True})
    found = sluit_jaar(omgeving, 2022)
    assert totalen(found)[1:] == [("1000", "credit", "2022", 28_750 - 32_000, -3_933)]
    assert sum(each.totaal_excl for each in all_facturen(omgeving)) == 28_750
    assert check_facturen(omgeving) == []


def test_a_year_of_which_nobody_knows_the_tariff_is_refused_until_it_is_set(omgeving: Omgeving) -> None:
    use(omgeving, 2019, 5, 100)
    set_klok(omgeving, 2020, 1, 2)
    with pytest.raises(TariefOnbekend, match="2019 en 2020 is in geen openbare bron gevonden"):
        sluit_jaar(omgeving, 2019)
    set_tarief(omgeving, 2019, {"prijs": "0.40"})
    assert totalen(sluit_jaar(omgeving, 2019)) == [("1000", "afrekening", "2019", 4_000, 4_840)]


def test_a_month_that_is_not_over_cannot_be_closed(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2022, 3, 31, 21)  # an hour before midnight in the Netherlands
    with pytest.raises(PeriodeNietVoorbij, match="loopt tot en met 31-03-2022"):
        sluit_maand(omgeving, 2022, 3)
    set_klok(omgeving, 2022, 3, 31, 22)
    assert sluit_maand(omgeving, 2022, 3) == []


def test_central_funding_is_an_invoice_of_nought_that_says_why(omgeving: Omgeving) -> None:
    use(omgeving, 2024, 2, 500)
    set_klok(omgeving, 2024, 3, 1)
    (factuur,) = sluit_maand(omgeving, 2024, 2)
    assert (factuur.totaal_incl, factuur.regels[0].aantal) == (0, 500)
    assert any("centraal budget" in each for each in factuur.toelichting)


def test_a_whole_invoice_can_be_credited_once(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2022, 1, 3)
    (voorschot,) = make_voorschot(omgeving, Voorschotvraag(OIN_BELASTINGEN, 2022, 1_000))
    credit = credit_factuur(omgeving, voorschot.nummer, "Dubbel.")
    assert (credit.soort, credit.totaal_excl, credit.verwijst_naar) == ("credit", -32_000, voorschot.nummer)
    assert credit_factuur(omgeving, voorschot.nummer, "Dubbel.") == credit
    use(omgeving, 2022, 2, 10, BELASTINGEN)
    set_klok(omgeving, 2023, 1, 2)
    assert totalen(sluit_maand(omgeving, 2022, 2)) == [("2000", "maand", "2022-02", 320, 320)]
    sluit_jaar(omgeving, 2022)
    assert sum(each.totaal_excl for each in all_facturen(omgeving)) == 320


def test_each_rule_that_charges_is_counted(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 3, 3)
    set_klok(omgeving, 2022, 4, 1)
    sluit_maand(omgeving, 2022, 3)
    with omgeving.reading() as session:
        counted = count_regels(session)
    for regel in ("VW-3.8-vastgesteld", "VW-5.2-per-bericht", "FA-btw", "FA-afronding", "FA-maand"):
        assert counted[regel] == {"geslaagd": 1}, regel


@pytest.mark.artikel("7.2")
def test_who_has_lopende_zaken_only_pays_no_fixed_amount_in_advance(omgeving: Omgeving) -> None:
    connect(omgeving, OIN_NIEUW, Sector.MEDEOVERHEID, date(2020, 1, 1), [Dienst.LOPENDE_ZAKEN])
    set_tarief(omgeving, 2022, {"prijs": "0.32", "vast_bedrag": "100"})
    set_klok(omgeving, 2022, 1, 3)
    with pytest.raises(VoorschotOnmogelijk, match="niet in productie met de Berichtenbox"):
        make_voorschot(omgeving, Voorschotvraag(OIN_NIEUW, 2022, 10))
    with omgeving.unit_of_work() as uow:
        assert OIN_NIEUW not in {each.afnemer.oin for each in make_voorschotten(omgeving, uow, 2022)}


@pytest.mark.parametrize(
    ("sluiting", "waarom"),
    [
        (Sluiting.BEEINDIGD, "is geëindigd"),
        (Sluiting.VOORWAARDEN_NIET_AANVAARD, "is geëindigd"),
        (Sluiting.NIET_ONDERTEKEND, "is opnieuw aangevraagd"),
        (Sluiting.NIET_IN_PRODUCTIE, "is opnieuw aangevraagd"),
    ],
)
def test_a_berichtenbox_that_has_ended_is_not_paid_in_advance(
    omgeving: Omgeving, sluiting: Sluiting, waarom: str
) -> None:
    use(omgeving, 2021, 12, 10)
    set_tarief(omgeving, 2022, {"prijs": "0.32", "vast_bedrag": "100"})
    set_klok(omgeving, 2022, 1, 3)
    with omgeving.unit_of_work() as uow:
        beheer.sluit_dienst(uow, STAD, Dienst.BERICHTENBOX, sluiting)
    with pytest.raises(VoorschotOnmogelijk, match=waarom):
        make_voorschot(omgeving, Voorschotvraag(OIN_STAD, 2022))
    with omgeving.unit_of_work() as uow:
        found = {each.afnemer.oin for each in make_voorschotten(omgeving, uow, 2022)}
    assert OIN_BELASTINGEN in found
    assert OIN_STAD not in found


def test_money_that_comes_back_as_btw_only_is_a_credit_note(omgeving: Omgeving) -> None:
    use(omgeving, 2022, 3, 100)
    set_klok(omgeving, 2022, 4, 1)
    (first,) = sluit_maand(omgeving, 2022, 3)
    beheer.change_afnemer(omgeving, beheer.AfnemerWijziging(OIN_STAD, sector=Sector.RIJK))
    again, credit = sluit_maand(omgeving, 2022, 3)
    assert again == first
    assert (credit.soort, credit.totaal_excl, credit.totaal_incl) == (Factuursoort.CREDIT, 0, -672)
    assert {each.soort for each in all_facturen(omgeving) if each.totaal_incl < 0} == {Factuursoort.CREDIT}
    assert check_facturen(omgeving) == []


@pytest.mark.artikel("3.8")
def test_nothing_from_before_2018_is_ever_invoiced(omgeving: Omgeving) -> None:
    use(omgeving, 2017, 12, 1_000)
    set_klok(omgeving, 2018, 1, 2)
    assert sluit_maand(omgeving, 2017, 12) == sluit_jaar(omgeving, 2017) == []
    with omgeving.reading() as session:
        assert count_regels(session)["VW-3.8-vanaf-2018"] == {"geslaagd": 2}


@pytest.mark.artikel("6.2")
@pytest.mark.artikel("7.2")
def test_zaken_and_gegevens_are_metered_and_never_charged(omgeving: Omgeving) -> None:
    set_klok(omgeving, 2022, 3, 10)
    for dienst in ("lopende-zaken", "persoonlijke-gegevens"):
        meter_all(omgeving, Verbruiksregel(new_id(), STAD, "ZAAK", dienst, None, 500))
    set_klok(omgeving, 2023, 1, 2)
    assert sluit_maand(omgeving, 2022, 3) == sluit_jaar(omgeving, 2022) == []


@pytest.mark.artikel("5.2")
def test_neither_the_order_nor_the_size_of_the_deliveries_changes_the_bill(omgeving: Omgeving) -> None:
    batches = {STAD: [1_000, 7, 333], BELASTINGEN: [333, 1_000, 7], MEER: [1] * 40 + [1_300]}
    for afnemer, aantallen in batches.items():
        for aantal in aantallen:
            use(omgeving, 2022, 3, aantal, afnemer, f"T{aantal % 3}")
    set_klok(omgeving, 2022, 4, 1)
    facturen = sluit_maand(omgeving, 2022, 3)
    assert [(each.totaal_excl, [regel.aantal for regel in each.regels]) for each in facturen] == [(42_880, [1_340])] * 3


@pytest.mark.parametrize(
    ("column", "waar"), [("totaal_excl", "factuur 2022-00001, totaal"), ("bedrag", "factuur 2022-00001, totaal")]
)
def test_what_was_tampered_with_is_found(omgeving: Omgeving, column: str, waar: str) -> None:
    use(omgeving, 2022, 3, 10)
    set_klok(omgeving, 2022, 4, 1)
    sluit_maand(omgeving, 2022, 3)
    table = FactuurRow if column == "totaal_excl" else FactuurregelRow
    with omgeving.unit_of_work() as uow:
        uow.session.execute(update(table).values({column: 1}))
    assert waar in [each.waar for each in check_facturen(omgeving)]
