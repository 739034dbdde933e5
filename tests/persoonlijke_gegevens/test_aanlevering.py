from datetime import UTC, datetime
from typing import Any

import pytest

from simulator.gebruikers import Bsn
from simulator.infra.clock import Modus, start_klok
from simulator.verwerkingen import Activiteit
from simulator.verwerkingen.queries import list_verwerkingen
from tests.persoonlijke_gegevens.conftest import ANNA, Wereld

WONING: dict[str, Any] = {
    "titel": "Stadhuisplein 1",
    "velden": [
        {"type": "bedrag", "label": "WOZ-waarde", "waarde": "412000.00"},
        {"type": "datum", "label": "Waardepeildatum", "waarde": "2025-01-01"},
        {"type": "getal", "label": "Oppervlakte", "waarde": 112, "eenheid": "m²"},
        {"type": "jaNee", "label": "Monument", "waarde": False},
        {"type": "tekst", "label": "Soort <woning>", "waarde": "Hoekwoning & tuin"},
    ],
}


@pytest.mark.artikel("6.1")
def test_data_are_shown_as_the_afnemer_presents_them_with_source_and_date(wereld: Wereld) -> None:
    answer = wereld.deliver(WONING | {"toelichting": "Bezwaar kan tot 1 april."})
    assert (answer.status_code, answer.get_json()["opgeslagen"]) == (200, 1)
    page = wereld.read("/wonen")
    labels = ["WOZ-waarde", "€ 412.000,00", "Waardepeildatum", "1 januari 2025", "Oppervlakte", "112 m²", "Monument",
              "Nee", "Soort &lt;woning&gt;", "Hoekwoning &amp; tuin", "Bezwaar kan tot 1 april."]  # fmt: skip
    places = [page.index(each) for each in labels]
    assert places == sorted(places)
    assert 'Bron: <span lang="nl">Gemeente Voorbeeldstad</span>. Stand op 1 januari 2026.' in page
    assert 'Meld het eerst bij <span lang="nl">Gemeente Voorbeeldstad</span>' in page
    assert page.index("Meld het eerst") < page.index("Meldpunt Fouten in")


@pytest.mark.artikel("6.1")
def test_an_afnemer_may_say_how_a_value_is_written(wereld: Wereld) -> None:
    veld = {"type": "bedrag", "label": "WOZ-waarde", "waarde": "412000.00", "weergave": "ruim vier ton"}
    wereld.deliver({"titel": "Huis", "velden": [veld]})
    page = wereld.read("/wonen")
    assert "ruim vier ton" in page
    assert "412.000" not in page


def test_what_an_afnemer_says_replaces_only_what_it_said_itself_in_that_category(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    wereld.deliver(WONING | {"titel": "Bij de ander"}, key="demo-belastingen")
    wereld.deliver(WONING | {"titel": "Elders"}, categorie="voertuigen")
    wereld.deliver(WONING | {"titel": "Nieuw"})
    page = wereld.read("/wonen")
    assert "Nieuw" in page
    assert "Bij de ander" in page
    assert "<h3>Stadhuisplein 1" not in page
    assert "Elders" in wereld.read("/voertuigen")
    wereld.deliver()
    assert "Nieuw" not in wereld.read("/wonen")


def test_nobody_sees_the_data_of_another(wereld: Wereld) -> None:
    wereld.deliver(WONING)
    assert "Er zijn hier geen gegevens over u" in wereld.read("/wonen", Bsn("999990020"))


def test_a_delivery_with_a_mistake_stores_nothing_and_names_them_all(wereld: Wereld) -> None:
    velden = [{"type": "datum", "label": "Ooit", "waarde": "2026-02-30"}]
    goed = {"bsn": str(ANNA), "categorie": "wonen", "peildatum": "2026-01-01", "groepen": [WONING]}
    gegevens = [
        goed,
        goed | {"bsn": "123456782", "categorie": "onderwijs"},
        goed | {"bsn": "000000001", "categorie": "onderwijs"},
        goed | {"categorie": "voertuigen", "peildatum": "2999-01-01"},
        goed | {"categorie": "onderwijs", "groepen": [{"titel": "x", "velden": velden}]},
        goed,
    ]
    answer = wereld.send("PUT", "/gegevens", {"gegevens": gegevens})
    assert answer.status_code == 400
    assert [each["pointer"] for each in answer.get_json()["errors"]] == [
        "/gegevens/1/bsn", "/gegevens/2/bsn", "/gegevens/3/peildatum",
        "/gegevens/4/groepen/0/velden/0/waarde", "/gegevens/5",
    ]  # fmt: skip
    assert "Stadhuisplein" not in wereld.read("/wonen")


@pytest.mark.parametrize(("peildatum", "status"), [("2026-11-27", 200), ("2026-11-28", 400)])
def test_a_day_begins_at_dutch_midnight(wereld: Wereld, peildatum: str, status: int) -> None:
    with wereld.omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, datetime(2026, 11, 26, 23, 30, tzinfo=UTC)))
    assert wereld.deliver(WONING, peildatum=peildatum).status_code == status


def test_a_delivery_is_in_the_log_of_each_person_it_is_about(wereld: Wereld) -> None:
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    goed = {"categorie": "wonen", "peildatum": "2026-01-01", "groepen": [WONING]}
    bsns = [str(ANNA), "999990020"]
    answer = wereld.send("PUT", "/gegevens", {"gegevens": [goed | {"bsn": bsn} for bsn in bsns]}, traceparent=caller)
    assert answer.get_json()["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    for bsn in bsns:
        with wereld.omgeving.reading() as session:
            (regel,) = list_verwerkingen(session, int(bsn))
        assert (regel.activiteit, regel.omschrijving) == (Activiteit.GEGEVENS_AANLEVEREN, "Wonen en WOZ")
        assert regel.trace_id == "0af7651916cd43dd8448eb211c80319c"


def test_only_who_is_connected_to_persoonlijke_gegevens_may_deliver(wereld: Wereld) -> None:
    answer = wereld.deliver(WONING, key="demo-voorbeeldmeer")
    assert (answer.status_code, answer.get_json()["regel"]["id"]) == (403, "AF-dienst")
