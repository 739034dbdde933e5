"""A server that stops at one layer of a delivery, for ``layers``: the simulator with its lower part taken out."""

import asyncio
import contextlib
import gc
import os
import queue
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from loadtests.bench.deliveries import TEXT
from simulator.app import create_app, start_workers
from simulator.berichtenbox.models import AANLEVERINGEN, BERICHTEN
from simulator.berichtenbox.usecases.aanlevering import Ontvangstbewijs
from simulator.infra.bodies import keep_memory_together
from simulator.infra.database import Database
from simulator.infra.group_commit import GroupCommit
from simulator.infra.ids import new_ids, public_id
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings

FSYNC = 0.0004
"""Seconds that a group waits where nothing is stored: about what the disk takes."""
_GROUP = GroupCommit()


def build(layer: str, data: Path) -> Any:
    """The application with everything up to and including ``layer``."""
    if hasattr(os, "SCHED_BATCH"):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # as `serve` does
    if layer == "server":
        return _answer
    if layer == "wait":
        return _answer_together
    keep_memory_together()
    app = create_app(Settings(data=data, log_level="warning"))
    if layer in {"rows", "loop"}:
        rows = _Rows(app.extensions["omgevingen"].get("standaard").current_database())
        return rows if layer == "rows" else _Loop(rows).answer
    if layer == "group":
        setattr(Omgeving, "run_group", _wait)  # noqa: B010 - for mypy this is no method
    elif layer == "agenda":
        start_workers(app)
    gc.collect()
    gc.freeze()
    return app


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start_response("201 CREATED", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


@dataclass(frozen=True)
class _Rows:
    """Answers when the rows of a delivery are on disk, whatever it says; those who come together share a commit."""

    database: Database

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        number = environ["wsgi.input"].read().count(b'"BerichtID"')
        _GROUP.submit(self.store, max(1, number))
        start_response("201 CREATED", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    def store(self, numbers: Sequence[int]) -> Sequence[int]:
        berichten = [
            (key, random.getrandbits(30), 0, 1, 1, key.to_bytes(16, "big"), random.getrandbits(63), "ALGEMEEN",
             "Uw aanvraag is ontvangen", TEXT, None, None, 0, False)
            for key in new_ids(sum(numbers))
        ]  # fmt: skip
        aanleveringen = [
            (key, 1, 1, "json", random.getrandbits(63), key.to_bytes(16, "big"), bytes(32), 0, 0, bytes(30 * number))
            for key, number in zip(new_ids(len(numbers)), numbers, strict=True)
        ]
        with self.database.driver() as driver:
            driver.insert(BERICHTEN, berichten, ignore_conflicts=True)
            driver.insert(AANLEVERINGEN, aanleveringen, ignore_conflicts=True)
        return numbers


class _Loop:
    """The same rows behind an event loop (RSGI): one thread serves, another writes all that came meanwhile."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self._waiting: queue.SimpleQueue[tuple[int, asyncio.Future[None]]] = queue.SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()

    async def answer(self, _scope: Any, protocol: Any) -> None:
        number = (await protocol()).count(b'"BerichtID"')
        done = asyncio.get_running_loop().create_future()
        self._waiting.put((max(1, number), done))
        await done
        protocol.response_bytes(201, [("content-type", "application/json")], b"{}")

    def _write(self) -> None:
        while True:
            group = [self._waiting.get()]
            with contextlib.suppress(queue.Empty):
                while True:
                    group.append(self._waiting.get_nowait())
            self._rows.store([number for number, _ in group])
            group[0][1].get_loop().call_soon_threadsafe(_tell, [done for _, done in group])


def _tell(waiting: Sequence[asyncio.Future[None]]) -> None:
    for done in waiting:
        if not done.cancelled():  # its connection went away
            done.set_result(None)


def _answer_together(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    _GROUP.submit(_sleep, None)
    return _answer(environ, start_response)


def _sleep(items: Sequence[object]) -> Sequence[object]:
    time.sleep(FSYNC)
    return items


def _wait(_omgeving: Omgeving, _apply: object, items: Sequence[object]) -> Sequence[object]:
    time.sleep(FSYNC)
    return _receipts(len(items))


def _receipts(number: int) -> list[Ontvangstbewijs]:
    return [Ontvangstbewijs(public_id(each)) for each in new_ids(number)]


if __name__ == "__main__":
    _layer, _data, _port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    _how: Any = {"interface": Interfaces.WSGI, "blocking_threads": 32}
    if _layer == "loop":
        _how = {"interface": Interfaces.RSGI}
    server = Granian("layered:app", port=_port, log_enabled=False, **_how)
    server.serve(target_loader=lambda *_args, **_kw: build(_layer, _data), wrap_loader=False)
