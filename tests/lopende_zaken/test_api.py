"""The three ways in lead to one place, over HTTP."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.afnemers import Dienst, afnemer_index
from simulator.infra.clock import dutch_day
from simulator.infra.ids import new_guid
from simulator.lopende_zaken import check_zaken
from simulator.verbruik import Periode, get_verbruik, get_verbruik_in_rekening
from simulator.verbruik.values import Per
from simulator.weblinks import Weblinkbeleid
from tests.lopende_zaken.conftest import Deur
from tests.lopende_zaken.documents import status_json, zaak_json, zaak_xml
from tests.lopende_zaken.zaken_builder import counted, shown

NUMBERS = st.integers(0, 3)
LINK = "https://mijn.voorbeeldstad.example/zaken/1"


def put(deur: Deur, identificatie: str = "Z-1", status: int = 201, **given: Any) -> dict[str, Any]:
    headers = given.pop("headers", {})
    answer = deur.ask("PUT", f"/zaken/{identificatie}", json=zaak_json(**given), headers=headers)
    assert answer.status_code == status, answer.text
    document: dict[str, Any] = answer.get_json()
    return document


def test_a_zaak_is_made_once_and_changed_after_that(deur: Deur) -> None:
    made = put(deur, status=201)
    assert (made["identificatie"], made["fase"], made["statussen"]) == ("Z-1", "lopend", [])
    changed = put(deur, status=200, omschrijving="Iets anders")
    assert changed["omschrijving"] == "Iets anders"
    assert deur.ask("GET", "/zaken/Z-1").get_json() == changed


def test_answers_say_in_which_trace_the_line_of_the_processing_log_is(deur: Deur) -> None:
    asked = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    made = deur.ask("PUT", "/zaken/Z-1", json=zaak_json(), headers={"traceparent": asked})
    told = made.headers["traceparent"].split("-")
    assert (told[1], len(told[2])) == (asked.split("-")[1], 16)
    assert told[2] != asked.split("-")[2]
    box = deur.ask("POST", "/postbussen/_controleren", json={"gebruikers": ["999990019"]})
    assert box.headers["traceparent"].startswith("00-")


def test_a_status_closes_and_reopens_and_the_whole_history_is_answered(deur: Deur) -> None:
    put(deur)
    closing = status_json("Afgehandeld", "2026-11-20T10:00:00Z")
    assert deur.ask("POST", "/zaken/Z-1/statussen", json=closing).status_code == 201
    zaak = deur.ask("POST", "/zaken/Z-1/statussen", json=status_json("Ontvangen", "2026-11-02T10:00:00Z")).get_json()
    assert [each["datumStatusGezet"] for each in zaak["statussen"]] == ["2026-11-02T10:00:00Z", "2026-11-20T10:00:00Z"]
    assert (zaak["fase"], zaak["einddatum"]) == ("afgehandeld", "2026-11-20")
    assert put(deur, status=200, einddatum=None)["fase"] == "lopend"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "1899-12-31T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-02T10:00:00"]
)
def test_a_moment_that_no_zaak_can_have_is_refused(deur: Deur, moment: str) -> None:
    put(deur)
    answer = deur.ask("POST", "/zaken/Z-1/statussen", json=status_json("Afgehandeld", moment))
    assert answer.status_code == 400
    assert answer.get_json()["regel"]["id"] in {"LZ-moment", "SIM-json-schema"}


def test_the_same_message_id_counts_once_and_refuses_something_else(deur: Deur) -> None:
    headers = {"X-Message-ID": str(new_guid())}
    put(deur, headers=headers)
    put(deur, headers=headers, status=200)
    put(deur, headers=headers, status=409, omschrijving="Iets anders")
    assert counted(deur.omgeving) == (1, 1)


def test_zaken_are_listed_by_fase_and_page_by_page(deur: Deur) -> None:
    for number in range(5):
        put(deur, f"Z-{number}", einddatum="2026-11-20" if number == 4 else None)
    first = deur.ask("GET", "/zaken?fase=lopend&aantal=3").get_json()
    assert [each["identificatie"] for each in first["zaken"]] == ["Z-0", "Z-1", "Z-2"]
    second = deur.ask("GET", f"/zaken?fase=lopend&aantal=3&cursor={first['volgende']}").get_json()
    assert ([each["identificatie"] for each in second["zaken"]], second["volgende"]) == (["Z-3"], None)
    closed = deur.ask("GET", "/zaken?fase=afgehandeld").get_json()["zaken"]
    assert [each["identificatie"] for each in closed] == ["Z-4"]


@pytest.mark.parametrize("query", ["fase=open", "aantal=0", "aantal=101", "aantal=x", "cursor=x"])
def test_a_list_that_does_not_exist_is_refused(deur: Deur, query: str) -> None:
    answer = deur.ask("GET", f"/zaken?{query}")
    assert (answer.status_code, answer.get_json()["regel"]["id"]) == (400, "LZ-bladeren")


def test_an_afnemer_sees_its_own_zaken_only(deur: Deur) -> None:
    put(deur)
    assert deur.ask("GET", "/zaken", key="demo-belastingen").get_json()["zaken"] == []
    answer = deur.ask("GET", "/zaken/Z-1", key="demo-belastingen")
    assert (answer.status_code, answer.get_json()["regel"]["id"]) == (404, "LZ-zaak-eigenaar")


def test_who_is_not_connected_to_lopende_zaken_may_not_enter(deur: Deur) -> None:
    answer = deur.ask("GET", "/zaken", key="demo-voorbeeldmeer")
    assert (answer.status_code, answer.get_json()["regel"]["id"]) == (403, "AF-dienst")


def test_who_has_a_box_for_zaken_can_be_asked_beforehand(deur: Deur) -> None:
    bsns = ["999990019", "999990020", "999990032", "999990081", "999990093", "123456789"]
    answer = deur.ask("POST", "/postbussen/_controleren", json={"gebruikers": bsns})
    assert answer.status_code == 200, answer.text
    assert {each["gebruiker"]: each["isActief"] for each in answer.get_json()["postbussen"]} == dict(
        zip(bsns, [True, True, False, False, False, False], strict=True)
    )


def test_a_zaaktype_is_managed_and_in_force_for_the_next_delivery(deur: Deur) -> None:
    document = {"omschrijving": "Nieuw", "statustypen": [{"volgnummer": 1, "omschrijving": "Begonnen"}]}
    assert deur.ask("PUT", "/zaaktypen/NIEUW", json=document).status_code == 201
    put(deur, zaaktype="NIEUW")
    assert deur.ask("POST", "/zaken/Z-1/statussen", json=status_json("Begonnen")).status_code == 201
    assert deur.ask("PUT", "/zaaktypen/NIEUW", json=document | {"actief": False}).status_code == 200
    answer = deur.ask("POST", "/zaken/Z-1/statussen", json=status_json("Begonnen", "2026-11-03T10:00:00Z"))
    assert answer.get_json()["regel"]["id"] == "LZ-zaaktype"
    assert len(shown(deur.omgeving)) == 1  # what was delivered stays in sight
    twice = {"omschrijving": "Nieuw", "statustypen": [{"volgnummer": n, "omschrijving": "Begonnen"} for n in (1, 2)]}
    assert deur.ask("PUT", "/zaaktypen/NIEUW", json=twice).get_json()["regel"]["id"] == "LZ-statustypen"


def test_a_weblink_is_judged_and_shown(deur: Deur) -> None:
    zaak = put(deur, weblink=LINK)
    assert (zaak["weblink"]["url"], zaak["weblink"]["bruikbaar"]) == (LINK, True)
    (seen,) = shown(deur.omgeving)
    assert seen.weblink is not None
    assert seen.weblink.url == LINK
    assert put(deur, status=200)["weblink"] is None


@pytest.mark.parametrize(
    "link", ["http://mijn.voorbeeldstad.example/1", "https://elders.example/1", LINK + "?bsn=999990019"]
)
def test_a_weblink_that_breaks_a_rule_is_refused_with_the_rule(deur: Deur, link: str) -> None:
    answer = deur.ask("PUT", "/zaken/Z-1", json=zaak_json(weblink=link))
    assert answer.status_code == 400
    assert answer.get_json()["regel"]["id"].startswith("VW-7.1-weblink-")
    assert shown(deur.omgeving) == []


def test_or_the_zaak_is_accepted_and_the_citizen_gets_the_reason_instead_of_the_link(deur: Deur) -> None:
    with deur.omgeving.unit_of_work() as uow:
        uow.change_state(weblink_beleid=Weblinkbeleid.MARKEREN.value)
    assert put(deur, weblink="https://elders.example/1")["weblink"]["bruikbaar"] is False
    (seen,) = shown(deur.omgeving)
    assert seen.weblink is not None
    assert (seen.weblink.url, bool(seen.weblink.reden)) == (None, True)


@pytest.mark.artikel("7.2")
@settings(max_examples=8, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["put", "status", "stuf"]), NUMBERS, NUMBERS), max_size=8))
def test_whatever_is_delivered_in_whatever_way_is_metered_and_never_charged(
    deur: Deur, given: list[tuple[str, int, int]]
) -> None:
    for how, zaak, number in given:
        moment = f"2026-11-{number + 2:02d}T10:00:00Z"
        if how == "put":
            deur.ask("PUT", f"/zaken/Z-{zaak}", json=zaak_json(omschrijving=f"Versie {number}"))
        elif how == "status":
            deur.ask("POST", f"/zaken/Z-{zaak}/statussen", json=status_json("In behandeling", moment))
        else:
            velden = {"identificatie": f"Z-{zaak}", "sleutel": f"Z-{zaak}", "referentienummer": f"{zaak}-{number}"}
            deur.send_xml(zaak_xml(**velden, gezet=f"2026110{number + 2}100000000"))
    omgeving = deur.omgeving
    today = dutch_day(omgeving.now())
    with omgeving.reading() as session:
        for afnemer in afnemer_index(omgeving).by_id.values():
            periode = Periode(today.replace(day=1), today, Per.MAAND)
            used = get_verbruik(session, afnemer.id, periode)
            assert {each.dienst for each in used} <= {Dienst.LOPENDE_ZAKEN}
            assert get_verbruik_in_rekening(session, afnemer.id, periode) == []
    stored, metered = counted(omgeving)
    assert stored == metered
    assert check_zaken(omgeving) == []
