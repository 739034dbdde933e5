"""What Afnemers do with the Berichtenbox: deliver, follow what becomes of it, ask who may be sent a message."""

import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from simulator.infra.clock import stopwatch
from simulator.infra.ids import new_guid
from simulator.load.scenarios import MAX_ABONNEMENTEN
from simulator.load.visits.visit import JSON, OK, Stopped, Visit

_BOX = "/api/berichtenbox/v1"
_TAKEN_IN = frozenset({200, 201, 202})
_NOT_YET = frozenset({200, 404})
_SAMPLE = 100
_SHORTEST_PAUSE = 0.1
_PAUSE = 0.1
"""Of the time so far: by so much the time to a result may seem longer than it was."""
_CODE = re.compile(rb"<(?:\w+:)?VerwerkingsCode>([^<]*)<")
_GIVEN_UP = "no result in time"


def deliver(visit: Visit) -> str:
    """One message; answers where its status is."""
    recipients = visit.service.afzender.pick_people(visit.number, 1)
    answer = visit.ask_as_afnemer(
        "POST",
        f"{_BOX}/berichten",
        name="POST berichten",
        expected=_TAKEN_IN,
        check=lambda response: "" if response.json()["statusID"] else "no statusID",
        data=visit.service.afzender.write_json(recipients),
        headers=JSON | {"X-Message-ID": str(new_guid())},
    )
    _taken_in(visit, recipients)
    document = answer.json()
    return visit.resolve(document.get("statusURI"), f"{_BOX}/status/{document['statusID']}")


def deliver_and_sample(visit: Visit) -> None:
    """``aanlevering``: one message, of which one in a hundred is followed: what is taken in may yet be refused."""
    if visit.turn % _SAMPLE:
        deliver(visit)
    else:
        deliver_and_follow(visit)


def deliver_and_follow(visit: Visit) -> None:
    """``status``: one message, and its status until the REPORT is there."""
    uri = deliver(visit)

    def read() -> list[str] | None:
        answer = visit.poll_as_afnemer(uri, name="GET status", expected=OK, check=_check_status)
        document = answer.json()
        if document["status"] != "REPORT":
            return None
        return [each["VerwerkingsCode"] for each in document["context"]["Verwerkt"]["Berichten"]]

    _follow(visit, "GET status", read)


def deliver_batch(visit: Visit) -> None:
    """``batch``: messages in XML, and the result of the batch as soon as that is there."""
    service, batch_id = visit.service, new_guid()
    recipients = service.afzender.pick_people(visit.number, service.plan.batch)
    answer = visit.ask_as_afnemer(
        "POST",
        f"{_BOX}/batches",
        name="POST batches",
        expected=_TAKEN_IN,
        data=service.afzender.write_batch(batch_id, recipients),
        headers={"Content-Type": "application/xml"},
    )
    _taken_in(visit, recipients)
    uri = visit.resolve(answer.headers.get("Location"), f"{_BOX}/batches/{batch_id}/resultaat")

    def read() -> list[str] | None:
        found = visit.poll_as_afnemer(
            uri,
            name="GET resultaat",
            expected=_NOT_YET,
            check=_check_resultaat,
            headers={"Accept": "application/xml"},
        )
        return [each.decode() for each in _CODE.findall(found.content)] if found.status_code in OK else None

    _follow(visit, "GET resultaat", read)


def check_abonnementen(visit: Visit) -> None:
    """``abonnementen``: ask whether all these people may be sent a message."""
    people = visit.service.afzender.pick_people(visit.number, MAX_ABONNEMENTEN)
    body = {"berichtTypeCode": visit.service.afzender.berichttype, "gebruikers": people}
    visit.ask_as_afnemer(
        "POST",
        f"{_BOX}/abonnementen/_valideren",
        name="POST abonnementen",
        expected=OK,
        check=lambda response: "" if len(response.json()["abonnementen"]) == len(people) else "an answer is missing",
        data=json.dumps(body).encode(),
        headers=JSON,
    )


def _follow(visit: Visit, name: str, read: Callable[[], Iterable[str] | None]) -> None:
    """Ask until there are codes, a little slower each time, and count them; the time is since the delivery was due."""
    visit.begin, patience = visit.due, stopwatch() + visit.service.plan.timeout
    while (codes := read()) is None:
        if stopwatch() > patience:
            visit.lose(f"{name}: {_GIVEN_UP}")
            raise Stopped(_GIVEN_UP)
        time.sleep(max(_SHORTEST_PAUSE, _PAUSE * (stopwatch() - visit.due)))
    visit.entry.results.add((stopwatch() - visit.due) * 1_000)
    visit.entry.count_codes(codes)


def _taken_in(visit: Visit, recipients: list[str]) -> None:
    visit.entry.count_messages(len(recipients), in_time=stopwatch() <= visit.until)
    visit.service.recent.extend(recipients)


def _check_status(response: Any) -> str:
    document = response.json()
    if document["status"] == "FAILED":
        return "status FAILED"
    if document["status"] == "REPORT" and not document["context"]["Verwerkt"]["Berichten"]:
        return "a REPORT without Berichten"
    return ""


def _check_resultaat(response: Any) -> str:
    found = response.status_code not in OK or _CODE.search(response.content)
    return "" if found else "a result without VerwerkingsCode"
