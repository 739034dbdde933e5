"""The processing log over all services: who delivered, who asked, and what the citizen was shown."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from simulator.infra.agenda import run_due
from simulator.infra.ids import new_guid
from simulator.infra.omgeving import Omgeving
from simulator.verwerkingen import Logvraag, export_verwerkingen
from simulator.verwerkingen.models import Dataverwerking
from simulator.verwerkingen.values import Status
from tests.berichtenbox.documents import bericht_json
from tests.digid.world import pass_time
from tests.lopende_zaken.documents import status_json, zaak_json
from tests.persoonlijke_gegevens.conftest import ANNA, Wereld

STAD = "00000099000000001000"
API = "/api/portaal/v1"


def send_berichten(wereld: Wereld, *berichten: dict[str, Any]) -> str:
    """Deliver; answers the X-Message-ID."""
    message_id: str = berichten[0]["BerichtID"]
    headers = {
        "X-API-Key": "demo-voorbeeldstad", "X-Message-ID": message_id, "X-Simulator-Omgeving": wereld.omgeving.naam
    }  # fmt: skip
    body = {"BerichtLeverancierID": STAD, "Berichten": list(berichten)}
    answer = wereld.app.test_client().post("/api/berichtenbox/v1/berichten", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return message_id


def ask_as_afnemer(wereld: Wereld, path: str, body: Any) -> None:
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Simulator-Omgeving": wereld.omgeving.naam}
    answer = wereld.app.test_client().post(path, json=body, headers=headers)
    assert answer.status_code == 200, answer.text


def export(wereld: Wereld, vraag: Logvraag | None = None) -> list[dict[str, Any]]:
    return list(export_verwerkingen(wereld.omgeving, vraag or Logvraag(), str, wereld.app.extensions["verwerkingen"]))


def count_lines(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).select_from(Dataverwerking)) or 0


@pytest.mark.artikel("3.7")
@pytest.mark.artikel("4.2")
def test_every_access_in_every_service_is_in_the_log(wereld: Wereld) -> None:
    send_berichten(wereld, bericht_json())
    ask_as_afnemer(
        wereld, "/api/berichtenbox/v1/abonnementen/_valideren",
        {"berichtTypeCode": "ALGEMEEN", "gebruikers": [str(ANNA)]},
    )  # fmt: skip
    ask_as_afnemer(wereld, "/api/lopende-zaken/v1/postbussen/_controleren", {"gebruikers": [str(ANNA)]})
    citizen = wereld.citizen()
    (kop,) = citizen.get(f"{API}/berichten").get_json()["berichten"]
    for path in ("/", "/berichtenbox", f"/berichtenbox/berichten/{kop['id']}", "/lopende-zaken", "/instellingen"):
        assert citizen.get(path).status_code == 200
    found = [(line["name"], dict(_attributes(line))["verwerking.gegevens"]) for line in export(wereld)]
    assert found == [
        ("bericht-aanleveren", "berichttype ALGEMEEN"),
        ("abonnement-valideren", "berichttype ALGEMEEN"),
        ("abonnement-valideren", "zaken"),
        ("inloggen", "niveau Midden"),
        ("bericht-tonen", "lijst van inbox"),
        ("bericht-tonen", "startpagina"),
        ("zaak-tonen", "startpagina"),
        ("gegevens-tonen", "startpagina"),
        ("bericht-tonen", "lijst van inbox"),
        ("bericht-tonen", "een bericht"),
        ("zaak-tonen", "lijst van zaken"),
        ("instellingen-tonen", "instellingen"),
    ]


def test_a_delivery_is_a_line_without_a_row_of_its_own_in_the_trace_that_the_afnemer_knows(wereld: Wereld) -> None:
    message_id = send_berichten(wereld, bericht_json(), bericht_json())
    assert count_lines(wereld.omgeving) == 0
    lines = export(wereld, Logvraag(bsn=ANNA))
    assert [line["trace_id"] for line in lines] == [message_id.replace("-", "")] * 2
    assert len({line["operation_id"] for line in lines}) == 2
    later = Logvraag(vanaf=wereld.omgeving.now() + timedelta(hours=1))
    assert export(wereld, later) == []


def test_the_citizen_reads_who_delivered_and_can_also_see_the_own_reading_taken_together(wereld: Wereld) -> None:
    send_berichten(wereld, bericht_json())
    citizen = wereld.citizen()
    for _ in range(3):
        citizen.get("/berichtenbox")
    others = citizen.get("/persoonlijke-gegevens/wie-zag-mijn-gegevens").text
    assert others.count('class="log__regel"') == 1
    assert "Een bericht voor u aangeleverd" in others
    all_of_it = citizen.get("/persoonlijke-gegevens/wie-zag-mijn-gegevens?alles=ja").text
    assert all_of_it.count('class="log__regel"') == 4  # delivered, logged in, three times the list, this log
    assert "3 keer" in all_of_it


@pytest.mark.artikel("3.7")
def test_an_email_that_was_sent_or_bounced_is_a_line_without_a_row_of_its_own(wereld: Wereld) -> None:
    stuitert = "999990147"
    send_berichten(wereld, bericht_json(), bericht_json(GebruikerID=stuitert))
    headers = {
        "X-API-Key": "demo-voorbeeldstad",
        "X-Message-ID": new_guid(),
        "X-Simulator-Omgeving": wereld.omgeving.naam,
    }
    zaak = wereld.app.test_client().put(
        "/api/lopende-zaken/v1/zaken/Z-1", json=zaak_json(str(ANNA), status=status_json()), headers=headers
    )
    assert zaak.status_code == 201, zaak.text
    written = count_lines(wereld.omgeving)
    run_due(wereld.omgeving, wereld.app.extensions["agenda"], wereld.omgeving.now() + timedelta(days=3))
    assert count_lines(wereld.omgeving) == written
    told = [
        (attributes["dpl.core.data_subject_id"], attributes["verwerking.gegevens"], line["status_code"])
        for line in export(wereld)
        if line["name"] == "kennisgeving-sturen" and (attributes := dict(_attributes(line)))
    ]
    assert sorted(told) == [
        ("999990019", "kennisgeving: nieuw", Status.GELUKT),
        ("999990019", "kennisgeving: zaken", Status.GELUKT),
        ("999990147", "kennisgeving: nieuw", Status.MISLUKT),
        ("999990147", "kennisgeving: nieuw", Status.MISLUKT),
    ]
    assert len(export(wereld, Logvraag(bsn=int(stuitert)))) == 3
    alone = wereld.citizen().get(f"{API}/verwerkingen").get_json()["verwerkingen"]
    assert "U een e-mail gestuurd over nieuwe post" not in {line["activiteit"] for line in alone}
    alles = wereld.read("/wie-zag-mijn-gegevens?alles=ja")
    assert "U een e-mail gestuurd over nieuwe post" in alles
    assert "2 keer" in alles


def test_nobody_reads_of_a_bericht_before_it_is_there_to_be_seen(wereld: Wereld) -> None:
    soon = (wereld.omgeving.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    send_berichten(wereld, bericht_json(PublicatieDatum=soon))
    assert wereld.citizen().get(f"{API}/verwerkingen").get_json()["verwerkingen"] == []
    far = f"{10**18 - 1}-{2**62}"
    assert wereld.citizen().get(f"{API}/verwerkingen?cursor={far}").get_json()["verwerkingen"] == []
    assert wereld.citizen().get(f"{API}/verwerkingen?cursor={far}&eigen=true").status_code == 200
    assert "Wie zag mijn gegevens" in wereld.read(f"/wie-zag-mijn-gegevens?alles=ja&na={far}")
    pass_time(wereld.omgeving, timedelta(days=2))
    (line,) = wereld.citizen().get(f"{API}/verwerkingen").get_json()["verwerkingen"]
    assert line["activiteit"] == "Een bericht voor u aangeleverd"


def test_lines_of_both_kinds_come_page_by_page_each_once_and_newest_first(wereld: Wereld) -> None:
    groep = {"titel": "Huis", "velden": [{"type": "tekst", "label": "x", "waarde": "y"}]}
    for _ in range(15):
        send_berichten(wereld, bericht_json(), bericht_json())
        wereld.deliver(groep)
    citizen, cursor, seen = wereld.citizen(), "", []
    while True:
        page = citizen.get(f"{API}/verwerkingen{cursor}").get_json()
        seen += page["verwerkingen"]
        if len(page["verwerkingen"]) < 25:
            break
        cursor = f"?cursor={page['volgende']}"
    assert len(seen) == 45
    assert [each["moment"] for each in seen] == sorted((each["moment"] for each in seen), reverse=True)
    assert sum(each["activiteit"] == "Een bericht voor u aangeleverd" for each in seen) == 30


def test_what_others_did_is_found_beside_any_number_of_own_lines(wereld: Wereld) -> None:
    with wereld.omgeving.reading() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        session.execute(text("SELECT 1" if sqlite else "SET enable_seqscan = off"))  # on an empty table it is quicker
        explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
        asked = "bsn = 1 AND verantwoordelijke != '00000099000000000001' ORDER BY begin DESC, id DESC LIMIT 25"
        plan = session.execute(text(f"{explain} SELECT * FROM verwerkingen WHERE {asked}")).all()
    assert "ix_verwerkingen_van_anderen" in str(plan)


def _attributes(line: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["key"], each["value"]) for each in line["attributes"]]
