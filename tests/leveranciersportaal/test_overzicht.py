"""The first page and the weblinks: how it is with the connection, and what asks for attention."""

from tests.leveranciersportaal.conftest import Leverancier
from tests.leveranciersportaal.test_rapportages import ACTIEF, NIET_ACTIEF, deliver
from tests.lopende_zaken.documents import zaak_json


def put_zaak(leverancier: Leverancier, link: str) -> None:
    leverancier.wereld.control("PATCH", "/instellingen", json={"weblinkBeleid": "markeren"}).raise_for_status()
    path = "/api/lopende-zaken/v1/zaken/Z-1"
    leverancier.wereld.afnemer("PUT", path, json=zaak_json(weblink=link)).raise_for_status()


def test_a_new_afnemer_sees_where_it_stands(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-voorbeeldmeer")
    page = leverancier.get().text
    assert page.count("In productie") == 1
    assert page.count("Niet aangesloten") == 2
    assert "Deze maand is er nog niets verwerkt." in page
    assert "Er is nog niets aangeleverd door u of namens u." in page
    assert "Wat aandacht vraagt" not in page


def test_the_month_the_latest_deliveries_and_what_went_wrong_are_on_the_first_page(leverancier: Leverancier) -> None:
    deliver(leverancier, ACTIEF, ACTIEF)
    rejected = deliver(leverancier, NIET_ACTIEF)
    put_zaak(leverancier, "https://elders.example/zaken/1")
    leverancier.sign_in()
    page = leverancier.get().text
    assert '<td>Berichtenbox</td><td><code>ALGEMEEN</code></td><td class="number">2</td>' in page
    assert "<td>Lopende Zaken</td>" in page
    assert f"/rapportages/{rejected}" in page
    assert "Van 1 van uw laatste 2 aanleveringen is niet alles verwerkt." in page
    assert "1 weblink werkt niet." in page


def test_without_an_active_berichttype_that_is_what_to_do(leverancier: Leverancier) -> None:
    leverancier.sign_in("demo-verzendhuis")
    assert "U hebt geen berichttype dat aan staat" in leverancier.get().text


def test_a_weblink_that_breaks_the_rules_is_listed_for_its_afnemer_alone(leverancier: Leverancier) -> None:
    leverancier.sign_in()
    assert "U hebt nog geen zaken met een weblink aangeleverd." in leverancier.get("/weblinks").text
    put_zaak(leverancier, "https://elders.example/zaken/1")
    page = leverancier.get("/weblinks").text
    assert "https://elders.example/zaken/1" in page
    assert "Buiten domein" in page
    leverancier.sign_in("demo-belastingen")
    assert "elders.example" not in leverancier.get("/weblinks").text
    leverancier.sign_in("demo-verzendhuis")
    assert "daarop bent u niet aangesloten" in leverancier.get("/weblinks").text
