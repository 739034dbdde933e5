"""One arrival, request by request: what it asks is timed, judged and counted."""

import ssl
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urljoin

from simulator.infra.clock import stopwatch
from simulator.load.documents import Afzender
from simulator.load.plan import Plan
from simulator.load.tally import Entry

OK = frozenset({200})
JSON = {"Content-Type": "application/json"}
Check = Callable[[Any], str]
_TITLE = 80
_BROKEN: dict[type[Exception], str] = {
    TimeoutError: "no answer in time",
    ConnectionRefusedError: "nobody listens there",
    ssl.SSLError: "no TLS connection (--insecure accepts any certificate)",
    ConnectionError: "the connection broke off",
    HTTPException: "the connection broke off",
}
"""What went wrong when there is no answer, in the order in which it is looked for."""


class Zaaktype(NamedTuple):
    """A zaaktype of the Afnemer, with the statustypen that a zaak goes through, in order."""

    identificatie: str
    statustypen: tuple[str, ...]


class Stopped(Exception):  # noqa: N818 - not an error of ours: the answer was counted as a failure
    """The answer was not what it should be, so this visit ends here."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is under load, and what this process knows of it; ``session`` is Locust's client, shared by all visits."""

    session: Any
    plan: Plan
    afzender: Afzender
    new_session: Callable[[], Any]
    """Makes a client with cookies of its own, on the same connections: each browser has one."""
    slots: Any
    """A semaphore: so many requests may be under way at once. A visit begins with the slot of its first one."""
    tell_lost: Callable[[str, str, float], None]
    """Tells Locust of who was lost: the scenario, why, and how long it waited, in milliseconds."""
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=1_000))
    """To whom something was delivered lately: they are the ones that come to look."""
    recent_zaken: deque[str] = field(default_factory=lambda: deque(maxlen=1_000))
    """Of whom a zaak was delivered lately."""
    recent_gegevens: deque[str] = field(default_factory=lambda: deque(maxlen=1_000))
    """Of whom data was delivered lately."""
    phones: defaultdict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))
    """By user name: only one login at a time has its code on the phone."""
    zaaktypen: list[Zaaktype] = field(default_factory=list)
    """Of the Afnemer, asked once."""


@dataclass(slots=True, eq=False)
class Visit:
    """One arrival; ``due`` is the moment it should have come, from which its first request counts.

    Its phase lasts ``until`` then.
    """

    service: Service
    entry: Entry
    number: int
    due: float
    until: float
    turn: int = 0
    """How many came here before it, in the same scenario and phase."""
    started: bool = False
    begin: float = field(init=False)
    """From when the time of what it waits for counts."""
    idle: bool = False
    """It waits for a person now, not for the service."""
    session: Any = None
    """A client of its own, for who needs cookies."""

    def __post_init__(self) -> None:
        self.begin = self.due

    def ask(self, method: str, path: str, *, expected: frozenset[int], check: Check | None = None, **given: Any) -> Any:
        """One request; raises ``Stopped`` when its status is another, or ``check`` says what is wrong."""
        name, is_poll = given.pop("name", f"{method} {path}"), given.pop("is_poll", False)
        begin = stopwatch() if self.started else self.due
        self.begin = self.begin if is_poll else begin
        session = self.session or self.service.session
        with self._slot(), session.request(method, path, name=name, catch_response=True, **given) as response:
            elapsed = (stopwatch() - begin) * 1_000
            response.request_meta |= {"response_time": elapsed, "request_type": self.entry.scenario}
            failure = _describe(name, response, expected) or (_checked(name, response, check) if check else "")
            if failure or not is_poll:
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

    def poll_as_afnemer(self, path: str, *, expected: frozenset[int], **given: Any) -> Any:
        """Ask whether there is a result yet; the time of a good answer does not count.

        A slow service is asked more often, and all those quick answers would hide how slow it is.
        """
        return self.ask_as_afnemer("GET", path, expected=expected, is_poll=True, **given)

    def think(self) -> None:
        """What a person takes between two steps."""
        self.idle = True
        time.sleep(self.service.plan.think)
        self.idle = False

    @contextmanager
    def after_others(self, lock: AbstractContextManager[Any]) -> Iterator[None]:
        """Do what one person at a time can do."""
        self.idle = True
        with lock:
            self.idle = False
            yield

    def pass_door(self, refusal: str = "") -> bool:
        """Count whether this one may go on, for which a ``refusal`` is the reason why not; answers that."""
        if refusal:
            self.entry.turned_away[refusal] = self.entry.turned_away.get(refusal, 0) + 1
        else:
            self.entry.let_in += 1
        return not refusal

    def lose(self, why: str) -> None:
        """Count what it waits for as a failure, and tell it."""
        waited = (stopwatch() - self.begin) * 1_000
        self.entry.count(waited, why)
        self.service.tell_lost(self.entry.scenario, why, waited)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        """One of the connections, for one request; the first request of a visit finds it taken already."""
        if self.started:
            self.service.slots.acquire()
        self.started = True
        try:
            yield
        finally:
            self.service.slots.release()

    def resolve(self, uri: str | None, usual: str = "") -> str:
        """Where the service says that something is, in full or from the root of its host; else where it usually is."""
        return urljoin(f"{self.service.session.base_url}/", uri) if uri else usual


def _describe(name: str, response: Any, expected: frozenset[int]) -> str:
    """What is wrong with the status, in a few words without any data in them; empty when nothing is."""
    if response.status_code in expected:
        return ""
    if response.status_code:
        return f"{name}: HTTP {response.status_code}{_title_of(response)}"
    error = getattr(response.error, "original", None) or response.error
    words = (said for kind, said in _BROKEN.items() if isinstance(error, kind))
    return f"{name}: {next(words, type(error).__name__)}"


def _title_of(response: Any) -> str:
    """What a problem is called: a title is the same for all of its kind."""
    if "problem+json" not in response.headers.get("Content-Type", ""):
        return ""
    try:
        return f" ({response.json()['title'][:_TITLE]})"
    except (ValueError, KeyError, TypeError):
        return ""


def _checked(name: str, response: Any, check: Check) -> str:
    try:
        wrong = check(response)
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "an answer of another shape"
    return f"{name}: {wrong}" if wrong else ""
