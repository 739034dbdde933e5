"""Identities and everything that looks random: the only place that makes them."""

import hashlib
import hmac
import itertools
import re
import secrets
import threading
import uuid
from collections.abc import Callable, Sequence
from hashlib import blake2b
from struct import Struct, unpack
from typing import cast

from simulator.infra.clock import real_micros

_START = 1_577_836_800_000_000  # 2020-01-01T00:00Z, so that 52 bits of microseconds last until 2162
_COUNTER_BITS = 52
AGE_MASK = (1 << _COUNTER_BITS) - 1
"""The part of an id that grows with real time over all workers; above it is the slot of the worker that made it."""
_ID_MASK = (1 << 62) - 1
_SCRAMBLE = 0x1B8D_F3A6_59C4_D2E7 & _ID_MASK | 1
_UNSCRAMBLE = pow(_SCRAMBLE, -1, 1 << 62)
_PUBLIC_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
MAX_SLOT = 1023
_AS_INT = Struct(">q").unpack


class IdSource:
    """Growing 62-bit numbers, unique over the workers as long as each has its own ``slot`` (0..1023)."""

    def __init__(self, slot: int = 0) -> None:
        self.slot = slot
        self._last = 0
        self._lock = threading.Lock()

    def take(self, n: int = 1) -> range:
        """The next ``n`` numbers, contiguous."""
        with self._lock:
            first = max(self._last + 1, real_micros() - _START)
            self._last = first + n - 1
        base = self.slot << _COUNTER_BITS
        return range(base + first, base + first + n)


_source = IdSource()


def use_slot(slot: int) -> None:
    """Claim ``slot`` for this process; two processes on one database must differ."""
    _source.slot = slot


def current_slot() -> int:
    """The slot of this process: part of every key that workers would otherwise fight over."""
    return _source.slot


def new_ids(n: int = 1) -> range:
    """The next ``n`` ids of this process, contiguous and growing."""
    return _source.take(n)


def new_id() -> int:
    """The next id of this process."""
    return _source.take()[0]


def slot_of(number: int) -> int:
    """The slot of the process that made an id."""
    return number >> _COUNTER_BITS


def made_at(number: int) -> int:
    """When an id was made, in real microseconds since 1970; of many taken at once, a little later."""
    return (number & AGE_MASK) + _START


def public_id(number: int) -> str:
    """The opaque form of an id for the outside: a UUID (version 8) that only ``from_public_id`` can read."""
    scrambled = number * _SCRAMBLE & _ID_MASK
    check = blake2b(scrambled.to_bytes(8, "big"), digest_size=8).hexdigest()
    own = f"{1 << 63 | scrambled:016x}"
    return f"{check[:8]}-{check[8:12]}-8{check[12:15]}-{own[:4]}-{own[4:]}"


def from_public_id(text: str) -> int | None:
    """The id behind an opaque form; ``None`` if nobody here ever made it."""
    if not _PUBLIC_FORM.match(text):
        return None
    number = (uuid.UUID(text).int & _ID_MASK) * _UNSCRAMBLE & _ID_MASK
    return number if public_id(number) == text else None


def new_guid() -> uuid.UUID:
    """A random UUID, for what has to be unique beyond this installation."""
    return uuid.uuid4()


def request_ids() -> Callable[[], str]:
    """A maker of ids for requests: UUIDs that count on from a random one, as every request needs one at once."""
    start, numbers = str(new_guid())[:-12], itertools.count(1)
    return lambda: f"{start}{next(numbers):012x}"


def new_token(nbytes: int = 32) -> str:
    """A secret that nobody can guess, in URL-safe text."""
    return secrets.token_urlsafe(nbytes)


def new_trace_id() -> bytes:
    """The id of a new trace, as W3C Trace Context wants it: 16 bytes."""
    return secrets.token_bytes(16)


def new_operation_id() -> bytes:
    """The id of one operation in a trace: 8 bytes, never all zero."""
    return secrets.token_bytes(7) + b"\x01"


def pseudonym(secret: bytes, *parts: str) -> str:
    """A name that stands for the parts, the same each time, and that nobody without the secret leads back to them."""
    return hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


def hash_token(text: str) -> bytes:
    """The form in which a secret is stored: SHA-256 (the secrets are long and random, so no salt or stretching)."""
    return hashlib.sha256(text.encode()).digest()


def stable_hash(*parts: bytes) -> int:
    """A signed 64-bit hash that is the same in every process and installation."""
    return cast("int", _AS_INT(blake2b(b"\x00".join(parts), digest_size=8).digest())[0])


def stable_hashes(texts: Sequence[bytes]) -> tuple[int, ...]:
    """``stable_hash`` of each of many, which share the work around it."""
    digests = [blake2b(text, digest_size=8).digest() for text in texts]
    return unpack(f">{len(digests)}q", b"".join(digests))


def seeded(seed: int, *parts: str | int) -> int:
    """An unsigned 64-bit number that looks random and is fixed by the seed and the parts."""
    text = "\x1f".join([str(seed), *map(str, parts)])
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
