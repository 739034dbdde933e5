import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from simulator.afnemers import Dienst, beheer
from simulator.gebruikers import Bsn
from simulator.verwerkingen import Activiteit, Logvraag, export_verwerkingen
from simulator.verwerkingen.queries import list_verwerkingen
from tests.digid.world import pass_time, set_klok
from tests.persoonlijke_gegevens.bronserver import Bronserver
from tests.persoonlijke_gegevens.conftest import ANNA, Wereld

STORING = "Deze gegevens kunnen wij nu niet tonen."


def test_a_source_is_asked_while_the_citizen_waits_with_the_bsn_in_the_body(
    wereld: Wereld, bronserver: Bronserver
) -> None:
    wereld.register("diploma", bronserver.url(), sleutel="geheim")
    page = wereld.read("/onderwijs")
    assert "Wiskunde B" in page
    assert "Zojuist opgevraagd." in page
    (asked,) = bronserver.asked
    assert asked["body"] == {"burgerservicenummer": str(ANNA), "categorie": "onderwijs"}
    assert asked["headers"]["X-API-Key"] == "geheim"
    assert str(ANNA) not in asked["path"]
    lines = list(export_verwerkingen(wereld.omgeving, Logvraag(), str))
    shown = next(line for line in lines if line["name"] == "gegevens-tonen")
    fetched = next(line for line in lines if line["name"] == "bron-bevragen")
    assert asked["headers"]["traceparent"] == f"00-{fetched['trace_id']}-{fetched['operation_id']}-01"
    assert fetched["parent_operation_id"] == shown["operation_id"]


