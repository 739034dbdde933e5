"""Mandaten in the portal: an Afnemer gives and takes those in its own name, and no others."""

import uuid

import pytest

from tests.leveranciersportaal.conftest import Leverancier

VOORBEELDSTAD, VERZENDHUIS = "00000099000000001000", "00000099000000009000"
BELASTINGEN = "00000099000000002000"


def deliver_as_verzendhuis(leverancier: Leverancier, namens: str) -> str:
    bericht = {"BerichtID": str(uuid.uuid4()), "BerichtType": "ALGEMEEN", "GebruikerID": "999990019", "Onderwerp": "A"}
    answer = leverancier.wereld.afnemer(
        "POST", "/api/berichtenbox/v1/berichten", "demo-verzendhuis", headers={"X-Message-ID": str(uuid.uuid4())},
        json={"BerichtLeverancierID": namens, "Berichten": [bericht]},
    )  # fmt: skip
    status = leverancier.wereld.afnemer(
        "GET", f"/api/berichtenbox/v1/status/{answer.json()['statusID']}", "demo-verzendhuis"
    )
    (found,) = status.json()["context"]["Verwerkt"]["Berichten"]
    return str(found["VerwerkingsCode"])


def test_an_afnemer_lets_an_intermediair_deliver_and_stops_it(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-belastingen")
    assert "Alleen u levert berichten aan op uw naam." in leverancier.get("/mandaten").text
    assert deliver_as_verzendhuis(leverancier, BELASTINGEN) == "OinInCPAKomtNietOvereenMetOinInBericht"
    leverancier.post("/mandaten", "/mandaten", oin=f" {VERZENDHUIS} ")
    assert "Voorbeeld Verzendhuis mag vanaf nu namens u aanleveren." in leverancier.get("/mandaten").text
    assert deliver_as_verzendhuis(leverancier, BELASTINGEN) == "Verwerkt"
    leverancier.post("/mandaten/intrekken", "/mandaten", oin=VERZENDHUIS)
    assert deliver_as_verzendhuis(leverancier, BELASTINGEN) == "OinInCPAKomtNietOvereenMetOinInBericht"


def test_an_intermediair_reads_in_whose_name_it_may_deliver_and_cannot_give_that_to_itself(
    leverancier: Leverancier,
) -> None:
    leverancier.sign_in("demo-verzendhuis")
    page = leverancier.get("/mandaten").text.split('id="gekregen"')[1]
    assert "Gemeente Voorbeeldstad" in page
    assert "<form" not in page
    leverancier.post("/mandaten", "/mandaten", oin=BELASTINGEN)
    assert deliver_as_verzendhuis(leverancier, BELASTINGEN) == "OinInCPAKomtNietOvereenMetOinInBericht"
    leverancier.post("/mandaten/intrekken", "/mandaten", oin=VOORBEELDSTAD)
    assert deliver_as_verzendhuis(leverancier, VOORBEELDSTAD) == "Verwerkt"


@pytest.mark.parametrize(
    ("oin", "titel", "status"),
    [
        ("", "Deze Afnemer bestaat niet", 404),
        ("geen oin", "Deze Afnemer bestaat niet", 404),
        ("00000099000000005000", "Deze Afnemer bestaat niet", 404),
        (VOORBEELDSTAD, "Dit mandaat kan niet", 400),
    ],
)
def test_what_is_no_intermediair_is_refused(leverancier: Leverancier, oin: str, titel: str, status: int) -> None:
    leverancier.sign_in()
    answer = leverancier.post("/mandaten", "/mandaten", oin=oin)
    assert answer.status_code == status
    assert titel in answer.text


def test_whose_connection_is_closed_gives_no_mandaat(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-belastingen")
    token = leverancier.read_token("/mandaten")
    leverancier.wereld.control("PATCH", f"/afnemers/{BELASTINGEN}", json={"actief": False}).raise_for_status()
    assert leverancier.send("/mandaten", csrf_token=token, oin=VERZENDHUIS).status_code == 403
    answer = leverancier.wereld.control("GET", f"/afnemers/{VERZENDHUIS}").json()
    assert answer["namens"] == [VOORBEELDSTAD]
