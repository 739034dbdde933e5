import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from simulator import lopende_zaken
from simulator.infra.ids import new_guid
from simulator.infra.xsd import load_schema
from simulator.lopende_zaken.schemas.zaklk01 import NAMES, NS_STUF, read_zaakbericht
from simulator.lopende_zaken.values import Fase
from tests.lopende_zaken.conftest import Deur
from tests.lopende_zaken.documents import INITIATOR, OPEN, initiator_xml, zaak_xml
from tests.lopende_zaken.zaken_builder import counted, history, shown

XSD = Path(lopende_zaken.__file__).parent / "xsd" / "stuf0301.xsd"
COMPANY = INITIATOR.replace("natuurlijkPersoon", "organisatorischeEenheid").replace('"NPS"', '"OEH"').format(bsn="x")
COMPANY = re.sub(r"<BG:.*?(/>|</BG:[\w.]+>)\s*", "", COMPANY)


def read(answer: Any) -> Any:
    """The answer as a document that our schema approves."""
    root = etree.fromstring(answer.data)
    schema = load_schema(XSD)
    assert schema.validate(root), schema.error_log
    return root


def find(root: Any, path: str) -> str:
    return str(root.findtext("/".join(f"s:{part}" for part in path.split("/")), namespaces=NAMES))


def assert_refused(answer: Any, status: int, regel: str) -> Any:
    assert (answer.status_code, answer.mimetype) == (status, "application/xml"), answer.text
    root = read(answer)
    assert root.tag == f"{{{NS_STUF}}}Fo03Bericht"
    assert f"Regel {regel}:" in find(root, "body/details"), answer.text
    return root


def test_a_zaakbericht_is_confirmed_with_bv03_and_shown(deur: Deur) -> None:
    answer = deur.send_xml(zaak_xml())
    assert (answer.status_code, answer.mimetype) == (200, "application/xml"), answer.text
    root = read(answer)
    assert root.tag == f"{{{NS_STUF}}}Bv03Bericht"
    assert find(root, "stuurgegevens/berichtcode") == "Bv03"
    assert find(root, "stuurgegevens/crossRefnummer") == "0b3f2f0e-7a5c-4c1e-9d3c-3f6f0a1d0001"
    assert find(root, "stuurgegevens/ontvanger/organisatie") == "00000099000000001000"
    (seen,) = shown(deur.omgeving)
    assert (seen.onderwerp, seen.status, seen.toelichting) == (
        "Aanvraag parkeervergunning", "Uw aanvraag is ontvangen", "Voor kenteken XX-999-X",
    )  # fmt: skip
    assert seen.laatste_wijziging == datetime(2026, 11, 2, 9, 15, tzinfo=UTC)  # it says the time in the Netherlands
    assert counted(deur.omgeving) == (1, 1)


def test_every_path_of_the_message_is_read() -> None:
    extra = '<StUF:extraElementen><StUF:extraElement naam="url">https://a.example/1</StUF:extraElement></StUF:extraElementen>'
    bericht = read_zaakbericht(zaak_xml(extra=extra, einddatum="<einddatum>20261120</einddatum>"))
    stuur, zaak = bericht.stuurgegevens, bericht.zaak
    assert (stuur.berichtcode, stuur.entiteittype, stuur.mutatiesoort, stuur.indicator_overname) == (
        "Lk01",
        "ZAK",
        "T",
        "V",
    )
    assert stuur.ontvanger == ("00000004003214345001", "MijnOverheid", "Lopende zaken")
    assert (bericht.identificatie, stuur.sleutel_verzendend) == ("Z-2026-0001", "Z-2026-0001")
    assert (zaak.zaaktype, zaak.resultaat, zaak.weblink) == ("B0366", "Verleend", "https://a.example/1")
    assert (str(zaak.startdatum), str(zaak.einddatum)) == ("2026-11-02", "2026-11-20")
    assert [rol.bsn for rol in zaak.rollen] == ["999990019"]


def test_white_space_counts_as_the_schema_counts_it(deur: Deur) -> None:
    wide = "Aanvraag" + " \t\n" * 40
    body = zaak_xml(referentienummer=f"ref{' ' * 200}1", zaaktype="\nB0366 ", status=f"{wide}loopt")
    answer = deur.send_xml(body.replace(b"Aanvraag parkeervergunning", f"{wide}{'x' * 71}".encode()))
    assert answer.status_code == 200, answer.text
    assert find(read(answer), "stuurgegevens/crossRefnummer") == "ref 1"
    (seen,) = shown(deur.omgeving)
    assert (seen.onderwerp, seen.status) == (f"Aanvraag {'x' * 71}", "Aanvraag loopt")


