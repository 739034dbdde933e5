"""The agenda: everything that must happen later, done when its simulated time comes, by worker threads."""

import json
import math
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, bindparam, delete, func, literal_column, select

from simulator.infra.attempts import BEZIG, Item, back_off, back_off_outside, record_attempt, take_back
from simulator.infra.clock import from_micros, stopwatch, to_micros
from simulator.infra.database import any_of
from simulator.infra.driver import Driver
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.omgevingen import Omgevingen, OmgevingNotFound
from simulator.infra.outage import is_outage
from simulator.infra.telemetry import get_logger

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
WERK = 500
_TOGETHER = 128
"""Rows that one transaction looks at; with 20 deliveries to a row that is more than ``WERK``."""
_TOGETHER_WITHIN = 60_000_000
_log = get_logger(__name__)


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
    return sum(_run_until(omgeving, handlers, to_micros(until), to_micros(until))[0])


def _run_until(
    omgeving: Omgeving, handlers: Handlers, until: int, horizon: int, seconds: float = math.inf
) -> tuple[list[int], int | None]:
    """Do what is due, and begin nothing more after so many real ``seconds``.

    Answers how many rows each time, and when there is more to do, if before ``horizon``.
    """
    done: list[int] = []
    ends = stopwatch() + seconds
    # Looking first takes no write transaction, and may walk past any number of rows that are another worker's kind.
    while (first := next_due(omgeving, handlers, horizon)) is not None and first <= until:
        done.append(_run_next(omgeving, handlers, range(first, until + 1)))
        if not done[-1]:  # others have taken the rest
            return done, None
        if stopwatch() >= ends:
            return done, first
    return done, first


def count_waiting(omgeving: Omgeving, until: datetime) -> int:
    """How many rows are due and not yet done, those in the hands of another worker included."""
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).where(_WAITS, AgendaItem.moment <= to_micros(until))) or 0


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
    statement, binds = _of_kinds(_look_for, soorten)
    with omgeving.reading() as session:
        ((moment,),) = Driver.of(session.connection()).query(statement, tot=until, **binds)
    return cast("int | None", moment)


_WAITS = AgendaItem.status == literal_column("'wacht'")
_TOT = AgendaItem.moment <= bindparam("tot")
_REMOVE = delete(AgendaItem).where(any_of(AgendaItem.id, "ids")).returning(AgendaItem.id)


def _look_for(soorten: Any) -> Select[Any]:
    return select(func.min(AgendaItem.moment)).where(_WAITS, _TOT, soorten)


def _claim_of(soorten: Any) -> Any:
    return (
        select(AgendaItem.id, AgendaItem.soort, AgendaItem.moment, AgendaItem.gegevens, AgendaItem.pogingen)
        .where(_WAITS, _TOT, AgendaItem.moment >= bindparam("van"), soorten)
        .order_by(AgendaItem.moment, AgendaItem.id).with_for_update(skip_locked=True)
        # The offset too: for SQLite one is always written, and else as a bind.
        .limit(literal_column(str(_TOGETHER))).offset(literal_column("0"))
    )  # fmt: skip


def _of_kinds(make: Callable[[Any], Select[Any]], soorten: Collection[str]) -> tuple[Select[Any], dict[str, str]]:
    """A statement about these kinds, the same object each time, so that it is compiled once; and its binds."""
    return _with_kinds(make, len(soorten)), {f"soort{n}": soort for n, soort in enumerate(sorted(soorten))}


@lru_cache(maxsize=32)
def _with_kinds(make: Callable[[Any], Select[Any]], aantal: int) -> Select[Any]:
    return make(AgendaItem.soort.in_([bindparam(f"soort{n}") for n in range(aantal)]))


def _run_next(omgeving: Omgeving, handlers: Handlers, due: range) -> int:
    items: list[Item] = []
    try:
        lent = _run_together(omgeving, handlers, due, items)
    except Exception as error:
        if not items or is_outage(error):
            raise  # the database, not a handler
        _log_failure(omgeving, items[0], error)
        for item in items:
            _run_alone(omgeving, handlers, item)
        return len(items)
    if lent is not None:
        _run_outside(omgeving, *lent)
        return 1
    return len(items)


