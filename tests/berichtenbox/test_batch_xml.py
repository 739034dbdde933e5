"""The XML koppelvlak: every facet, every trick, and a round trip of anything that the schema allows."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.berichtenbox.errors.aanlevering import (
    BatchIdOnleesbaar,
    XmlCodering,
    XmlMetDoctype,
    XmlNietWelgevormd,
    XmlTeVeelElementen,
)
from simulator.berichtenbox.schemas.batch_xml import read_batch
from simulator.berichtenbox.values import Aanbod
from tests.berichtenbox.documents import PDF, batch_xml, bericht_xml, bijlage_xml

BATCH = "0a1b2c3d-0000-4000-8000-00000000abcd"


def rules_broken(aanbod: Aanbod) -> set[str]:
    return {fout.regel.id for fout in aanbod.vormfouten}


LARGE = " " * (1 << 20)
"""Makes any document one that is read in pieces."""


def test_a_large_batch_is_read_in_pieces_into_the_same() -> None:
    berichten = [bericht_xml(BATCH, [bijlage_xml()], BerichtTekst=f"Bericht {nummer} é") for nummer in range(300)]
    small, large = read_batch(batch_xml(BATCH, *berichten)), read_batch(batch_xml(BATCH, *berichten, LARGE))
    assert [small.berichten, small.extern_id, small.aanmaakdatum, small.leverancier, small.aantal] == [
        large.berichten, large.extern_id, large.aanmaakdatum, large.leverancier, large.aantal
    ]  # fmt: skip
    assert len(large.berichten) == 300


def test_what_is_wrong_with_a_large_batch_is_said_as_of_a_small_one() -> None:
    berichten = [bericht_xml(BATCH), bericht_xml(BATCH, Onderwerp=None), bericht_xml(BATCH, BerichtID="x")]
    small, large = read_batch(batch_xml(BATCH, *berichten)), read_batch(batch_xml(BATCH, *berichten, LARGE))
    assert small.vormfouten
    assert (small.vormfouten, small.aantal) == (large.vormfouten, large.aantal)


@pytest.mark.parametrize("body", [b"x", b"<a>", b"<a/><b/>", b"\x00", b""])
def test_a_large_body_that_is_no_xml_is_refused(body: bytes) -> None:
    with pytest.raises(XmlNietWelgevormd):
        read_batch(bytearray(body + LARGE.encode()))


def test_a_batch_is_read_field_by_field() -> None:
    bericht = bericht_xml(
        BATCH,
        [bijlage_xml(), bijlage_xml(Volgorde="2", Omschrijving="Toelichting & meer")],
        BerichtID="11111111-2222-3333-4444-55555555ABCD",
        PublicatieDatum="2026-11-25T08:00:00+01:00",
        EindDatumHandelingsTermijn="2026-12-31T00:00:00Z",
        BerichtTekst=r"Regel 1\r\nRegel <2>",
        Referentie="ref 1",
    )
    aanbod = read_batch(batch_xml(BATCH, bericht))
    (gelezen,) = aanbod.berichten
    assert aanbod.extern_id.hex() == BATCH.replace("-", "")
    assert aanbod.aanmaakdatum == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert aanbod.leverancier == "00000099000000001000"
    assert gelezen.bericht_id.hex() == "1111111122223333444455555555abcd"
    assert gelezen.publicatiedatum == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert gelezen.einddatum_handelingstermijn == datetime(2026, 12, 31, tzinfo=UTC)
    assert gelezen.tekst == r"Regel 1\r\nRegel <2>"
    assert [(each.inhoud, each.omschrijving, each.volgorde) for each in gelezen.bijlagen] == [
        (PDF, "Beschikking", 1),
        (PDF, "Toelichting & meer", 2),
    ]


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"BerichtID": "geen guid"}, "BB-berichtid"),
        ({"BerichtID": "{11111111-2222-3333-4444-555555555555}"}, "BB-berichtid"),
        ({"BatchID": "1"}, "BB-batchid"),
        ({"BerichtType": ""}, "BB-berichttype-lengte"),
        ({"BerichtType": "NEGEN-LAN"}, "BB-berichttype-lengte"),
        ({"PublicatieDatum": ""}, "BB-publicatiedatum-vorm"),
        ({"PublicatieDatum": "2026-11-23"}, "BB-publicatiedatum-vorm"),
        ({"EindDatumHandelingsTermijn": "morgen"}, "BB-einddatum-vorm"),
        ({"Onderwerp": ""}, "BB-onderwerp-lengte"),
        ({"Onderwerp": "x" * 51}, "BB-onderwerp-lengte"),
        ({"BerichtTekst": "x" * 4001}, "BB-tekst-lengte"),
        ({"Referentie": "x" * 26}, "BB-referentie-lengte"),
        ({"GebruikerID": ""}, "BB-gebruiker-vorm"),
        ({"SoortGebruiker": "Ondernemer"}, "BB-soort-gebruiker"),
    ],
)
def test_each_facet_of_a_bericht_is_checked_and_named(velden: dict[str, str], regel: str) -> None:
    aanbod = read_batch(batch_xml(BATCH, bericht_xml(BATCH, **velden)))
    assert rules_broken(aanbod) == {regel}
    assert not aanbod.berichten
    assert aanbod.extern_id.hex() == BATCH.replace("-", "")


@pytest.mark.parametrize(
    ("velden", "regel"),
    [
        ({"Inhoud": ""}, "BB-bijlage-inhoud"),
        ({"Inhoud": "%%%"}, "BB-bijlage-inhoud"),
        ({"BijlageType": "Word"}, "BB-bijlage-type"),
        ({"Omschrijving": ""}, "BB-bijlage-omschrijving-lengte"),
        ({"Omschrijving": "x" * 129}, "BB-bijlage-omschrijving-lengte"),
        ({"Volgorde": "een"}, "BB-bijlage-volgorde"),
    ],
)
def test_each_facet_of_a_bijlage_is_checked_and_named(velden: dict[str, str], regel: str) -> None:
    aanbod = read_batch(batch_xml(BATCH, bericht_xml(BATCH, [bijlage_xml(**velden)])))
    assert rules_broken(aanbod) == {regel}


@pytest.mark.parametrize(
    ("info", "regel"),
    [
        ({"AanmaakDatum": "gisteren"}, "BB-aanmaakdatum-vorm"),
        ({"BerichtLeverancierID": ""}, "BB-leverancier-lengte"),
        ({"BerichtLeverancierID": "0" * 26}, "BB-leverancier-lengte"),
    ],
)
def test_each_facet_of_the_batch_is_checked_and_named(info: dict[str, str], regel: str) -> None:
    assert rules_broken(read_batch(batch_xml(BATCH, bericht_xml(BATCH), **info))) == {regel}


def test_the_longest_values_are_allowed() -> None:
    bericht = bericht_xml(
        BATCH,
        [bijlage_xml(Omschrijving="é" * 128)],
        BerichtType="ACHTLANG",
        Onderwerp="ü" * 50,
        BerichtTekst="€" * 4000,
        Referentie="x" * 25,
    )
    aanbod = read_batch(batch_xml(BATCH, bericht, BerichtLeverancierID="1" * 25))
    assert not aanbod.vormfouten
    assert aanbod.berichten[0].tekst == "€" * 4000


@pytest.mark.parametrize(("aantal", "geldig"), [(0, False), (1, True), (1000, True), (1001, False)])
def test_a_batch_holds_one_to_a_thousand_berichten(aantal: int, geldig: bool) -> None:
    aanbod = read_batch(batch_xml(BATCH, *[bericht_xml(BATCH) for _ in range(aantal)]))
    assert (not aanbod.vormfouten) is geldig
    assert aanbod.aantal == max(1, aantal)


@pytest.mark.parametrize("aantal", [3, 0])
def test_a_bericht_has_one_or_two_bijlagen_or_no_node_at_all(aantal: int) -> None:
    bijlagen = [bijlage_xml()] * aantal or [" "]
    assert rules_broken(read_batch(batch_xml(BATCH, bericht_xml(BATCH, bijlagen)))) == {"BB-bijlagen-aantal"}


def test_fields_in_another_order_fail_the_schema() -> None:
    body = batch_xml(BATCH, bericht_xml(BATCH)).replace(b"<b:SoortGebruiker>Burger</b:SoortGebruiker>", b"")
    body = body.replace(b"<b:Onderwerp>", b"<b:SoortGebruiker>Burger</b:SoortGebruiker><b:Onderwerp>")
    assert rules_broken(read_batch(body)) == {"BB-soort-gebruiker"}


def test_an_unknown_or_unqualified_element_fails_the_schema() -> None:
    body = batch_xml(BATCH, bericht_xml(BATCH))
    assert read_batch(body.replace(b"b:Onderwerp", b"Onderwerp")).vormfouten
    assert read_batch(
        body.replace(b"</b:BerichtInformatie>", b"<b:Prioriteit>1</b:Prioriteit></b:BerichtInformatie>")
    ).vormfouten


def test_an_error_names_its_line_and_its_element() -> None:
    body = batch_xml(BATCH, bericht_xml(BATCH, Onderwerp="")).replace(b"<b:Bericht>", b"\n\n<b:Bericht>")
    (fout, *_) = read_batch(body).vormfouten
    assert fout.regelnummer == 4
    assert "Element 'Onderwerp'" in fout.toelichting


@pytest.mark.parametrize(
    "body",
    [b"", b"geen xml", b"<r:Berichten", b"<a><b></a>", b"<a>\x00</a>", b"<a>&#1;</a>", b"<a>\xff\xfe</a>", b"{}"],
)
def test_what_is_not_well_formed_is_refused(body: bytes) -> None:
    with pytest.raises(XmlNietWelgevormd):
        read_batch(body)


def test_a_bericht_with_a_control_character_is_not_well_formed() -> None:
    with pytest.raises(XmlNietWelgevormd):
        read_batch(batch_xml(BATCH, bericht_xml(BATCH, Onderwerp="a\x07b")))


@pytest.mark.parametrize("body", [b"<a/>", batch_xml("geen guid", bericht_xml(BATCH)), b"<Berichten/>"])
def test_without_a_readable_batchid_there_is_nobody_to_answer(body: bytes) -> None:
    with pytest.raises(BatchIdOnleesbaar):
        read_batch(body)


BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!-- a comment with <a/> in it -->
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>"""


