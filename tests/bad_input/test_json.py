"""Bad JSON: each time a clear refusal with its rule, and nothing stored."""

import base64
import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bad_input.conftest import STAD, Ingang, as_json, assert_refused
from tests.berichtenbox.documents import PDF, aanlevering_json, bericht_json, bijlage_json

DEEP = 100_000
HUGE = 10**30
ID = "7ab1f2ce-3f1c-4a64-9c55-0d2c9a1f6e11"
WRONG: tuple[Any, ...] = (
    None, 0, -1, HUGE, 1.5, True, "", "\x00", "a\x00b", "\ud800", "\udc00\ud800", [], {}, [None], {"a": 1}, "x" * 5000,
)  # fmt: skip


def full_bericht() -> dict[str, Any]:
    return bericht_json(
        PublicatieDatum="2020-01-01T00:00:00Z", EindDatumHandelingsTermijn="2030-01-01T00:00:00Z", Berichttekst="Tekst",
        Referentie="Z-1", SoortGebruiker="Burger", Bijlagen=[bijlage_json(BijlageType="Pdf", Volgorde=1)],
    )  # fmt: skip


def list_paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield from list_paths(each, (*path, key))


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at ``path``."""
    if not path:
        return value
    changed = copy.deepcopy(document)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def _is_one_of(value: Any, values: tuple[Any, ...]) -> bool:
    return any(type(value) is type(each) and value == each for each in values)


PATHS = list(list_paths(aanlevering_json(full_bericht())))
MAY: dict[Any, tuple[Any, ...]] = {
    "PublicatieDatum": (None,), "EindDatumHandelingsTermijn": (None,), "Berichttekst": (None, ""),
    "Referentie": (None, ""), "Bijlagen": ([],), "Volgorde": (None, 0, -1), "Inhoud": ("x" * 5000,),
}  # fmt: skip
"""What the koppelvlak allows after all: a field that may be left out, and numbers that are judged later."""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(map(str, path)) or "(all)")
def test_null_and_wrong_types_in_each_field_are_refused_with_a_rule(ingang: Ingang, path: tuple[Any, ...]) -> None:
    field = path[-1] if path else ""
    for value in WRONG:
        before = ingang.rows()
        answer = ingang.deliver(put(aanlevering_json(full_bericht()), path, value))
        if _is_one_of(value, MAY.get(field, ())):
            assert answer.status_code == 201, (value, answer.text)
            continue
        problem = assert_refused(answer, 400)
        assert problem["regel"]["id"], value
        assert problem["error"]
        assert ingang.rows() == before


@pytest.mark.parametrize("path", [path for path in PATHS if path and isinstance(path[-1], str)], ids=str)
def test_a_field_that_is_left_out_is_refused_unless_it_may_be(ingang: Ingang, path: tuple[Any, ...]) -> None:
    document = aanlevering_json(full_bericht())
    at: Any = document
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    answer = ingang.deliver(document)
    if path[-1] in {*MAY, "SoortGebruiker", "BijlageType"} - {"Inhoud"}:
        assert answer.status_code == 201, answer.text
    else:
        problem = assert_refused(answer, 400)
        assert path[-1] in str(problem["errors"])


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b"}", b"[]]", b"{} {}", b"NaN", b"[Infinity]", b"'a'", b"{'a': 1}", b'{"a": 1,}',
        b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b'"\\ud800"', b'{"Onderwerp": "\xff"}', b'{"Onderwerp": "\x00"}',
        b"\x00", b"\x1f\x8b\x08\x00",
        b"[" * DEEP, b"[" * DEEP + b"]" * DEEP, b'{"a":' * DEEP + b"1" + b"}" * DEEP, b"1" * DEEP, b"-", b"1e999999",
        b"<Berichten/>", '{"Onderwerp": "é"}'.encode("latin-1"), '{"Onderwerp": "é"}'.encode("utf-16"),
    ],
    ids=lambda body: repr(body[:20]) + str(len(body)),
)  # fmt: skip
def test_what_is_no_delivery_at_all_is_a_400_with_a_rule(ingang: Ingang, body: bytes) -> None:
    before = ingang.rows()
    problem = assert_refused(ingang.deliver(body), 400)
    assert problem["regel"]["id"]
    assert ingang.rows() == before


@pytest.mark.parametrize("where", ["Onderwerp", "Bijlagen", "Volgorde", "Onbekend"])
@pytest.mark.parametrize(
    "bad", [b"[" * DEEP + b"]" * DEEP, b"9" * 10_000, b"1e400", b'"\\ud800\\ud800"', b"NaN"], ids=len
)
def test_what_is_far_too_deep_or_too_big_in_a_field_is_refused(ingang: Ingang, where: str, bad: bytes) -> None:
    document = as_json(aanlevering_json(bericht_json(**{where: "HIER"}))).replace(b'"HIER"', bad)
    before = ingang.rows()
    assert assert_refused(ingang.deliver(document), 400)["regel"]["id"]
    assert ingang.rows() == before


@pytest.mark.parametrize(
    ("content_type", "status"),
    [("", 415), ("text/plain", 415), ("application/xml", 415), ("multipart/form-data; boundary=x", 415), ("json", 415),
     ("application/json; charset=utf-8", 201), ("application/json;charset=UTF-8", 201), ("application/jsonx", 415),
     ("application/x-www-form-urlencoded", 415), ("application/merge-patch+json", 415)],
)  # fmt: skip
def test_another_content_type_is_a_415(ingang: Ingang, content_type: str, status: int) -> None:
    answer = ingang.deliver(aanlevering_json(), content_type)
    if status == 201:
        assert answer.status_code == 201, answer.text
    else:
        assert_refused(answer, status, regel="SIM-inhoudstype")


def test_of_a_key_that_is_there_twice_the_last_counts_as_in_most_readers(ingang: Ingang) -> None:
    document = as_json(aanlevering_json(bericht_json(Onderwerp="laatste"))).replace(
        b'"Onderwerp"', b'"Onderwerp": "eerste", "Onderwerp"'
    )
    answer = ingang.deliver(document)
    assert answer.status_code == 201
    wrong = document.replace(b'"laatste"', b"null")
    assert_refused(ingang.deliver(wrong), 400, regel="BB-onderwerp-lengte")


@pytest.mark.parametrize("aantal", [0, 1001])
def test_no_berichten_and_more_than_a_thousand_are_refused(ingang: Ingang, aantal: int) -> None:
    before = ingang.rows()
    document = {"BerichtLeverancierID": "00000099000000001000", "Berichten": [bericht_json() for _ in range(aantal)]}
    assert_refused(ingang.deliver(document), 400, regel="BB-aantal-berichten")
    assert ingang.rows() == before


@pytest.mark.parametrize(
    "message_id",
    ["", "x", "0", ID[:-1], ID + "0", "{" + ID + "}", ID.replace("-", ""), "é" * 36, "../../x", "%00"],
)
def test_an_x_message_id_that_is_no_uuid_is_refused(ingang: Ingang, message_id: str) -> None:
    before = ingang.rows()
    assert_refused(ingang.deliver(aanlevering_json(), **{"X-Message-ID": message_id}), 400, regel="BB-message-id")
    assert ingang.rows() == before


@pytest.mark.parametrize("bericht_id", ["", "x", ID + "\n", " " + ID, ID.replace("-", ""), "{" + ID + "}"])
def test_a_bericht_id_that_is_no_uuid_is_refused(ingang: Ingang, bericht_id: str) -> None:
    before = ingang.rows()
    assert_refused(ingang.deliver(aanlevering_json(bericht_json(BerichtID=bericht_id))), 400, regel="BB-berichtid")
    assert ingang.rows() == before


PDF_64 = base64.b64encode(PDF).decode()


@pytest.mark.parametrize(
    ("bijlagen", "regel"),
    [
        ([{"Inhoud": "***", "Omschrijving": "x"}], "BB-bijlage-inhoud"),
        ([{"Inhoud": "abc", "Omschrijving": "x"}], "BB-bijlage-inhoud"),
        ([{"Inhoud": "", "Omschrijving": "x"}], "BB-bijlage-inhoud"),
        ([{"Inhoud": PDF_64, "Omschrijving": ""}], "BB-bijlage-omschrijving-lengte"),
        ([{"Inhoud": PDF_64, "Omschrijving": "x" * 129}], "BB-bijlage-omschrijving-lengte"),
        ([{"Inhoud": PDF_64, "Omschrijving": "x", "BijlageType": "Docx"}], "BB-bijlage-type"),
        ([bijlage_json()] * 3, "BB-bijlagen-aantal"),
    ],
)
def test_a_bijlage_of_the_wrong_shape_refuses_the_delivery(ingang: Ingang, bijlagen: list[Any], regel: str) -> None:
    before = ingang.rows()
    good, bad = bericht_json(), bericht_json(Bijlagen=bijlagen)
    assert_refused(ingang.deliver(aanlevering_json(good, bad)), 400, regel=regel)
    assert ingang.rows() == before


@pytest.mark.parametrize(
    ("velden", "code", "regel"),
    [
        ({"GebruikerID": "999990010"}, "NietActiefOfGeabonneerd", "BB-gebruiker-elfproef"),
        ({"GebruikerID": "000000000"}, "NietActiefOfGeabonneerd", "BB-gebruiker-elfproef"),
        ({"GebruikerID": "123456782"}, "NietActiefOfGeabonneerd", "BB-gebruiker-bekend"),
        ({"BerichtType": "OUD"}, "BerichtTypeNietOndersteund", "BB-berichttype-actief"),
        ({"BerichtType": "NOOIT"}, "BerichtTypeNietOndersteund", "BB-berichttype-bekend"),
        ({"BerichtType": "'; --"}, "BerichtTypeNietOndersteund", "BB-berichttype-bekend"),
        ({"PublicatieDatum": "9999-12-31T23:59:59Z"}, "PublicatieDatumLigtTeVerInDeToekomst", "BB-publicatiedatum"),
        ({"Bijlagen": [{"Inhoud": "AAAA", "Omschrijving": "x"}]}, "TechnischProbleem", "BB-bijlage-pdf"),
        ({"Bijlagen": [bijlage_json(Volgorde=7)]}, "TechnischProbleem", "BB-bijlage-volgorde"),
        (
            {"Bijlagen": [bijlage_json(Inhoud=base64.b64encode(PDF + b" " * 500_000).decode())]},
            "BijlageTeGroot", "BB-bijlage-omvang",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_one_bericht_is_told_and_the_others_go_on(
    ingang: Ingang, velden: dict[str, Any], code: str, regel: str
) -> None:
    before = ingang.rows()
    answer = ingang.deliver(aanlevering_json(bericht_json(**velden), bericht_json()))
    assert answer.status_code == 201, answer.text
    bad, good = ingang.outcome(answer)
    assert (bad["VerwerkingsCode"], bad["Regel"], good["VerwerkingsCode"]) == (code, regel, "Verwerkt")
    assert bad["Toelichting"]
    after = ingang.rows()
    assert {name: after[name] - before[name] for name in ("berichten", "aanleveringen", "bijlagen")} == {
        "berichten": 1, "aanleveringen": 1, "bijlagen": 0,
    }  # fmt: skip


@pytest.mark.parametrize("oin", ["00000099000000008000", "1", "x" * 25, "' OR 1=1", "00000099000000004000"])
def test_an_oin_that_is_unknown_or_of_somebody_else_stores_nothing(ingang: Ingang, oin: str) -> None:
    before = ingang.rows()
    (outcome,) = ingang.outcome(ingang.deliver(aanlevering_json(leverancier=oin)))
    assert outcome["VerwerkingsCode"] == "OinInCPAKomtNietOvereenMetOinInBericht"
    assert outcome["Regel"] in {"BB-oin-bekend", "BB-oin-mandaat"}
    assert ingang.rows() | {"aanleveringen": 0} == before | {"aanleveringen": 0}


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
     "1969-12-31T23:59:59Z"],
)  # fmt: skip
@pytest.mark.parametrize("veld", ["PublicatieDatum", "EindDatumHandelingsTermijn"])
def test_moments_at_the_edge_of_the_calendar_break_nothing(ingang: Ingang, veld: str, moment: str) -> None:
    answer = ingang.deliver(aanlevering_json(bericht_json(**{veld: moment})))
    assert answer.status_code in {201, 400}, answer.text
    if answer.status_code == 400:
        assert_refused(answer, 400)
    else:
        assert ingang.outcome(answer)[0]["VerwerkingsCode"]
    ingang.read_as_burger()


BASE = "/api/berichtenbox/v1"
OTHER_BODIES: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/abonnementen/_valideren", {"berichtTypeCode": "ALGEMEEN", "gebruikers": ["999990019"]}),
    ("POST", "/berichttypes", {"code": "NIEUW", "omschrijving": "Nieuw", "actief": True}),
    ("PATCH", "/berichttypes/ALGEMEEN", {"omschrijving": "Algemeen", "actief": True}),
)
MAY_THERE: dict[tuple[str, Any], tuple[Any, ...]] = {
    ("PATCH", "actief"): (None, True),
    ("PATCH", "omschrijving"): (None,),
    ("PATCH", ""): ({},),
    ("POST", "actief"): (True,),
    ("POST", "berichtTypeCode"): ("\x00", "a\x00b"),  # a code that nobody has
}


@pytest.mark.parametrize(("method", "path", "body"), OTHER_BODIES, ids=str)
def test_wrong_values_in_the_other_bodies_are_refused_and_store_nothing(
    ingang: Ingang, method: str, path: str, body: Any
) -> None:
    sent = {"X-API-Key": STAD, "Content-Type": "application/json"}
    for at in list_paths(body):
        for value in WRONG:
            may = _is_one_of(value, MAY_THERE.get((method, at[-1] if at else ""), ()))
            if may and path != "/abonnementen/_valideren":  # that one stores nothing but who was asked about
                continue
            before = ingang.rows()
            answer = ingang.ask(method, BASE + path, sent, data=as_json(put(body, at, value)))
            if may:
                assert answer.status_code == 200, (at, value, answer.text)
                continue
            assert answer.status_code == 400, (at, value, answer.text)
            assert assert_refused(answer)["regel"]["id"], (at, value)
            assert ingang.rows() == before
