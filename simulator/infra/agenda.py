"""The agenda: everything that must happen later, done when its simulated time comes, by worker threads."""

import json
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from sqlalchemy import delete, func, select, update

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import Omgevingen

Handler = Callable[[Omgeving, UnitOfWork, Sequence[Mapping[str, Any]]], None]
"""Work in the database: rows of one kind in one transaction with their removal, so each is done once.

A row says in ``aantal`` (1 if it does not) how much work it is; one transaction takes ``WERK`` of it, because
everybody else who writes waits meanwhile.
"""


@dataclass(frozen=True, slots=True)
class Extern:
    """Work outside the database, one row at a time and with no transaction open, so that nobody waits for it.

    At least once: the row is lent out, and removed when the work is done. Who dies in between leaves it on the agenda,
    and when the lease is over it is done again; the other side must be able to tell that it had it already.
    """

    work: Callable[[Omgeving, Mapping[str, Any]], None]
    lease: timedelta
    """Longer than the work can take; in real time, as outsiders live in that."""


Handlers = Mapping[str, Handler | Extern]
MAX_POGINGEN = 8
WERK = 500
BEZIG = "bezig of afgebroken"
"""The ``fout`` of a row that is lent out."""
_TOGETHER = 64
_TOGETHER_WITHIN = 60_000_000
_FIRST_BACKOFF = 60_000_000
_BREATH = 0.001
_nothing = threading.Event()
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Item:
    id: int
    soort: str
    moment: int
    gegevens: Mapping[str, Any]
    pogingen: int

    @property
    def aantal(self) -> int:
        return int(self.gegevens.get("aantal", 1))


@dataclass(frozen=True, slots=True)
class AgendaOverzicht:
    """A line of the agenda as people see it; ``moment`` is simulated."""

    id: int
    soort: str
    moment: datetime
    status: str
    pogingen: int
    fout: str | None


def run_due(omgeving: Omgeving, handlers: Handlers, until: datetime) -> int:
    """Do all of these kinds that is due at ``until``, in order of time, and what follows; answers how many rows.

    Rows of one kind that fall close together share a transaction. What fails is tried again after 1, 2, 4 … simulated
    minutes, eight times in all.
    """
    total = 0
    # Looking first takes no write transaction, and may walk past any number of rows that are another worker's kind.
    while (first := next_due(omgeving, handlers, to_micros(until))) is not None:
        done = _run_next(omgeving, handlers, range(first, to_micros(until) + 1))
        if not done:  # others have taken the rest
            break
        total += done
        # The lock of SQLite's one writer goes to who asks first, and without this that would be us again.
        _nothing.wait(_BREATH)
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


def next_due(omgeving: Omgeving, soorten: Collection[str], until: int) -> int | None:
    """When the first waiting row of these kinds is due, in microseconds; ``None`` if that is later than ``until``."""
    query = select(func.min(AgendaItem.moment)).where(*_due(until), AgendaItem.soort.in_(soorten))
    with omgeving.reading() as session:
        return session.scalar(query)


def _due(until: int) -> tuple[Any, Any]:
    return AgendaItem.status == "wacht", AgendaItem.moment <= until


def _run_next(omgeving: Omgeving, handlers: Handlers, due: range) -> int:
    items: list[_Item] = []
    try:
        lent = _run_together(omgeving, handlers, due, items)
    except Exception as error:
        if not items:
            raise  # the database, not a handler
        _log_failure(omgeving, items[0], error)
        for item in items:
            _run_alone(omgeving, handlers, item)
        return len(items)
    if lent is not None:
        _run_outside(omgeving, *lent)
        return 1
    return len(items)


