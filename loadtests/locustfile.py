"""A delivering Afnemer: mostly one message at a time, now and then a hundred, and a look at what became of it."""

import os
import random
import uuid
from typing import Any

from locust import FastHttpUser, constant, task

API_KEY = os.environ.get("API_KEY", "demo-voorbeeldstad")
OIN = os.environ.get("OIN", "00000099000000001000")
BATCH = 100
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def valid_bsn() -> str:
    """A random test BSN that passes the elfproef."""
    while True:
        digits = f"{random.randrange(99_900_000, 100_000_000):08d}"
        last = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - no digit makes the elfproef come out
            return f"{digits}{last}"


def bericht() -> dict[str, Any]:
    return {
        "BerichtID": str(uuid.uuid4()),
        "BerichtType": "ALGEMEEN",
        "Onderwerp": "Uw aanvraag is ontvangen",
        "Berichttekst": "Geachte heer, mevrouw,\\r\\n\\r\\nWij hebben uw aanvraag ontvangen. " * 4,
        "Referentie": f"{random.randrange(10**12):012d}",
        "GebruikerID": valid_bsn(),
    }


class DeliveringAfnemer(FastHttpUser):
    """As fast as the answers come: this measures the ceiling, not a working day."""

    wait_time = constant(0)
    status_uri: str | None = None

    def deliver(self, number: int) -> None:
        body = {"BerichtLeverancierID": OIN, "Berichten": [bericht() for _ in range(number)]}
        headers = {"X-API-Key": API_KEY, "X-Message-ID": str(uuid.uuid4())}
        name = f"deliver {number}"
        with self.rest("POST", "/api/berichtenbox/v1/berichten", json=body, headers=headers, name=name) as answer:
            if answer.js:
                self.status_uri = answer.js.get("statusURI")

    @task(100)
    def deliver_one(self) -> None:
        self.deliver(1)

    @task(2)
    def deliver_many(self) -> None:
        self.deliver(BATCH)

    @task(5)
    def look_at_the_status(self) -> None:
        if self.status_uri:
            self.client.get(self.status_uri, headers={"X-API-Key": API_KEY}, name="status")
