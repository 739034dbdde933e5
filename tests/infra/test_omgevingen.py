"""Omgevingen: made, found, emptied, dropped, and never seeing each other."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import InternalError

from simulator.app import NewWorld
from simulator.infra.agenda import count_waiting, list_agenda, run_due
from simulator.infra.clock import Modus
from simulator.infra.database import Database
from simulator.infra.models import AgendaItem
from simulator.infra.omgeving import Omgeving, UnitOfWork, count_regels
from simulator.infra.omgevingen import (
    NieuweOmgeving,
    Omgevingen,
    OmgevingExists,
    OmgevingNaamInvalid,
    OmgevingNotFound,
    StandaardNotDroppable,
)
from simulator.infra.regels import Herkomst, Regel, Uitkomst
from simulator.infra.stores import OMGEVINGEN, DataInUse, PostgresStore, SqliteStore
from simulator.settings import Settings

REGEL = Regel("TEST-regel", "Een regel", "test", Herkomst.AANGENOMEN)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def _plan(omgeving: Omgeving, soort: str, moment: datetime = NOON) -> None:
    with omgeving.unit_of_work() as uow:
        uow.plan(soort, moment, {"x": 1})


def _count(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        return session.scalar(select(func.count()).select_from(AgendaItem)) or 0


def test_what_a_unit_of_work_did_is_stored_when_it_ends_well(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.plan("a", NOON, {})
        uow.tel(REGEL, Uitkomst.GESLAAGD, 3)
    assert _count(omgeving) == 1
    with omgeving.reading() as session:
        assert count_regels(session) == {"TEST-regel": {"geslaagd": 3}}


def test_nothing_of_a_unit_of_work_is_stored_when_it_fails(omgeving: Omgeving) -> None:
    def fail() -> None:
        with omgeving.unit_of_work() as uow:
            uow.plan("a", NOON, {})
            uow.session.add(AgendaItem(id=1, soort="b", moment=1, gegevens="{}", status="wacht", pogingen=0))
            uow.session.flush()
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail()
    assert _count(omgeving) == 0


def test_of_two_threads_that_add_to_one_count_neither_is_lost(omgeving: Omgeving) -> None:
    def add() -> None:
        for _ in range(20):
            with omgeving.unit_of_work() as uow:
                uow.tel(REGEL, Uitkomst.GEWEIGERD)

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(add) for _ in range(4)]:
            future.result()
    with omgeving.reading() as session:
        assert count_regels(session) == {"TEST-regel": {"geweigerd": 80}}


def test_what_is_changed_while_reading_is_refused_or_dropped(omgeving: Omgeving) -> None:
    refused = pytest.raises(InternalError, match="read-only") if omgeving.is_shared else nullcontext()
    with refused, omgeving.reading() as session:
        session.add(AgendaItem(id=1, soort="b", moment=1, gegevens="{}", status="wacht", pogingen=0))
        session.flush()
    assert _count(omgeving) == 0


def test_who_reads_sees_one_moment(omgeving: Omgeving) -> None:
    count = select(func.count()).select_from(AgendaItem)
    with omgeving.reading() as session:
        before = session.scalar(count)
        _plan(omgeving, "ondertussen")
        assert session.scalar(count) == before
    assert _count(omgeving) == 1


def test_two_omgevingen_never_see_each_other(omgevingen: Omgevingen) -> None:
    names = [f"zij-{n}" for n in range(4)]
    worlds = [omgevingen.create(NieuweOmgeving(naam, seed=n)) for n, naam in enumerate(names)]

    def fill(number: int) -> None:
        for _ in range(10 + number):
            _plan(omgevingen.get(names[number]), f"soort-{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(4)))
    for number, world in enumerate(worlds):
        items = list_agenda(world)
        assert {item.soort for item in items} == {f"soort-{number}"}
        assert len(items) == 10 + number
        assert world.seed == number
    for naam in names:
        omgevingen.drop(naam)


def test_of_two_who_make_one_omgeving_at_once_one_is_refused(omgevingen: Omgevingen) -> None:
    start = threading.Barrier(2)

    def make() -> str:
        start.wait()
        try:
            omgevingen.create(NieuweOmgeving("tegelijk"))
        except OmgevingExists:
            return "geweigerd"
        return "gemaakt"

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result() for future in [pool.submit(make), pool.submit(make)]]
    assert sorted(outcomes) == ["gemaakt", "geweigerd"]
    omgevingen.drop("tegelijk")


class SlowToOpen(SqliteStore):
    """A disk on which one omgeving takes its time to open."""

    slow = "traag"

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, NewWorld(Settings()))
        self.opening, self.go_on = threading.Event(), threading.Event()
        self.opened: list[str] = []

    def open(self, naam: str, incarnatie: int) -> Database:
        self.opened.append(naam)
        if naam == self.slow:
            self.opening.set()
            assert self.go_on.wait(timeout=60)
        return super().open(naam, incarnatie)


def test_of_many_who_look_for_one_omgeving_one_opens_it_and_nobody_else_waits(tmp_path: Path) -> None:
    store = SlowToOpen(tmp_path)
    registry = Omgevingen(store, 1, {"verwerkingstijd": 0.0})
    with ThreadPoolExecutor(8) as pool:
        maker = pool.submit(registry.create, NieuweOmgeving(store.slow))
        assert store.opening.wait(timeout=60)
        seekers = [pool.submit(registry.get, store.slow) for _ in range(6)]
        dropper = pool.submit(registry.drop, store.slow)
        other = registry.create(NieuweOmgeving("vlug"))  # while that one is still being opened
        assert registry.get("vlug") is other
        store.go_on.set()
        found = {maker.result(timeout=60)}
        for seeker in seekers:
            with suppress(OmgevingNotFound):  # dropped before its turn came
                found.add(seeker.result(timeout=60))
        dropper.result(timeout=60)
    assert store.opened.count(store.slow) == len(found) == 1
    with pytest.raises(OmgevingNotFound):
        registry.get(store.slow)
    registry.close()


def test_a_reset_empties_and_keeps_the_seed(omgevingen: Omgevingen) -> None:
    world = omgevingen.create(NieuweOmgeving("leeg", seed=42))
    _plan(world, "a")
    generation = world.state.generation
    omgevingen.reset("leeg")
    again = omgevingen.get("leeg")
    assert _count(again) == 0
    assert again.seed == 42
    assert again.state.generation != generation
    omgevingen.drop("leeg")


def test_a_dropped_or_unknown_omgeving_is_not_found(omgevingen: Omgevingen) -> None:
    omgevingen.create(NieuweOmgeving("weg"))
    omgevingen.drop("weg")
    with pytest.raises(OmgevingNotFound):
        omgevingen.get("weg")


def test_an_omgeving_that_is_made_again_at_once_is_not_the_one_that_was_dropped(tmp_path: Path) -> None:
    wanted: list[str] = []

    class Watched(SqliteStore):
        """Somebody looks just before a change of the list of omgevingen is there: the agenda does so all the time."""

        @contextmanager
        def catalogus(self, *, writes: bool = True) -> Iterator[Connection]:
            with super().catalogus(writes=writes) as connection:
                yield connection
                for naam in wanted if writes else ():
                    registry.get(naam)

    registry = Omgevingen(Watched(tmp_path, NewWorld(Settings())), 1, {})
    registry.create(NieuweOmgeving("weer"))
    wanted.append("weer")
    registry.drop("weer")
    wanted.clear()
    _plan(registry.create(NieuweOmgeving("weer")), "nieuw")
    assert _count(registry.get("weer")) == 1
    registry.close()


def test_the_standard_omgeving_cannot_be_dropped(omgevingen: Omgevingen) -> None:
    with pytest.raises(StandaardNotDroppable):
        omgevingen.drop("standaard")


@pytest.mark.parametrize("naam", ["", "Hoofd", "a b", "../x", "-x", "x-", "x" * 41, 'x"; drop', "é"])
def test_a_name_that_cannot_be_a_path_is_refused(omgevingen: Omgevingen, naam: str) -> None:
    with pytest.raises(OmgevingNaamInvalid):
        omgevingen.create(NieuweOmgeving(naam))


def test_an_omgeving_with_a_time_to_live_is_dropped_when_it_is_over(omgevingen: Omgevingen) -> None:
    omgevingen.create(NieuweOmgeving("kort", ttl=0))
    omgevingen.create(NieuweOmgeving("lang", ttl=3600))
    assert omgevingen.drop_expired() == ["kort"]
    omgevingen.drop("lang")


def test_a_standing_clock_stands_still_until_it_is_moved(omgevingen: Omgevingen) -> None:
    world = omgevingen.create(NieuweOmgeving("stil", moment=NOON, modus=Modus.STIL))
    assert world.now() == NOON
    assert world.now() == NOON
    omgevingen.drop("stil")


def test_a_cached_record_is_loaded_anew_after_a_touch_and_only_then(omgeving: Omgeving) -> None:
    loads: list[int] = []

    def load(_session: object) -> int:
        loads.append(1)
        return len(loads)

    assert [omgeving.cached("x", load), omgeving.cached("x", load)] == [1, 1]
    with omgeving.unit_of_work() as uow:
        uow.touch()
    assert omgeving.cached("x", load) == 2


def test_agenda_rows_are_done_in_order_once_and_with_what_they_plan_themselves(omgeving: Omgeving) -> None:
    done: list[tuple[str, datetime]] = []

    def first(_omgeving: Omgeving, uow: UnitOfWork, _rows: object) -> None:
        done.append(("first", uow.moment))
        uow.plan("later", NOON.replace(hour=14), {})

    def later(_omgeving: Omgeving, uow: UnitOfWork, _rows: object) -> None:
        done.append(("later", uow.moment))

    _plan(omgeving, "later", NOON.replace(hour=13))
    _plan(omgeving, "first")
    handlers = {"first": first, "later": later}
    assert run_due(omgeving, handlers, NOON.replace(hour=15)) == 3
    assert done == [("first", NOON), ("later", NOON.replace(hour=13)), ("later", NOON.replace(hour=14))]
    assert run_due(omgeving, handlers, NOON.replace(hour=15)) == 0


def test_an_agenda_row_that_fails_is_kept_with_its_error_and_tried_later(omgeving: Omgeving) -> None:
    def fail(_omgeving: Omgeving, _uow: UnitOfWork, _rows: object) -> None:
        raise RuntimeError("not today")

    _plan(omgeving, "x")
    run_due(omgeving, {"x": fail}, NOON)
    (item,) = list_agenda(omgeving)
    assert (item.status, item.pogingen, item.fout) == ("wacht", 1, "RuntimeError")
    assert item.moment > NOON
    assert count_waiting(omgeving, NOON) == 0


def test_an_agenda_row_that_keeps_failing_is_given_up_and_stays_visible(omgeving: Omgeving) -> None:
    def fail(_omgeving: Omgeving, _uow: UnitOfWork, _rows: object) -> None:
        raise RuntimeError("never")

    _plan(omgeving, "x")
    run_due(omgeving, {"x": fail}, NOON.replace(year=2027))
    (item,) = list_agenda(omgeving)
    assert (item.status, item.pogingen) == ("mislukt", 8)


def test_one_bad_agenda_row_does_not_hold_up_its_neighbours(omgeving: Omgeving) -> None:
    done: list[object] = []

    def picky(_omgeving: Omgeving, _uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        if any(row["x"] == 2 for row in rows):
            raise RuntimeError("two")
        done.extend(row["x"] for row in rows)

    with omgeving.unit_of_work() as uow:
        for number in (1, 2, 3):
            uow.plan("x", NOON, {"x": number})
    run_due(omgeving, {"x": picky}, NOON)
    assert done == [1, 3]
    assert [item.pogingen for item in list_agenda(omgeving)] == [1]


def test_agenda_rows_are_done_once_though_many_threads_look(omgeving: Omgeving) -> None:
    done: list[int] = []

    def note(_omgeving: Omgeving, _uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        done.extend(row["n"] for row in rows)

    with omgeving.unit_of_work() as uow:
        for number in range(200):
            uow.plan("x", NOON, {"n": number})
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(run_due, omgeving, {"x": note}, NOON) for _ in range(4)]:
            future.result()
    assert sorted(done) == list(range(200))


def test_what_a_killed_process_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, NewWorld(Settings()))
    registry = Omgevingen(store, 1, {})
    registry.create(NieuweOmgeving("blijft"))
    registry.close()
    left = tmp_path / "omgevingen" / "half.17.sqlite3"
    for name in (left, left.with_name(left.name + "-wal")):
        name.write_bytes(b"x")
    again = Omgevingen(SqliteStore(tmp_path, NewWorld(Settings())), 1, {})
    assert sorted(file.name.split(".")[0] for file in (tmp_path / "omgevingen").glob("*.sqlite3")) == [
        "blijft",
        "standaard",
    ]
    again.close()


def test_a_schema_that_a_killed_process_left_is_swept_at_the_next_start(postgres_url: str, tmp_path: Path) -> None:
    store = PostgresStore(postgres_url, 4, NewWorld(Settings()))
    with store.catalogus() as catalogus:
        catalogus.exec_driver_sql('CREATE SCHEMA "omg_half_17"')
        store.sweep(catalogus, _known(catalogus))
        left = catalogus.exec_driver_sql(
            "SELECT count(*) FROM information_schema.schemata WHERE schema_name = 'omg_half_17'"
        )
        assert left.scalar() == 0
    store.close()


def test_a_second_simulator_in_one_directory_is_refused(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path, NewWorld(Settings()))
    with pytest.raises(DataInUse, match="another simulator"):
        SqliteStore(tmp_path, NewWorld(Settings()))
    first.close()


def _known(catalogus: Connection) -> list[tuple[str, int]]:
    return [(row.naam, row.incarnatie) for row in catalogus.execute(select(OMGEVINGEN))]


def test_a_worker_leaves_an_emptied_omgeving_though_somebody_still_works_in_the_old_one(postgres_url: str) -> None:
    here, there = (Omgevingen(PostgresStore(postgres_url, 4, NewWorld(Settings())), 1, {}) for _ in range(2))
    here.create(NieuweOmgeving("gedeeld"))
    _plan(there.get("gedeeld"), "oud")
    with there.get("gedeeld").reading() as session:  # holds a lock in the old schema all the while
        session.scalar(select(func.count()).select_from(AgendaItem))
        here.reset("gedeeld")
        assert _count(there.get("gedeeld")) == 0
    assert _count(here.get("gedeeld")) == 0
    here.close()
    there.close()
