"""Which errors mean that the storage is not there for now: no mistake of ours, and over when it is back."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_FILES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG, errno.ENOENT, errno.EACCES})
_SQLITE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip
_UNREACHED = frozenset({"OperationalError", "InterfaceError"})
_BROKEN_OFF = "40"
"""PostgreSQL ended this transaction because of another: both wanted the same rows."""
# Connections, resources (a full disk too), interventions (stopped, starting), the system, read-only; and a table or
# schema that is gone, because another worker emptied or dropped the omgeving just now.
_POSTGRESQL = ("08", "53", "57", "58", "25006", "42P01", "3F000", _BROKEN_OFF)


def is_everybodys(error: BaseException) -> bool:
    """Whether it is the storage, for all who work with it now, and not what one of them did."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return is_outage(error) and not (state or "").startswith(_BROKEN_OFF)


def is_outage(error: BaseException) -> bool:
    """Whether trying again later can help, with nothing done now."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, OSError):
        return error.errno in _FILES
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE  # the rest of it says which read or write it was
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # no server said anything: it could not be reached, or went away
        kinds = {kind.__name__ for kind in type(error.orig).__mro__}  # by name: the driver is not loaded for SQLite
        return error.connection_invalidated or not _UNREACHED.isdisjoint(kinds)
    return bool(state.startswith(_POSTGRESQL))
