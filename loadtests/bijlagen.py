"""Bijlagen that no other bericht has, and the proof that each bericht in a database has its own and no others."""

import base64
import random
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import Bericht, Bijlage
from simulator.berichtenbox.queries.vooruit import Portie, list_porties
from simulator.infra.omgeving import Omgeving

PDF_BYTES = 240_000
"""Two of them are as much as one bericht may have, nearly."""
_AT_ONCE = 32
_Hashes = dict[int, tuple[str, bytes]]
"""By Volgorde: Omschrijving and SHA-256."""


class Pdf(NamedTuple):
    """A bijlage as it is sent."""

    volgorde: int
    omschrijving: str
    inhoud: bytes

    @property
    def base64(self) -> str:
        return base64.b64encode(self.inhoud).decode()


def make_bijlagen(bericht_id: str) -> list[Pdf]:
    """The two of a bericht, the same each time."""
    chance = random.Random(bericht_id)
    head = b"%PDF-1.4 <pdfaid:part>2</pdfaid:part>"
    return [
        Pdf(volgorde, f"{bericht_id} {volgorde}", head + chance.randbytes(PDF_BYTES - len(head))) for volgorde in (1, 2)
    ]


@lru_cache(maxsize=10_000)
def _expected(bericht_id: str) -> _Hashes:
    return {each.volgorde: (each.omschrijving, sha256(each.inhoud).digest()) for each in make_bijlagen(bericht_id)}


def assert_each_has_its_own(omgeving: Omgeving, large: Collection[str]) -> int:
    """Of the berichten that are there, those of ``large`` have their bijlagen byte for byte, and the others none.

    A bijlage without a bericht is in a portion of which is noted that it was stored ahead; answers how many of those
    have any.
    """
    with omgeving.reading() as session:
        berichten = session.execute(select(Bericht.id, Bericht.bericht_id, Bericht.aantal_bijlagen)).all()
        porties, found = list_porties(session), _find_hashes(session)
    for key, guid, aantal in berichten:
        bericht_id = str(UUID(bytes=bytes(guid)))
        expected = _expected(bericht_id) if bericht_id in large else {}
        assert aantal == len(expected), f"bericht {bericht_id} says it has {aantal} bijlagen"
        assert found.pop(key, {}) == expected, f"bericht {bericht_id} has not the bijlagen that it was sent with"
    per_portie = Counter(_portie_of(key, porties) for key in found)
    assert None not in per_portie, f"{per_portie[None]} berichten that are not there have bijlagen in no portion"
    return len(per_portie)


def _find_hashes(session: Session) -> dict[int, _Hashes]:
    """By the id of the bericht."""
    found: dict[int, _Hashes] = defaultdict(dict)
    query = select(Bijlage.bericht_id, Bijlage.volgorde, Bijlage.omschrijving, Bijlage.inhoud)
    for key, volgorde, omschrijving, inhoud in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        found[key][volgorde] = (omschrijving, sha256(inhoud).digest())
    return found


def _portie_of(key: int, porties: Collection[Portie]) -> Portie | None:
    return next((each for each in porties if each.van <= key <= each.tot), None)
