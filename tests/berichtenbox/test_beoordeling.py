"""The judgement of one bericht: each rule, its boundary, its code, and the order in which they are asked."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.berichtenbox.errors.catalogus import ONDERWERP_LENGTE, OORDEEL, REGELS
from simulator.berichtenbox.rules.beoordeling import (
    BOX_NIET_ACTIEF,
    GEEN_BSN,
    NIET_GEABONNEERD,
    OPSLAG_FAALT,
    VALIDATIE_FAALT,
    VERWERKT,
    Beoordeling,
    Kader,
    judge_aanbod,
    judge_bericht,
    list_waarschuwingen,
)
from simulator.berichtenbox.values import (
    TELLER_VAN_CODE,
    Aanbod,
    AangebodenBericht,
    AangebodenBijlage,
    Soort,
    Stadium,
    Verwerkingscode,
    Vormfout,
)
from simulator.infra.regels import build_catalogus

NU = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAGEN_13 = timedelta(days=13)
TIK = timedelta(microseconds=1)
BERICHT = AangebodenBericht(bytes(16), "ALGEMEEN", "999990019", "Onderwerp")
AANBOD = Aanbod(Soort.XML, bytes(16), "00000099000000001000", bytes(32), [BERICHT], NU)


def kader(gebruiker: Beoordeling | None = None) -> Kader:
    return Kader(NU, {"ALGEMEEN": True, "OUD": False}, lambda _: gebruiker)


def bijlage(inhoud: bytes = b"%PDF-1.4", volgorde: int = 1) -> AangebodenBijlage:
    return AangebodenBijlage(inhoud, "Beschikking", volgorde)


def test_a_bericht_without_fault_is_verwerkt() -> None:
    assert judge_bericht(BERICHT, kader()) is VERWERKT


@pytest.mark.parametrize(("verschil", "mag"), [(timedelta(0), True), (TIK, False), (-TIK, True)])
def test_publicatiedatum_may_be_thirteen_days_ahead_and_not_a_microsecond_more(verschil: timedelta, mag: bool) -> None:
    oordeel = judge_bericht(BERICHT._replace(publicatiedatum=NU + DAGEN_13 + verschil), kader())
    assert (oordeel is VERWERKT) is mag
    if not mag:
        assert oordeel.code is Verwerkingscode.PUBLICATIE_DATUM_TE_VER_IN_DE_TOEKOMST
        assert oordeel.stadium is Stadium.NA


@pytest.mark.parametrize(("verschil", "mag"), [(timedelta(0), True), (TIK, True), (-TIK, False)])
def test_aanmaakdatum_may_be_thirteen_days_ago_and_not_a_microsecond_more(verschil: timedelta, mag: bool) -> None:
    oordeel = judge_aanbod(AANBOD._replace(aanmaakdatum=NU - DAGEN_13 + verschil), NU, None)
    assert (oordeel is None) is mag
    if oordeel is not None:
        assert oordeel.code is Verwerkingscode.AANMAAK_DATUM_TE_VER_IN_HET_VERLEDEN


def test_the_schema_comes_before_the_oin_and_the_oin_before_the_aanmaakdatum() -> None:
    machtiging = Beoordeling(Verwerkingscode.OIN_KOMT_NIET_OVEREEN)
    oud = AANBOD._replace(aanmaakdatum=NU - timedelta(days=30))
    fout = oud._replace(vormfouten=(Vormfout(7, ONDERWERP_LENGTE, "te lang"),))
    vorm = judge_aanbod(fout, NU, machtiging)
    assert vorm is not None
    assert vorm.code is Verwerkingscode.XML_VALIDEERT_NIET
    assert vorm.toelichting == "regel 7: BB-onderwerp-lengte: te lang"
    assert judge_aanbod(oud, NU, machtiging) is machtiging


@pytest.mark.parametrize(
    ("code", "regel"),
    [("OUD", "BB-berichttype-actief"), ("ONBEKEND", "BB-berichttype-bekend"), ("algemeen", "BB-berichttype-bekend")],
)
def test_a_berichttype_must_be_there_and_active(code: str, regel: str) -> None:
    oordeel = judge_bericht(BERICHT._replace(berichttype=code), kader())
    assert oordeel.code is Verwerkingscode.BERICHT_TYPE_NIET_ONDERSTEUND
    assert oordeel.regel is not None
    assert oordeel.regel.id == regel


@pytest.mark.parametrize("gebruiker", [GEEN_BSN, BOX_NIET_ACTIEF, NIET_GEABONNEERD, VALIDATIE_FAALT, OPSLAG_FAALT])
def test_the_answer_about_the_addressee_is_the_outcome(gebruiker: Beoordeling) -> None:
    assert judge_bericht(BERICHT, kader(gebruiker)) is gebruiker


@pytest.mark.parametrize(("totaal", "mag"), [(500_000, True), (500_001, False)])
def test_the_bijlagen_together_are_at_most_500_kb(totaal: int, mag: bool) -> None:
    bijlagen = (bijlage(b"%PDF-" + bytes(245_000)), bijlage(b"%PDF-" + bytes(totaal - 245_010), 2))
    oordeel = judge_bericht(BERICHT._replace(bijlagen=bijlagen), kader())
    assert oordeel.code is (Verwerkingscode.VERWERKT if mag else Verwerkingscode.BIJLAGE_TE_GROOT)


@pytest.mark.parametrize("volgordes", [(2,), (0,), (1, 1), (1, 3), (-1, 2)])
def test_volgorde_is_one_or_one_and_two(volgordes: tuple[int, ...]) -> None:
    oordeel = judge_bericht(BERICHT._replace(bijlagen=tuple(bijlage(volgorde=each) for each in volgordes)), kader())
    assert (oordeel.code, oordeel.stadium) == (Verwerkingscode.TECHNISCH_PROBLEEM, Stadium.STORE_MESSAGE)
    assert oordeel.regel is not None
    assert oordeel.regel.id == "BB-bijlage-volgorde"


def test_two_bijlagen_may_come_in_either_order() -> None:
    assert judge_bericht(BERICHT._replace(bijlagen=(bijlage(volgorde=2), bijlage(volgorde=1))), kader()) is VERWERKT


def test_a_bijlage_that_is_no_pdf_is_refused() -> None:
    oordeel = judge_bericht(BERICHT._replace(bijlagen=(bijlage(b"PK\x03\x04"),)), kader())
    assert oordeel.regel is not None
    assert oordeel.regel.id == "BB-bijlage-pdf"


def test_a_bijlage_without_the_claim_of_pdfa_gives_a_warning_only() -> None:
    bericht = BERICHT._replace(bijlagen=(bijlage(), bijlage(b"%PDF- pdfaid:part", 2)))
    assert judge_bericht(bericht, kader()) is VERWERKT
    (waarschuwing,) = list_waarschuwingen(bericht)
    assert waarschuwing.startswith("BB-bijlage-pdfa: bijlage 1")


def test_the_rules_are_asked_in_the_order_of_the_koppelvlak() -> None:
    alles_fout = BERICHT._replace(
        batch_id=b"x" * 16,
        publicatiedatum=NU + timedelta(days=14),
        berichttype="OUD",
        bijlagen=(bijlage(bytes(500_001), 3),),
    )
    stappen = []
    bericht, gebruiker = alles_fout, NIET_GEABONNEERD
    for herstel in (
        {"batch_id": None}, {"publicatiedatum": None}, {"berichttype": "ALGEMEEN"}, {},
        {"bijlagen": (bijlage(b"x", 3),)}, {"bijlagen": (bijlage(b"x"),)}, {"bijlagen": ()},
    ):  # fmt: skip
        regel = judge_bericht(bericht, kader(gebruiker)).regel
        stappen.append(regel.id if regel else "")
        if not herstel:
            gebruiker = OPSLAG_FAALT
        bericht = bericht._replace(**herstel)
    stappen.append(judge_bericht(bericht, kader(gebruiker)).regel.id)  # type: ignore[union-attr]  # it has one
    assert stappen == [
        "BB-batchid-gelijk", "BB-publicatiedatum", "BB-berichttype-actief", "BB-geabonneerd", "BB-bijlage-omvang",
        "BB-bijlage-volgorde", "BB-bijlage-pdf", "BB-opslag",
    ]  # fmt: skip
    volgorde = [regel.id for regel in OORDEEL]
    assert sorted(stappen, key=volgorde.index) == stappen


def test_every_code_has_a_counter_and_every_rule_an_id_of_its_own() -> None:
    assert set(TELLER_VAN_CODE) == set(Verwerkingscode)
    assert len(build_catalogus(REGELS)) == len(REGELS)
    assert all(regel.id.startswith("BB-") and regel.bron and regel.titel for regel in REGELS)
