"""Delivering what is due on a day: batches over the API of the Berichtenbox, and the outcome of each bericht."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from simulator.infra.clock import dutch_day
from simulator.year.calendar import Zending
from simulator.year.connection import Connection
from simulator.year.documents import MAX_BATCH, Schrijver, publish_on
from simulator.year.errors import Refused
from simulator.year.figures import VERWERKT
from simulator.year.plan import Campagne

_BOX = "/api/berichtenbox/v1"
_REPORT = "REPORT"


class _Bericht(msgspec.Struct, rename={"code": "VerwerkingsCode"}):
    code: str


class _Verwerkt(msgspec.Struct, rename={"berichten": "Berichten"}):
    berichten: list[_Bericht]


class _Context(msgspec.Struct, rename={"verwerkt": "Verwerkt"}):
    verwerkt: _Verwerkt | None


class _Status(msgspec.Struct):
    """Of the answer only what is counted."""

    status: str
    context: _Context


_decode = msgspec.json.Decoder(_Status).decode


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of what a campaign sends on a day: one request."""

    zending: Zending
    eerste: int
    aantal: int


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What became of a part: how many of each code, and who of the sample got something on which day."""

    deel: Deel
    codes: Counter[str]
    ontvangen: list[tuple[str, date]]


def split_zending(zending: Zending) -> Iterator[Deel]:
    """In requests of at most a thousand."""
    for eerste in range(0, zending.aantal, MAX_BATCH):
        yield Deel(zending, zending.eerste + eerste, min(MAX_BATCH, zending.aantal - eerste))


@dataclass(frozen=True, slots=True)
class Bezorger:
    """Delivers for every Afnemer of the plan."""

    connection: Connection
    sleutels: Mapping[str, str]
    schrijver: Schrijver

    def deliver(self, campagne: Campagne, deel: Deel) -> Uitkomst:
        """Send one request, and ask what became of each bericht in it."""
        lading = self.schrijver.write(campagne, deel.zending, deel.eerste, deel.aantal)
        sleutel = self.sleutels[campagne.afnemer]
        bewijs = self.connection.afnemer("POST", f"{_BOX}/berichten", sleutel, lading.body, lading.message_id)
        path = f"{_BOX}/status/{bewijs['statusID']}"
        answer = _decode(self.connection.ask("GET", path, self.connection.sign(sleutel)).content)
        if answer.status != _REPORT or answer.context.verwerkt is None:
            problem = {"title": f"the status is {answer.status}", "detail": "a year wants a verwerkingstijd of 0"}
            raise Refused(f"GET {_BOX}/status", 200, problem)
        berichten = answer.context.verwerkt.berichten
        codes = Counter([each.code for each in berichten])
        gevolgd, dag = self.schrijver.mensen.steekproef, dutch_day(publish_on(campagne, deel.zending))
        ontvangen = [
            (bsn, dag)
            for bsn, bericht in zip(lading.bsns, berichten, strict=True)
            if bsn in gevolgd and bericht.code == VERWERKT
        ]
        return Uitkomst(deel, codes, ontvangen)
