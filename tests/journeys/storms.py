"""Afnemers that go on delivering while their simulator cannot store anything, and note what they were told."""

import contextlib
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import requests

from loadtests.power_cut import Traffic
from loadtests.sendings import make_sending
from tests.journeys.actors import wait_for
from tests.running import RunningSimulator

WRITERS = 8


@dataclass
class Storm:
    """What was sent, what was taken, and how often it was refused for now."""

    traffic: Traffic
    refused: int = 0
    surprises: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return len(self.traffic.acknowledged)

    def wait_for_taken(self, more: int) -> None:
        goal = self.taken + more
        assert wait_for(lambda: self.taken >= goal or self.surprises, 120)

    def wait_for_refused(self, more: int) -> None:
        goal = self.refused + more
        assert wait_for(lambda: self.refused >= goal or self.surprises, 120)

    def note(self, answer: requests.Response) -> str:
        """The statusID if it was taken; a refusal must be one that says when to come back."""
        if answer.status_code in {201, 202}:
            return str(answer.json()["statusID"])
        try:
            assert_come_back_later(answer)
        except AssertionError as error:
            self.surprises.append(f"{error}: {answer.text[:300]}")
        self.refused += 1
        return ""


def assert_come_back_later(answer: requests.Response, kind: str = "application/problem+json") -> None:
    assert answer.status_code == 503, answer.status_code
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert "Traceback" not in answer.text


@contextlib.contextmanager
def storm(simulator: RunningSimulator, seed: int) -> Iterator[Storm]:
    """Deliveries of all kinds on some connections, until the block ends."""
    found, end = Storm(Traffic(seed)), threading.Event()

    def write(number: int) -> None:
        chance = random.Random(f"{seed}/{number}")
        with requests.Session() as session:
            pause = 0.0
            while not end.wait(pause) and not found.surprises:
                sending = make_sending(chance)
                found.traffic.sent.append(sending)
                try:
                    sending.status_id = found.note(sending.offer(simulator.base, session))
                except Exception as error:  # noqa: BLE001 - told by the main thread
                    found.surprises.append(repr(error))
                pause = 0.02 if sending.status_id else 0.2  # each that is refused is sent again in the end

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        end.set()
        for thread in threads:
            thread.join(60)
        unexpected = [line for line in simulator.output if "unexpected error" in line]
        assert not found.surprises, (found.surprises[:3], unexpected[:1])
