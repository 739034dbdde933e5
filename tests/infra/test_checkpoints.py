"""The journal of SQLite is cleared beside the writers, and nothing is lost by it."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from simulator.app import NewWorld
from simulator.infra import checkpoints
from simulator.infra.checkpoints import SOME, Checkpointer, look_at_journal
from simulator.infra.database import Database
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import NieuweOmgeving, Omgevingen
from simulator.infra.stores import SqliteStore
from simulator.settings import Settings


@pytest.fixture
def omgevingen(tmp_path: Path) -> Iterator[Omgevingen]:
    worlds = Omgevingen(SqliteStore(tmp_path, NewWorld(Settings())), 1, {})
    yield worlds
    worlds.close()


def _write(omgeving: Omgeving, rows: int) -> None:
    with omgeving.unit_of_work() as uow:
        for _ in range(rows):
            uow.plan("test", uow.moment, {"vulling": "x" * 3000})


def _journal(omgeving: Omgeving) -> int:
    return look_at_journal(omgeving.current_database().file).size


def test_a_large_journal_is_begun_anew_in_its_place_by_the_next_writer(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 200)
    before = _journal(omgeving)
    checkpointer = Checkpointer(omgevingen, portion=before, many=before)
    for _ in range(3):
        assert checkpointer.go_round()
        _write(omgeving, 100)
    assert _journal(omgeving) == before


def test_what_moved_a_portion_at_a_time_stays_in_the_journal_until_there_is_much(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 200)
    large, file = _journal(omgeving), omgeving.current_database().file
    assert file is not None
    before = file.stat().st_size
    checkpointer = Checkpointer(omgevingen, portion=large, many=1 << 30)
    with omgeving.reading() as session:  # or the next writer might find all of it moved, and begin anew by itself
        session.scalar(select(func.count(AgendaItem.id)))
        checkpointer.go_round()
        _write(omgeving, 200)
        checkpointer.go_round()
    assert _journal(omgeving) > large
    assert file.stat().st_size >= before + large // 2, "the file has it as well"


def test_a_journal_that_fills_slowly_is_moved_seldom(omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch) -> None:
    omgeving = omgevingen.get("standaard")
    moved: list[int] = []
    move = Database.move_journal

    def count(database: Database) -> int:
        moved.append(move(database))
        return moved[-1]

    monkeypatch.setattr(Database, "move_journal", count)
    checkpointer = Checkpointer(omgevingen, portion=1 << 20)
    _write(omgeving, 400)
    checkpointer.go_round()
    checkpointer._paces["standaard"].moved -= 3600
    _write(omgeving, 400)
    checkpointer.go_round()
    assert len(moved) == 2, "both times there was a portion"
    _write(omgeving, 10)
    checkpointer.go_round()
    assert len(moved) == 2, "it took an hour to fill, so that the next portion is not there yet"
    _write(omgeving, 900)
    checkpointer.go_round()
    assert len(moved) == 3, "unless the file grows by one"


def test_a_small_journal_is_left_alone(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 10)
    before = _journal(omgeving)
    checkpointer = Checkpointer(omgevingen)
    for _ in range(3):
        assert not checkpointer.go_round(), "and looked at less often"
    _write(omgeving, 1)
    assert _journal(omgeving) > before


def test_what_nobody_adds_to_any_more_takes_no_room_on_disk(
    omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "_STILL", 0.0)
    omgeving = omgevingen.get("standaard")
    _write(omgeving, SOME // 3000)
    checkpointer = Checkpointer(omgevingen)
    checkpointer.go_round()
    assert _journal(omgeving) > SOME
    checkpointer.go_round()
    assert _journal(omgeving) == 0


def test_a_reader_keeps_what_it_looks_at_and_holds_up_nobody(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    with omgeving.reading() as session:
        session.scalar(select(func.count(AgendaItem.id)))
        _write(omgeving, 200)
        Checkpointer(omgevingen, portion=1, many=1).go_round()
        held = _journal(omgeving)
        assert held > 200 * 3000
        _write(omgeving, 10)
        assert _journal(omgeving) > held
    Checkpointer(omgevingen, portion=1, many=1).go_round()
    held = _journal(omgeving)
    _write(omgeving, 10)
    assert _journal(omgeving) == held


@pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="this system has no such call")
def test_what_moved_beside_a_writer_is_on_the_disk_before_writers_stand_aside(
    omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch
) -> None:
    omgeving = omgevingen.get("standaard")
    database = omgeving.current_database()
    synced: list[int] = []
    sync = os.fdatasync

    def note(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fdatasync", note)
    assert database.file is not None
    _write(omgeving, 200)
    database.move_journal()
    assert synced == [database.file.stat().st_ino]
    database.clear_journal(truncate=False)
    assert len(set(synced)) == 1 < len(synced)
    omgevingen.reset("standaard")
    assert database._descriptor is None, "a file that is not used any more is not open either"


def test_a_journal_that_a_reader_keeps_is_left_for_the_next_time(omgevingen: Omgevingen) -> None:
    """When the reader ends, all of it would be moved in the moment that writers stand aside."""
    omgeving = omgevingen.get("standaard")
    database = omgeving.current_database()
    with omgeving.reading() as session:
        session.execute(text("SELECT count(*) FROM afnemers")).all()
        _write(omgeving, 3000)
        used = database.move_journal()
        assert used > 2 << 20
        database.clear_journal(truncate=True)
        assert look_at_journal(database.file).size >= used
    database.clear_journal(truncate=True)
    assert look_at_journal(database.file).size == 0


def test_a_file_that_cannot_be_opened_does_not_keep_the_next_from_its_turn(
    omgevingen: Omgevingen, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = omgevingen.get("standaard"), omgevingen.create(NieuweOmgeving("heel"))
    _write(broken, 200)
    _write(sound, 200)
    moved: list[Database] = []
    move = Database.move_journal

    def note(database: Database) -> int:
        moved.append(database)
        return move(database)

    def fail() -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(Database, "move_journal", note)
    monkeypatch.setattr(broken.current_database().engine, "raw_connection", fail)
    assert Checkpointer(omgevingen, portion=1).go_round()
    assert moved == [broken.current_database(), sound.current_database()]


LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as index:
    fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)
"""
"""Byte 128 of the index of a journal says that somebody has it open; who gets it begins a new one under their feet."""


