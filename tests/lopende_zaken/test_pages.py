from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from simulator.digid import Niveau, start_sessie
from simulator.gebruikers import Bsn
from simulator.infra.agenda import run_due
from simulator.lopende_zaken import build_agenda, summarize_dienst
from simulator.weblinks import Weblinkbeleid
from simulator.weblinks.models import Weblink
from tests.lopende_zaken.conftest import Deur
from tests.lopende_zaken.documents import status_json, zaak_json
from tests.lopende_zaken.zaken_builder import ANNA, shown

ANDER = Bsn("999990020")
Lezer = Callable[[str], str]


@pytest.fixture
def lees(deur: Deur) -> Lezer:
    """What Anna's browser shows at a path."""
    client = browser(deur, ANNA)

    def read(path: str) -> str:
        answer = client.get(f"/omgevingen/{deur.naam}{path}", follow_redirects=True)
        return " ".join(answer.get_data(as_text=True).split())

    return read


def browser(deur: Deur, bsn: Bsn) -> FlaskClient:
    client = deur.app.test_client()
    client.set_cookie(
        f"sessie-{deur.naam}", start_sessie(deur.omgeving, bsn, Niveau.MIDDEN), path=f"/omgevingen/{deur.naam}"
    )
    return client


def put(deur: Deur, identificatie: str = "Z-1", **given: Any) -> None:
    answer = deur.ask("PUT", f"/zaken/{identificatie}", json=zaak_json(**given))
    assert answer.status_code in {200, 201}, answer.text


def test_the_tabs_show_what_goes_on_and_what_has_ended(deur: Deur, lees: Lezer) -> None:
    put(deur, omschrijving="Loopt nog", status=status_json())
    put(deur, "Z-2", omschrijving="Is klaar", einddatum="2026-11-20")
    for head in ("Organisatie", "Onderwerp", "Laatste wijziging", "Status"):
        assert f'<th scope="col">{head}</th>' in lees("/lopende-zaken")
    assert "Loopt nog" in lees("/lopende-zaken")
    assert "Is klaar" not in lees("/lopende-zaken")
    closed = lees("/lopende-zaken/afgehandeld")
    assert "Is klaar" in closed
    assert "20 nov. 2026" in closed or "20 nov 2026" in closed
    assert "Loopt nog" not in closed


def test_without_zaken_the_page_says_so(lees: Lezer) -> None:
    assert "U hebt geen lopende zaken" in lees("/lopende-zaken")
    assert "Er zijn nog geen afgehandelde zaken" in lees("/lopende-zaken/afgehandeld")


def test_one_zaak_is_shown_with_its_steps_and_its_way_to_the_dossier(deur: Deur, lees: Lezer) -> None:
    link = "https://mijn.voorbeeldstad.example/zaken/1"
    put(deur, status=status_json(statustoelichting="Wij kijken ernaar."), weblink=link)
    page = lees(f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}")
    assert f'href="{link}" rel="nofollow noopener noreferrer external"' in page
    assert 'aria-current="step"' in page
    for text in (
        "Uw aanvraag is ontvangen",
        "Wij kijken ernaar.",
        "Volgende stap",
        "Uw aanvraag is in behandeling",
        "Later",
    ):
        assert text in page


def test_a_dead_weblink_is_shown_as_a_reason_and_never_as_a_link(deur: Deur, lees: Lezer) -> None:
    with deur.omgeving.unit_of_work() as uow:
        uow.change_state(weblink_beleid=Weblinkbeleid.MARKEREN.value)
    put(deur, weblink="https://elders.example/zaken/1")
    page = lees(f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}")
    assert "De weg naar het dossier werkt nu niet." in page
    assert 'href="https://elders' not in page


def test_a_weblink_that_died_since_is_not_shown_any_more(deur: Deur, lees: Lezer) -> None:
    put(deur, weblink="https://mijn.voorbeeldstad.example/zaken/1")
    path = f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}"
    assert "Naar het dossier" in lees(path)
    with deur.omgeving.unit_of_work() as uow:
        uow.session.execute(update(Weblink).values(stand="kapot", reden="De pagina bestaat niet (404)."))
    page = lees(path)
    assert "De pagina bestaat niet (404)." in page
    assert "mijn.voorbeeldstad.example" not in page


