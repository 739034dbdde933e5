"""The sample of citizens that is followed: they log in when there is post, and open some of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from simulator.infra.clock import dutch_day
from simulator.infra.ids import seeded
from simulator.year.connection import Connection
from simulator.year.errors import Refused
from simulator.year.plan import Inwoners

_HONDERD = 100


@dataclass(slots=True)
class Burger:
    """One of the sample; ``nieuw`` are the days on which post appears that it has not come for yet."""

    bsn: str
    ritme: int
    verschuiving: int
    nieuw: list[date] = field(default_factory=list)
    gezien: set[str] = field(default_factory=set)

    def comes(self, dag: date) -> bool:
        """Whether this is a day of its rhythm, and there is something."""
        return (dag.toordinal() + self.verschuiving) % self.ritme == 0 and any(each <= dag for each in self.nieuw)


@dataclass(frozen=True, slots=True)
class Bezoek:
    """What a visit came to: the days on which the berichten that were opened had appeared."""

    ingelogd: bool
    geopend: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Lezers:
    """The sample, and how it behaves."""

    connection: Connection
    seed: int
    opent: float
    burgers: dict[str, Burger]

    @classmethod
    def gather(cls, connection: Connection, seed: int, inwoners: Inwoners, steekproef: frozenset[str]) -> "Lezers":
        """Everybody with a rhythm that the seed decides."""
        ritmes = inwoners.dagen_tussen_bezoeken
        burgers = {}
        for bsn in sorted(steekproef):
            ritme = ritmes[seeded(seed, "ritme", bsn) % len(ritmes)]
            burgers[bsn] = Burger(bsn, ritme, seeded(seed, "dag", bsn) % ritme)
        return cls(connection, seed, inwoners.opent_procent, burgers)

    def who_come(self, dag: date, factor: float) -> list[Burger]:
        """Who logs in on this day; on a quiet day only so many of them."""
        return [
            each
            for each in self.burgers.values()
            if each.comes(dag) and seeded(self.seed, "thuis", each.bsn, dag.toordinal()) % _HONDERD < factor * _HONDERD
        ]

    def visit(self, burger: Burger, dag: date) -> Bezoek:
        """Log in, look at the start page, and read some of what is new."""
        burger.nieuw = [each for each in burger.nieuw if each > dag]
        try:
            sessie = str(self.connection.admin("POST", "/sessies", {"bsn": burger.bsn})["token"])
        except Refused as refused:
            if refused.status == HTTPStatus.FORBIDDEN:  # DigiD without a second factor
                return Bezoek(ingelogd=False)
            raise
        self.connection.burger("GET", "/overzicht", sessie)
        geopend = []
        for bericht in self._list_new(burger, sessie):
            if self._opens(burger, bericht):
                path = f"/berichten/{bericht['id']}"
                self.connection.burger("GET", path, sessie)
                self.connection.burger("PATCH", path, sessie, {"gelezen": True})
                geopend.append(_day_of(bericht))
        return Bezoek(ingelogd=True, geopend=tuple(geopend))

    def _list_new(self, burger: Burger, sessie: str) -> Iterator[dict[str, Any]]:
        """What it did not see before, newest first; pages further on hold only what it saw."""
        cursor = ""
        while True:
            page = self.connection.burger("GET", "/berichten" + (f"?cursor={quote(cursor)}" if cursor else ""), sessie)
            fresh = [each for each in page["berichten"] if each["id"] not in burger.gezien]
            burger.gezien.update(each["id"] for each in fresh)
            yield from fresh
            cursor = page.get("volgende") or ""
            if not cursor or not fresh:
                return

    def _opens(self, burger: Burger, bericht: dict[str, Any]) -> bool:
        # Not the id: that is another in each run.
        chance = seeded(self.seed, "opent", burger.bsn, bericht["onderwerp"], _day_of(bericht).toordinal())
        return chance % (_HONDERD * _HONDERD) < self.opent * _HONDERD


def _day_of(bericht: dict[str, Any]) -> date:
    return dutch_day(datetime.fromisoformat(bericht["gepubliceerdOp"]))