def _run_together(omgeving: Omgeving, handlers: Handlers, due: range, items: list[Item]) -> tuple[Extern, Item] | None:
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
        Driver.of(uow.session.connection()).query(_REMOVE, ids=[item.id for item in items])
    return None


def _claim(uow: UnitOfWork, handlers: Handlers, due: range) -> Iterator[Item]:
    statement, binds = _of_kinds(_claim_of, handlers)
    rows = Driver.of(uow.session.connection()).query(statement, van=due[0], tot=due[-1], **binds)
    return _take_together(
        Item(key, soort, moment, json.loads(gegevens), pogingen) for key, soort, moment, gegevens, pogingen in rows
    )


def _take_together(items: Iterable[Item]) -> Iterator[Item]:
    """The first, and what follows of the same kind and time until there is work enough."""
    first, werk = None, 0
    for item in items:
        first, werk = first or item, werk + item.aantal
        if item.soort != first.soort or item.moment - first.moment > _TOGETHER_WITHIN:
            return
        if item is not first and werk > WERK:
            return
        yield item


def _lend(omgeving: Omgeving, uow: UnitOfWork, extern: Extern, item: Item) -> None:
    """Count the attempt as one that failed, until it turns out otherwise."""
    klok = omgeving.state.klok
    lease = int(extern.lease / timedelta(microseconds=1) * max(1.0, klok.factor))
    record_attempt(uow, item, item.pogingen, (max(item.moment, klok.micros()) + lease, BEZIG))


def _run_outside(omgeving: Omgeving, extern: Extern, item: Item) -> None:
    held = item.pogingen + 1
    try:
        extern.work(omgeving, item.gegevens)
    except Exception as error:  # noqa: BLE001 - it may fail in any way; the row stays and is tried again
        _log_failure(omgeving, item, error)
        with omgeving.unit_of_work() as uow:
            record_attempt(uow, item, held, back_off_outside(omgeving, item, error))
        return
    with omgeving.unit_of_work() as uow:
        uow.session.execute(delete(AgendaItem).where(AgendaItem.id == item.id, AgendaItem.pogingen == held))


def _run_alone(omgeving: Omgeving, handlers: Handlers, item: Item) -> None:
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
    except Exception as error:  # recorded on the row, for people to see
        if is_outage(error):
            raise  # no attempt of this row
        with omgeving.unit_of_work() as uow:
            record_attempt(uow, item, item.pogingen, back_off(item, error))


def _log_failure(omgeving: Omgeving, item: Item, error: Exception) -> None:
    _log.warning("agenda item failed", exc_info=error, omgeving=omgeving.naam, soort=item.soort)


class AgendaRunner:
    """The worker threads of one process: they do what is due in every omgeving, and drop omgevingen that expired."""

    def __init__(self, omgevingen: Omgevingen, handlers: Handlers) -> None:
        extern = {soort: handler for soort, handler in handlers.items() if isinstance(handler, Extern)}
        inside = {soort: handler for soort, handler in handlers.items() if soort not in extern}
        # Two, so that an outsider that hangs does not hold up what needs only the database.
        self._omgevingen = omgevingen
        self._workers = [_Worker(omgevingen, kinds) for kinds in (inside, extern) if kinds]
        # What is planned is work in the database, and that is what plans work outside: each wakes the next.
        omgevingen.on_plan = self._workers[0].woken.set
        for worker, follower in pairwise(self._workers):
            worker.on_done = follower.woken.set

    def start(self) -> None:
        """Start the threads, after taking back what a process that was stopped had lent out."""
        for omgeving in self._omgevingen.held_here():
            if omgeving.is_shared:
                continue
            try:
                take_back(omgeving)
            except Exception:  # noqa: BLE001 - what is wrong in one omgeving is not the fault of the next
                _log.warning("agenda of an omgeving cannot be taken back", exc_info=True, omgeving=omgeving.naam)
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """Stop the threads after the rows in hand."""
        for worker in self._workers:
            worker.ask_to_stop()
        for worker in self._workers:
            worker.join(timeout=5)


