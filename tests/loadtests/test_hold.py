"""What is held in memory is all of the files of SQLite, also what they grow, and nothing afterwards."""

import sys
from pathlib import Path

import pytest

from loadtests.bench.hold import Hold

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="locks are told by /proc")
PAGE = 4096


def locked() -> int:
    """Bytes that this process keeps in memory."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmLck"))


def test_a_file_is_held_with_all_that_it_grows(tmp_path: Path) -> None:
    file, before, hold = tmp_path / "omgevingen" / "a.sqlite3", locked(), Hold(tmp_path)
    file.parent.mkdir()
    (tmp_path / "a.log").write_bytes(b"x" * PAGE)
    for pages in (0, 3, 3, 8):
        file.write_bytes(b"x" * (pages * PAGE + 1))
        hold.grow()
        assert locked() - before == pages * PAGE
    hold.close()
    assert locked() == before
