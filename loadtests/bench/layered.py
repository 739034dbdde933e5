"""A server that stops at one layer of a delivery, for ``layers``: the simulator with its lower part taken out."""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import psutil
from granian import Granian
from granian.constants import Interfaces
from werkzeug.test import create_environ

from loadtests.bench.deliveries import KEY, OIN, PATH, XML_PATH, make_body, new_id
from loadtests.bench.floors import Light, Loop, Rows
from loadtests.bench.measure import BATCH, make_batches
from loadtests.bench.people import Receivers
from simulator.app import create_app, start_workers
from simulator.berichtenbox.usecases.aanlevering import Ontvangstbewijs
from simulator.infra.bodies import keep_memory_together
from simulator.infra.group_commit import GroupCommit
from simulator.infra.ids import new_ids, public_id
from simulator.infra.omgeving import Apply, GroupTransaction, Omgeving
from simulator.settings import Settings

GROUP = 16
"""Deliveries in one transaction where there is one thread: about as many as 32 connections make."""
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
    standaard = app.extensions["omgevingen"].get("standaard")
    if layer == "light":
        return Light(standaard)
    if layer in {"rows", "loop"}:
        rows = Rows(standaard.current_database())
        return rows if layer == "rows" else Loop(rows).answer
    if layer in {"group", "judge"}:
        setattr(Omgeving, "run_group", _wait if layer == "group" else _judge)  # noqa: B010 - for mypy no method
    elif layer == "agenda":
        start_workers(app)
    gc.collect()
    gc.freeze()
    return app


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    start_response("201 CREATED", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


def _answer_together(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    _GROUP.submit(_sleep, None)
    return _answer(environ, start_response)


def _sleep(items: Sequence[object]) -> Sequence[object]:
    time.sleep(FSYNC)
    return items


def _wait(_omgeving: Omgeving, _apply: object, items: Sequence[object]) -> Sequence[object]:
    time.sleep(FSYNC)
    return _receipts(len(items))


class _Nowhere:
    """A database that takes everything, keeps nothing and has nothing."""

    def insert(self, _table: object, rows: Sequence[object], *, ignore_conflicts: bool = False) -> int:  # noqa: ARG002
        return len(rows)

    def add_up(self, _table: object, rows: Sequence[object]) -> None:
        """Gone."""

    def query(self, _statement: object, **_binds: object) -> list[Any]:
        return []


def _judge(omgeving: Omgeving, apply: Apply, items: Sequence[object]) -> Sequence[object]:
    nowhere: Any = _Nowhere()
    transaction = GroupTransaction(nowhere, omgeving.state)
    results = apply(transaction, items)
    transaction.plans.flush(nowhere)
    time.sleep(FSYNC)
    return results


def _receipts(number: int) -> list[Ontvangstbewijs]:
    return [Ontvangstbewijs(public_id(each)) for each in new_ids(number)]


class Alone:
    """Everything up to metering in one thread, without a server: what it costs when nobody takes turns."""

    def __init__(self, data: Path) -> None:
        keep_memory_together()
        self._app = create_app(Settings(data=data, log_level="warning"))
        self._standaard: Omgeving = self._app.extensions["omgevingen"].get("standaard")
        self._waiting: list[tuple[Apply, object]] = []
        self._commit = self._standaard.group_commit
        setattr(Omgeving, "group_commit", self._collect)  # noqa: B010 - as above
        gc.collect()
        gc.freeze()

    def _collect(self, apply: Apply, item: object, weight: int = 1) -> object:
        """What is not a delivery, like the time that it took, goes its own way."""
        if not hasattr(item, "invoer"):
            return self._commit(apply, item, weight)
        self._waiting.append((apply, item))
        return _receipts(1)[0]

    def run(self, bodies: list[bytes], path: str, content_type: str, group: int) -> dict[str, float]:
        """Seconds, and those of processor in and outside the kernel, for these deliveries in groups of ``group``."""
        environs = [create_environ(path, method="POST", content_type=content_type, data=body, headers={
            "X-API-Key": KEY, "X-Message-ID": new_id()}) for body in bodies]  # fmt: skip
        application: Callable[..., Iterable[bytes]] = self._app.wsgi_app
        process = psutil.Process()
        before, written, start = os.times(), process.io_counters().write_bytes, time.perf_counter()
        for number, environ in enumerate(environs, 1):
            list(application(environ, _ignore))
            if number % group == 0 or number == len(environs):
                self._standaard.run_group(self._waiting[0][0], [item for _, item in self._waiting])
                self._waiting.clear()
        after, seconds = os.times(), time.perf_counter() - start
        return {"seconds": seconds, "user": after.user - before.user, "system": after.system - before.system,
                "written": process.io_counters().write_bytes - written}  # fmt: skip


def _ignore(*_answer: object) -> None:
    """What would go back to the client."""


def run_alone(data: Path, singles: int, batches: int) -> dict[str, dict[str, float]]:
    """The three loads of ``layers``, one after the other; each begins with some that do not count."""
    receivers, alone = Receivers(OIN), Alone(data)
    loads = {
        "single": ([make_body(receivers.pool(1)) for _ in range(singles + GROUP)], PATH, "application/json", GROUP),
        "json": ([make_body(receivers.pool(BATCH)) for _ in range(batches)], PATH, "application/json", 1),
        "xml": (make_batches(batches), XML_PATH, "application/xml", 1),
    }
    found = {}
    for name, (bodies, path, content_type, group) in loads.items():
        alone.run(bodies[:group], path, content_type, group)
        found[name] = alone.run(bodies[group:], path, content_type, group)
    return found


if __name__ == "__main__":
    if sys.argv[1] == "alone":
        click.echo(json.dumps(run_alone(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
        sys.exit()
    _layer, _data, _port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    _how: Any = {"interface": Interfaces.WSGI, "blocking_threads": 32}
    if _layer == "loop":
        _how = {"interface": Interfaces.RSGI}
    server = Granian("layered:app", port=_port, log_enabled=False, **_how)
    server.serve(target_loader=lambda *_args, **_kw: build(_layer, _data), wrap_loader=False)
