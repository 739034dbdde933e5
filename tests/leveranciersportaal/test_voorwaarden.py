"""The Voorwaarden in the portal: what was announced, accepting and refusing, and what follows from that."""

import pytest

from tests.leveranciersportaal.conftest import Leverancier


def announce(leverancier: Leverancier, versie: str = "3.0") -> str:
    """Logius decides on a version on 2 March 2026 and announces it for 1 May; answers its id."""
    control = leverancier.wereld.control
    control("PUT", "/klok", json={"modus": "stil", "moment": "2026-03-02T12:00:00Z"}).raise_for_status()
    overleg = control("POST", "/afnemersoverleggen", json={"datum": "2026-03-01", "onderwerp": "Voorwaarden"}).json()
    besluit = {"overleg": overleg["id"], "inhoud": {"soort": "voorwaarden", "versie": versie}}
    answer = control("POST", "/besluiten", json=besluit)
    assert answer.ok, answer.text
    wijziging = {"versie": versie, "ingangsdatum": "2026-05-01", "samenvatting": "Nieuwe <regels> over weblinks."}
    answer = control("POST", "/voorwaarden", json=wijziging)
    assert answer.ok, answer.text
    return str(answer.json()["id"])


def go_to(leverancier: Leverancier, moment: str) -> None:
    """Move the clock, doing all that is on the agenda on the way, and sign in again."""
    leverancier.wereld.control("POST", "/klok/_vooruit", json={"tot": moment}).raise_for_status()
    leverancier.sign_in()


def test_nothing_was_announced(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    page = leverancier.get("/voorwaarden").text
    assert "Nu geldt versie 2.9" in page
    assert "Er zijn geen wijzigingen aan u gemeld." in page


def test_an_afnemer_is_told_and_accepts(leverancier: Leverancier) -> None:
    kenmerk = announce(leverancier)
    leverancier.sign_in()
    assert "versie 3.0 wacht op uw antwoord" in leverancier.get().text
    page = leverancier.get("/voorwaarden").text
    assert "Nieuwe &lt;regels&gt; over weblinks." in page
    leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="aanvaard")
    assert "U hebt versie 3.0 van de Voorwaarden aanvaard." in leverancier.get("/voorwaarden").text
    assert "wacht op uw antwoord" not in leverancier.get().text


def test_who_refuses_is_delivered_until_two_months_later_and_reads_why_it_ended(leverancier: Leverancier) -> None:
    kenmerk = announce(leverancier)
    leverancier.sign_in()
    leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="geweigerd")
    go_to(leverancier, "2026-06-30T21:00:00Z")
    assert leverancier.get().text.count("In productie") == 3
    go_to(leverancier, "2026-07-01T12:00:00Z")
    page = leverancier.get().text
    assert "In productie" not in page
    assert "heeft de gewijzigde voorwaarden niet aanvaard" in page
    page = leverancier.get("/voorwaarden").text
    assert "niet meer aan u geleverd (artikel 8.2)" in page
    token = leverancier.read_token("")
    answer = leverancier.send("/voorwaarden", csrf_token=token, kenmerk=kenmerk, antwoord="aanvaard")
    assert answer.status_code == 409
    others = leverancier.wereld.afnemer("GET", "/api/berichtenbox/v1/berichttypes", "demo-belastingen")
    assert others.status_code == 200


def test_an_afnemer_changes_its_mind_in_time(leverancier: Leverancier) -> None:
    kenmerk = announce(leverancier)
    leverancier.sign_in()
    leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="geweigerd")
    leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="aanvaard")
    go_to(leverancier, "2026-07-02T12:00:00Z")
    assert leverancier.get().text.count("In productie") == 3


@pytest.mark.parametrize("kenmerk", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_change_that_was_not_told_cannot_be_answered(leverancier: Leverancier, kenmerk: str) -> None:
    announce(leverancier)
    leverancier.sign_in()
    answer = leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="aanvaard")
    assert answer.status_code == 404


def test_the_answer_of_one_says_nothing_for_another(leverancier: Leverancier) -> None:
    kenmerk = announce(leverancier)
    leverancier.sign_in()
    leverancier.post("/voorwaarden", "/voorwaarden", kenmerk=kenmerk, antwoord="geweigerd")
    leverancier.sign_in("demo-belastingen")
    page = leverancier.get("/voorwaarden").text
    assert "Geweigerd" not in page
    assert "Open</span>" in page
