"""One isolated world: its data, clock, seed, settings and cached records, and the two ways to write in it."""

import errno
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import Executable

from simulator.infra.clock import Klok, Modus, from_micros, to_micros
from simulator.infra.database import Database, as_mapping, open_session
from simulator.infra.driver import Driver
from simulator.infra.group_commit import GroupCommit
from simulator.infra.ids import current_slot, new_ids
from simulator.infra.models import AgendaItem, RegelTelling, SimulationState
from simulator.infra.outage import is_everybodys
from simulator.infra.regels import Regel, Uitkomst

T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a group
R = TypeVar("R")
_STATE = cast("Table", SimulationState.__table__)
_SELECT_STATE = select(_STATE)
_AGENDA = cast("Table", AgendaItem.__table__)
_TELLINGEN = cast("Table", RegelTelling.__table__)


@dataclass(frozen=True, slots=True)
class State:
    """What all workers agree on; ``generation`` grows whenever a cached record may have changed."""

    generation: int
    klok: Klok
    seed: int
    instellingen: Mapping[str, Any] = field(default_factory=dict)


class _Plans:
    """Rule counts and agenda rows of one transaction, written just before it ends."""

    def __init__(self) -> None:
        self.tellingen: Counter[tuple[str, str]] = Counter()
        self.agenda: list[tuple[object, ...]] = []

    def plan(self, soort: str, moment: int, gegevens: Mapping[str, object]) -> None:
        self.agenda.append((new_ids()[0], soort, moment, json.dumps(gegevens), "wacht", 0, None))

    def flush(self, driver: Driver) -> None:
        slot = current_slot()
        driver.insert(_AGENDA, self.agenda)
        driver.add_up(_TELLINGEN, [(*key, slot, aantal) for key, aantal in self.tellingen.items()])


class UnitOfWork:
    """One use case, one transaction: stored as a whole when the ``with`` block ends well, not at all otherwise."""

    def __init__(self, session: Session, moment: datetime) -> None:
        self.session = session
        self.moment = moment
        self.touched = False
        self.plans = _Plans()

    def tel(self, regel: Regel, uitkomst: Uitkomst, aantal: int = 1) -> None:
        """Count that ``regel`` was exercised and how it ended, in this transaction."""
        self.plans.tellingen[regel.id, uitkomst.value] += aantal

    def plan(self, soort: str, moment: datetime, gegevens: Mapping[str, object]) -> None:
        """Put something on the agenda, to be done once when the simulated clock reaches ``moment``."""
        self.plans.plan(soort, to_micros(moment), gegevens)

    def hold_state(self) -> State:
        """What all workers agree on now; until the end of this transaction nobody else changes it."""
        return _as_state(self.session.execute(_SELECT_STATE.with_for_update()).one())

    def touch(self) -> None:
        """Cached records change with this transaction: every worker loads them anew."""
        self.change_state()

    def change_state(self, klok: Klok | None = None, seed: int | None = None, **instellingen: object) -> None:
        """Change the clock, the seed or settings of this omgeving, for all workers."""
        values: dict[str, Any] = {"generation": SimulationState.generation + 1}
        if klok is not None:
            values |= klok_values(klok)
        if seed is not None:
            values["seed"] = seed
        if instellingen:
            current = self.session.scalars(select(SimulationState.instellingen).with_for_update()).one()
            values["instellingen"] = json.dumps(json.loads(current) | instellingen)
        self.session.execute(update(SimulationState).values(**values))
        self.touched = True


