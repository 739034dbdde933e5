from datetime import UTC, datetime, timedelta

import pytest

from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import Trace, read_trace
from simulator.verwerkingen import (
    LOGIUS,
    Activiteit,
    Logvraag,
    Verwerking,
    count_verwerkingen,
    export_verwerkingen,
    log_verwerkingen,
    record_verwerkingen,
)
from simulator.verwerkingen.queries import list_verwerkingen
from tests.digid.world import set_klok

ANNA, BERT = 999990019, 999990020
STAD, WEG = "00000099000000001000", "00000099000000003000"
BEGIN = datetime(2026, 11, 23, 12, tzinfo=UTC)


def asked(bsn: int = ANNA, oin: str = STAD, trace: Trace | None = None) -> Verwerking:
    return Verwerking(bsn, Activiteit.BRP_BEVRAGEN, oin, trace or read_trace(""), "naam, geboorte")


def attributes(line: dict[str, object]) -> dict[str, str]:
    found = line["attributes"]
    assert isinstance(found, list)
    return {each["key"]: each["value"] for each in found}


def test_a_verwerking_is_there_as_soon_as_it_was_logged(omgeving: Omgeving) -> None:
    set_klok(omgeving, BEGIN)
    log_verwerkingen(omgeving, [asked(), asked(BERT)])
    with omgeving.reading() as session:
        (regel,) = list_verwerkingen(session, ANNA)
    assert (regel.activiteit, regel.verantwoordelijke, regel.moment) == (Activiteit.BRP_BEVRAGEN, STAD, BEGIN)
    assert regel.omschrijving == "naam, geboorte"


def test_what_is_rolled_back_was_not_done_and_is_not_in_the_log(omgeving: Omgeving) -> None:
    def fail_after_writing() -> None:
        with omgeving.unit_of_work() as uow:
            record_verwerkingen(uow, [asked()])
            raise LookupError

    with pytest.raises(LookupError):
        fail_after_writing()
    with omgeving.reading() as session:
        assert list_verwerkingen(session, ANNA) == []


def test_a_person_sees_the_newest_first_page_by_page_and_can_leave_out_what_was_shown_to_herself(
    omgeving: Omgeving,
) -> None:
    for hours in range(5):
        set_klok(omgeving, BEGIN + timedelta(hours=hours))
        own = Verwerking(ANNA, Activiteit.GEGEVENS_TONEN, LOGIUS, read_trace(""))
        log_verwerkingen(omgeving, [asked(oin=WEG if hours else STAD), own])
    with omgeving.reading() as session:
        first = list_verwerkingen(session, ANNA, eigen=False, aantal=3)
        rest = list_verwerkingen(session, ANNA, eigen=False, na=first[-1].plaats)
        everything = list_verwerkingen(session, ANNA)
        counted = count_verwerkingen(session, ANNA, Activiteit.BRP_BEVRAGEN)
    assert [each.moment.hour for each in first + rest] == [16, 15, 14, 13, 12]
    assert len(everything) == 10
    assert counted == {WEG: (4, BEGIN + timedelta(hours=4)), STAD: (1, BEGIN)}


def test_the_export_has_the_shape_of_logboek_dataverwerkingen_and_no_bsn(omgeving: Omgeving) -> None:
    set_klok(omgeving, BEGIN)
    caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    trace = read_trace(caller)
    log_verwerkingen(omgeving, [asked(trace=trace), asked(BERT, trace=trace.begin_part())])
    first, second = export_verwerkingen(omgeving, Logvraag(), lambda bsn: f"p{bsn % 100}")
    assert first["trace_id"] == second["trace_id"] == "0af7651916cd43dd8448eb211c80319c"
    assert first["foreign_operation"] == {
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
        "operation_id": "b7ad6b7169203331",
        "entity": f"urn:oin:{STAD}",
    }
    assert second["parent_operation_id"] == first["operation_id"]
    assert (first["status_code"], first["start_time"]) == (1, int(BEGIN.timestamp() * 1000))
    assert attributes(first)["dpl.core.processing_activity_id"].endswith(":brp-bevragen")
    assert attributes(first)["dpl.core.data_subject_id"] == "p19"
    assert attributes(first)["verwerking.grondslag"].startswith("Wet basisregistratie personen")
    assert str(ANNA) not in str(first)


def test_the_export_can_be_narrowed_to_a_person_and_a_period_and_goes_on_past_a_page(omgeving: Omgeving) -> None:
    set_klok(omgeving, BEGIN)
    log_verwerkingen(omgeving, [asked(BERT) for _ in range(1001)])
    set_klok(omgeving, BEGIN + timedelta(days=1))
    log_verwerkingen(omgeving, [asked()])
    assert len(list(export_verwerkingen(omgeving, Logvraag(), str))) == 1002
    assert len(list(export_verwerkingen(omgeving, Logvraag(bsn=ANNA), str))) == 1
    assert len(list(export_verwerkingen(omgeving, Logvraag(tot=BEGIN + timedelta(hours=1)), str))) == 1001
    assert len(list(export_verwerkingen(omgeving, Logvraag(vanaf=BEGIN + timedelta(hours=1)), str))) == 1


@pytest.mark.artikel("3.7")
@pytest.mark.artikel("4.2")
def test_every_activity_says_what_for_on_which_ground_and_who_is_responsible() -> None:
    for each in Activiteit:
        assert each.value.doel
        assert "AVG" in each.value.grondslag
        assert each.value.rol in {"afnemer", "logius"}


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "onzin",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
    ],
)
def test_a_traceparent_that_cannot_be_read_begins_a_new_trace(traceparent: str) -> None:
    trace = read_trace(traceparent)
    assert trace.foreign_id is None
    assert len(trace.trace_id) == 16
    assert read_trace(trace.traceparent).trace_id == trace.trace_id
