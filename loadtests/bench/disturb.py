"""What else goes on while deliveries come in, from a process of its own: other omgevingen, citizens, the clock."""

import contextlib
import itertools
import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

import psutil
import requests

from loadtests.bench.deliveries import make_body, post

_PAUSE = 0.5
_INBOXES = 10
_LETTERS = 100


@dataclass
class Disturbance:
    """What was done, by name, and what was refused that should not have been."""

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

    def round(self, number: int) -> None:
        """An omgeving lives and goes, some citizens look into their boxes, a minute passes."""
        naam = f"ander-{number}"
        self.control("omgevingen made", "POST", "/omgevingen", body={"naam": naam})
        letters = make_body([random.choice(self.bsns) for _ in range(_LETTERS)])
        self.note("batches of 100 delivered there", post(self.session, f"{self.base}/omgevingen/{naam}", letters))
        self.control("clocks moved four weeks there", "POST", "/klok/_vooruit", naam, {"duur": "P28D"})
        self.control("omgevingen emptied", "POST", f"/omgevingen/{naam}/_legen")
        self.control("omgevingen dropped", "DELETE", f"/omgevingen/{naam}")
        for bsn in random.sample(self.bsns, _INBOXES):
            made = self.control("citizens signed in", "POST", "/sessies", body={"bsn": bsn})
            if made.ok:
                headers = {"Authorization": f"Bearer {made.json()['token']}"}
                page = self.session.get(f"{self.base}/api/portaal/v1/berichten", headers=headers, timeout=60)
                self.note("inboxes read", page)
        self.control("clock moved a minute", "POST", "/klok/_vooruit", body={"duur": "PT1M"})


@contextlib.contextmanager
def disturbing(base: str, admin: dict[str, str], bsns: list[str], core: int | None) -> Iterator[Disturbance]:
    """Meanwhile; what was done is known afterwards."""
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_work, args=(theirs, base, admin, bsns, core))
    process.start()
    found = Disturbance()
    try:
        yield found
    finally:
        mine.send("stop")
        if mine.poll(120):
            done, refused = mine.recv()
            found.done.update(done)
            found.refused.extend(refused)
        process.join(10)
        process.kill()


def _work(parent: Connection, base: str, admin: dict[str, str], bsns: list[str], core: int | None) -> None:
    if core is not None:
        psutil.Process().cpu_affinity([core])
    found = Disturbance()
    with requests.Session() as session:
        disturber = _Disturber(base, admin, bsns, found, session)
        for number in itertools.count(1):
            try:
                disturber.round(number)
            except requests.RequestException as error:
                found.refused.append(str(error))
            if parent.poll(_PAUSE):
                break
    parent.send((found.done, found.refused))
