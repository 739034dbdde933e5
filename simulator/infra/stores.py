"""Where the databases of omgevingen are: files beside each other, or schemas in one PostgreSQL."""

import contextlib
import itertools
import re
import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout
from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, String, Table, event, insert, text, update
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from simulator.infra.clock import Modus, start_klok
from simulator.infra.database import Database, open_session, postgresql_engine, sqlite_engine
from simulator.infra.driver import Driver
from simulator.infra.ids import MAX_SLOT, use_slot
from simulator.infra.models import SimulationState
from simulator.infra.omgeving import State, UnitOfWork, state_values
from simulator.infra.telemetry import get_logger
from simulator.infra.template import Template

CATALOGUS = MetaData()
OMGEVINGEN = Table(
    "omgevingen", CATALOGUS,
    Column("naam", String(40), primary_key=True), Column("incarnatie", BigInteger, nullable=False),
    Column("aangemaakt_op", BigInteger, nullable=False), Column("vervalt_op", BigInteger),
)  # fmt: skip
GEHEIMEN = Table(
    "geheimen", CATALOGUS, Column("naam", String(40), primary_key=True), Column("waarde", String(200), nullable=False)
)
_ADVISORY_LOCK = 7_269_101
_ADVISORY_SLOTS = 7_269_102
_GIVE_WAY = 10
_log = get_logger(__name__)
CATALOGUS_SCHEMA = "simulator_catalogus"
CATALOGUS_FILE = "catalogus.sqlite3"


class DataInUse(RuntimeError):  # noqa: N818 - the message is for the person at the command line
    """Another simulator already works in this data directory."""


class Blueprint(Protocol):
    """What a new world is made of; given by the composition root."""

    @property
    def revision(self) -> str:
        """Head of the migrations."""

    @property
    def key(self) -> str:
        """Changes whenever the content of a new world changes (migrations, fixtures)."""

    def create(self, connection: Connection) -> None:
        """Give the empty database of this connection the tables of ``revision``."""

    def migrate(self, connection: Connection) -> None:
        """Bring the database of this connection to ``revision``."""

    def populate(self, uow: UnitOfWork) -> None:
        """Store the fixtures."""


class Store(Protocol):
    """A place for databases, and for the list of them."""

    shared: bool

    def catalogus(self, *, writes: bool = True) -> contextlib.AbstractContextManager[Connection]:
        """A transaction in which the list of omgevingen is changed, one at a time over all workers, or only read."""

    def create(self, catalogus: Connection, naam: str, incarnatie: int, state: State) -> None:
        """Make a new, migrated and populated database."""

    def open(self, naam: str, incarnatie: int) -> Database:
        """The database of an omgeving that exists, migrated when it is of an older version."""

    def handle(self, naam: str, incarnatie: int) -> Database:
        """The same, of which nothing is asked yet: it may be gone already."""

    def set_aside(self, catalogus: Connection, naam: str, incarnatie: int) -> None:
        """See that no worker finds its way to a database from the moment that the catalogue does not name it."""

    def retire(self, database: Database) -> None:
        """Throw a database away that was set aside, once nobody uses it."""

    def sweep(self, catalogus: Connection, known: Collection[tuple[str, int]]) -> None:
        """Throw away what a process left that was killed between making or retiring a database and saying so."""

    def keep_place(self) -> None:
        """See that this process still has its place among the others on this database; asked once a second."""

    def close(self) -> None:
        """Let go of connections and locks."""


