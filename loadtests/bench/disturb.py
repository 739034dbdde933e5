"""What else goes on while deliveries come in, from a process of its own: other omgevingen, citizens, the clock."""

import contextlib
import itertools
import multiprocessing
import random
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

import psutil
import requests

from loadtests.bench.deliveries import make_body, post

KINDS = {
    "omgevingen": "one is made, delivered to, moved four weeks ahead, emptied and dropped",
    "citizens": "ten sign in and read their inboxes",
    "clock": "it moves a minute",
}
"""What there is, and what each does in a round; in this order."""
_EVERY = 1.0
"""Seconds from one round to the next, whatever is in it, so that each kind has the same pace alone as with others."""
_INBOXES = 10
_LETTERS = 100


@dataclass
class Disturbance:
    """What was done, by name, and what was refused that should not have been."""

    rounds: int = 0
    done: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Disturber:
    base: str
    admin: dict[str, str]
    bsns: list[str]
    found: Disturbance
    session: requests.Session

    def control(
        self, what: str, method: str, path: str, omgeving: str = "standaard", body: object = None
    ) -> requests.Response:
        headers = self.admin | {"X-Simulator-Omgeving": omgeving}
        answer = self.session.request(method, f"{self.base}/__admin/v1{path}", json=body, headers=headers, timeout=60)
        self.note(what, answer)
        return answer

    def note(self, what: str, answer: requests.Response) -> None:
        if answer.ok:
            self.found.done[what] = self.found.done.get(what, 0) + 1
        elif answer.status_code != requests.codes.forbidden:  # some people have no second factor
            self.found.refused.append(f"{what}: {answer.status_code} {answer.text[:200]}")

    def round(self, number: int, kinds: Collection[str]) -> None:
        """Each of these once."""
        if "omgevingen" in kinds:
            self.have_an_omgeving(f"ander-{number}")
        if "citizens" in kinds:
            for bsn in random.sample(self.bsns, _INBOXES):
                self.read_inbox(bsn)
        if "clock" in kinds:
            self.control("clock moved a minute", "POST", "/klok/_vooruit", body={"duur": "PT1M"})
        self.found.rounds += 1

    def have_an_omgeving(self, naam: str) -> None:
        """It lives and goes."""
        self.control("omgevingen made", "POST", "/omgevingen", body={"naam": naam})
        letters = make_body([random.choice(self.bsns) for _ in range(_LETTERS)])
        self.note("batches of 100 delivered there", post(self.session, f"{self.base}/omgevingen/{naam}", letters))
        self.control("clocks moved four weeks there", "POST", "/klok/_vooruit", naam, {"duur": "P28D"})
        self.control("omgevingen emptied", "POST", f"/omgevingen/{naam}/_legen")
        self.control("omgevingen dropped", "DELETE", f"/omgevingen/{naam}")

    def read_inbox(self, bsn: str) -> None:
        made = self.control("citizens signed in", "POST", "/sessies", body={"bsn": bsn})
        if made.ok:
            headers = {"Authorization": f"Bearer {made.json()['token']}"}
            page = self.session.get(f"{self.base}/api/portaal/v1/berichten", headers=headers, timeout=60)
            self.note("inboxes read", page)


@dataclass(frozen=True)
class Task:
    """What to do where, from which core."""

    base: str
    admin: dict[str, str]
    bsns: list[str]
    kinds: Collection[str]
    core: int | None


@contextlib.contextmanager
def disturbing(task: Task) -> Iterator[Disturbance]:
    """Meanwhile; what was done is known afterwards. Nothing happens when there is nothing to do."""
    found = Disturbance()
    if not task.kinds:
        yield found
        return
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, task))
    process.start()
    try:
        yield found
    finally:
        mine.send("stop")
        if mine.poll(120):
            found.rounds, done, refused = mine.recv()
            found.done.update(done)
            found.refused.extend(refused)
        process.join(10)
        process.kill()


def _work(parent: Connection, task: Task) -> None:
    if task.core is not None:
        psutil.Process().cpu_affinity([task.core])
    found = Disturbance()
    with requests.Session() as session:
        disturber = _Disturber(task.base, task.admin, task.bsns, found, session)
        for number in itertools.count(1):
            until = time.monotonic() + _EVERY
            try:
                disturber.round(number, task.kinds)
            except requests.RequestException as error:
                found.refused.append(str(error))
            if parent.poll(max(0.0, until - time.monotonic())):
                break
    parent.send((found.rounds, found.done, found.refused))
