"""How the simulator opens a SQLite file."""

from pathlib import Path

from sqlalchemy import text

from simulator.infra.database import Database, sqlite_engine


def test_all_caches_of_a_process_have_one_limit_together(tmp_path: Path) -> None:
    database = Database(sqlite_engine(tmp_path / "een.sqlite3"))
    with database.driver() as driver:
        assert driver.query(text("PRAGMA soft_heap_limit")) == [(1 << 30,)]
    database.dispose()