@pytest.mark.skipif(sys.platform == "win32", reason="locks are of another kind there")
def test_looking_at_the_journal_leaves_the_locks_of_sqlite_as_they_were(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 10)
    Checkpointer(omgevingen, portion=1).go_round()
    file = str(omgeving.current_database().file) + "-shm"
    tried = subprocess.run([sys.executable, "-c", LOCKED, file], capture_output=True, text=True, check=False)
    assert "BlockingIOError" in tried.stderr


def test_writers_readers_and_resets_go_on_meanwhile_and_nothing_is_lost(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    checkpointer = Checkpointer(omgevingen, portion=1, many=1)
    done = threading.Event()

    def clear() -> None:
        while not done.wait(0.01):
            checkpointer.go_round()

    def write_often() -> None:
        for _ in range(40):
            _write(omgeving, 5)

    clearing = threading.Thread(target=clear)
    clearing.start()
    with omgeving.reading() as session:
        session.scalar(select(func.count(AgendaItem.id)))
        writers = [threading.Thread(target=write_often) for _ in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert session.scalar(select(func.count(AgendaItem.id))) == 0, "a reader sees one moment"
    with omgeving.reading() as session:
        assert session.scalar(select(func.count(AgendaItem.id))) == 4 * 40 * 5
    omgevingen.reset("standaard")
    _write(omgeving, 1)
    done.set()
    clearing.join()
    with omgeving.reading() as session:
        assert session.scalar(select(func.count(AgendaItem.id))) == 1
