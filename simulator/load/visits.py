"""One arrival of each scenario, request by request, against any service with the interface of the Berichtenbox."""

import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from simulator.infra.clock import stopwatch
from simulator.infra.ids import new_guid
from simulator.load.documents import Afzender
from simulator.load.plan import Plan
from simulator.load.scenarios import MAX_ABONNEMENTEN
from simulator.load.tally import Entry

_BOX = "/api/berichtenbox/v1"
_PORTAAL = "/api/portaal/v1"
_TAKEN_IN = frozenset({200, 201, 202})
_OK = frozenset({200})
_NOT_YET = frozenset({200, 404})
_SESSION = frozenset({201, 403})  # some people cannot log in, and then a refusal is the right answer
_READ = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
_CODE = re.compile(rb"<(?:\w+:)?VerwerkingsCode>([^<]*)<")
_GIVEN_UP = "no result in time"
Check = Callable[[Any], str]


class Stopped(Exception):  # noqa: N818 - not an error of ours: the answer was counted as a failure
    """The answer was not what it should be, so this visit ends here."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is under load, and what this process knows of it; ``session`` is Locust's client, shared by all visits."""

    session: Any
    plan: Plan
    afzender: Afzender
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=1_000))
    """To whom something was delivered lately: they are the ones that come to look."""


@dataclass(slots=True, eq=False)
class Visit:
    """One arrival; ``due`` is the moment it should have come, from which its first request counts."""

    service: Service
    entry: Entry
    number: int
    due: float
    started: bool = False

    def ask(self, method: str, path: str, *, expected: frozenset[int], check: Check | None = None, **given: Any) -> Any:
        """One request; raises ``Stopped`` when its status is another, or ``check`` says what is wrong."""
        name = given.pop("name", f"{method} {path}")
        begin = stopwatch() if self.started else self.due
        self.started = True
        with self.service.session.request(method, path, name=name, catch_response=True, **given) as response:
            elapsed = (stopwatch() - begin) * 1_000
            response.request_meta |= {"response_time": elapsed, "request_type": self.entry.scenario}
            failure = _describe(name, response, expected) or (_checked(name, response, check) if check else "")
            self.entry.count(elapsed, failure)
            if failure:
                response.failure(failure)
            else:
                response.success()
        if failure:
            raise Stopped(failure)
        return response

    def ask_as_afnemer(self, method: str, path: str, *, expected: frozenset[int], **given: Any) -> Any:
        """The same, with the key of the Afnemer."""
        plan = self.service.plan
        headers = {plan.key_header: plan.key, "Accept": "application/json"} | given.pop("headers", {})
        return self.ask(method, path, expected=expected, headers=headers, **given)


def deliver(visit: Visit) -> str:
    """``aanlevering``: one message; answers where its status is."""
    recipients = visit.service.afzender.pick_people(visit.number, 1)
    answer = visit.ask_as_afnemer(
        "POST",
        f"{_BOX}/berichten",
        name="POST berichten",
        expected=_TAKEN_IN,
        check=lambda response: "" if response.json()["statusID"] else "no statusID",
        data=visit.service.afzender.write_json(recipients),
        headers={"Content-Type": "application/json", "X-Message-ID": str(new_guid())},
    )
    _taken_in(visit, recipients)
    document = answer.json()
    return _resolve(visit, document.get("statusURI"), f"{_BOX}/status/{document['statusID']}")


def deliver_and_follow(visit: Visit) -> None:
    """``status``: one message, and its status until the REPORT is there."""
    uri = deliver(visit)

    def read() -> list[str] | None:
        answer = visit.ask_as_afnemer("GET", uri, name="GET status", expected=_OK, check=_check_status)
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
    uri = _resolve(visit, answer.headers.get("Location"), f"{_BOX}/batches/{batch_id}/resultaat")

    def read() -> list[str] | None:
        found = visit.ask_as_afnemer(
            "GET",
            uri,
            name="GET resultaat",
            expected=_NOT_YET,
            check=_check_resultaat,
            headers={"Accept": "application/xml"},
        )
        return [each.decode() for each in _CODE.findall(found.content)] if found.status_code in _OK else None

    _follow(visit, "GET resultaat", read)


