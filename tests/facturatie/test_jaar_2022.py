"""A year of several Afnemers against a calculation by hand, to the cent."""

from datetime import date

import pytest

from simulator.afnemers import Dienst, Sector
from simulator.facturatie import sluit_jaar, sluit_maand
from simulator.facturatie.usecases.controle import check_facturen
from simulator.facturatie.usecases.tarieven import set_tarief
from simulator.facturatie.usecases.voorschot import Voorschotvraag, make_voorschot
from simulator.facturatie.values import Post
from simulator.infra.omgeving import Omgeving, count_regels
from tests.facturatie.world import (
    BELASTINGEN,
    MEER,
    OIN_BELASTINGEN,
    STAD,
    all_facturen,
    connect,
    set_klok,
    totalen,
    use,
)

BOX, GEGEVENS = Dienst.BERICHTENBOX, Dienst.PERSOONLIJKE_GEGEVENS
NIEUW, PRIVAAT = "00000099000000021000", "00000099000000022000"


@pytest.mark.artikel("5.2")
def test_2022_is_right_to_the_cent(omgeving: Omgeving) -> None:
    """The advance tariff of EUR 0.32.

    Voorbeelddienst Belastingen (Rijk, no BTW) pays 100,000 in advance: 32,000.00. It uses 40,001 + 50,000 + 20,002 =
    110,003 berichten: 35,200.96. So it pays 3,200.96 more.
    Gemeente Voorbeeldstad (BTW) pays by the month: 1,234 × 0.32 = 394.88 and 82.92 BTW (of 82.9248); 3 × 0.32 = 0.96
    and 0.20 BTW; 101 × 0.32 = 32.32 and 6.79 BTW (of 6.7872). Its settlement is nought.
    Waterschap Voorbeeldmeer uses 7: 2.24 and 0.47 BTW, in December, which nobody closed: in the settlement.
    A new municipality, in production since June, uses 5,000: its first year is free.
    """
    nieuw = connect(omgeving, NIEUW, Sector.MEDEOVERHEID, date(2022, 6, 1), [BOX])
    set_klok(omgeving, 2022, 1, 3)
    make_voorschot(omgeving, Voorschotvraag(OIN_BELASTINGEN, 2022, 100_000))
    for afnemer, maand, aantal in (
        (BELASTINGEN, 2, 40_001), (BELASTINGEN, 3, 50_000), (BELASTINGEN, 12, 20_002), (STAD, 2, 1_234), (STAD, 3, 3),
        (STAD, 12, 101), (MEER, 12, 7), (nieuw, 7, 5_000),
    ):  # fmt: skip
        use(omgeving, 2022, maand, aantal, afnemer)
    set_klok(omgeving, 2023, 1, 2)
    for maand in range(1, 12):
        sluit_maand(omgeving, 2022, maand)
    sluit_jaar(omgeving, 2022)
    assert totalen(all_facturen(omgeving)) == [
        ("2000", "voorschot", "2022", 3_200_000, 3_200_000),
        ("1000", "maand", "2022-02", 39_488, 47_780),
        ("2000", "maand", "2022-02", 0, 0),
        ("1000", "maand", "2022-03", 96, 116),
        ("2000", "maand", "2022-03", 0, 0),
        ("1000", "maand", "2022-07", 0, 0),
        ("1000", "afrekening", "2022", 3_232, 3_911),
        ("2000", "afrekening", "2022", 320_096, 320_096),
        ("4000", "afrekening", "2022", 224, 271),
        ("1000", "afrekening", "2022", 0, 0),
    ]
    assert check_facturen(omgeving) == []


@pytest.mark.artikel("5.2")
def test_2018_gives_every_afnemer_a_thousand_berichten(omgeving: Omgeving) -> None:
    """EUR 0.454: of 900 + 600 berichten the last 500 are charged, 227.00; 999 cost nothing."""
    use(omgeving, 2018, 1, 900)
    use(omgeving, 2018, 2, 600)
    use(omgeving, 2018, 2, 999, BELASTINGEN)
    set_klok(omgeving, 2019, 1, 2)
    assert totalen(sluit_maand(omgeving, 2018, 1)) == [("1000", "maand", "2018-01", 0, 0)]
    februari = sluit_maand(omgeving, 2018, 2)
    assert totalen(februari) == [("1000", "maand", "2018-02", 22_700, 27_467), ("2000", "maand", "2018-02", 0, 0)]
    assert [(each.post, each.aantal) for each in februari[0].regels] == [(Post.GEBRUIK, 500), (Post.VRIJ, 100)]
    assert totalen(sluit_jaar(omgeving, 2018)) == [
        ("1000", "afrekening", "2018", 0, 0),
        ("2000", "afrekening", "2018", 0, 0),
    ]


@pytest.mark.artikel("5.2")
def test_2021_has_a_price_of_its_own_for_who_is_private_and_has_berichtenbox_only(omgeving: Omgeving) -> None:
    """EUR 0.48 and EUR 0.32: 1,001 berichten are 480.48 or 320.32; BTW 100.90 (of 100.9008) or 67.27 (of 67.2672)."""
    alleen = connect(omgeving, PRIVAAT, Sector.PRIVAAT, date(2016, 1, 1), [BOX, Dienst.LOPENDE_ZAKEN])
    allebei = connect(omgeving, NIEUW, Sector.PRIVAAT, date(2016, 1, 1), [BOX, GEGEVENS])
    for afnemer in (STAD, alleen, allebei):
        use(omgeving, 2021, 5, 1_001, afnemer)
    set_klok(omgeving, 2021, 6, 1)
    found = {
        each.regels[0].tariefregel: (each.totaal_excl, each.totaal_incl) for each in sluit_maand(omgeving, 2021, 5)
    }
    assert found == {"2021/prijs": (48_048, 58_138), "2021/uitzondering-1": (32_032, 38_759)}
    with omgeving.reading() as session:
        assert count_regels(session)["FA-andere-prijs"] == {"geslaagd": 1}


@pytest.mark.artikel("5.2")
@pytest.mark.artikel("6.2")
def test_fixed_amount_and_costs_of_connecting_are_charged_once(omgeving: Omgeving) -> None:
    """EUR 100.00 for the year, 50.00 for the Berichtenbox and 25.50 for Persoonlijke Gegevens, where they began."""
    kosten = {"berichtenbox": "50", "persoonlijke-gegevens": "25.50"}
    set_tarief(omgeving, 2022, {"prijs": "0.32", "vast_bedrag": "100", "aansluitkosten": kosten})
    connect(omgeving, NIEUW, Sector.RIJK, date(2022, 4, 15), [BOX, GEGEVENS, Dienst.LOPENDE_ZAKEN])
    set_klok(omgeving, 2023, 1, 2)
    found = {maand: [each for each in sluit_maand(omgeving, 2022, maand) if each.afnemer.oin == NIEUW]
             for maand in (1, 4, 5)}  # fmt: skip
    assert [(each.post, each.dienst, each.bedrag_cent) for each in found[4][0].regels] == [
        (Post.VAST, "berichtenbox", 10_000),
        (Post.AANSLUITING, "berichtenbox", 5_000),
        (Post.AANSLUITING, "persoonlijke-gegevens", 2_550),
    ]
    assert (found[1], found[5]) == ([], [])
    assert [each.totaal_incl for each in all_facturen(omgeving, STAD)] == [12_100]
    with omgeving.reading() as session:
        counted = count_regels(session)
    assert counted["VW-6.2-aansluitkosten"] == {"geslaagd": 1}
    assert counted["VW-5.2-aansluitkosten"] == {"geslaagd": 1}
