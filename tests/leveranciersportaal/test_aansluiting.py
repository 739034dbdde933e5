"""The connection in the portal: where it is, what is missing, and the steps that the Afnemer takes itself."""

import pytest

from tests.leveranciersportaal.conftest import Leverancier

MEER = "00000099000000004000"


def logius_step(leverancier: Leverancier) -> None:
    """What Logius does, as the beheerder of the simulator."""
    path = f"/aansluitingen/{MEER}/lopende-zaken/stappen"
    leverancier.wereld.control("POST", path, json={}).raise_for_status()


def test_a_connection_in_production_shows_its_sector_contacts_documents_and_history(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    page = leverancier.get("/aansluiting").text
    for shown in ("Medeoverheid", "Financieel", "DAP", "SNO", "DFA", "Verwerkersovereenkomst", "Geschiedenis"):
        assert shown in page
    assert page.count("In productie</span>") == 3


def test_an_afnemer_walks_from_nothing_to_production_with_what_is_missing_at_each_step(
    leverancier: Leverancier,
) -> None:
    leverancier.sign_in("demo-voorbeeldmeer")
    page = leverancier.get("/aansluiting").text
    assert "U hebt voor deze dienst nog geen Aanvraagformulier ingediend." in page
    form = {"dienst": "lopende-zaken"}
    fill = ("/aansluiting/aanvullen", "/aansluiting")
    leverancier.post(*fill, **form)
    page = leverancier.get("/aansluiting").text
    assert "Het Aanvraagformulier is niet ondertekend (artikel 2.2)." in page
    assert "Dit ontbreekt nog:" in page
    refused = leverancier.post("/aansluiting/stap", "/aansluiting", **form)
    assert refused.status_code == 403  # it is for Logius to take
    for _ in range(3):
        leverancier.post(*fill, **form)
        page = leverancier.get("/aansluiting").text
        if "Deze stap zet u zelf" in page:
            leverancier.post("/aansluiting/stap", "/aansluiting", **form)
        else:
            logius_step(leverancier)
    leverancier.post(*fill, **form)
    logius_step(leverancier)
    page = leverancier.get("/aansluiting").text
    assert page.count("In productie</span>") == 2
    assert leverancier.wereld.afnemer("GET", "/api/lopende-zaken/v1/zaken", "demo-voorbeeldmeer").status_code == 200


@pytest.mark.parametrize("pad", ["/aansluiting/aanvullen", "/aansluiting/stap"])
def test_a_dienst_that_does_not_exist_changes_nothing(leverancier: Leverancier, pad: str) -> None:
    leverancier.sign_in()
    assert leverancier.post(pad, "/aansluiting", dienst="weer").status_code == 400


def test_a_new_organisation_signs_in_and_is_connected_to_nothing(leverancier: Leverancier) -> None:
    invoer = {"oin": "00000099000000007000", "naam": "Gemeente Nieuwstad", "diensten": []}
    leverancier.wereld.control("POST", "/afnemers", json=invoer).raise_for_status()
    answer = leverancier.wereld.control("POST", f"/afnemers/{invoer['oin']}/sleutels")
    leverancier.sign_in(answer.json()["sleutel"])
    page = leverancier.get("/aansluiting").text
    assert page.count("Niet aangesloten</span>") == 3
    assert "Er zijn nog geen documenten vastgelegd." in page
    for pad in ("", "/voorwaarden", "/berichttypes", "/mandaten", "/statistiek", "/rapportages", "/weblinks"):
        assert leverancier.get(pad).status_code == 200
