"""The journal of SQLite is cleared beside the writers, and nothing is lost by it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from simulator.app import NewWorld
from simulator.infra.checkpoints import SOME, Checkpointer, count_pages
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen
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


def _pages(omgeving: Omgeving) -> int:
    return count_pages(omgeving.current_database().file)


def _journal(omgeving: Omgeving) -> Path:
    file = omgeving.current_database().file
    assert file is not None
    return file.with_name(file.name + "-wal")


def test_a_large_journal_is_begun_anew_by_the_next_writer(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 200)
    assert _pages(omgeving) > 100
    Checkpointer(omgevingen, many=100).go_round()
    _write(omgeving, 1)
    assert _pages(omgeving) < 20


def test_a_small_journal_is_left_alone(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, 10)
    before = _pages(omgeving)
    checkpointer = Checkpointer(omgevingen)
    for _ in range(3):
        checkpointer.go_round()
    _write(omgeving, 1)
    assert _pages(omgeving) > before


def test_what_nobody_adds_to_any_more_takes_no_room_on_disk(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    _write(omgeving, SOME)
    checkpointer = Checkpointer(omgevingen)
    checkpointer.go_round()
    assert _journal(omgeving).stat().st_size > SOME * 4096
    checkpointer.go_round()
    assert _journal(omgeving).stat().st_size == 0


def test_writers_readers_and_resets_go_on_meanwhile_and_nothing_is_lost(omgevingen: Omgevingen) -> None:
    omgeving = omgevingen.get("standaard")
    checkpointer = Checkpointer(omgevingen, many=1)
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
