import json

from simulator.infra.omgevingen import Omgevingen
from simulator.infra.tracing import read_trace
from simulator.verwerkingen import Activiteit, Verwerking, log_verwerkingen
from tests.control.conftest import Beheer

ANNA, BERT = 999990019, 999990020


def log(beheer: Beheer, *bsns: int) -> None:
    worlds: Omgevingen = beheer.app.extensions["omgevingen"]
    trace = read_trace("")
    regels = [Verwerking(bsn, Activiteit.BRP_BEVRAGEN, "00000099000000001000", trace) for bsn in bsns]
    log_verwerkingen(worlds.get(beheer.naam), regels)


def test_the_processing_log_is_exported_line_by_line_without_a_bsn(beheer: Beheer) -> None:
    log(beheer, ANNA, BERT, ANNA)
    answer = beheer.ask("POST", "/verwerkingen/_exporteren", {})
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    subjects = [
        {each["key"]: each["value"] for each in line["attributes"]}["dpl.core.data_subject_id"] for line in lines
    ]
    assert subjects[0] == subjects[2] != subjects[1]
    assert str(ANNA) not in answer.text
    assert str(BERT) not in answer.text
    only = beheer.ask("POST", "/verwerkingen/_exporteren", {"bsn": str(BERT)})
    assert len(only.text.splitlines()) == 1


def test_an_empty_log_is_an_empty_answer(beheer: Beheer) -> None:
    answer = beheer.ask("POST", "/verwerkingen/_exporteren", {})
    assert (answer.status_code, answer.text) == (200, "")


def test_the_register_that_the_log_points_to_can_be_read(beheer: Beheer) -> None:
    activiteiten = beheer.ask("GET", "/verwerkingsactiviteiten").json["activiteiten"]
    assert {each["verantwoordelijke"] for each in activiteiten} == {"afnemer", "logius"}
    assert any(each["id"].endswith(":brp-bevragen") for each in activiteiten)
