"""Journeys of the XML koppelvlak, and of an intermediary that delivers for somebody else."""

import pytest
import requests
from lxml import etree

from tests.berichtenbox.documents import B, aanlevering_json, batch_xml, bericht_json, bericht_xml, bijlage_xml, guid
from tests.journeys.actors import Afnemer, Programma, hold_clock
from tests.running import Wereld

BEGIN = "2026-11-23T10:00:00Z"
S = "http://schemas.rdw.nl/GEB/BerichtVerwerkService/BerichtResultaat/Types/2009/01"


def _offer(afnemer: Afnemer, document: bytes) -> requests.Response:
    return afnemer.ask("POST", "/batches", data=document, headers={"Content-Type": "application/xml"})


def _result(afnemer: Afnemer, document: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The counters that are not zero, and per BerichtID its VerwerkingsCode."""
    answer = _offer(afnemer, document)
    assert answer.status_code == 202, answer.text
    resultaat = requests.get(answer.headers["Location"], headers={"X-API-Key": afnemer.key}, timeout=30)
    assert resultaat.status_code == 200, resultaat.text
    root = etree.fromstring(resultaat.content)
    tellers = {each.tag: each.text or "" for each in root[0] if "Aantal" in each.tag and each.text != "0"}
    codes = {
        each.findtext("BerichtID", ""): each.findtext("VerwerkingsCode", "") for each in root.iter(f"{{{S}}}Bericht")
    }
    return tellers, codes


def test_a_batch_is_processed_in_part_and_a_corrected_resend_with_the_same_ids_does_the_rest(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer, batch_id, ids = Afnemer(wereld), guid(), [guid(), guid(), guid()]
    fout = batch_xml(
        batch_id,
        bericht_xml(batch_id, [bijlage_xml()], BerichtID=ids[0]),
        bericht_xml(batch_id, BerichtID=ids[1], BerichtType="OUD"),
        bericht_xml(batch_id, BerichtID=ids[2], GebruikerID="999990020"),
    )
    tellers, codes = _result(afnemer, fout)
    assert list(codes.values()) == ["Verwerkt", "BerichtTypeNietOndersteund", "NietActiefOfGeabonneerd"]
    assert tellers == {
        "TotaalAantalOntvangenBerichten": "3", "AantalBerichtenSuccesvolVerwerkt": "1",
        "AantalBerichtenBerichtTypeNietCorrect": "1", "AantalBerichtenGeenActieveBoxOfGeabonneertOpLeverancier": "1",
    }  # fmt: skip
    assert afnemer.used() == 1
    goed = batch_xml(
        batch_id,
        bericht_xml(batch_id, [bijlage_xml()], BerichtID=ids[0]),
        bericht_xml(batch_id, BerichtID=ids[1]),
        bericht_xml(batch_id, BerichtID=ids[2]),
    )
    _, codes = _result(afnemer, goed)
    assert codes == {ids[0]: "BerichtBestaatAl", ids[1]: "Verwerkt", ids[2]: "Verwerkt"}
    assert afnemer.used() == 3
    assert len(Programma.log_in(wereld).berichten()) == 3


def test_the_same_document_again_is_told_that_its_bericht_exists(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer, batch_id = Afnemer(wereld), guid()
    document = batch_xml(batch_id, bericht_xml(batch_id))
    _, codes = _result(afnemer, document)
    assert list(codes.values()) == ["Verwerkt"]
    _, codes = _result(afnemer, document)
    assert list(codes.values()) == ["BerichtBestaatAl"]
    assert afnemer.used() == 1


@pytest.mark.artikel("4.1")
def test_one_bericht_that_fails_the_schema_fails_the_batch_and_stores_nothing(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer, batch_id = Afnemer(wereld), guid()
    document = batch_xml(batch_id, bericht_xml(batch_id), bericht_xml(batch_id, Onderwerp="x" * 51))
    tellers, codes = _result(afnemer, document)
    assert codes == {"00000000-0000-0000-0000-000000000000": "XmlValidatieTegenXsdValtNegatiefUit"}
    assert tellers["TotaalAantalOntvangenBerichten"] == "2"
    assert afnemer.used() == 0
    assert Programma.log_in(wereld).berichten() == []


def test_an_aanmaakdatum_of_more_than_thirteen_days_ago_is_too_old(wereld: Wereld) -> None:
    hold_clock(wereld, "2026-12-06T10:00:01Z")
    batch_id = guid()
    _, codes = _result(Afnemer(wereld), batch_xml(batch_id, bericht_xml(batch_id), AanmaakDatum=BEGIN))
    assert list(codes.values()) == ["AanmaakDatumLigtTeVerInHetVerleden"]


def test_a_thousand_berichten_in_one_batch_are_each_stored_and_metered(wereld: Wereld) -> None:
    hold_clock(wereld, BEGIN)
    afnemer, batch_id = Afnemer(wereld), guid()
    document = batch_xml(batch_id, *(bericht_xml(batch_id) for _ in range(1000)))
    assert document.count(f"{{{B}}}".encode()) == 0
    tellers, _ = _result(afnemer, document)
    assert tellers == {"TotaalAantalOntvangenBerichten": "1000", "AantalBerichtenSuccesvolVerwerkt": "1000"}
    assert afnemer.used() == 1000
    overzicht = Programma.log_in(wereld).ask("GET", "/overzicht").json()
    assert overzicht["mappen"]["inbox"] == {"aantal": 1000, "ongelezen": 1000}


@pytest.mark.artikel("5.2")
def test_an_intermediary_delivers_for_its_client_and_the_client_pays(wereld: Wereld) -> None:
    huis, stad = Afnemer(wereld, "demo-verzendhuis"), Afnemer(wereld)
    (outcome,) = huis.deliver(bericht_json())
    assert outcome["VerwerkingsCode"] == "Verwerkt"
    assert (stad.used(), huis.used()) == (1, 0)
    assert Programma.log_in(wereld).berichten()[0]["afzender"] == "Gemeente Voorbeeldstad"


@pytest.mark.artikel("4.2")
def test_an_afnemer_without_a_mandaat_delivers_for_nobody_else(wereld: Wereld) -> None:
    meer, stad = Afnemer(wereld, "demo-voorbeeldmeer"), Afnemer(wereld)
    (outcome,) = meer.deliver(bericht_json())
    assert outcome["VerwerkingsCode"] == "OinInCPAKomtNietOvereenMetOinInBericht"
    assert (stad.used(), meer.used()) == (0, 0)
    assert meer.offer(message_id=guid(), leverancier="00000099000000004000").status_code == 201


def test_the_same_x_message_id_with_the_same_body_gives_the_same_answer_and_with_another_a_409(wereld: Wereld) -> None:
    afnemer, message_id, document = Afnemer(wereld), guid(), aanlevering_json()
    headers = {"X-Message-ID": message_id}
    first, again = (afnemer.ask("POST", "/berichten", json=document, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = afnemer.ask("POST", "/berichten", json=aanlevering_json(), headers=headers)
    assert other.status_code == 409
    assert other.json()["regel"]["id"] == "BB-message-id-eenmalig"
    assert other.json()["statusID"] == first.json()["statusID"]
    assert afnemer.used() == 1