class _Outlook(NamedTuple):
    """When there is something to do in an omgeving, as far as this process knows without asking the database."""

    omgeving: Omgeving
    plans_made: tuple[int, int]
    moment: int
    """Simulated, in microseconds."""
    ask_again: float
    """By the stopwatch: other processes plan too. They do that work themselves, unless they stop."""

    def holds(self) -> bool:
        return (
            self.plans_made == self.omgeving.plans_made
            and self.moment > self.omgeving.state.klok.micros()
            and self.ask_again > stopwatch()
        )


class _Worker(threading.Thread):
    """One thread with its kinds of work."""

    POLL = 0.5
    GATHER = 0.03
    """Seconds from being woken to a round: requests of the same moment share a transaction."""
    APART = 0.15
    """Seconds between two rounds: under a steady stream these share one too."""
    LOOK_AT_OTHERS = 10.0
    """Seconds after which what another process planned, and left, is found."""
    TURN = 1.0
    """Seconds after which an omgeving that has ever more to do, such as slow weblinks under a clock that stands still,
    begins nothing more until the others had their turn."""
    AHEAD = 60_000_000
    """Microseconds: what is due later than this is not looked for, however much waits for its day."""

    def __init__(self, omgevingen: Omgevingen, handlers: Handlers) -> None:
        super().__init__(name=f"agenda-{next(iter(handlers))}", daemon=True)
        self._omgevingen = omgevingen
        self._handlers = handlers
        self._stopped = threading.Event()
        self._outlooks: dict[str, _Outlook] = {}
        self.woken = threading.Event()
        self.on_done: Callable[[], None] = lambda: None

    def ask_to_stop(self) -> None:
        """Take no new work."""
        self._stopped.set()
        self.woken.set()

    def run(self) -> None:
        """Do what is due, until asked to stop."""
        while not self._stopped.is_set():
            pause, ended = self._go_round(), stopwatch()
            self.woken.wait(pause)
            self._stopped.wait(max(self.GATHER, self.APART - (stopwatch() - ended)))
            self.woken.clear()  # before looking, so that what is planned meanwhile is looked for the next time

    def _go_round(self) -> float:
        """Do what is due in every omgeving; answers for how long nothing is. Whatever fails, the thread goes on."""
        try:
            names = self._omgevingen.tend()
        except Exception:  # noqa: BLE001 - without this thread nothing would be published until the next start
            _log.warning("agenda cannot reach the database", exc_info=True)
            return self.POLL
        for naam in self._outlooks.keys() - names:
            del self._outlooks[naam]
        return min([self._visit(naam) for naam in names], default=self.POLL)

    def _visit(self, naam: str) -> float:
        try:
            return self._do_due(naam)
        except OmgevingNotFound:  # dropped just now
            return self.POLL
        except Exception:  # noqa: BLE001 - what is wrong in one omgeving is not the fault of the next
            _log.warning("agenda of an omgeving cannot be done", exc_info=True, omgeving=naam)
            return self.POLL

    def _do_due(self, naam: str) -> float:
        outlook = self._outlooks.get(naam)
        if outlook is None or outlook.omgeving is not self._omgevingen.held(naam) or not outlook.holds():
            # Its clock as all processes know it now: another may have stopped it, and then nothing is due.
            outlook = self._outlooks[naam] = self._look(self._omgevingen.get(naam))
        seconds = outlook.omgeving.state.klok.seconds_until(outlook.moment)
        return self.POLL if seconds is None else min(seconds, self.POLL)

    def _look(self, omgeving: Omgeving) -> _Outlook:
        """Do what is due, and see when the next is."""
        plans_made, klok = omgeving.plans_made, omgeving.state.klok
        patience = self.LOOK_AT_OTHERS if omgeving.is_shared else math.inf
        now = klok.micros()
        horizon = now + int(self.AHEAD * max(1.0, klok.factor))
        done, moment = _run_until(omgeving, self._handlers, now, horizon, self.TURN)
        if any(done):
            self.on_done()
        if done and not done[-1]:  # others did it, another worker or who moves the clock, and nobody looked further
            patience = self.POLL
        return _Outlook(omgeving, plans_made, horizon if moment is None else moment, stopwatch() + patience)