def check_abonnementen(visit: Visit) -> None:
    """``abonnementen``: ask whether all these people may be sent a message."""
    people = visit.service.afzender.pick_people(visit.number, MAX_ABONNEMENTEN)
    body = {"berichtTypeCode": visit.service.afzender.berichttype, "gebruikers": people}
    visit.ask_as_afnemer(
        "POST",
        f"{_BOX}/abonnementen/_valideren",
        name="POST abonnementen",
        expected=_OK,
        check=lambda response: "" if len(response.json()["abonnementen"]) == len(people) else "an answer is missing",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )


def read_post(visit: Visit) -> None:
    """``burger``: log in, look at the inbox, and read up to three new messages."""
    service = visit.service
    admin = {"Authorization": f"Bearer {service.plan.token}"}
    bsn = service.recent[visit.number % len(service.recent)] if service.recent else _anybody(visit)
    session = visit.ask(
        "POST", "/__admin/v1/sessies", name="log in", expected=_SESSION, headers=admin, json={"bsn": bsn}
    )
    if session.status_code not in _TAKEN_IN:
        return
    headers = {"Authorization": f"Bearer {session.json()['token']}"}
    visit.ask("GET", f"{_PORTAAL}/overzicht", name="GET overzicht", expected=_OK, headers=headers)
    time.sleep(service.plan.think)
    inbox = visit.ask("GET", f"{_PORTAAL}/berichten", name="GET inbox", expected=_OK, headers=headers).json()
    for bericht in [each for each in inbox["berichten"] if not each["gelezen"]][:_READ]:
        path = f"{_PORTAAL}/berichten/{bericht['id']}"
        time.sleep(service.plan.think)
        visit.ask("GET", path, name="GET bericht", expected=_OK, headers=headers)
        visit.ask("PATCH", path, name="PATCH bericht", expected=_OK, headers=headers, json={"gelezen": True})


VISITS: dict[str, Callable[[Visit], object]] = {
    "aanlevering": deliver,
    "status": deliver_and_follow,
    "batch": deliver_batch,
    "abonnementen": check_abonnementen,
    "burger": read_post,
}


def _follow(visit: Visit, name: str, read: Callable[[], Iterable[str] | None]) -> None:
    """Ask until there are codes, a little slower each time, and count them."""
    begin, pause = stopwatch(), _FIRST_PAUSE
    while (codes := read()) is None:
        if stopwatch() - begin > visit.service.plan.timeout:
            visit.entry.count((stopwatch() - begin) * 1_000, f"{name}: {_GIVEN_UP}")
            raise Stopped(_GIVEN_UP)
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
    visit.entry.results.add((stopwatch() - begin) * 1_000)
    visit.entry.count_codes(codes)


def _resolve(visit: Visit, uri: str | None, usual: str) -> str:
    """Where the service says that something is, in full or from the root of its host; else where it usually is."""
    return urljoin(f"{visit.service.session.base_url}/", uri) if uri else usual


def _taken_in(visit: Visit, recipients: list[str]) -> None:
    visit.entry.messages += len(recipients)
    visit.service.recent.extend(recipients)


def _anybody(visit: Visit) -> str:
    return visit.service.afzender.pick_people(visit.number, 1)[0]


def _describe(name: str, response: Any, expected: frozenset[int]) -> str:
    """What is wrong with the status, in a few words without any data in them; empty when nothing is."""
    if response.status_code in expected:
        return ""
    if response.status_code:
        return f"{name}: HTTP {response.status_code}"
    return f"{name}: {type(response.error).__name__}"


def _checked(name: str, response: Any, check: Check) -> str:
    try:
        wrong = check(response)
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "an answer of another shape"
    return f"{name}: {wrong}" if wrong else ""


def _check_status(response: Any) -> str:
    document = response.json()
    if document["status"] == "FAILED":
        return "status FAILED"
    if document["status"] == "REPORT" and not document["context"]["Verwerkt"]["Berichten"]:
        return "a REPORT without Berichten"
    return ""


def _check_resultaat(response: Any) -> str:
    found = response.status_code not in _OK or _CODE.search(response.content)
    return "" if found else "a result without VerwerkingsCode"
