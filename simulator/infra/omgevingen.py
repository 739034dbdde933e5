"""All omgevingen of this installation: made, found, emptied and dropped here."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from weakref import WeakValueDictionary

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from simulator.infra.clock import Modus, from_micros, real_micros, start_klok, stopwatch
from simulator.infra.database import Database, as_mapping
from simulator.infra.errors import Conflict, InvalidInput, NotFound
from simulator.infra.ids import new_ids, new_token
from simulator.infra.omgeving import GroupTransaction, Omgeving, State, UnitOfWork
from simulator.infra.regels import Herkomst, Regel
from simulator.infra.stores import GEHEIMEN, OMGEVINGEN, Store
from simulator.infra.telemetry import get_logger

__all__ = ["STANDAARD", "GroupTransaction", "NieuweOmgeving", "Omgeving", "OmgevingInfo", "Omgevingen", "UnitOfWork"]

STANDAARD = "standaard"
_FIND_ATTEMPTS = 3
_TEND_EVERY = 1.0
_log = get_logger(__name__)
_NAAM = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z")

_BRON = "de simulator zelf"
OMGEVING_BESTAAT = Regel(
    "SIM-omgeving-bestaat",
    "De omgeving bestaat",
    _BRON,
    Herkomst.AANGENOMEN,
    "een omgeving die via /__admin/v1/omgevingen is gemaakt",
)
OMGEVING_NAAM = Regel(
    "SIM-omgeving-naam",
    "De naam van een omgeving",
    _BRON,
    Herkomst.AANGENOMEN,
    "1 tot 40 kleine letters, cijfers en streepjes, niet op een streepje beginnend of eindigend",
)
OMGEVING_UNIEK = Regel(
    "SIM-omgeving-uniek",
    "Een naam is van één omgeving",
    _BRON,
    Herkomst.AANGENOMEN,
    "een naam die nog niet in gebruik is",
)
OMGEVING_STANDAARD = Regel(
    "SIM-omgeving-standaard",
    "De omgeving standaard blijft bestaan",
    _BRON,
    Herkomst.AANGENOMEN,
    "legen kan wel: POST /__admin/v1/omgevingen/standaard/_legen",
)
REGELS = (OMGEVING_BESTAAT, OMGEVING_NAAM, OMGEVING_UNIEK, OMGEVING_STANDAARD)


class OmgevingNotFound(NotFound):
    """No omgeving has this name."""

    slug = "omgeving-onbekend"
    title = "Deze omgeving bestaat niet"
    regel = OMGEVING_BESTAAT


class OmgevingNaamInvalid(InvalidInput):
    """A name that cannot be part of a path, a file name and a schema name."""

    slug = "omgeving-naam-ongeldig"
    title = "Deze naam kan niet"
    regel = OMGEVING_NAAM


class OmgevingExists(Conflict):
    """The name is taken; of two who make it at once, one gets this."""

    slug = "omgeving-bestaat-al"
    title = "Deze omgeving bestaat al"
    regel = OMGEVING_UNIEK


class StandaardNotDroppable(Conflict):
    """Requests that name no omgeving go to ``standaard``."""

    slug = "omgeving-standaard-blijft"
    title = "De omgeving standaard kan niet weg"
    regel = OMGEVING_STANDAARD


@dataclass(frozen=True, slots=True)
class NieuweOmgeving:
    """What a new omgeving starts with; ``ttl`` in real seconds, ``None`` for as long as it is wanted."""

    naam: str
    seed: int | None = None
    ttl: float | None = None
    moment: datetime | None = None
    modus: Modus = Modus.ECHT
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class OmgevingInfo:
    """A line of the list; ``vervalt_op`` is real time."""

    naam: str
    aangemaakt_op: datetime
    vervalt_op: datetime | None


class Omgevingen:
    """The registry of one process. Where several workers share a PostgreSQL, the catalogue there is the truth."""

    def __init__(self, store: Store, seed: int, instellingen: Mapping[str, object]) -> None:
        self._store = store
        self.shared = store.shared
        self._seed = seed
        self._instellingen = instellingen
        self._open: dict[str, Omgeving] = {}
        self._mutex = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()
        self._names: frozenset[str] = frozenset()
        self._tend_next = 0.0
        self.on_plan: Callable[[], None] = lambda: None
        with store.catalogus() as catalogus:
            self.secret_key = _secret(catalogus, "secret_key")
            rows = catalogus.execute(select(OMGEVINGEN.c.naam, OMGEVINGEN.c.incarnatie))
            known = {row.naam: row.incarnatie for row in rows}
            store.sweep(catalogus, known.items())
            if STANDAARD not in known:
                self._create(catalogus, NieuweOmgeving(STANDAARD))
        if not store.shared:
            for naam in {STANDAARD, *known}:
                self._find(naam)

    def get(self, naam: str) -> Omgeving:
        """The omgeving with this name, as all workers know it now; raises ``OmgevingNotFound``."""
        held = self._open.get(naam)
        if held is None:
            return self._find(naam)
        if self._store.shared:
            try:
                held.refresh_together()
            except ProgrammingError:  # its schema is gone: emptied or dropped by another worker
                return self._find(naam, gone=held)
        return held

    def create(self, nieuw: NieuweOmgeving) -> Omgeving:
        """A new omgeving; raises ``OmgevingNaamInvalid`` or ``OmgevingExists``."""
        if not _NAAM.match(nieuw.naam):
            raise OmgevingNaamInvalid(f"De naam {nieuw.naam[:60]!r} kan niet.", ontvangen=nieuw.naam[:60])
        try:
            with self._store.catalogus() as catalogus:
                self._create(catalogus, nieuw)
        except IntegrityError as error:
            raise OmgevingExists(f"Er is al een omgeving {nieuw.naam}.", ontvangen=nieuw.naam) from error
        return self._find(nieuw.naam)

    def drop(self, naam: str) -> None:
        """Throw an omgeving away with all that is in it."""
        if naam == STANDAARD:
            raise StandaardNotDroppable
        if not _NAAM.match(naam):
            raise _not_found(naam)
        self._drop(naam, OMGEVINGEN.c.naam == naam)

    def _drop(self, naam: str, which: ColumnElement[bool]) -> None:
        """The same, if it is still the one that is meant."""
        with self._turn(naam):  # who opens it meanwhile would hold what is about to go
            with self._store.catalogus() as catalogus:
                incarnatie = catalogus.execute(select(OMGEVINGEN.c.incarnatie).where(which)).scalar()
                catalogus.execute(delete(OMGEVINGEN).where(which))
                if incarnatie is not None:
                    self._store.set_aside(catalogus, naam, incarnatie)
            if incarnatie is None:  # or somebody else was first, and throws it away
                raise _not_found(naam)
            held = self._open.pop(naam, None)
        if held is None:
            self._store.retire(self._store.handle(naam, incarnatie))
        else:
            self._retire(held, held.current_database(), incarnatie)

    def reset(self, naam: str, seed: int | None = None) -> None:
        """Empty an omgeving: as new, with its seed (or another), on the real clock."""
        self.get(naam)
        with self._turn(naam):  # of two at once, each would throw away what the other made
            omgeving = self._open.get(naam)
            if omgeving is None:
                raise _not_found(naam)
            old = omgeving.current_database()
            with self._store.catalogus() as catalogus:
                previous = catalogus.execute(select(OMGEVINGEN.c.incarnatie).where(OMGEVINGEN.c.naam == naam)).scalar()
                if previous is None:
                    raise _not_found(naam)
                incarnatie = new_ids()[0]
                chosen = omgeving.seed if seed is None else seed
                state = State(incarnatie, start_klok(Modus.ECHT), chosen, self._instellingen)
                self._store.create(catalogus, naam, incarnatie, state)
                catalogus.execute(update(OMGEVINGEN).where(OMGEVINGEN.c.naam == naam).values(incarnatie=incarnatie))
                self._store.set_aside(catalogus, naam, previous)
            try:
                omgeving.replace_database(self._store.open(naam, incarnatie))
            except ProgrammingError:  # another worker emptied it once more
                self._open.pop(naam, None)
            except Exception:
                self._open.pop(naam, None)  # the catalogue names the new one, so nobody may go on in the old one
                raise
        self._retire(omgeving, old, previous)

    def overview(self) -> list[OmgevingInfo]:
        """All omgevingen by name."""
        with self._store.catalogus(writes=False) as catalogus:
            rows = [as_mapping(row) for row in catalogus.execute(select(OMGEVINGEN).order_by(OMGEVINGEN.c.naam))]
        return [
            OmgevingInfo(
                naam=row["naam"],
                aangemaakt_op=from_micros(row["aangemaakt_op"]),
                vervalt_op=None if row["vervalt_op"] is None else from_micros(row["vervalt_op"]),
            )
            for row in rows
        ]

    def tend(self) -> frozenset[str]:
        """Drop what has lived long enough, forget what others dropped; answers the names of the rest, for the agenda.

        It asks the catalogue once a second; what is made here is known at once.
        """
        now = stopwatch()
        if now >= self._tend_next:
            self._tend_next = now + _TEND_EVERY
            self._store.keep_place()
            self.drop_expired()
            self._names = frozenset(info.naam for info in self.overview())
            if self._store.shared:
                for naam in self._open.keys() - self._names:
                    self._open.pop(naam, None)
        return self._names | set(self._open)

    def held(self, naam: str) -> Omgeving | None:
        """The omgeving as this process last saw it, if it ever did."""
        return self._open.get(naam)

    def held_here(self) -> list[Omgeving]:
        """The omgevingen that are open in this process."""
        return list(self._open.values())

    def drop_expired(self) -> list[str]:
        """Drop the omgevingen whose time to live is over."""
        now = real_micros()
        over = OMGEVINGEN.c.vervalt_op <= now
        with self._store.catalogus(writes=False) as catalogus:
            expired = list(catalogus.execute(select(OMGEVINGEN.c.naam).where(over)).scalars())
        for naam in expired:
            try:
                self._drop(naam, and_(OMGEVINGEN.c.naam == naam, over))  # it may have been made anew meanwhile
            except OmgevingNotFound:
                continue
        return expired

    def close(self) -> None:
        """Let go of all connections."""
        for omgeving in self._open.values():
            omgeving.current_database().dispose()
        self._store.close()

    def _create(self, catalogus: Connection, nieuw: NieuweOmgeving) -> None:
        incarnatie, now = new_ids()[0], real_micros()
        vervalt_op = None if nieuw.ttl is None else now + int(nieuw.ttl * 1_000_000)
        catalogus.execute(
            insert(OMGEVINGEN).values(naam=nieuw.naam, incarnatie=incarnatie, aangemaakt_op=now, vervalt_op=vervalt_op)
        )
        klok = start_klok(nieuw.modus, nieuw.moment, nieuw.factor)
        state = State(incarnatie, klok, self._seed if nieuw.seed is None else nieuw.seed, self._instellingen)
        self._store.create(catalogus, nieuw.naam, incarnatie, state)

    def _retire(self, omgeving: Omgeving, database: Database, incarnatie: int) -> None:
        """Throw away what the catalogue named: mostly the ``database`` that was held; other workers empty too."""
        if self._store.shared:  # dropping a schema waits for who still works in it, in any worker
            self._store.retire(self._store.handle(omgeving.naam, incarnatie))
        else:
            omgeving.when_idle(database, self._store.retire)

    def _find(self, naam: str, gone: Omgeving | None = None) -> Omgeving:
        """Open what the catalogue names: one who asks for it does, the others wait. What is ``gone`` is not it."""
        with self._turn(naam):
            held = self._open.get(naam)
            if held is not None and held is not gone:
                return held
            self._open.pop(naam, None)
            return self._open_named(naam)

    def _turn(self, naam: str) -> threading.Lock:
        """Whose turn it is with this name; gone with the last who waits for it."""
        with self._mutex:
            return self._turns.setdefault(naam, threading.Lock())

    def _open_named(self, naam: str) -> Omgeving:
        """Look it up and open it; asked again when it was emptied between reading and opening."""
        for attempt in range(_FIND_ATTEMPTS):
            incarnatie = self._incarnatie(naam)
            if incarnatie is None:
                break
            try:
                omgeving = Omgeving(naam, self._store.open(naam, incarnatie), self._wake)
            except ProgrammingError:
                if attempt == _FIND_ATTEMPTS - 1:
                    raise
            else:
                self._open[naam] = omgeving
                return omgeving
        raise _not_found(naam)

    def _incarnatie(self, naam: str) -> int | None:
        if not _NAAM.match(naam):
            return None
        with self._store.catalogus(writes=False) as catalogus:
            query = select(OMGEVINGEN.c.incarnatie).where(OMGEVINGEN.c.naam == naam)
            return cast("int | None", catalogus.execute(query).scalar())

    def _wake(self) -> None:
        self.on_plan()


def _not_found(naam: str) -> OmgevingNotFound:
    return OmgevingNotFound(f"Er is geen omgeving {naam[:60]!r}.", ontvangen=naam[:60])


def _secret(catalogus: Connection, naam: str) -> str:
    held = catalogus.execute(select(GEHEIMEN.c.waarde).where(GEHEIMEN.c.naam == naam)).scalar()
    if held is None:
        held = new_token()
        catalogus.execute(insert(GEHEIMEN).values(naam=naam, waarde=held))
    return str(held)
