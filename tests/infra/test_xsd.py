"""Schemas are compiled by one thread at a time, and once by each."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.infra import xsd


class Compiler:
    """Stands for lxml: notes how many threads are in it at once."""

    def __init__(self) -> None:
        self.inside = self.most = self.made = 0

    def compile(self, file: str) -> str:
        self.inside += 1
        self.most = max(self.most, self.inside)
        time.sleep(0.01)
        self.made += 1
        self.inside -= 1
        return file


def test_threads_that_need_a_schema_at_once_compile_it_in_turn_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler, together = Compiler(), threading.Barrier(8)
    monkeypatch.setattr(xsd, "etree", SimpleNamespace(XMLSchema=compiler.compile))

    def load(_: int) -> None:
        together.wait()
        assert xsd.load_schema(Path("a.xsd")) is xsd.load_schema(Path("a.xsd"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(load, range(8)))
    assert (compiler.most, compiler.made) == (1, 8)
