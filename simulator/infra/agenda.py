"""The agenda: everything that must happen later, done once when its simulated time comes, by worker threads."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import Omgevingen

Handler = Callable[[Omgeving, UnitOfWork, Sequence[Mapping[str, Any]]], None]
MAX_POGINGEN = 8
_TOGETHER = 64
_TOGETHER_WITHIN = 60_000_000
_FIRST_BACKOFF = 60_000_000
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Item:
    id: int
    soort: str
    moment: int
    gegevens: Mapping[str, Any]
    pogingen: int


@dataclass(frozen=True, slots=True)
class AgendaOverzicht:
    """A line of the agenda as people see it; ``moment`` is simulated."""

    id: int
    soort: str
    moment: datetime
    status: str
    pogingen: int
    fout: str | None


def run_due(omgeving: Omgeving, handlers: Mapping[str, Handler], until: datetime) -> int:
    """Do all that is due at ``until``, in order of time, and what follows from it; answers how many rows.

    Each row is done in one transaction with its own removal, so once; rows of one kind that fall close together share
    one. What fails is tried again after 1, 2, 4 … simulated minutes, eight times in all.
    """
    total = 0
    while done := _run_next(omgeving, handlers, to_micros(until)):
        total += done
    return total


def count_waiting(omgeving: Omgeving, until: datetime) -> int:
    """How many rows are due and not yet done, those in the hands of another worker included."""
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).where(*_due(to_micros(until)))) or 0


def list_agenda(omgeving: Omgeving, limit: int = 200) -> list[AgendaOverzicht]:
    """What waits and what failed, the next first."""
    with omgeving.reading() as session:
        rows = session.scalars(select(AgendaItem).order_by(AgendaItem.moment, AgendaItem.id).limit(limit))
        return [
            AgendaOverzicht(row.id, row.soort, from_micros(row.moment), row.status, row.pogingen, row.fout)
            for row in rows
        ]


def next_due(omgeving: Omgeving) -> int | None:
    """When the first waiting row is due, in microseconds; ``None`` if nothing waits."""
    with omgeving.reading() as session:
        return session.scalar(select(func.min(AgendaItem.moment)).where(AgendaItem.status == "wacht"))


def _due(until: int) -> tuple[Any, Any]:
    return AgendaItem.status == "wacht", AgendaItem.moment <= until


def _run_next(omgeving: Omgeving, handlers: Mapping[str, Handler], until: int) -> int:
    items: list[_Item] = []
    try:
        return _run_together(omgeving, handlers, until, items)
    except SQLAlchemyError:
        if not items:
            raise
        _log.warning("agenda item failed", exc_info=True, omgeving=omgeving.naam, soort=items[0].soort)
    except Exception:  # noqa: BLE001 - a handler may fail in any way; the row stays and is tried again
        _log.warning("agenda item failed", exc_info=True, omgeving=omgeving.naam, soort=items[0].soort)
    for item in items:
        _run_alone(omgeving, handlers, item)
    return len(items)


def _run_together(omgeving: Omgeving, handlers: Mapping[str, Handler], until: int, items: list[_Item]) -> int:
    with omgeving.unit_of_work() as uow:
        items.extend(_claim(uow, until))
        if items:
            uow.moment = from_micros(items[-1].moment)
            handlers[items[0].soort](omgeving, uow, [item.gegevens for item in items])
            uow.session.execute(delete(AgendaItem).where(AgendaItem.id.in_([item.id for item in items])))
    return len(items)


def _claim(uow: UnitOfWork, until: int) -> Iterator[_Item]:
    rows = uow.session.scalars(
        select(AgendaItem).where(*_due(until)).order_by(AgendaItem.moment, AgendaItem.id).limit(_TOGETHER)
        .with_for_update(skip_locked=True)
    ).all()  # fmt: skip
    return (
        _Item(row.id, row.soort, row.moment, json.loads(row.gegevens), row.pogingen)
        for row in takewhile(
            lambda row: row.soort == rows[0].soort and row.moment - rows[0].moment <= _TOGETHER_WITHIN, rows
        )
    )


def _run_alone(omgeving: Omgeving, handlers: Mapping[str, Handler], item: _Item) -> None:
    try:
        with omgeving.unit_of_work(from_micros(item.moment)) as uow:
            held = uow.session.execute(
                select(AgendaItem.id).where(AgendaItem.id == item.id, AgendaItem.pogingen == item.pogingen)
                .with_for_update(skip_locked=True)
            ).first()  # fmt: skip
            if held is None:
                return
            handlers[item.soort](omgeving, uow, [item.gegevens])
            uow.session.execute(delete(AgendaItem).where(AgendaItem.id == item.id))
    except Exception as error:  # noqa: BLE001 - recorded on the row, for people to see
        _record_failure(omgeving, item, error)


def _record_failure(omgeving: Omgeving, item: _Item, error: Exception) -> None:
    pogingen = item.pogingen + 1
    with omgeving.unit_of_work() as uow:
        uow.session.execute(
            update(AgendaItem)
            .where(AgendaItem.id == item.id, AgendaItem.pogingen == item.pogingen)
            .values(
                pogingen=pogingen,
                status="wacht" if pogingen < MAX_POGINGEN else "mislukt",
                moment=item.moment + _FIRST_BACKOFF * 2**item.pogingen,
                fout=type(error).__name__,
            )
        )


class AgendaRunner:
    """The worker threads of one process: they do what is due in every omgeving, and drop omgevingen that expired."""

    POLL = 0.5
    GATHER = 0.03

    def __init__(self, omgevingen: Omgevingen, handlers: Mapping[str, Handler], threads: int = 1) -> None:
        self._omgevingen = omgevingen
        self._handlers = handlers
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._known: dict[str, tuple[tuple[int, int], int | None]] = {}
        self._threads = [threading.Thread(target=self._work, name=f"agenda-{n}", daemon=True) for n in range(threads)]
        omgevingen.on_plan = self._woken.set

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop the threads after the row in hand."""
        self._stopped.set()
        self._woken.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _work(self) -> None:
        while not self._stopped.is_set():
            wait = self.POLL
            try:
                self._omgevingen.drop_expired()
                wait = min([self._do_due(omgeving) for omgeving in self._omgevingen.opened()], default=wait)
            except SQLAlchemyError:
                _log.warning("agenda cannot reach the database", exc_info=True)
            if self._woken.wait(wait):
                self._woken.clear()
                self._stopped.wait(self.GATHER)  # let requests of the same moment share a transaction

    def _do_due(self, omgeving: Omgeving) -> float:
        moment = self._next_due(omgeving)
        if moment is not None and moment <= omgeving.state.klok.micros():
            run_due(omgeving, self._handlers, omgeving.now())
            self._known.pop(omgeving.naam, None)
            return 0.01
        seconds = None if moment is None else omgeving.state.klok.seconds_until(moment)
        return self.POLL if seconds is None else min(max(seconds, 0.01), self.POLL)

    def _next_due(self, omgeving: Omgeving) -> int | None:
        """When something is due; asked of the database only if it may have changed since the last time."""
        known = self._known.get(omgeving.naam)
        if known is None or known[0] != omgeving.plans_made or omgeving.is_shared:
            known = (omgeving.plans_made, next_due(omgeving))
            self._known[omgeving.naam] = known
        return known[1]
