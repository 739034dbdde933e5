"""The JSON koppelvlak: every facet, with all errors at once, and the same values as the XML gives."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.berichtenbox.errors.aanlevering import AanleveringOngeldig, BesturingstekenGeweigerd
from simulator.berichtenbox.schemas import berichten
from simulator.berichtenbox.schemas.berichten import BerichtenIn, read_in_pieces, to_aanbod
from simulator.berichtenbox.values import Aanbod
from simulator.infra.bodies import LARGE
from simulator.infra.errors import InvalidInput
from simulator.infra.http import JsonInvalid, JsonUnreadable, decode_json
from tests.berichtenbox.documents import PDF, aanlevering_json, bericht_json, bijlage_json


def read(document: Any, size: int = 0) -> Aanbod:
    """As a small document is read; the way of large ones reads the same, or leaves the explaining to that of small."""
    body = json.dumps(document).encode().ljust(size)
    in_pieces = read_in_pieces(body)
    try:
        verzoek = decode_json(body, BerichtenIn)
    except JsonInvalid as refusal:
        assert in_pieces is None
        raise AanleveringOngeldig(refusal.errors) from refusal
    assert in_pieces == verzoek
    return to_aanbod(verzoek, bytes(16), body)


def refuse(document: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        read(document)
    return caught.value


def test_a_bericht_is_read_field_by_field() -> None:
    aanbod = read(
        aanlevering_json(
            bericht_json(
                BerichtID="11111111-2222-3333-4444-55555555ABCD",
                Berichttekst=r"Regel 1\r\nRegel 2",
                Referentie="ref",
                PublicatieDatum="2026-11-25T08:00:00+01:00",
                EindDatumHandelingsTermijn="2026-12-31T00:00:00Z",
                Bijlagen=[bijlage_json(), bijlage_json(Volgorde=2)],
                SoortGebruiker="Burger",
            )
        )
    )
    (bericht,) = aanbod.berichten
    assert bericht.bericht_id.hex() == "1111111122223333444455555555abcd"
    assert bericht.publicatiedatum == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert [(each.inhoud, each.volgorde) for each in bericht.bijlagen] == [(PDF, 1), (PDF, 2)]
    assert aanbod.aantal == 1


@pytest.mark.parametrize(
    ("velden", "regel", "pointer"),
    [
        ({"BerichtID": "x"}, "BB-berichtid", "/Berichten/0/BerichtID"),
        ({"BerichtID": "11111111-2222-3333-4444-555555555555\n"}, "BB-berichtid", "/Berichten/0/BerichtID"),
        ({"BerichtID": None}, "BB-berichtid", "/Berichten/0/BerichtID"),
        ({"BerichtType": ""}, "BB-berichttype-lengte", "/Berichten/0/BerichtType"),
        ({"BerichtType": "NEGEN-LAN"}, "BB-berichttype-lengte", "/Berichten/0/BerichtType"),
        ({"BerichtType": 7}, "BB-berichttype-lengte", "/Berichten/0/BerichtType"),
        ({"Onderwerp": ""}, "BB-onderwerp-lengte", "/Berichten/0/Onderwerp"),
        ({"Onderwerp": "x" * 51}, "BB-onderwerp-lengte", "/Berichten/0/Onderwerp"),
        ({"Onderwerp": ["x"]}, "BB-onderwerp-lengte", "/Berichten/0/Onderwerp"),
        ({"Berichttekst": "x" * 4001}, "BB-tekst-lengte", "/Berichten/0/Berichttekst"),
        ({"Referentie": "x" * 26}, "BB-referentie-lengte", "/Berichten/0/Referentie"),
        ({"GebruikerID": "12345678"}, "BB-gebruiker-vorm", "/Berichten/0/GebruikerID"),
        ({"GebruikerID": "١٢٣٤٥٦٧٨٩"}, "BB-gebruiker-vorm", "/Berichten/0/GebruikerID"),
        ({"GebruikerID": 999990019}, "BB-gebruiker-vorm", "/Berichten/0/GebruikerID"),
        ({"SoortGebruiker": "Ondernemer"}, "BB-soort-gebruiker", "/Berichten/0/SoortGebruiker"),
        ({"Bijlagen": [bijlage_json()] * 3}, "BB-bijlagen-aantal", "/Berichten/0/Bijlagen"),
        ({"Bijlagen": [bijlage_json(Inhoud="")]}, "BB-bijlage-inhoud", "/Berichten/0/Bijlagen/0/Inhoud"),
        ({"Bijlagen": [bijlage_json(BijlageType="Word")]}, "BB-bijlage-type", "/Berichten/0/Bijlagen/0/BijlageType"),
        (
            {"Bijlagen": [bijlage_json(Omschrijving="")]},
            "BB-bijlage-omschrijving-lengte",
            "/Berichten/0/Bijlagen/0/Omschrijving",
        ),
        (
            {"Bijlagen": [bijlage_json(Omschrijving="x" * 129)]},
            "BB-bijlage-omschrijving-lengte",
            "/Berichten/0/Bijlagen/0/Omschrijving",
        ),
    ],
)
def test_each_facet_is_checked_and_named(velden: dict[str, Any], regel: str, pointer: str) -> None:
    refusal = refuse(aanlevering_json(bericht_json(**velden)))
    assert refusal.regel is not None
    assert refusal.regel.id == regel
    assert [error.pointer for error in refusal.errors] == [pointer]


@pytest.mark.parametrize(
    "velden",
    [
        {"PublicatieDatum": "2026-11-25"},
        {"PublicatieDatum": "2026-11-25T08:00:00"},
        {"Bijlagen": [bijlage_json(Inhoud="%%")]},
    ],
)
def test_what_only_the_decoder_can_tell_is_refused_too(velden: dict[str, Any]) -> None:
    assert refuse(aanlevering_json(bericht_json(**velden))).errors


@pytest.mark.parametrize("veld", ["BerichtID", "BerichtType", "Onderwerp", "GebruikerID"])
def test_a_required_field_may_not_be_absent(veld: str) -> None:
    refusal = refuse(aanlevering_json(bericht_json(**{veld: ...})))
    assert veld in refusal.errors[0].detail


@pytest.mark.artikel("4.1")
def test_all_errors_are_told_at_once() -> None:
    refusal = refuse(aanlevering_json(bericht_json(Onderwerp="", BerichtType=""), bericht_json(GebruikerID="1")))
    assert {error.pointer for error in refusal.errors} == {
        "/Berichten/0/Onderwerp",
        "/Berichten/0/BerichtType",
        "/Berichten/1/GebruikerID",
    }


def test_an_unknown_field_is_refused_with_the_one_that_was_meant() -> None:
    refusal = refuse(aanlevering_json(bericht_json(BerichtTekst="hallo")))
    assert "bedoelt u Berichttekst?" in refusal.errors[0].detail
    assert refusal.regel is not None
    assert refusal.regel.id == "BB-velden"


@pytest.mark.parametrize(("aantal", "geldig"), [(0, False), (1, True), (1000, True), (1001, False)])
def test_a_delivery_holds_one_to_a_thousand_berichten(aantal: int, geldig: bool) -> None:
    document = {"BerichtLeverancierID": "1", "Berichten": [bericht_json() for _ in range(aantal)]}
    if geldig:
        assert read(document).aantal == aantal
    else:
        refusal = refuse(document)
        assert refusal.regel is not None
        assert refusal.regel.id == "BB-aantal-berichten"


@pytest.mark.parametrize(
    "document", [None, [], "tekst", 1, {}, {"Berichten": None}, {"BerichtLeverancierID": "", "Berichten": [None]}]
)
def test_another_shape_is_refused(document: Any) -> None:
    assert refuse(document).status == 400


@pytest.mark.parametrize("teken", ["\x00", "\x07", "\x08", "\x0c", "\x1f"])
@pytest.mark.parametrize("veld", ["Onderwerp", "Berichttekst", "Referentie"])
def test_a_control_character_is_refused_with_its_place(veld: str, teken: str) -> None:
    refusal = refuse(aanlevering_json(bericht_json(**{veld: f"a{teken}b"})))
    assert isinstance(refusal, BesturingstekenGeweigerd)
    assert refusal.errors[0].pointer == f"/Berichten/0/{veld}"
    assert refusal.errors[0].detail.startswith(f"teken U+{ord(teken):04X}")


def test_a_list_of_millions_is_not_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(berichten, "json_decoder", lambda *_: pytest.fail("it was"))
    assert read_in_pieces(b'{"BerichtLeverancierID":"x","Berichten":[' + b"1," * 2_000_000 + b"1]}") is None


@pytest.mark.parametrize("teken", ["\x00", "\x08"])
def test_a_control_character_is_found_in_a_large_document(teken: str) -> None:
    bericht = bericht_json(Berichttekst=f"a\n{teken}b", Bijlagen=[bijlage_json()])
    with pytest.raises(BesturingstekenGeweigerd) as caught:
        read(aanlevering_json(bericht_json(), bericht), LARGE + 1)
    assert [each.pointer for each in caught.value.errors] == ["/Berichten/1/Berichttekst"]
    assert len(read(aanlevering_json(bericht_json(Berichttekst="a\nb")), LARGE + 1).berichten) == 1


def test_tabs_line_ends_and_escaped_letters_are_no_control_characters() -> None:
    tekst = "tab\tregel\nétoile\\u0007"
    assert read(aanlevering_json(bericht_json(Berichttekst=tekst))).berichten[0].tekst == tekst


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a":"\\ud800"}', b"[" * 100_000, b'{"a":' * 100_000, b"\x00"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises((JsonUnreadable, JsonInvalid)):
        decode_json(body, BerichtenIn)
    assert read_in_pieces(body) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["BerichtLeverancierID", "Berichten", "BerichtID", "x"]), inner, max_size=4
            )
        ),
    )
)
def test_no_document_causes_anything_but_a_refusal(document: Any) -> None:
    assert refuse(document).status == 400


def test_the_schema_of_the_wire_says_every_limit() -> None:
    velden = msgspec.json.schema(BerichtenIn)["$defs"]["BerichtIn"]["properties"]
    assert velden["Onderwerp"] == {"type": "string", "minLength": 1, "maxLength": 50}