@pytest.mark.parametrize(
    "body",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><a>&x;</a>',
        b'\xef\xbb\xbf<?xml version="1.0"?><?pi <b?><!DOCTYPE a><a/>',
        b"<!-- a --> \n<!-- <b/> -->\t<?pi?><!-- ---><!DOCTYPE a><a/>",
    ],
)
def test_a_doctype_is_refused_before_anything_is_expanded(body: bytes) -> None:
    with pytest.raises(XmlMetDoctype):
        read_batch(body)


@pytest.mark.parametrize("body", [b"<!-- <!DOCTYPE a>", b"<?pi <!DOCTYPE a>", b"   ", b"<!-->", b"<?", b"<!--" * 9])
def test_a_beginning_without_an_end_is_left_to_the_parser(body: bytes) -> None:
    with pytest.raises(XmlNietWelgevormd):
        read_batch(body)


def test_the_word_doctype_inside_a_text_is_no_doctype() -> None:
    body = batch_xml(BATCH, bericht_xml(BATCH)).replace(b"Aanslag", b"<![CDATA[<!DOCTYPE a>]]>")
    assert read_batch(body).berichten[0].onderwerp == "<!DOCTYPE a>"


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>',
        "<a/>".encode("utf-16"),
        "<a/>".encode("utf-16-le"),
        b"<?xml version='1.0' encoding='UTF-16'?><a/>",
    ],
)
def test_another_encoding_than_utf8_is_refused(body: bytes) -> None:
    with pytest.raises(XmlCodering):
        read_batch(body)