def test_a_source_of_who_lost_the_dienst_is_not_asked(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("diploma", bronserver.url())
    wijziging = beheer.AfnemerWijziging("00000099000000002000", diensten=frozenset({Dienst.BERICHTENBOX}))
    beheer.change_afnemer(wereld.omgeving, wijziging)
    assert "Diploma" not in wereld.read("/onderwijs")
    assert "Voorbeelddienst Belastingen" not in wereld.read("/onderwijs")
    assert bronserver.asked == []


def test_all_sources_are_asked_at_once(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("een", bronserver.url("/samen"), tijdslimietMs=5000)
    wereld.register("twee", bronserver.url("/samen"), tijdslimietMs=5000)
    page = wereld.read("/onderwijs")  # neither answers before both were asked
    assert page.count("Wiskunde B") == 2
    assert STORING not in page


@pytest.mark.parametrize(
    ("path", "fout"),
    [
        ("/fout", "foutcode"), ("/onzin", "vorm"), ("/andere-vorm", "vorm"), ("/rare-datum", "vorm"),
        ("/groot", "te-groot"), ("/rond", "doorverwezen"), ("/elders", "doorverwezen"), ("/als-get", "foutcode"),
    ],
)  # fmt: skip
def test_a_source_that_fails_costs_only_its_own_block(
    wereld: Wereld, bronserver: Bronserver, path: str, fout: str
) -> None:
    wereld.register("goed", bronserver.url())
    wereld.register("stuk", bronserver.url(path))
    page = wereld.read("/onderwijs")
    assert "Wiskunde B" in page
    assert page.count(STORING) == 1
    assert "500" not in page
    assert wereld.bron("stuk")["laatsteFout"] == fout
    assert "laatsteFout" not in wereld.bron("goed")


@pytest.mark.parametrize("path", ["/hangt", "/druppelt"])
def test_a_source_that_is_slow_is_not_waited_for(wereld: Wereld, bronserver: Bronserver, path: str) -> None:
    wereld.register("traag", bronserver.url(path), tijdslimietMs=150)
    began = time.perf_counter()
    assert "antwoordde niet op tijd" in wereld.read("/onderwijs")
    assert time.perf_counter() - began < 15  # the server would hang for twenty seconds, and drip for ever
    assert wereld.bron("traag")["laatsteFout"] == "te-laat"


def test_a_source_that_moved_on_its_own_host_is_followed(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("verhuisd", bronserver.url("/verhuisd"))
    assert "Wiskunde B" in wereld.read("/onderwijs")


def test_a_source_that_nobody_listens_at_is_unreachable(wereld: Wereld, bronserver: Bronserver) -> None:
    bronserver.server_close()
    wereld.register("weg", bronserver.url())
    assert "nu niet bereikbaar" in wereld.read("/onderwijs")


def test_an_answer_is_kept_as_long_as_the_source_allows_on_the_clock_of_the_omgeving(
    wereld: Wereld, bronserver: Bronserver
) -> None:
    set_klok(wereld.omgeving, wereld.omgeving.now())
    wereld.register("diploma", bronserver.url(), bewarenSeconden=300)
    assert "Zojuist opgevraagd." in wereld.read("/onderwijs")
    for _ in range(2):
        assert "Wiskunde B" in wereld.read("/onderwijs")
    assert len(bronserver.asked) == 1
    pass_time(wereld.omgeving, timedelta(seconds=301))
    assert "Zojuist opgevraagd." in wereld.read("/onderwijs")
    assert len(bronserver.asked) == 2


def test_an_answer_that_was_kept_says_when_it_was_really_asked(wereld: Wereld, bronserver: Bronserver) -> None:
    set_klok(wereld.omgeving, datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    wereld.register("diploma", bronserver.url(), bewarenSeconden=7200)
    wereld.read("/onderwijs")
    pass_time(wereld.omgeving, timedelta(hours=1))
    page = wereld.read("/onderwijs")
    assert "Opgevraagd op 23 november 2026 om 10:30." in page
    assert "Zojuist" not in page
    (blok,) = wereld.citizen().get("/api/portaal/v1/gegevens?categorie=onderwijs").get_json()["blokken"]
    assert (blok["bewaardVan"], blok["vorm"]) == ("2026-11-23T09:30:00Z", "live")


def test_an_answer_that_may_not_be_kept_is_asked_each_time(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("diploma", bronserver.url(), bewarenSeconden=0)
    wereld.read("/onderwijs")
    wereld.read("/onderwijs")
    assert len(bronserver.asked) == 2


def test_after_three_failures_a_source_is_left_alone_and_tried_again_later(
    wereld: Wereld, bronserver: Bronserver
) -> None:
    set_klok(wereld.omgeving, wereld.omgeving.now())
    wereld.register("stuk", bronserver.url("/fout"))
    for _ in range(4):
        wereld.read("/onderwijs")
    page = wereld.read("/onderwijs")
    assert len(bronserver.asked) == 3
    assert "We vragen het over een paar minuten opnieuw" in page
    assert wereld.bron("stuk")["dichtTot"].endswith("Z")
    pass_time(wereld.omgeving, timedelta(seconds=31))
    wereld.read("/onderwijs")
    assert len(bronserver.asked) == 4
    wereld.register("stuk", bronserver.url())  # mended: the Afnemer says so by registering it again
    assert "Wiskunde B" in wereld.read("/onderwijs")
    assert wereld.bron("stuk")["foutenOpRij"] == 0


def test_each_source_that_was_asked_is_in_the_log_also_when_it_failed(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("goed", bronserver.url())
    wereld.register("stuk", bronserver.url("/fout"))
    wereld.read("/onderwijs")
    with wereld.omgeving.reading() as session:
        regels = list_verwerkingen(session, int(ANNA), eigen=False)
    assert {(each.omschrijving, each.gelukt) for each in regels} == {("Goed", True), ("Stuk", False)}
    assert {each.activiteit for each in regels} == {Activiteit.BRON_BEVRAGEN}


@pytest.mark.parametrize(
    "url",
    [
        "http://bron.example/", "https://10.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/",
        "https://gebruiker:wachtwoord@bron.example/", "https://bron.example/999990019", "https://bron.example/#x",
        "bron.example", "https://bron.example/a b", "ftp://bron.example/", "https:///pad", "http://192.168.1.1/",
        "https://[", "https://a\uff0fb",
    ],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_no_source(wereld: Wereld, url: str) -> None:
    answer = wereld.register("onveilig", url)
    assert (answer.status_code, answer.get_json()["regel"]["id"]) == (400, "PG-bron-url")


def test_a_title_has_no_control_characters(wereld: Wereld) -> None:
    assert wereld.register("onzichtbaar", "https://bron.example/", titel="a\x00b").status_code == 400


def test_what_was_allowed_by_name_is_refused_when_it_is_not_any_more(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("diploma", bronserver.url())
    with wereld.omgeving.unit_of_work() as uow:
        uow.change_state(bronnen_toegestaan=[])
    assert "Het adres van deze bron is niet toegestaan." in wereld.read("/onderwijs")
    assert not bronserver.asked


def test_an_afnemer_sees_changes_and_removes_its_own_sources_only(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("diploma", bronserver.url())
    assert wereld.send("GET", "/bronnen", key="demo-wegverkeer").get_json() == {"bronnen": []}
    assert wereld.send("DELETE", "/bronnen/diploma", key="demo-wegverkeer").status_code == 404
    wereld.register("diploma", bronserver.url("/leeg"), titel="Anders")
    assert wereld.bron("diploma")["titel"] == "Anders"
    assert "heeft niets over u vastgelegd" in wereld.read("/onderwijs")
    assert wereld.send("DELETE", "/bronnen/diploma", key="demo-belastingen").status_code == 204
    assert "Er zijn hier geen gegevens over u" in wereld.read("/onderwijs")
    assert wereld.register("Diploma!", bronserver.url()).status_code == 404


def test_failures_of_many_citizens_at_once_are_all_counted(wereld: Wereld, bronserver: Bronserver) -> None:
    wereld.register("stuk", bronserver.url("/fout"))
    citizens = [wereld.citizen(bsn) for bsn in (ANNA, Bsn("999990020"), Bsn("999990032"))]
    with ThreadPoolExecutor(3) as pool:
        pages = list(pool.map(lambda citizen: citizen.get("/persoonlijke-gegevens/onderwijs").text, citizens))
    assert all(STORING in page for page in pages)
    assert wereld.bron("stuk")["foutenOpRij"] == 3