class GroupTransaction:
    """The one durable transaction of a group of requests; statements run on the driver (see ``Driver``)."""

    def __init__(self, driver: Driver, state: State) -> None:
        self._driver = driver
        self.generation = state.generation
        self.moment_us = state.klok.micros()
        self.moment = from_micros(self.moment_us)
        self.insert = driver.insert
        self.add_up = driver.add_up
        self.plans = _Plans()

    def query(self, statement: Executable, **binds: object) -> list[tuple[Any, ...]]:
        """All rows of a module-level SELECT, compiled once; lists travel as one bind (``any_of``)."""
        return self._driver.query(statement, **binds)

    def tel(self, regel: Regel, uitkomst: Uitkomst, aantal: int = 1) -> None:
        """Count a rule; added up over the group."""
        self.plans.tellingen[regel.id, uitkomst.value] += aantal

    def plan(self, soort: str, moment_us: int, gegevens: Mapping[str, object]) -> None:
        """Put something on the agenda at ``moment_us`` (microseconds, simulated)."""
        self.plans.plan(soort, moment_us, gegevens)


Apply = Callable[[GroupTransaction, Sequence[Any]], Sequence[Any]]


class Omgeving:
    """An isolated world, by name. Use cases get it as their first argument and never see another."""

    def __init__(self, naam: str, database: Database, wake: Callable[[], None] = lambda: None) -> None:
        self.naam = naam
        self._database = database
        self._wake = wake
        self._group = GroupCommit(is_shared=is_everybodys)
        self._looks = GroupCommit(is_shared=is_everybodys)
        self._cache: dict[str, tuple[int, object]] = {}
        self._users: Counter[int] = Counter()
        self._mutex = threading.Lock()
        self._refreshing = threading.Lock()
        self._gone = False
        self._plans = 0
        self._seen: tuple[tuple[Any, ...], State] = ((), State(-1, Klok(), 0))
        self.refresh()

    @property
    def state(self) -> State:
        """What all workers agree on, as last seen by this one."""
        return self._seen[1]

    @property
    def seed(self) -> int:
        """The seed that everything which looks random comes from."""
        return self.state.seed

    def now(self) -> datetime:
        """The simulated moment, aware and in UTC."""
        return self.state.klok.now()

    def instelling(self, naam: str, default: T) -> T:
        """A setting of this omgeving, set through the control API."""
        return cast("T", self.state.instellingen.get(naam, default))

    def refresh(self) -> None:
        """Read what the workers share; called at the start of a request where there may be several workers."""
        with self._refreshing, self.lease() as database:  # one at a time, or what is older might be seen last
            self._seen = self._look(database.read_one(_STATE))

    def refresh_together(self) -> None:
        """``refresh`` for requests that come together: one look, begun after the last of them came, is for all."""
        self._looks.submit(self._refresh_all, None)

    def _refresh_all(self, requests: Sequence[None]) -> Sequence[None]:
        self.refresh()
        return requests

    @property
    def is_shared(self) -> bool:
        """Whether other processes write here too."""
        return not self._database.is_sqlite

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database; what it changes is dropped."""
        with self.lease() as database, database.session(writes=False) as session:
            yield session

    @contextmanager
    def unit_of_work(self, moment: datetime | None = None) -> Iterator[UnitOfWork]:
        """One transaction of one use case: committed at the end of the block, rolled back on any error."""
        with self.lease() as database:
            with database.connection(writes=True) as connection:
                session = open_session(connection)
                uow = UnitOfWork(session, moment or self.now())
                try:
                    yield uow
                    session.flush()
                finally:
                    session.close()
                uow.plans.flush(Driver.of(connection))
            self._after(uow.plans, touched=uow.touched)

    def group_commit(
        self, apply: Callable[[GroupTransaction, Sequence[I]], Sequence[R | Exception]], item: I, weight: int = 1
    ) -> R:
        """Do ``item`` in one durable transaction with the items of requests that arrive together.

        ``apply`` answers a result (or the exception to raise) per item. It may run twice for an item: again, alone,
        when its group failed. Answers after the commit.
        """
        return cast("R", self._group.submit(_GroupRun(self, apply), item, weight))

    def run_group(self, apply: Apply, items: Sequence[Any]) -> Sequence[Any]:
        """One transaction for ``items``; called by the leader of a group."""
        with self.lease() as database:
            with database.driver() as driver:
                _, state = self._look(driver.query(_SELECT_STATE)[0])
                transaction = GroupTransaction(driver, state)
                results = apply(transaction, items)
                transaction.plans.flush(driver)
            self._after(transaction.plans, touched=state.generation != self.state.generation)
        return results

    def cached(self, key: str, load: Callable[[Session], T]) -> T:
        """A frozen record that every request needs and that seldom changes; loaded anew in each generation."""
        generation = self.state.generation
        held = self._cache.get(key)
        if held is None or held[0] != generation:
            with self.reading() as session:
                held = (generation, load(session))
            self._cache[key] = held
        return cast("T", held[1])

    def replace_database(self, database: Database) -> None:
        """Go on in another database (a reset)."""
        with self._mutex:
            self._database = database
            self._cache.clear()
        self.refresh()

    @property
    def plans_made(self) -> tuple[int, int]:
        """Differs from before whenever this process planned something or the database was replaced."""
        return id(self._database), self._plans

    def current_database(self) -> Database:
        """The database of this moment, for who is about to retire it."""
        return self._database

    def when_idle(self, database: Database, retire: Callable[[Database], None]) -> None:
        """Call ``retire`` once nobody in this process uses ``database`` any more."""
        with self._mutex:
            busy = self._users[id(database)] > 0
            self._gone |= not busy and database is self._database
        if busy:
            threading.Timer(0.05, self.when_idle, (database, retire)).start()
        else:
            retire(database)

    @contextmanager
    def lease(self) -> Iterator[Database]:
        """The database of this moment, which is not retired as long as this lasts."""
        with self._mutex:
            if self._gone:  # SQLite would begin a new file, of which nobody knows
                raise FileNotFoundError(errno.ENOENT, "this omgeving was dropped")
            database = self._database
            self._users[id(database)] += 1
        try:
            yield database
        finally:
            with self._mutex:
                self._users[id(database)] -= 1

    def _look(self, row: tuple[Any, ...]) -> tuple[tuple[Any, ...], State]:
        """The row with what it says; mostly it is the one that was seen before."""
        seen = self._seen
        return seen if row == seen[0] else (row, _as_state(row))

    def _after(self, plans: _Plans, *, touched: bool) -> None:
        if touched:
            self.refresh()
        if plans.agenda:
            self._plans += 1
            self._wake()


@dataclass(frozen=True, slots=True)
class _GroupRun:
    """Equal for requests that may share a transaction: same omgeving, same kind of work."""

    omgeving: Omgeving
    apply: Apply

    def __call__(self, items: Sequence[Any]) -> Sequence[Any]:
        return self.omgeving.run_group(self.apply, items)


def _as_state(row: Sequence[Any]) -> State:
    _, generation, modus, anker_echt, anker, factor, seed, instellingen = row
    return State(generation, Klok(Modus(modus), anker_echt, anker, factor), seed, json.loads(instellingen))


def klok_values(klok: Klok) -> dict[str, Any]:
    """A clock as columns of ``simulation_state``."""
    return {"modus": klok.modus.value, "anker_echt": klok.anker_echt, "anker": klok.anker, "factor": klok.factor}


def state_values(state: State) -> dict[str, Any]:
    """The whole state as columns of the one row of ``simulation_state``."""
    return {
        "generation": state.generation,
        "seed": state.seed,
        "instellingen": json.dumps(dict(state.instellingen)),
        **klok_values(state.klok),
    }


def count_regels(session: Session) -> dict[str, dict[str, int]]:
    """How often each rule was exercised in this omgeving, by outcome."""
    counts: dict[str, dict[str, int]] = {}
    for row in session.execute(select(_TELLINGEN)):
        telling = as_mapping(row)
        per_regel = counts.setdefault(telling["regel_id"], {})
        per_regel[telling["uitkomst"]] = per_regel.get(telling["uitkomst"], 0) + telling["aantal"]
    return counts
