"""What stands beside the layers: servers that store the rows of a delivery, or of a simpler one, and do little else."""

import asyncio
import contextlib
import queue
import random
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table, Text

from loadtests.bench.deliveries import TEXT
from simulator.afnemers import authenticate
from simulator.berichtenbox.models import AANLEVERINGEN, BERICHTEN
from simulator.berichtenbox.schemas.berichten import BerichtenIn
from simulator.gebruikers import is_bsn
from simulator.infra.database import Database
from simulator.infra.group_commit import GroupCommit
from simulator.infra.http import decode_json
from simulator.infra.ids import new_ids, stable_hash
from simulator.infra.omgeving import Omgeving

_GROUP = GroupCommit()
_CREATED = ("201 CREATED", [("Content-Type", "application/json"), ("Content-Length", "2")])


@dataclass(frozen=True)
class Rows:
    """Answers when the rows of a delivery are on disk, whatever it says; those who come together share a commit."""

    database: Database

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        _GROUP.submit(self.store, _count(environ["wsgi.input"].read()))
        start_response(*_CREATED)
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


class Loop:
    """The same rows behind an event loop (RSGI): one thread serves, another writes all that came meanwhile."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._waiting: queue.SimpleQueue[tuple[int, asyncio.Future[None]]] = queue.SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()

    async def answer(self, _scope: Any, protocol: Any) -> None:
        number = _count(await protocol())
        done = asyncio.get_running_loop().create_future()
        self._waiting.put((number, done))
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


def _count(body: bytes) -> int:
    """The berichten of a delivery, in JSON or in XML."""
    return max(1, body.count(b'"BerichtID"'), body.count(b"BerichtID>") // 2)


def _tell(waiting: Sequence[asyncio.Future[None]]) -> None:
    for done in waiting:
        if not done.cancelled():  # its connection went away
            done.set_result(None)


_LIGHT = MetaData()
_BERICHTEN = Table(
    "lichte_berichten", _LIGHT,
    Column("id", Integer, primary_key=True), Column("bsn", BigInteger, index=True), Column("afnemer", BigInteger),
    Column("bericht_id", LargeBinary(16)), Column("dedupe", BigInteger, unique=True), Column("berichttype", String(8)),
    Column("onderwerp", String(50)), Column("tekst", Text),
)  # fmt: skip
_VERBRUIK = Table(
    "licht_verbruik", _LIGHT, Column("afnemer", BigInteger, primary_key=True),
    Column("berichttype", String(8), primary_key=True), Column("aantal", BigInteger),
)  # fmt: skip
_Rij = tuple[object, ...]


class _Levering(NamedTuple):
    """What is left of a delivery when it was read."""

    afnemer: int
    rijen: list[_Rij]


class Light:
    """The least that could be called a delivery: key, form and BSN looked at, one row, deduplicated once, metered.

    Nobody can ask what became of it, who wants no post gets it, and no rule is counted.
    """

    def __init__(self, omgeving: Omgeving) -> None:
        self._omgeving = omgeving
        self._database = omgeving.current_database()
        with self._database.connection(writes=True) as connection:
            _LIGHT.create_all(connection)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        afnemer = authenticate(self._omgeving, environ.get("HTTP_X_API_KEY", "")).id
        verzoek = decode_json(environ["wsgi.input"].read(), BerichtenIn)
        rijen: list[_Rij] = []
        for key, bericht in zip(new_ids(len(verzoek.berichten)), verzoek.berichten, strict=True):
            if not is_bsn(bericht.gebruiker):
                raise ValueError(bericht.gebruiker)
            eigen = bytes.fromhex(bericht.bericht_id.replace("-", ""))
            dedupe = stable_hash(afnemer.to_bytes(8, "big"), eigen)
            rijen.append((key, int(bericht.gebruiker), afnemer, eigen, dedupe, bericht.berichttype, bericht.onderwerp,
                          bericht.tekst))  # fmt: skip
        _GROUP.submit(self._store, _Levering(afnemer, rijen), len(rijen))
        start_response(*_CREATED)
        return [b"{}"]

    def _store(self, leveringen: Sequence[_Levering]) -> Sequence[_Levering]:
        with self._database.driver() as driver:
            driver.insert(_BERICHTEN, [rij for each in leveringen for rij in each.rijen], ignore_conflicts=True)
            tellingen = {(each.afnemer, "ALGEMEEN"): 0 for each in leveringen}
            for each in leveringen:
                tellingen[each.afnemer, "ALGEMEEN"] += len(each.rijen)
            driver.add_up(_VERBRUIK, [(*key, aantal) for key, aantal in tellingen.items()])
        return leveringen
