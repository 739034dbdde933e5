"""The berichttypes in the portal: the same as by the API, in force for the next delivery, and only one's own."""

import uuid

import pytest

from tests.leveranciersportaal.conftest import Leverancier

BERICHTTYPES = "/api/berichtenbox/v1/berichttypes"


def list_codes(leverancier: Leverancier, sleutel: str = "demo-voorbeeldstad") -> dict[str, bool]:
    answer = leverancier.wereld.afnemer("GET", BERICHTTYPES, sleutel).json()
    return {each["code"]: each["actief"] for each in answer["berichttypes"]}


def deliver(leverancier: Leverancier, berichttype: str) -> str:
    bericht = {"BerichtID": str(uuid.uuid4()), "BerichtType": berichttype, "GebruikerID": "999990019", "Onderwerp": "A"}
    answer = leverancier.wereld.afnemer(
        "POST", "/api/berichtenbox/v1/berichten", headers={"X-Message-ID": str(uuid.uuid4())},
        json={"BerichtLeverancierID": "00000099000000001000", "Berichten": [bericht]},
    )  # fmt: skip
    status = leverancier.wereld.afnemer("GET", f"/api/berichtenbox/v1/status/{answer.json()['statusID']}").json()
    (found,) = status["context"]["Verwerkt"]["Berichten"]
    return str(found["VerwerkingsCode"])


def test_an_afnemer_makes_a_berichttype_and_uses_it(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    assert leverancier.post("/berichttypes", "/berichttypes", code="NIEUW", omschrijving="Nieuw", actief="ja").ok
    assert "Berichttype NIEUW is gemaakt." in leverancier.get("/berichttypes").text
    assert deliver(leverancier, "NIEUW") == "Verwerkt"


def test_a_berichttype_that_is_switched_off_is_refused_from_the_next_delivery(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    leverancier.post("/berichttypes/schakelen", "/berichttypes", code="ALGEMEEN", zet="uit")
    assert deliver(leverancier, "ALGEMEEN") == "BerichtTypeNietOndersteund"
    leverancier.post("/berichttypes/schakelen", "/berichttypes", code="ALGEMEEN", zet="aan")
    assert deliver(leverancier, "ALGEMEEN") == "Verwerkt"


@pytest.mark.parametrize(
    ("form", "fout"),
    [
        ({"code": "TE-LANG-1", "omschrijving": "A"}, "Kies een code van 1 tot en met 8"),
        ({"code": "A B", "omschrijving": "A"}, "Kies een code van 1 tot en met 8"),
        ({"code": "", "omschrijving": "A"}, "Kies een code van 1 tot en met 8"),
        ({"code": "A", "omschrijving": ""}, "Schrijf een omschrijving"),
        ({"code": "A", "omschrijving": "x" * 101}, "Schrijf een omschrijving"),
        ({"code": "A", "omschrijving": "een\x00twee"}, "Schrijf een omschrijving"),
        ({"code": "ALGEMEEN", "omschrijving": "A"}, "Dit berichttype bestaat al"),
        ({"code": "<b>", "omschrijving": "<script>"}, "Kies een code van 1 tot en met 8"),
    ],
)
def test_what_cannot_be_made_is_said_beside_what_was_typed(
    leverancier: Leverancier, form: dict[str, str], fout: str
) -> None:
    leverancier.sign_in()
    before = list_codes(leverancier)
    answer = leverancier.post("/berichttypes", "/berichttypes", **form)
    assert answer.status_code in {400, 409}
    assert fout in answer.text
    assert "<script" not in answer.text
    assert list_codes(leverancier) == before


def test_the_berichttype_of_another_is_not_there(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    assert "AANSLAG" in list_codes(leverancier, "demo-belastingen")
    assert "AANSLAG" not in leverancier.get("/berichttypes").text
    answer = leverancier.post("/berichttypes/schakelen", "/berichttypes", code="AANSLAG", zet="uit")
    assert answer.status_code == 404
    assert list_codes(leverancier, "demo-belastingen")["AANSLAG"]


def test_who_is_closed_or_has_no_berichtenbox_sees_and_changes_nothing(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    token = leverancier.read_token("/berichttypes")
    oin = "/afnemers/00000099000000001000"
    for wijziging, titel in (
        ({"diensten": ["lopende-zaken"]}, "U bent niet aangesloten op deze dienst"),
        ({"diensten": ["berichtenbox"], "actief": False}, "Deze aansluiting is niet actief"),
    ):
        leverancier.wereld.control("PATCH", oin, json=wijziging).raise_for_status()
        answer = leverancier.send("/berichttypes", csrf_token=token, code="NIEUW", omschrijving="Nieuw")
        assert answer.status_code == 403
        assert titel in answer.text
        assert "ALGEMEEN" in answer.text
        assert 'action="' not in answer.text.split("<h1>")[1]
        refused = leverancier.send("/berichttypes/schakelen", csrf_token=token, code="ALGEMEEN", zet="uit")
        assert refused.status_code == 403


def test_an_afnemer_without_berichttypes_reads_what_to_do(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-verzendhuis")
    assert "U hebt nog geen berichttypes." in leverancier.get("/berichttypes").text