class SqliteStore:
    """One file per omgeving; a new one is a copy of a migrated and populated template."""

    shared = False

    def __init__(self, directory: Path, blueprint: Blueprint) -> None:
        self._directory = directory
        self._blueprint = blueprint
        self._files = directory / "omgevingen"
        self._files.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(directory / ".lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            msg = f"another simulator is running in {directory}; stop it, or give --data another directory"
            raise DataInUse(msg) from error
        self._catalogus = Database(sqlite_engine(directory / CATALOGUS_FILE))
        with self._catalogus.connection(writes=True) as connection:
            CATALOGUS.create_all(connection)
        self._template = directory / f"sjabloon-{blueprint.key}.sqlite3"

    @contextmanager
    def catalogus(self, *, writes: bool = True) -> Iterator[Connection]:
        with self._catalogus.connection(writes=writes) as connection:
            yield connection

    def create(self, catalogus: Connection, naam: str, incarnatie: int, state: State) -> None:  # noqa: ARG002 - files need no catalogue
        if not self._template.exists():
            self._build_template()
        file = self._file(naam, incarnatie)
        try:
            shutil.copyfile(self._template, file)
            database = Database(sqlite_engine(file), file=file)
            with database.connection(writes=True) as connection:
                _set_state(connection, state)
            database.dispose()
        except Exception:
            file.unlink(missing_ok=True)  # on a disk that is full half a database would be in the way
            raise

    def open(self, naam: str, incarnatie: int) -> Database:
        database = self.handle(naam, incarnatie)
        _migrate_if_older(database, self._blueprint)
        return database

    def handle(self, naam: str, incarnatie: int) -> Database:
        file = self._file(naam, incarnatie)
        return Database(sqlite_engine(file), file=file)

    def set_aside(self, catalogus: Connection, naam: str, incarnatie: int) -> None:
        """There are no other workers on files."""

    def retire(self, database: Database) -> None:
        database.dispose()
        if database.file is not None:
            for file in self._files.glob(database.file.name + "*"):
                file.unlink(missing_ok=True)

    def sweep(self, catalogus: Connection, known: Collection[tuple[str, int]]) -> None:  # noqa: ARG002 - as above
        keep = {self._file(*each).name for each in known}
        for file in self._files.iterdir():
            if file.name.partition(".sqlite3")[0] + ".sqlite3" not in keep:
                file.unlink()

    def keep_place(self) -> None:
        """The file lock lasts as long as the process."""

    def close(self) -> None:
        self._catalogus.dispose()
        self._lock.release()

    def _file(self, naam: str, incarnatie: int) -> Path:
        return file_of(self._directory, naam, incarnatie)

    def _build_template(self) -> None:
        for old in self._directory.glob("sjabloon-*"):
            old.unlink()
        draft = self._template.with_suffix(".draft")
        database = Database(sqlite_engine(draft), file=draft)
        with database.connection(writes=True) as connection:
            _build_world(connection, self._blueprint)
        database.dispose()  # closing the last connection moves the journal into the file
        draft.rename(self._template)


class PostgresStore:
    """One schema per omgeving, in one database that several workers share; the first that one makes is its template."""

    shared = True

    def __init__(self, url: str, threads: int, blueprint: Blueprint) -> None:
        self.engine = postgresql_engine(url, threads)
        self._slot = Slot(self.engine)
        self._slot.hold()
        self._blueprint = blueprint
        self._template: Template | None = None
        self._catalogus = Database(self.engine, CATALOGUS_SCHEMA)
        with self.catalogus() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{CATALOGUS_SCHEMA}"')
            connection.exec_driver_sql(f'SET LOCAL search_path TO "{CATALOGUS_SCHEMA}"')
            CATALOGUS.create_all(connection)

    @contextmanager
    def catalogus(self, *, writes: bool = True) -> Iterator[Connection]:
        with self._catalogus.connection(writes=writes) as connection:
            if writes:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            yield connection

    def create(self, catalogus: Connection, naam: str, incarnatie: int, state: State) -> None:
        schema = schema_of(naam, incarnatie)
        catalogus.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
        catalogus.exec_driver_sql(f'SET LOCAL search_path TO "{schema}"')
        if self._template is None:
            self._template = Template.take(catalogus, lambda: _build_world(catalogus, self._blueprint))
        else:
            self._template.make(catalogus)
        _set_state(catalogus, state)
        catalogus.exec_driver_sql(f'SET LOCAL search_path TO "{CATALOGUS_SCHEMA}"')

    def open(self, naam: str, incarnatie: int) -> Database:
        database = self.handle(naam, incarnatie)
        if _is_older(database, self._blueprint):
            with self.catalogus():  # another worker may have done it by the time that it is our turn
                _migrate_if_older(database, self._blueprint)
        return database

    def handle(self, naam: str, incarnatie: int) -> Database:
        return Database(self.engine, schema_of(naam, incarnatie))

    def set_aside(self, catalogus: Connection, naam: str, incarnatie: int) -> None:
        schema = schema_of(naam, incarnatie)
        # Another name, which waits for nobody. Somebody may have dropped it by hand.
        if catalogus.exec_driver_sql(f"SELECT to_regnamespace('{schema}') IS NOT NULL").scalar():
            catalogus.exec_driver_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{_aside(schema)}"')

    def retire(self, database: Database) -> None:
        gone = _aside(str(database.schema))
        # Dropping locks table after table. Who is in a transaction there goes first: PostgreSQL would after a second
        # end one of two that wait for each other, so this one gives way well before that. The catalogue stays free.
        for _ in range(_GIVE_WAY):
            with contextlib.suppress(OperationalError), self._catalogus.connection(writes=True) as connection:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
                connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{gone}" CASCADE')
                return
        _log.warning("schema is still in use; the next start sweeps it up", schema=gone)

    def sweep(self, catalogus: Connection, known: Collection[tuple[str, int]]) -> None:
        keep = {schema_of(*each) for each in known}
        query = text("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'omg\\_%'")
        for schema in set(catalogus.execute(query).scalars()) - keep:
            catalogus.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')

    def keep_place(self) -> None:
        self._slot.hold()

    def close(self) -> None:
        self._slot.release()
        self.engine.dispose()


class Slot:
    """The slot of this process (see ``ids``), held by an advisory lock for as long as one connection lives.

    PostgreSQL forgets the lock when that connection ends, at its own restart for one, and gives it to who asks next.
    So every new connection of the pool holds the slot before it is used, what the pool had before a loss is not used
    any more, and nothing is written without a slot.
    """

    def __init__(self, engine: Engine) -> None:
        self._dialect = engine.dialect
        self._arguments = engine.dialect.create_connect_args(engine.url)
        self._mutex = threading.Lock()
        self._connection: Any = None
        self._number = 0
        event.listen(engine, "connect", self._on_connect)
        event.listen(engine, "checkout", self._on_checkout)

    def hold(self) -> object:
        """Claim a slot if there is none or no more, the same one if nobody took it; answers a token of the claim."""
        with self._mutex:
            if not self._is_alive():
                args, kwargs = self._arguments
                connection: Any = self._dialect.connect(*args, **kwargs)
                connection.autocommit = True
                self._number = _claim_slot(connection, self._number)
                if self._connection is not None:
                    _log.warning("the slot of this worker was lost, and claimed anew", slot=self._number)
                self._connection = connection
                use_slot(self._number)
            return self._connection

    def release(self) -> None:
        """Give it to whoever comes next."""
        self._connection.close()

    def _on_connect(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info["claim"] = self.hold()

    def _on_checkout(self, _connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        if record.info["claim"] is not self._connection:
            raise InvalidatePoolError

    def _is_alive(self) -> bool:
        if self._connection is None or self._connection.closed:
            return False
        try:
            self._connection.execute("SELECT 1")
        except self._dialect.loaded_dbapi.Error:
            self._connection.close()
            return False
        return True


def _claim_slot(connection: Any, preferred: int) -> int:
    for slot in itertools.chain((preferred,), range(MAX_SLOT + 1)):
        claimed = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_ADVISORY_SLOTS, slot)).fetchone()[0]
        if claimed:
            return slot
    connection.close()
    msg = f"more than {MAX_SLOT} workers on one database"
    raise DataInUse(msg)


def open_store(database_url: str, directory: Path, threads: int, blueprint: Blueprint) -> Store:
    """The store that the settings ask for."""
    directory.mkdir(parents=True, exist_ok=True)
    if database_url:
        return PostgresStore(database_url, threads, blueprint)
    return SqliteStore(directory, blueprint)


def file_of(directory: Path, naam: str, incarnatie: int) -> Path:
    """The SQLite file of an omgeving."""
    return directory / "omgevingen" / f"{naam}.{incarnatie}.sqlite3"


def schema_of(naam: str, incarnatie: int) -> str:
    """The PostgreSQL schema of an omgeving."""
    return f"omg_{re.sub('[^a-z0-9]', '_', naam)}_{incarnatie}"


def _aside(schema: str) -> str:
    """A name that no omgeving has, as none begins with a dash; ``sweep`` finds it all the same."""
    return f"omg__weg_{schema.rpartition('_')[2]}"


def _build_world(connection: Connection, blueprint: Blueprint) -> None:
    blueprint.create(connection)
    session = open_session(connection)
    klok = start_klok(Modus.ECHT)
    session.execute(insert(SimulationState).values(id=1, **state_values(State(0, klok, 0))))
    uow = UnitOfWork(session, klok.now())
    blueprint.populate(uow)
    session.flush()
    session.close()
    uow.plans.tellingen.clear()  # the counts are of what users exercise
    uow.plans.flush(Driver.of(connection))


def _set_state(connection: Connection, state: State) -> None:
    connection.execute(update(SimulationState).values(**state_values(state)))


def _is_older(database: Database, blueprint: Blueprint) -> bool:
    with database.connection(writes=False) as connection:
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return current != blueprint.revision


def _migrate_if_older(database: Database, blueprint: Blueprint) -> None:
    if _is_older(database, blueprint):
        with database.connection(writes=True) as connection:
            blueprint.migrate(connection)
