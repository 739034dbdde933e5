"""A client as Locust's, for one visit at a time: it answers at once, and looks at the connections meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Semaphore
from types import TracebackType
from typing import Any, Self

from simulator.infra.clock import stopwatch
from simulator.load.documents import Afzender
from simulator.load.plan import Plan
from simulator.load.tally import Entry
from simulator.load.visits.visit import Service, Visit


@dataclass
class Answer:
    """What the service said."""

    status_code: int = 200
    document: Any = None
    request_meta: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    def json(self) -> Any:
        return self.document

    def success(self) -> None:
        """Locust counts it."""

    def failure(self, why: str) -> None:
        """Locust counts that too."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """It was read."""


@dataclass
class Session:
    """It gives these answers, then empty ones; ``free`` says at each request whether another could have been sent."""

    slots: Semaphore
    answers: Iterator[Answer]
    free: list[bool] = field(default_factory=list)
    lost: list[tuple[str, str, float]] = field(default_factory=list)
    """Who was told to be lost: the scenario, why, and how many milliseconds it waited."""
    base_url: str = "http://service"

    def request(self, method: str, path: str, **given: Any) -> Answer:
        self.free.append(self.slots.acquire(blocking=False))
        if self.free[-1]:
            self.slots.release()
        return next(self.answers, Answer())


def a_visit(*answers: Answer, connections: int = 1, ago: float = 0.0, **plan: Any) -> Visit:
    """A visit that was due so many seconds ago, and has the connection for its first request."""
    slots = Semaphore(connections)
    session = Session(slots, iter(answers))
    afzender, lost = Afzender("1", "ALGEMEEN"), session.lost
    service = Service(session, Plan(**plan), afzender, lambda: session, slots, lambda *told: lost.append(told))
    slots.acquire()
    due = stopwatch() - ago
    return Visit(service, Entry("status", "all"), 0, due, due + 3_600)
