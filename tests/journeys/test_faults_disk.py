"""A disk that is full under load: 503 meanwhile, nothing half done, and on again as soon as there is room."""

import contextlib
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import pytest
import requests

from loadtests.power_cut import Storage, Traffic, assert_nothing_is_lost, assert_offering_all_again_completes_it
from tests.journeys.actors import Programma, wait_for
from tests.journeys.storms import assert_come_back_later, storm
from tests.postgres import PostgresServer
from tests.running import RunningSimulator, Wereld

pytestmark = pytest.mark.slow

NAMESPACES = (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount"))
"""A mount that nobody else sees: as root, or as anybody where the system lets people be root among themselves."""
MB = 1_000_000


@dataclass(frozen=True)
class SmallDisk:
    """A file system of some MB that is there for one simulator only."""

    place: Path
    within: Sequence[str]

    @classmethod
    def make(cls, place: Path, megabytes: int) -> "SmallDisk | None":
        """``None`` where this system lets nobody mount anything."""
        place.mkdir()
        mount = f"mount -t tmpfs -o size={megabytes}m,mode=0777 tmpfs '{place}' && exec \"$@\""
        for namespace in NAMESPACES:
            within = (*namespace, "sh", "-c", mount, "sh")
            if (
                shutil.which("unshare")
                and not subprocess.run([*within, "true"], capture_output=True, check=False).returncode
            ):
                return cls(place, within)
        return None

    def seen_from_outside(self, pid: int) -> Path:
        return Path(f"/proc/{pid}/root{self.place}")

    @contextlib.contextmanager
    def full(self, pid: int) -> Iterator[None]:
        """Not a byte is left, until the block ends."""
        with _filled(self.seen_from_outside(pid)):
            yield


@contextlib.contextmanager
def _filled(directory: Path) -> Iterator[None]:
    filler = directory / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        _write_on(file)
    yield
    filler.unlink()


@contextlib.contextmanager
def _mounted(place: Path, megabytes: int) -> Iterator[Path]:
    """A file system of some MB that everybody sees: a server that starts as another user must."""
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", str(place))
    if not shutil.which("mount") or not _works(mount):
        pytest.skip("this system lets this user mount nothing")
    try:
        yield place
    finally:
        assert _works(("umount", "--lazy", str(place)))


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _write_on(file: FileIO) -> None:
    while True:
        file.write(b"x" * 4096)


@contextlib.contextmanager
def no_file_may_grow(simulator: RunningSimulator) -> Iterator[None]:
    """What the system says at a quota: each write beyond the first page of a file fails, until the block ends."""
    pids = [process.pid for process in simulator.processes()]
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
    yield
    for pid, limits in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def _read_meanwhile(wereld: Wereld, burger: Programma) -> None:
    """What only reads may go on, and what writes says when to come back: programs, people and testers alike."""
    simulator = wereld.simulator
    assert requests.get(f"{simulator.base}/livez", timeout=30).status_code == 200
    assert simulator.control("GET", "/omgevingen").status_code == 200
    assert_come_back_later(simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}))
    assert_come_back_later(simulator.control("POST", "/omgevingen/standaard/_legen"))
    assert_come_back_later(simulator.control("POST", "/sessies", json={"persona": "actief"}))
    page = requests.get(f"{simulator.base}/digid/inloggen?naar=/berichtenbox", timeout=30)
    for answer, kind in ((burger.ask("GET", "/overzicht"), "application/problem+json"), (page, "text/html")):
        if answer.status_code != 200:
            assert_come_back_later(answer, kind)


def _refuse_and_go_on(simulator: RunningSimulator, fault: Callable[[], AbstractContextManager[None]]) -> Traffic:
    wereld = Wereld(simulator, "standaard")
    burger = Programma.log_in(wereld)
    with storm(simulator, 4) as found:
        found.wait_for_taken(20)
        with fault():
            found.wait_for_refused(20)
            _read_meanwhile(wereld, burger)
        found.wait_for_taken(20)
        assert wait_for(lambda: requests.get(f"{simulator.base}/readyz", timeout=30).status_code == 200, 120)
        simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}).raise_for_status()
    assert_nothing_is_lost(wereld, found.traffic)
    assert_offering_all_again_completes_it(wereld, found.traffic)
    return found.traffic


def test_a_disk_that_is_full_is_waited_for(tmp_path: Path) -> None:
    disk = SmallDisk.make(tmp_path / "disk", 128)
    if disk is None:
        pytest.skip("this system lets nobody mount a file system; the next test fills a quota instead")
    storage = Storage(disk.place, within=disk.within)
    with storage.run() as simulator:
        pid = simulator.process.pid
        traffic = _refuse_and_go_on(simulator, lambda: disk.full(pid))
        shutil.copytree(disk.seen_from_outside(pid), tmp_path / "copy")
    Storage(tmp_path / "copy").check(traffic)


def test_a_quota_that_is_used_up_is_waited_for(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with storage.run() as simulator:
        traffic = _refuse_and_go_on(simulator, lambda: no_file_may_grow(simulator))
    storage.check(traffic)


@pytest.mark.postgres
def test_a_postgresql_whose_disk_is_full_is_waited_for(tmp_path: Path) -> None:
    with _mounted(tmp_path / "disk", 320) as disk, contextlib.closing(PostgresServer(disk / "data")) as server:
        storage = Storage(tmp_path / "files", ("--workers", "2"), server.create_database("vol"))
        with storage.run() as simulator:
            pids = {process.pid for process in simulator.processes()}
            with storm(simulator, 6) as found:
                found.wait_for_taken(20)
                with _filled(disk):
                    found.wait_for_refused(20)
                    assert requests.get(f"{simulator.base}/livez", timeout=30).status_code == 200
                    assert_come_back_later(simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}))
                if not server.is_running():  # there was no room for its journal either, and then it stops by itself
                    server.start()
                found.wait_for_taken(20)
                assert wait_for(lambda: requests.get(f"{simulator.base}/readyz", timeout=30).status_code == 200, 120)
                simulator.control("POST", "/omgevingen", json={"naam": "nieuw"}).raise_for_status()
            wereld = Wereld(simulator, "standaard")
            assert_nothing_is_lost(wereld, found.traffic)
            assert_offering_all_again_completes_it(wereld, found.traffic)
            assert {process.pid for process in simulator.processes()} == pids
        storage.check(found.traffic)
