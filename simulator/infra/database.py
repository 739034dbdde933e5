"""One database of one omgeving: models, sessions and transactions; nothing commits outside this file."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
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
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.sql import ClauseElement, Executable

from simulator.infra.clock import from_micros, to_micros

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-16384",
                  "temp_store=MEMORY", "wal_autocheckpoint=16000")  # fmt: skip


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
    """``column`` is one of a list of integers that travels as one bind: one statement for any number of them."""

    inherit_cache = False

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


def postgresql_engine(url: str, threads: int) -> Engine:
    """The engine of this process on a PostgreSQL database; each omgeving is a schema in it."""
    url = "postgresql+psycopg://" + url.split("://", 1)[1]
    engine = create_engine(url, pool_size=threads + 4, max_overflow=4, hide_parameters=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says, not where the driver guesses
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    schema = connection.get_execution_options().get("schema")
    if schema:
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{schema}"')


class Database:
    """The tables of one omgeving: a SQLite file, or a schema in PostgreSQL."""

    def __init__(self, engine: Engine, schema: str | None = None, file: Path | None = None) -> None:
        self.engine = engine
        self.schema = schema
        self.file = file
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time: queueing here is fair and quick, polling its busy lock is neither.
        self._begin = "BEGIN IMMEDIATE" if self.is_sqlite else f'SET LOCAL search_path TO "{schema}"'
        self._dbapi_error: Any = engine.dialect.loaded_dbapi.Error
        self._writer: Any = threading.RLock() if self.is_sqlite else _NoLock()

    @contextmanager
    def connection(self, *, writes: bool) -> Iterator[Connection]:
        """A connection in a transaction: committed at the end if it ``writes``, rolled back on any error."""
        with self._writer if writes else _NoLock(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=writes, schema=self.schema)
            with connection.begin() as transaction:
                try:
                    yield connection
                except self._dbapi_error as error:  # of a statement that went straight to the driver (``Driver.of``)
                    raise DBAPIError.instance("", None, error, self._dbapi_error) from error
                if not writes:
                    transaction.rollback()

    @contextmanager
    def driver(self) -> Iterator["Driver"]:
        """A write transaction on the driver, for the hot path: committed at the end, rolled back on any error."""
        dialect = self.engine.dialect
        with self._writer:
            pooled = self.engine.raw_connection()
            try:
                cursor = pooled.cursor()
                cursor.execute(self._begin)
                yield Driver(cursor, dialect.name)
                pooled.commit()
            except self._dbapi_error as error:
                if dialect.is_disconnect(error, pooled.dbapi_connection, None):
                    pooled.invalidate()
                raise DBAPIError.instance("", None, error, self._dbapi_error) from error
            finally:
                pooled.close()  # back to the pool, which rolls back what was not committed

    def read_one(self, table: Table) -> tuple[Any, ...]:
        """The one row of ``table``, by the shortest road: where there are several workers, each request asks this."""
        if self.is_sqlite:
            with self.connection(writes=False) as connection:
                return tuple(connection.execute(select(table)).one())
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            columns = ", ".join(column.name for column in table.columns)
            return tuple(connection.exec_driver_sql(f'SELECT {columns} FROM "{self.schema}".{table.name}').one())  # noqa: S608 - names of ours

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
            self.engine.dispose()


def open_session(connection: Connection) -> Session:
    """A session on a connection whose transaction somebody else ends."""
    factory = db.session.session_factory
    return cast("Session", factory(info={"connection": connection}, join_transaction_mode="rollback_only"))


def insert_into(session: Session, table: Any) -> Any:
    """An INSERT in the dialect of this session's database, which can say ON CONFLICT."""
    return _dialect(session.get_bind().dialect.name)[1](table)


class _NoLock:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_exc: object) -> None:
        return None


class Driver:
    """Statements that are compiled once and run on the cursor of the driver, without SQLAlchemy in between."""

    def __init__(self, cursor: Any, dialect: str) -> None:
        self._cursor = cursor
        self._dialect = dialect

    @classmethod
    def of(cls, connection: Connection) -> "Driver":
        """The driver underneath a connection, in the transaction that it is in."""
        return cls(connection.connection.cursor(), connection.dialect.name)

    def insert(self, table: Table, rows: Sequence[Sequence[object]], *, ignore_conflicts: bool = False) -> int:
        """Insert rows whose values are in the order of the columns; answers how many were stored."""
        if not rows:
            return 0
        self._cursor.executemany(_insert_sql(table, self._dialect, ignore_conflicts=ignore_conflicts), rows)
        return int(self._cursor.rowcount)

    def add_up(self, table: Table, rows: Sequence[Sequence[object]]) -> None:
        """Insert rows; where the primary key is there already, add ``aantal`` to it."""
        if rows:
            # One order for everybody, or two workers could each wait for the other's row.
            self._cursor.executemany(_add_up_sql(table, self._dialect), sorted(rows, key=repr))

    def query(self, statement: Executable, **binds: object) -> list[tuple[Any, ...]]:
        """All rows of a SELECT that lives at module level, as the driver gives them (moments in microseconds)."""
        sql, names = _statement_sql(statement, self._dialect)
        self._cursor.execute(sql, [self._value(binds[name]) for name in names])
        return cast("list[tuple[Any, ...]]", self._cursor.fetchall())

    def _value(self, value: object) -> object:
        return json.dumps(value) if isinstance(value, list) and self._dialect == "sqlite" else value


@lru_cache(maxsize=2)
def _dialect(name: str) -> tuple[Dialect, Any]:
    """The dialect with positional binds, as the drivers want them, and its ``insert``."""
    if name == "sqlite":
        return sqlite.dialect(), sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 30 ms, so only where it is used

    dialect: Any = postgresql.dialect  # untyped in SQLAlchemy
    return dialect(paramstyle="format"), postgresql.insert


@lru_cache(maxsize=256)
def _insert_sql(table: Table, dialect: str, *, ignore_conflicts: bool) -> str:
    compiler, make = _dialect(dialect)
    statement: Any = make(table)
    if ignore_conflicts:
        statement = statement.on_conflict_do_nothing()
    return str(statement.compile(dialect=compiler))


@lru_cache(maxsize=256)
def _add_up_sql(table: Table, dialect: str) -> str:
    compiler, make = _dialect(dialect)
    statement = make(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={"aantal": table.c.aantal + statement.excluded.aantal}
    )
    return str(statement.compile(dialect=compiler))


@lru_cache(maxsize=256)
def _statement_sql(statement: ClauseElement, dialect: str) -> tuple[str, tuple[str, ...]]:
    compiled: Any = statement.compile(dialect=_dialect(dialect)[0])
    literal = [name for name, value in compiled.params.items() if value is not None]
    if literal:  # Literals would be lost here: only names travel. Use bindparam or literal_column.
        msg = f"a driver statement takes named binds only, not {literal}"
        raise ValueError(msg)
    return str(compiled), tuple(compiled.positiontup or ())


def as_mapping(row: Any) -> Mapping[str, Any]:
    """A row of a SELECT by column name."""
    return cast("Mapping[str, Any]", row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name