def test_a_byte_order_mark_of_utf8_is_allowed() -> None:
    assert not read_batch(b"\xef\xbb\xbf" + batch_xml(BATCH, bericht_xml(BATCH))).vormfouten


def test_elements_nested_too_deep_are_refused() -> None:
    with pytest.raises(XmlNietWelgevormd):
        read_batch(b"<a>" * 100_000 + b"</a>" * 100_000)


def test_comments_and_cdata_do_not_change_a_value() -> None:
    body = batch_xml(BATCH, bericht_xml(BATCH)).replace(b"Aanslag", b"Aan<!-- x --><![CDATA[slag]]>")
    assert read_batch(body).berichten[0].onderwerp == "Aanslag"


def test_a_full_batch_with_bijlagen_near_the_limit_is_read() -> None:
    inhoud = base64.b64encode(b"%PDF-" + b"x" * 374_995).decode()
    berichten = [bericht_xml(BATCH, [bijlage_xml(Inhoud=inhoud)]) for _ in range(40)]
    aanbod = read_batch(batch_xml(BATCH, *berichten))
    assert {len(bericht.bijlagen[0].inhoud) for bericht in aanbod.berichten} == {375_000}


@pytest.mark.parametrize("others", [0, 2], ids=["small", "large"])
def test_a_bijlage_of_any_size_is_judged_by_itself(others: int) -> None:
    inhoud = base64.b64encode(b"%PDF-" + b"x" * 8_000_000).decode()
    berichten = [bericht_xml(BATCH), *[bericht_xml(BATCH, [bijlage_xml(Inhoud=inhoud)])] * (1 + others)]
    aanbod = read_batch(batch_xml(BATCH, *berichten))
    assert not aanbod.vormfouten
    assert [len(each.bijlagen[0].inhoud) for each in aanbod.berichten[1:]] == [8_000_005] * (1 + others)


