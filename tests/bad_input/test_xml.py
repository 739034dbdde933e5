"""Bad XML: what cannot be answered is refused, what fails the schema says so line by line, and nothing is stored."""

import time

import pytest

from tests.bad_input.conftest import Ingang, assert_refused
from tests.berichtenbox.documents import batch_xml, bericht_xml, bijlage_xml, guid

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
BILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l10;</x>'.encode()
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 50_000}</x>'.encode()
DOCTYPES = {
    "billion laughs": BILLION_LAUGHS,
    "quadratic": QUADRATIC,
    "parameter entities": b'<!DOCTYPE x [<!ENTITY % a "b"><!ENTITY % c "%a;%a;"> %c;]><x/>',
    "outside file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "outside network": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>',
    "empty doctype": b"<!DOCTYPE x><x/>",
    "public doctype": b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/x.dtd"><html/>',
    "after a comment": b'<?xml version="1.0"?><!-- <a> --><?p ?>\n<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "after a mark": b"\xef\xbb\xbf<!DOCTYPE x><x/>",
}

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"  # fixed, because it is in the name of a test


def document(**velden: str | None) -> bytes:
    batch_id = guid()
    return batch_xml(batch_id, bericht_xml(batch_id, (), **velden))


@pytest.mark.parametrize("body", DOCTYPES.values(), ids=DOCTYPES)
def test_a_doctype_is_refused_before_any_entity_is_expanded(ingang: Ingang, body: bytes) -> None:
    before, started = ingang.rows(), time.monotonic()
    problem = assert_refused(ingang.deliver_xml(body), 400, regel="BB-xml-doctype")
    assert time.monotonic() - started < 5
    assert "root:" not in str(problem)
    assert ingang.rows() == before


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"x", b"<", b"<a>", b"<a></b>", b"<a/><b/>", b"{}", b"\x00", b"<a>\x00</a>", b"<a>&#0;</a>",
        b"<a>&nbsp;</a>", b"<a>&onbekend;</a>", b"<a b='1' b='2'/>", b"<x:a/>", b"<a>\xff</a>", b"<a>]]></a>",
        b"<a>" * 100_000, b"<a>" * 5_000 + b"</a>" * 5_000, b"\x1f\x8b\x08\x00",
    ],
    ids=lambda body: repr(body[:16]) + str(len(body)),
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(ingang: Ingang, body: bytes) -> None:
    before = ingang.rows()
    problem = assert_refused(ingang.deliver_xml(body), 400)
    assert problem["regel"]["id"] in {"BB-xml-welgevormd", "BB-batchid"}
    assert ingang.rows() == before


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "application/xml"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "application/xml"),
        (b'<?xml version="1.0" encoding="onzin"?><a/>', "application/xml"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "application/xml"),
        ("<a/>".encode("utf-16-le"), "application/xml"),
        (b"<a/>", "application/xml; charset=iso-8859-1"),
    ],
)
def test_another_charset_than_utf_8_is_a_415(ingang: Ingang, body: bytes, content_type: str) -> None:
    assert_refused(ingang.deliver_xml(body, content_type), 415, regel="BB-xml-codering")


@pytest.mark.parametrize("content_type", ["", "application/json", "text/plain", "multipart/related; type=text/xml"])
def test_another_content_type_is_a_415(ingang: Ingang, content_type: str) -> None:
    before = ingang.rows()
    assert_refused(ingang.deliver_xml(document(), content_type), 415, regel="SIM-inhoudstype")
    assert ingang.rows() == before


@pytest.mark.parametrize("batch_id", ["", "x", "{" + GUID + "}", GUID.replace("-", ""), "../../etc"])
def test_a_batch_without_a_readable_batch_id_is_refused_because_nobody_could_ask_for_it(
    ingang: Ingang, batch_id: str
) -> None:
    before = ingang.rows()
    assert_refused(ingang.deliver_xml(batch_xml(batch_id, bericht_xml(guid()))), 400, regel="BB-batchid")
    assert ingang.rows() == before


FACETS = [
    ("BerichtID", ""), ("BerichtID", "x"), ("BerichtID", None), ("BerichtType", ""), ("BerichtType", "x" * 9),
    ("BerichtType", None), ("PublicatieDatum", ""), ("PublicatieDatum", "gisteren"),
    ("PublicatieDatum", "2026-02-30T00:00:00Z"), ("EindDatumHandelingsTermijn", "2026"), ("Onderwerp", ""),
    ("Onderwerp", "x" * 51), ("Onderwerp", None), ("BerichtTekst", "x" * 4001), ("Referentie", "x" * 26),
    ("GebruikerID", ""), ("GebruikerID", None), ("SoortGebruiker", "Bedrijf"), ("SoortGebruiker", ""),
    ("SoortGebruiker", None), ("BatchID", "x"), ("BatchID", None),
]  # fmt: skip