def test_the_same_referentienummer_is_confirmed_again_and_counts_once(deur: Deur) -> None:
    deur.send_xml(zaak_xml())
    again = deur.send_xml(zaak_xml(tijdstip="20261102101600000"))
    assert read(again).tag == f"{{{NS_STUF}}}Bv03Bericht"
    assert counted(deur.omgeving) == (1, 1)


def test_the_same_referentienummer_for_another_status_is_refused(deur: Deur) -> None:
    deur.send_xml(zaak_xml())
    root = assert_refused(deur.send_xml(zaak_xml(status="Afgehandeld")), 409, "LZ-referentie")
    assert find(root, "stuurgegevens/crossRefnummer") == "0b3f2f0e-7a5c-4c1e-9d3c-3f6f0a1d0001"


def test_a_last_message_that_comes_first_leaves_the_zaak_closed(deur: Deur) -> None:
    last = zaak_xml(
        referentienummer=str(new_guid()), tijdstip="20261120120000000", gezet="20261120120000000",
        status="Verleend(tot 1 juli)", einddatum="<einddatum>20261120</einddatum>",
    )  # fmt: skip
    assert deur.send_xml(last).status_code == 200
    assert deur.send_xml(zaak_xml()).status_code == 200
    (seen,) = shown(deur.omgeving)
    assert (seen.fase, seen.status) == (Fase.AFGEHANDELD, "Verleend(tot 1 juli)")
    assert history(deur.omgeving) == ["Uw aanvraag is ontvangen", "Verleend(tot 1 juli)"]


def test_a_message_after_the_end_opens_the_zaak_again(deur: Deur) -> None:
    deur.send_xml(zaak_xml(einddatum="<einddatum>20261120</einddatum>"))
    deur.send_xml(zaak_xml(referentienummer="ref-2", tijdstip="20261121090000000", gezet="20261121090000000"))
    assert [each.fase for each in shown(deur.omgeving)] == [Fase.LOPEND]


REFUSED: dict[str, tuple[dict[str, str], int, str]] = {
    "another sender": ({"zender": "00000099000000002000"}, 403, "LZ-zender"),
    "another receiver": ({"ontvanger": "00000099000000002000"}, 400, "LZ-ontvanger"),
    "another mutatiesoort": ({"mutatiesoort": "V"}, 400, "LZ-xsd"),
    "two names for one zaak": ({"sleutel": "Z-2026-0002"}, 400, "LZ-sleutel"),
    "two initiators": ({"initiator": initiator_xml() + initiator_xml("999990020")}, 400, "LZ-initiator"),
    "no initiator": ({"initiator": ""}, 400, "LZ-initiator"),
    "a company": ({"initiator": COMPANY}, 400, "LZ-initiator"),
    "no BSN": ({"initiator": initiator_xml("123")}, 400, "GB-bsn"),
    "nobody's BSN": ({"initiator": initiator_xml("123456782")}, 400, "LZ-gebruiker"),
    "no box": ({"initiator": initiator_xml("999990032")}, 409, "LZ-postbus"),
    "storing fails": ({"initiator": initiator_xml("999990056")}, 503, "LZ-opslag"),
    "an unknown zaaktype": ({"zaaktype": "B9999"}, 400, "LZ-zaaktype"),
    "a day that is none": ({"startdatum": "20260231"}, 400, "LZ-moment"),
    "a moment that is none": ({"gezet": "20261102256100000"}, 400, "LZ-moment"),
    "a short moment": ({"gezet": "20261102"}, 400, "LZ-xsd"),
    "no status text": ({"status": ""}, 400, "LZ-xsd"),
    "something after the end": ({"einddatum": OPEN + OPEN}, 400, "LZ-xsd"),
}


@pytest.mark.parametrize(("given", "status", "regel"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_fo03_that_names_the_rule(deur: Deur, given: dict[str, str], status: int, regel: str) -> None:
    assert_refused(deur.send_xml(zaak_xml(**given)), status, regel)
    assert counted(deur.omgeving) == (0, 0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"geen xml",
        b"<a>",
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    ],
)
def test_what_cannot_be_read_is_a_fo03_too(deur: Deur, body: bytes) -> None:
    root = assert_refused(deur.send_xml(body), 400, "LZ-xml")
    assert find(root, "stuurgegevens/crossRefnummer") == "onbekend"


def test_a_bsn_that_is_wrong_is_not_repeated(deur: Deur) -> None:
    assert "999990018" not in deur.send_xml(zaak_xml(initiator=initiator_xml("999990018"))).text


def test_who_is_not_signed_in_gets_a_problem(deur: Deur) -> None:
    answer = deur.send_xml(zaak_xml(), key="onbekend")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
