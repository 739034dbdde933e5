"""One database of one omgeving: models, sessions and transactions; nothing commits outside this file."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Index,
    Integer,
    MetaData,
    PoolProxiedConnection,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.sql.visitors import InternalTraversal

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.driver import Driver, dialect_of
from simulator.infra.journal import move, move_nearly_all
from simulator.infra.turn import PATIENCE, Turn

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_BUSY_TIMEOUT = 2000
_ALL_CACHES = 1 << 30
"""Bytes of all caches of this process together: past it one takes in a page for another of its own. A writer and eight
readers may have 96 MiB, and with a hundred large omgevingen that would be more than most machines have."""
# Half of SQLite's own page size: a delivery changes a row on each of five, and the journal holds them whole.
# A file that is there already keeps what it has.
SQLITE_PRAGMAS = ("page_size=2048", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                  f"busy_timeout={_BUSY_TIMEOUT}", "cache_size=-4096", "temp_store=MEMORY",
                  "wal_autocheckpoint=256000", f"soft_heap_limit={_ALL_CACHES}")  # fmt: skip


_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_PREPARED_MAX = 256
"""Statements that a connection to PostgreSQL keeps: an INSERT is one for each number of rows (see ``driver``)."""
_SILENCE = {"connect_timeout": "5", "keepalives_idle": "10", "keepalives_interval": "5", "tcp_user_timeout": "30000"}
"""When a server that says nothing is given up, also by who waits for an answer; the system does after 15 minutes.
Longer than one whose disk is busy stops reading in the middle of a ``COPY``."""
_WRITER_CACHE = 65_536
"""KiB: a million messages have indexes of 50 MB, of which each delivery needs other pages."""


class _ConnectionSession(FlaskSession):
    """A session of Flask-SQLAlchemy that works on the connection it was given: that of one omgeving."""

    def get_bind(self, *_args: object, **_kwargs: object) -> Connection:
        return cast("Connection", self.info["connection"])


class _Base(DeclarativeBase):
    metadata = METADATA


db = SQLAlchemy(model_class=_Base, disable_autonaming=True, session_options={"class_": _ConnectionSession})

if TYPE_CHECKING:

    class Base(DeclarativeBase):
        """The parent of every model."""
else:
    Base = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC: the same and exact on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the interface
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        return None if value is None else from_micros(value)


class _IntegerList(TypeDecorator[Sequence[int]]):
    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(BigInteger))

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> object:
        return json.dumps(value) if dialect.name == "sqlite" else list(value or ())


Moment = Annotated[datetime, mapped_column(UtcDateTime)]
# SQLite makes a primary key the row's own address only when its type reads INTEGER; it holds 64 bits all the same.
BigId = Annotated[
    int, mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
]
BigInt = Annotated[int, mapped_column(BigInteger)]


class any_of(ColumnElement[bool]):  # noqa: N801 - reads as a function in a query
    """``column`` is one of a list of integers that travels as one bind: one statement for any number, compiled once."""

    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012 - SQLAlchemy's: what the key of a compiled statement is made of
        ("column", InternalTraversal.dp_clauseelement),
        ("bind", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: Any, bind: str) -> None:
        self.column = column
        self.bind = bindparam(bind, type_=_IntegerList())


@compiles(any_of, "sqlite")
def _any_of_sqlite(element: any_of, compiler: Any, **kw: Any) -> str:
    column, bind = compiler.process(element.column, **kw), compiler.process(element.bind, **kw)
    return f"{column} IN (SELECT value FROM json_each({bind}))"  # noqa: S608 - both are compiled SQL, not input


@compiles(any_of, "postgresql")
def _any_of_postgresql(element: any_of, compiler: Any, **kw: Any) -> str:
    column, bind = compiler.process(element.column, **kw), compiler.process(element.bind, **kw)
    return f"{column} = ANY({bind})"


def sqlite_engine(file: Path) -> Engine:
    """An engine on one SQLite file, durable at every commit (WAL, synchronous FULL)."""
    url = f"sqlite:///{file}"
    engine = create_engine(
        url, pool_size=8, max_overflow=128, connect_args={"check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def partial_index(naam: str, *columns: str, where: str) -> Index:
    """An index of only the rows of which ``where`` is true.

    Here for SQLite; ``postgresql_engine`` says the same for PostgreSQL, of which the name alone loads the dialect:
    15 ms and 2 MB of every start.
    """
    return Index(naam, *columns, sqlite_where=text(where))


def postgresql_engine(url: str, threads: int) -> Engine:
    """The engine of this process on a PostgreSQL database; each omgeving is a schema in it."""
    for index in (each for table in METADATA.tables.values() for each in table.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    given = make_url("postgresql+psycopg://" + url.split("://", 1)[1])
    address = given.set(query=_SILENCE | dict(given.query))
    engine = create_engine(
        address, pool_size=threads + 4, max_overflow=4, pool_timeout=PATIENCE, hide_parameters=True,
        pool_use_lifo=True,  # few connections, that know the tables and statements already
        isolation_level="AUTOCOMMIT",  # transactions begin where we say: with their schema, in one message
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.prepared_max = _PREPARED_MAX


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    schema, begin = options.get("schema"), "BEGIN" if options.get("writes") else _BEGIN_READING
    connection.exec_driver_sql(f'{begin}; SET LOCAL search_path TO "{schema}"' if schema else begin)


class Database:
    """The tables of one omgeving: a SQLite file, or a schema in PostgreSQL."""

    def __init__(self, engine: Engine, schema: str | None = None, file: Path | None = None) -> None:
        self.engine = engine
        self.schema = schema
        self.file = file
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._begin = "BEGIN IMMEDIATE" if self.is_sqlite else f'BEGIN; SET LOCAL search_path TO "{schema}"'
        self._dbapi_error: Any = engine.dialect.loaded_dbapi.Error
        self._writer: Any = Turn(file) if self.is_sqlite else _NoLock()
        self._kept: PoolProxiedConnection | None = None
        self._descriptor: int | None = None
        """Of the file, for the journal; closed last, as with it the process loses its locks on a file of SQLite."""

    @contextmanager
    def connection(self, *, writes: bool) -> Iterator[Connection]:
        """A connection in a transaction: committed at the end if it ``writes``, rolled back on any error.

        PostgreSQL refuses to write in one that only reads, so that may end in a commit: at a rollback psycopg forgets
        the statements that it prepared.
        """
        with self._writer if writes else _NoLock(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=writes, schema=self.schema)
            with connection.begin() as transaction:
                try:
                    yield connection
                except self._dbapi_error as error:  # of a statement that went straight to the driver (``Driver.of``)
                    raise DBAPIError.instance("", None, error, self._dbapi_error) from error
                if self.is_sqlite and not writes:
                    transaction.rollback()

    @contextmanager
    def driver(self) -> Iterator["Driver"]:
        """A write transaction on the driver, for the hot path: committed at the end, rolled back on any error."""
        dialect = self.engine.dialect
        with self._writer:
            pooled = self._kept or self._connect()
            try:
                cursor = pooled.cursor()
                cursor.execute(self._begin)
                yield Driver(cursor, dialect.name)
                pooled.commit()
            except self._dbapi_error as error:
                raise self._translate(error, pooled) from error
            finally:
                self._put_back(pooled)

    def _translate(self, error: Exception, pooled: PoolProxiedConnection) -> Exception:
        """An error of the driver as one of SQLAlchemy; a connection that is lost by it is not used again."""
        if self.engine.dialect.is_disconnect(cast("Any", error), pooled.dbapi_connection, None):
            # As SQLAlchemy itself does: the others in the pool may be as dead, and are closed when it is their turn. A
            # new pool (``dispose``) would leave those in use open in the old one, which the collector may never see.
            self.engine.pool._invalidate(pooled, error)  # noqa: SLF001 - there is no public name for it
        return DBAPIError.instance("", None, error, self._dbapi_error)

    def _connect(self) -> PoolProxiedConnection:
        try:
            pooled = self.engine.raw_connection()
            if self.is_sqlite:
                pooled.cursor().execute(f"PRAGMA cache_size=-{_WRITER_CACHE}")
        except self._dbapi_error as error:  # as it comes from the driver, when nobody answers
            raise DBAPIError.instance("", None, error, self._dbapi_error) from error
        return pooled

    def _put_back(self, pooled: PoolProxiedConnection) -> None:
        """SQLite's one writer keeps its connection, and the statements prepared on it; the pool takes any other."""
        if not self.is_sqlite:
            pooled.close()  # which rolls back what was not committed
            return
        self._kept = pooled
        if pooled.in_transaction:
            pooled.rollback()

    def move_journal(self) -> int:
        """Move what is in the journal of SQLite into the file, beside the writers; answers how many bytes it has.

        A reader that needs the journal keeps it there: nobody waits for it, and the next time is soon enough.
        """
        with self._checkpointing() as cursor:
            return move(cursor, self._sync).used

    def clear_journal(self, *, truncate: bool) -> None:
        """Move the rest while writers stand aside, so that the next of them begins the journal anew.

        Not while a reader keeps much of it there: when that ends, all of it would be left for that moment.
        ``truncate`` gives its room on disk back, which those who add to it at once would have to claim again.
        """
        with self._checkpointing() as cursor:
            if not move_nearly_all(cursor, self._sync):
                return
            with self._writer:
                cursor.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if truncate else 'PASSIVE'})")

    def _sync(self) -> None:
        if self.file is not None and hasattr(os, "fdatasync"):
            if self._descriptor is None:
                self._descriptor = os.open(self.file, os.O_RDONLY)
            os.fdatasync(self._descriptor)

    @contextmanager
    def _checkpointing(self) -> Iterator[Any]:
        try:
            pooled = self.engine.raw_connection()
        except self._dbapi_error as error:  # as it comes from the driver
            raise DBAPIError.instance("", None, error, self._dbapi_error) from error
        cursor = pooled.cursor()
        try:
            cursor.execute("PRAGMA busy_timeout=0")
            yield cursor
        except self._dbapi_error as error:
            raise DBAPIError.instance("", None, error, self._dbapi_error) from error
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT}")
            pooled.close()

    def read_one(self, table: Table) -> tuple[Any, ...]:
        """The one row of ``table``, by the shortest road: where there are several workers, each request asks this."""
        if self.is_sqlite:
            with self.connection(writes=False) as connection:
                return tuple(connection.execute(select(table)).one())
        columns = ", ".join(column.name for column in table.columns)
        pooled = self._connect()
        try:
            cursor = pooled.cursor()
            cursor.execute(f'SELECT {columns} FROM "{self.schema}".{table.name}')  # noqa: S608 - names of ours
            return cast("tuple[Any, ...]", cursor.fetchone())
        except self._dbapi_error as error:
            raise self._translate(error, pooled) from error
        finally:
            pooled.close()

    @contextmanager
    def session(self, *, writes: bool) -> Iterator[Session]:
        """A session in one transaction: committed at the end if it ``writes``, rolled back on any error."""
        with self.connection(writes=writes) as connection:
            session = open_session(connection)
            try:
                yield session
                session.flush()
            finally:
                session.close()

    def dispose(self) -> None:
        """Close what is open; of a SQLite file the engine is this omgeving's own."""
        if self.is_sqlite:
            if self._kept is not None:
                self._kept.close()
                self._kept = None
            self.engine.dispose()
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None


def open_session(connection: Connection) -> Session:
    """A session on a connection whose transaction somebody else ends."""
    factory = db.session.session_factory
    return cast("Session", factory(info={"connection": connection}, join_transaction_mode="rollback_only"))


def insert_into(session: Session, table: Any) -> Any:
    """An INSERT in the dialect of this session's database, which can say ON CONFLICT."""
    return dialect_of(session.get_bind().dialect.name)[1](table)


class _NoLock:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_exc: object) -> None:
        return None


def as_mapping(row: Any) -> Mapping[str, Any]:
    """A row of a SELECT by column name."""
    return cast("Mapping[str, Any]", row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