def _run_together(
    omgeving: Omgeving, handlers: Handlers, due: range, items: list[_Item]
) -> tuple[Extern, _Item] | None:
    """Do the ``items`` that come first; or only lend the first out, which is the answer then, to an ``Extern``."""
    with omgeving.unit_of_work() as uow:
        claimed = list(_claim(uow, handlers, due))
        if not claimed:
            return None
        handler = handlers[claimed[0].soort]
        if isinstance(handler, Extern):
            _lend(omgeving, uow, handler, claimed[0])
            return handler, claimed[0]
        items.extend(claimed)
        uow.moment = from_micros(items[-1].moment)
        handler(omgeving, uow, [item.gegevens for item in items])
        uow.session.execute(delete(AgendaItem).where(AgendaItem.id.in_([item.id for item in items])))
    return None


def _claim(uow: UnitOfWork, handlers: Handlers, due: range) -> Iterator[_Item]:
    rows = uow.session.execute(
        select(AgendaItem.id, AgendaItem.soort, AgendaItem.moment, AgendaItem.gegevens, AgendaItem.pogingen)
        .where(*_due(due[-1]), AgendaItem.moment >= due[0], AgendaItem.soort.in_(handlers))
        .order_by(AgendaItem.moment, AgendaItem.id).limit(_TOGETHER).with_for_update(skip_locked=True)
    )  # fmt: skip
    return _take_together(_Item(row.id, row.soort, row.moment, json.loads(row.gegevens), row.pogingen) for row in rows)


def _take_together(items: Iterable[_Item]) -> Iterator[_Item]:
    """The first, and what follows of the same kind and time until there is work enough."""
    first, werk = None, 0
    for item in items:
        first, werk = first or item, werk + item.aantal
        if item.soort != first.soort or item.moment - first.moment > _TOGETHER_WITHIN:
            return
        if item is not first and werk > WERK:
            return
        yield item


def _lend(omgeving: Omgeving, uow: UnitOfWork, extern: Extern, item: _Item) -> None:
    """Count the attempt as one that failed, until it turns out otherwise."""
    klok = omgeving.state.klok
    lease = int(extern.lease / timedelta(microseconds=1) * max(1.0, klok.factor))
    _record_attempt(uow, item, item.pogingen, (max(item.moment, klok.micros()) + lease, BEZIG))


def _run_outside(omgeving: Omgeving, extern: Extern, item: _Item) -> None:
    held = item.pogingen + 1
    try:
        extern.work(omgeving, item.gegevens)
    except Exception as error:  # noqa: BLE001 - it may fail in any way; the row stays and is tried again
        _log_failure(omgeving, item, error)
        with omgeving.unit_of_work() as uow:
            _record_attempt(uow, item, held, _back_off(item, error))
        return
    with omgeving.unit_of_work() as uow:
        uow.session.execute(delete(AgendaItem).where(AgendaItem.id == item.id, AgendaItem.pogingen == held))


def _run_alone(omgeving: Omgeving, handlers: Handlers, item: _Item) -> None:
    handler = cast("Handler", handlers[item.soort])
    try:
        with omgeving.unit_of_work(from_micros(item.moment)) as uow:
            held = uow.session.execute(
                select(AgendaItem.id).where(AgendaItem.id == item.id, AgendaItem.pogingen == item.pogingen)
                .with_for_update(skip_locked=True)
            ).first()  # fmt: skip
            if held is None:
                return
            handler(omgeving, uow, [item.gegevens])
            uow.session.execute(delete(AgendaItem).where(AgendaItem.id == item.id))
    except Exception as error:  # noqa: BLE001 - recorded on the row, for people to see
        with omgeving.unit_of_work() as uow:
            _record_attempt(uow, item, item.pogingen, _back_off(item, error))


def _back_off(item: _Item, error: Exception) -> tuple[int, str]:
    return item.moment + _FIRST_BACKOFF * 2**item.pogingen, type(error).__name__


def _record_attempt(uow: UnitOfWork, item: _Item, held: int, outcome: tuple[int, str]) -> None:
    """Write the attempt on the row, if it is still as this worker ``held`` it: from when to try again, and why."""
    pogingen = item.pogingen + 1
    moment, fout = outcome
    uow.session.execute(
        update(AgendaItem)
        .where(AgendaItem.id == item.id, AgendaItem.pogingen == held)
        .values(pogingen=pogingen, status="wacht" if pogingen < MAX_POGINGEN else "mislukt", moment=moment, fout=fout)
    )


