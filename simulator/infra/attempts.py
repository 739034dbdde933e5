"""Attempts at a row of the agenda: when to try again what failed, and what a worker that was stopped left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from simulator.infra.clock import to_micros
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving, UnitOfWork

MAX_POGINGEN = 8
BEZIG = "bezig of afgebroken"
"""The ``fout`` of a row that is lent out."""
_FIRST_BACKOFF = 60_000_000
_LONGEST_LEASE = 3_600_000_000
"""Microseconds: nothing outside takes an hour."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the agenda as a worker has it in hand; ``moment`` is simulated, in microseconds."""

    id: int
    soort: str
    moment: int
    gegevens: Mapping[str, Any]
    pogingen: int

    @property
    def aantal(self) -> int:
        """How much work it is."""
        return int(self.gegevens.get("aantal", 1))


def back_off(item: Item, error: Exception) -> tuple[int, str]:
    """From when to try again what failed inside the database, and why."""
    return item.moment + _FIRST_BACKOFF * 2**item.pogingen, type(error).__name__


def back_off_outside(omgeving: Omgeving, item: Item, error: Exception) -> tuple[int, str]:
    """Real minutes from now on: how late the row was says nothing about when the other side is well again."""
    klok = omgeving.state.klok
    wait = int(_FIRST_BACKOFF * 2**item.pogingen * max(1.0, klok.factor))
    return max(item.moment, klok.micros()) + wait, type(error).__name__


def record_attempt(uow: UnitOfWork, item: Item, held: int, outcome: tuple[int, str]) -> None:
    """Write the attempt on the row, if it is still as this worker ``held`` it: from when to try again, and why."""
    pogingen = item.pogingen + 1
    moment, fout = outcome
    uow.session.execute(
        update(AgendaItem)
        .where(AgendaItem.id == item.id, AgendaItem.pogingen == held)
        .values(pogingen=pogingen, status="wacht" if pogingen < MAX_POGINGEN else "mislukt", moment=moment, fout=fout)
    )


def take_back(omgeving: Omgeving) -> None:
    """What is still lent out is due: a process that begins alone knows that nobody is at work on it.

    A lease is kept on the simulated clock, and one that stands still would never end it. Only what is due soon is
    looked at: there may be a million rows that wait for their day.
    """
    soon = int(_LONGEST_LEASE * max(1.0, omgeving.state.klok.factor))
    with omgeving.unit_of_work() as uow:
        now = to_micros(uow.moment)
        lent = update(AgendaItem).where(AgendaItem.status == "wacht", AgendaItem.moment <= now + soon)
        uow.session.execute(lent.where(AgendaItem.fout == BEZIG).values(moment=now))
