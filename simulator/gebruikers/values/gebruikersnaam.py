"""The DigiD user name of somebody who is no persona: made from the BSN, without showing it."""

from functools import lru_cache

from simulator.gebruikers.values.hashing import mix
from simulator.infra.ids import seeded

PREFIX = "gebruiker-"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_HALF = 15
_HALF_MASK = (1 << _HALF) - 1
_ROUNDS = 4
_LENGTH = 6


def name_of(seed: int, bsn: int) -> str:
    """``gebruiker-`` and six characters, different for every BSN and every seed."""
    left, right = bsn >> _HALF, bsn & _HALF_MASK
    for salt in _salts(seed):
        left, right = right, left ^ (mix(salt ^ right) & _HALF_MASK)
    number = left << _HALF | right
    return PREFIX + "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))


def bsn_of(seed: int, gebruikersnaam: str) -> int | None:
    """The number that ``name_of`` made this name from; ``None`` when the name has another form."""
    code = gebruikersnaam.removeprefix(PREFIX)
    if code == gebruikersnaam or len(code) != _LENGTH or not set(code) <= set(_ALPHABET):
        return None
    number = 0
    for character in code:
        number = number << 5 | _ALPHABET.index(character)
    left, right = number >> _HALF, number & _HALF_MASK
    for salt in reversed(_salts(seed)):
        left, right = right ^ (mix(salt ^ left) & _HALF_MASK), left
    return left << _HALF | right


@lru_cache(maxsize=1024)
def _salts(seed: int) -> tuple[int, ...]:
    # A Feistel network: it can be turned back without a table, whatever the mixing function.
    return tuple(seeded(seed, "gebruikersnaam", each) for each in range(_ROUNDS))