@pytest.mark.parametrize(("veld", "waarde"), FACETS)
def test_each_facet_of_the_schema_fails_the_batch_with_its_rule(ingang: Ingang, veld: str, waarde: str | None) -> None:
    before = ingang.rows()
    batch_id = guid()
    answer = ingang.deliver_xml(batch_xml(batch_id, bericht_xml(batch_id), bericht_xml(batch_id, (), **{veld: waarde})))
    assert answer.status_code == 202, answer.text
    (outcome,) = ingang.outcome(answer)
    assert outcome["VerwerkingsCode"] == "XmlValidatieTegenXsdValtNegatiefUit"
    assert "BB-" in outcome["Toelichting"]
    assert ingang.rows() | {"aanleveringen": 0} == before | {"aanleveringen": 0}


@pytest.mark.parametrize(
    "bijlagen",
    [
        [bijlage_xml(Inhoud="***")], [bijlage_xml(Inhoud="")], [bijlage_xml(BijlageType="Docx")],
        [bijlage_xml(Omschrijving="")], [bijlage_xml(Omschrijving="x" * 129)], [bijlage_xml(Volgorde="een")],
        [bijlage_xml(Volgorde=str(10**30))], [bijlage_xml() for _ in range(3)],
    ],
)  # fmt: skip
def test_a_bijlage_of_the_wrong_shape_fails_the_batch(ingang: Ingang, bijlagen: list[str]) -> None:
    before = ingang.rows()
    batch_id = GUID
    answer = ingang.deliver_xml(batch_xml(batch_id, bericht_xml(batch_id, bijlagen)))
    assert ingang.outcome(answer)[0]["VerwerkingsCode"] == "XmlValidatieTegenXsdValtNegatiefUit"
    assert ingang.rows() | {"aanleveringen": 0} == before | {"aanleveringen": 0}


@pytest.mark.parametrize("aantal", [0, 1001])
def test_no_berichten_and_more_than_a_thousand_fail_the_batch(ingang: Ingang, aantal: int) -> None:
    before = ingang.rows()
    batch_id = guid()
    answer = ingang.deliver_xml(batch_xml(batch_id, *(bericht_xml(batch_id) for _ in range(aantal))))
    assert ingang.outcome(answer)[0]["VerwerkingsCode"] == "XmlValidatieTegenXsdValtNegatiefUit"
    assert ingang.rows() | {"aanleveringen": 0} == before | {"aanleveringen": 0}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<Berichten/>", 400),
        (document().replace(b"Types/2009/01", b"Types/2010/01"), 202),
        (document().replace(b"<b:Bericht>", b"<b:Bericht xmlns:xi='http://www.w3.org/2001/XInclude'>"
                            b"<xi:include href='file:///etc/passwd' parse='text'/>", 1), 202),
        (document().replace(b"<b:Onderwerp>", b"<b:Onderwerp xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                            b"xsi:schemaLocation='x http://127.0.0.1:1/x.xsd' xsi:nil='true'>"), 202),
    ],
)  # fmt: skip
def test_documents_of_another_kind_reach_no_file_and_store_nothing(ingang: Ingang, body: bytes, expected: int) -> None:
    before = ingang.rows()
    answer = ingang.deliver_xml(body)
    assert answer.status_code == expected, answer.text
    assert "root:" not in answer.text
    if expected == 202:
        (outcome,) = ingang.outcome(answer)
        assert outcome["VerwerkingsCode"] == "XmlValidatieTegenXsdValtNegatiefUit"
        assert "root:" not in outcome["Toelichting"]
    assert ingang.rows() | {"aanleveringen": 0} == before | {"aanleveringen": 0}


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "-0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z",
     "9999-12-31T23:59:59Z", "2026-11-23T24:00:00Z", "2026-11-23T10:00:00"],
)  # fmt: skip
def test_moments_at_the_edge_of_the_calendar_break_nothing(ingang: Ingang, moment: str) -> None:
    batch_id = guid()
    for body in (
        document(PublicatieDatum=moment),
        document(EindDatumHandelingsTermijn=moment),
        batch_xml(batch_id, bericht_xml(batch_id), AanmaakDatum=moment),
    ):
        answer = ingang.deliver_xml(body)
        assert answer.status_code in {202, 400}, answer.text
        if answer.status_code == 202:
            assert ingang.outcome(answer)[0]["VerwerkingsCode"]
    ingang.read_as_burger()