def test_more_elements_than_any_batch_has_are_refused_before_they_cost_memory() -> None:
    with pytest.raises(XmlTeVeelElementen):
        read_batch(b"<a>" + b"<a/>" * 600_000 + b"</a>")


CHARACTERS = st.characters(
    min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="￾￿"
)  # XML normalises line ends, so a carriage return would not come back


@st.composite
def dates(draw: st.DrawFn) -> tuple[str, datetime]:
    moment = draw(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)))  # noqa: DTZ001 - made aware below
    offset = draw(st.integers(-14 * 60, 14 * 60))
    teken, minuten = "-" if offset < 0 else "+", abs(offset)
    text = f"{moment.isoformat()}{teken}{minuten // 60:02d}:{minuten % 60:02d}"
    return text, moment.replace(tzinfo=UTC) - timedelta(minutes=offset)


@given(
    onderwerp=st.text(CHARACTERS, min_size=1, max_size=50),
    tekst=st.none() | st.text(CHARACTERS, max_size=4000),
    referentie=st.none() | st.text(CHARACTERS, max_size=25),
    berichttype=st.text(CHARACTERS, min_size=1, max_size=8),
    gebruiker=st.text(CHARACTERS, min_size=1, max_size=20),
    publicatie=st.none() | dates(),
    inhoud=st.binary(min_size=1, max_size=200),
    bericht_id=st.uuids(),
)
def test_whatever_the_schema_allows_comes_back_as_it_was_written(
    onderwerp: str, tekst: str | None, referentie: str | None, berichttype: str, gebruiker: str,
    publicatie: tuple[str, datetime] | None, inhoud: bytes, bericht_id: object,
) -> None:  # fmt: skip
    bericht = bericht_xml(
        BATCH,
        [bijlage_xml(Inhoud=base64.b64encode(inhoud).decode())],
        BerichtID=str(bericht_id),
        BerichtType=berichttype,
        Onderwerp=onderwerp,
        BerichtTekst=tekst,
        Referentie=referentie,
        GebruikerID=gebruiker,
        PublicatieDatum=publicatie[0] if publicatie else None,
    )
    aanbod = read_batch(batch_xml(BATCH, bericht))
    assert not aanbod.vormfouten
    gelezen = aanbod.berichten[0]
    assert (gelezen.onderwerp, gelezen.tekst, gelezen.referentie) == (onderwerp, tekst, referentie)
    assert (gelezen.berichttype, gelezen.gebruiker) == (berichttype, gebruiker)
    assert gelezen.publicatiedatum == (publicatie[1] if publicatie else None)
    assert gelezen.bijlagen[0].inhoud == inhoud
    assert gelezen.bericht_id.hex() == str(bericht_id).replace("-", "")


@given(st.binary(max_size=300))
def test_no_bytes_at_all_cause_anything_but_a_refusal(body: bytes) -> None:
    with pytest.raises((XmlNietWelgevormd, XmlCodering, XmlMetDoctype, BatchIdOnleesbaar)):
        read_batch(body)