def test_what_the_citizen_has_to_do_stands_out(deur: Deur, lees: Lezer) -> None:
    put(deur, status=status_json("Aanvulling gevraagd"))
    assert "U moet iets doen" in lees("/lopende-zaken")
    assert "U moet iets doen" in lees(f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}")


def test_the_menu_counts_what_changed_until_it_is_looked_at(deur: Deur, lees: Lezer) -> None:
    put(deur, status=status_json())
    assert '1<span class="visually-hidden"> gewijzigd' in lees("/")
    assert summarize_dienst(deur.omgeving, ANNA).zin == "U hebt 1 lopende zaak, die is gewijzigd."
    lees(f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}")
    assert summarize_dienst(deur.omgeving, ANNA).zin == "U hebt 1 lopende zaak."
    assert "gewijzigd</span>" not in lees("/")


def test_the_zaak_of_somebody_else_is_not_there(deur: Deur) -> None:
    put(deur)
    kenmerk = shown(deur.omgeving)[0].kenmerk
    for path in (kenmerk, "onbekend", "00000000-0000-8000-8000-000000000000"):
        answer = browser(deur, ANDER).get(f"/omgevingen/{deur.naam}/lopende-zaken/{path}")
        assert answer.status_code == 404
        assert "Deze zaak is niet gevonden" in answer.get_data(as_text=True)


def test_what_an_afnemer_writes_is_text_and_nothing_else(deur: Deur, lees: Lezer) -> None:
    put(deur, omschrijving="<b>vet</b>", toelichting="<script>alert(1)</script>")
    page = lees(f"/lopende-zaken/{shown(deur.omgeving)[0].kenmerk}")
    assert "<b>vet" not in page
    assert "<script" not in page


def test_a_long_list_goes_on_on_the_next_page(deur: Deur, lees: Lezer) -> None:
    for number in range(27):
        put(deur, f"Z-{number}", omschrijving=f"Zaak {number}")
    assert lees("/lopende-zaken").count('<th scope="row"') == 25
    verder = lees("/lopende-zaken").split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = lees(verder.removeprefix(f"/omgevingen/{deur.naam}"))
    assert page.count('<th scope="row"') == 2
    assert "Naar de nieuwste" in page


def test_in_english_the_page_is_english_and_the_zaak_stays_dutch(deur: Deur, lees: Lezer) -> None:
    put(deur, status=status_json())
    page = lees("/lopende-zaken?taal=en")
    assert "Current cases" in page
    assert 'lang="nl">Uw aanvraag is ontvangen' in page


def test_programs_see_what_the_pages_show(deur: Deur) -> None:
    put(deur, status=status_json(), weblink="https://mijn.voorbeeldstad.example/zaken/1")
    client = deur.app.test_client()
    headers = {"Authorization": f"Bearer {start_sessie(deur.omgeving, ANNA, Niveau.MIDDEN)}"}
    base = f"/omgevingen/{deur.naam}/api/portaal/v1/zaken"
    lijst = client.get(base, headers=headers).get_json()
    assert (lijst["lopend"], lijst["afgehandeld"], lijst["volgende"]) == (1, 0, None)
    (zaak,) = lijst["zaken"]
    assert (zaak["status"], zaak["gewijzigd"], zaak["actieVereist"]) == ("Uw aanvraag is ontvangen", True, False)
    detail = client.get(f"{base}/{zaak['id']}", headers=headers).get_json()
    assert [stap["soort"] for stap in detail["stappen"]] == ["huidig", "volgende", "later"]
    assert detail["dossier"]["url"] == "https://mijn.voorbeeldstad.example/zaken/1"
    assert client.get(f"{base}?fase=onzin", headers=headers).status_code == 400
    assert client.get(f"{base}/onbekend", headers=headers).status_code == 404


def test_the_simulated_mailbox_shows_the_emails_of_both_services(deur: Deur, lees: Lezer) -> None:
    put(deur, status=status_json())
    run_due(deur.omgeving, build_agenda(), deur.omgeving.now() + timedelta(hours=1))
    assert "Uw zaak bij Gemeente Voorbeeldstad is gewijzigd" in lees("/berichtenbox/kennisgevingen")
