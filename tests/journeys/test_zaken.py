"""The story of a zaak: three programs of one Afnemer tell of it, the citizen follows it, and nobody is charged."""

from typing import Any

import pytest

from tests.journeys.actors import Afnemer, Browser, Programma, advance, mails_to
from tests.lopende_zaken.documents import status_json, zaak_json, zaak_xml
from tests.running import Wereld

API = "/api/lopende-zaken/v1"


@pytest.mark.artikel("1-lopende-zaken")
def test_a_zaak_goes_from_application_to_result_and_the_citizen_is_told_once(wereld: Wereld) -> None:
    def send(method: str, path: str, **options: Any) -> None:
        wereld.afnemer(method, API + path, **options).raise_for_status()

    send("PUT", "/zaken/Z-2026-0001", json=zaak_json(weblink="https://mijn.voorbeeldstad.example/zaken/1"))
    send("POST", "/zaakberichten", data=zaak_xml(), headers={"Content-Type": "application/xml"})
    send("POST", "/zaken/Z-2026-0001/statussen", json=status_json("In behandeling", "2026-11-05T10:00:00Z"))
    assert Afnemer(wereld).used() == 3

    browser = Browser(wereld)
    browser.log_in()
    browser.open("/lopende-zaken")
    assert "Aanvraag parkeervergunning" in browser.text()
    assert "Uw aanvraag is in behandeling" in browser.text()

    advance(wereld, "PT11M")
    assert [mail["soort"] for mail in mails_to(wereld)] == ["zaak"]
    assert "1 zaak, 2 wijzigingen" in mails_to(wereld)[0]["tekst"]

    send("POST", "/zaken/Z-2026-0001/statussen", json=status_json("Afgehandeld", "2026-11-20T10:00:00Z"))
    browser.open("/lopende-zaken/afgehandeld")
    assert "20 nov" in browser.text()
    (zaak,) = Programma.log_in(wereld).ask("GET", "/zaken?fase=afgehandeld").json()["zaken"]
    assert zaak["status"] == "Uw aanvraag is afgehandeld"
