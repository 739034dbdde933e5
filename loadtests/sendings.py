"""Deliveries of all kinds by one Afnemer: one bericht, a batch in JSON or XML, and now and then a large one."""

import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import requests

from loadtests.bijlagen import make_bijlagen
from tests.berichtenbox.documents import (
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    bijlage_xml,
)

BASE = "/api/berichtenbox/v1"
KEY = {"X-API-Key": "demo-voorbeeldstad"}
TOGETHER = 20
"""Berichten in a batch."""
LARGE = 9
"""Berichten in a large delivery: 4.3 MB of bijlagen, which the simulator stores in three portions."""
_LARGE_SHARE = 0.05
_SINGLE_UNTIL, _JSON_UNTIL = 0.8, 0.9


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class Sending:
    """One delivery: what was sent, and what came back if anything did. The subject is the BerichtID, to be found by."""

    message_id: str
    """X-Message-ID (JSON) or BatchID (XML)."""
    berichten: tuple[str, ...]
    xml: bool = False
    large: bool = False
    """With bijlagen: what they are follows from the BerichtID."""
    made_at: datetime = field(default_factory=_now)
    status_id: str = ""
    """Empty as long as nobody answered: stored or not, nobody can tell without asking."""

    def offer(self, base: str, session: requests.Session) -> requests.Response:
        """Send it, for the first time or again."""
        if self.xml:
            headers = KEY | {"Content-Type": "application/xml"}
            return session.post(f"{base}{BASE}/batches", data=self._as_xml(), headers=headers, timeout=60)
        headers = KEY | {"X-Message-ID": self.message_id, "Content-Type": "application/json"}
        return session.post(f"{base}{BASE}/berichten", data=self._as_json(), headers=headers, timeout=60)

    def _as_xml(self) -> bytes:
        berichten = (bericht_xml(self.message_id, self._bijlagen_xml(each), **self._velden(each))
                     for each in self.berichten)  # fmt: skip
        return batch_xml(self.message_id, *berichten, AanmaakDatum=_text(self.made_at))

    def _as_json(self) -> bytes:
        berichten = (bericht_json(**self._velden(each), Bijlagen=self._bijlagen_json(each)) for each in self.berichten)
        return json.dumps(aanlevering_json(*berichten)).encode()

    def _velden(self, bericht_id: str) -> dict[str, str]:
        velden = {"BerichtID": bericht_id, "Onderwerp": bericht_id}
        if self.large:  # published up to three days ago, so that the order of publication is not that of the document
            velden["PublicatieDatum"] = _text(self.made_at - timedelta(days=int(bericht_id[0], 16) % 4))
        return velden

    def _bijlagen_xml(self, bericht_id: str) -> list[str]:
        bijlagen = make_bijlagen(bericht_id) if self.large else []
        return [bijlage_xml(Inhoud=each.base64, Omschrijving=each.omschrijving, Volgorde=str(each.volgorde))
                for each in bijlagen]  # fmt: skip

    def _bijlagen_json(self, bericht_id: str) -> object:
        bijlagen = make_bijlagen(bericht_id) if self.large else []
        return [bijlage_json(Inhoud=each.base64, Omschrijving=each.omschrijving) for each in bijlagen] or ...


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def make_sending(chance: random.Random) -> Sending:
    """Mostly one bericht; now and then a batch, in JSON or in XML; one in twenty is large, in either."""
    if chance.random() < _LARGE_SHARE:
        return make_large(chance)
    kind = chance.random()
    return Sending(str(uuid.uuid4()), _new_ids(1 if kind < _SINGLE_UNTIL else TOGETHER), xml=kind >= _JSON_UNTIL)


def make_large(chance: random.Random) -> Sending:
    """In JSON or in XML."""
    return Sending(str(uuid.uuid4()), _new_ids(LARGE), xml=chance.random() < 1 / 2, large=True)


def _new_ids(number: int) -> tuple[str, ...]:
    return tuple(str(uuid.uuid4()) for _ in range(number))