def _log_failure(omgeving: Omgeving, item: _Item, error: Exception) -> None:
    _log.warning("agenda item failed", exc_info=error, omgeving=omgeving.naam, soort=item.soort)


class AgendaRunner:
    """The worker threads of one process: they do what is due in every omgeving, and drop omgevingen that expired."""

    def __init__(self, omgevingen: Omgevingen, handlers: Handlers) -> None:
        extern = {soort: handler for soort, handler in handlers.items() if isinstance(handler, Extern)}
        inside = {soort: handler for soort, handler in handlers.items() if soort not in extern}
        # Two, so that an outsider that hangs does not hold up what needs only the database.
        self._workers = [_Worker(omgevingen, kinds) for kinds in (inside, extern) if kinds]
        omgevingen.on_plan = self._wake

    def start(self) -> None:
        """Start the threads."""
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """Stop the threads after the rows in hand."""
        for worker in self._workers:
            worker.ask_to_stop()
        for worker in self._workers:
            worker.join(timeout=5)

    def _wake(self) -> None:
        for worker in self._workers:
            worker.woken.set()


class _Worker(threading.Thread):
    """One thread with its kinds of work."""

    POLL = 0.5
    GATHER = 0.03
    AHEAD = 60_000_000
    """Microseconds: what is due later than this is not looked for, however much waits for its day."""

    def __init__(self, omgevingen: Omgevingen, handlers: Handlers) -> None:
        super().__init__(name=f"agenda-{next(iter(handlers))}", daemon=True)
        self._omgevingen = omgevingen
        self._handlers = handlers
        self._stopped = threading.Event()
        self._known: dict[str, tuple[tuple[int, int], int]] = {}
        self.woken = threading.Event()

    def ask_to_stop(self) -> None:
        """Take no new work."""
        self._stopped.set()
        self.woken.set()

    def run(self) -> None:
        """Do what is due, until asked to stop."""
        while not self._stopped.is_set():
            if self.woken.wait(self._go_round()):
                self.woken.clear()
                self._stopped.wait(self.GATHER)  # let requests of the same moment share a transaction

    def _go_round(self) -> float:
        """Do what is due in every omgeving; answers for how long nothing is. Whatever fails, the thread goes on."""
        try:
            self._omgevingen.drop_expired()
            return min([self._visit(omgeving) for omgeving in self._omgevingen.opened()], default=self.POLL)
        except Exception:  # noqa: BLE001 - without this thread nothing would be published until the next start
            _log.warning("agenda cannot reach the database", exc_info=True)
            return self.POLL

    def _visit(self, omgeving: Omgeving) -> float:
        try:
            return self._do_due(omgeving)
        except Exception:  # noqa: BLE001 - what is wrong in one omgeving is not the fault of the next
            _log.warning("agenda of an omgeving cannot be done", exc_info=True, omgeving=omgeving.naam)
            return self.POLL

    def _do_due(self, omgeving: Omgeving) -> float:
        moment = self._next_due(omgeving)
        if moment <= omgeving.state.klok.micros():
            run_due(omgeving, self._handlers, omgeving.now())
            self._known.pop(omgeving.naam, None)
            return 0.01
        seconds = omgeving.state.klok.seconds_until(moment)
        return self.POLL if seconds is None else min(max(seconds, 0.01), self.POLL)

    def _next_due(self, omgeving: Omgeving) -> int:
        """When to do or look again; asked of the database only if it may have changed since the last time."""
        known, plans_made = self._known.get(omgeving.naam), omgeving.plans_made
        if known is None or known[0] != plans_made or omgeving.is_shared:
            klok = omgeving.state.klok
            horizon = klok.micros() + int(self.AHEAD * max(1.0, klok.factor))
            moment = next_due(omgeving, self._handlers, horizon)
            # Counted before looking: what is planned in between is looked for the next time.
            known = (plans_made, horizon if moment is None else moment)
            self._known[omgeving.naam] = known
        return known[1]
