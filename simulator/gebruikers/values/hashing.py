"""A fast stable hash for the population: the same number in gives the same bits out, everywhere and for ever."""

from functools import lru_cache
from typing import TypeVar

from simulator.infra.ids import seeded

T = TypeVar("T")

_MASK = 0xFFFF_FFFF_FFFF_FFFF
_STEP = 0x9E37_79B9_7F4A_7C15
_FIRST = 0xBF58_476D_1CE4_E5B9
_SECOND = 0x94D0_49BB_1331_11EB


def mix(number: int) -> int:
    """Splitmix64: 64 well-spread bits in half a microsecond, several times faster than a cryptographic hash."""
    z = (number + _STEP) & _MASK
    z = ((z ^ (z >> 30)) * _FIRST) & _MASK
    z = ((z ^ (z >> 27)) * _SECOND) & _MASK
    return z ^ (z >> 31)


@lru_cache(maxsize=4096)
def salt(seed: int, aspect: str) -> int:
    """What one aspect of everybody is hashed with; remembered, so that a choice costs one ``mix``."""
    return seeded(seed, "salt", aspect)


def draw(seed: int, aspect: str, number: int) -> int:
    """64 bits for one aspect of one person."""
    return mix(salt(seed, aspect) ^ number)


class Picker:
    """Choices for one person: each ``aspect`` has its own bits, so that a new aspect leaves the others as they were."""

    __slots__ = ("_number", "_seed")

    def __init__(self, seed: int, number: int) -> None:
        self._seed = seed
        self._number = number

    def below(self, limit: int, aspect: str) -> int:
        """A number from 0 up to, not including, the limit."""
        return draw(self._seed, aspect, self._number) % limit

    def pick(self, choices: tuple[T, ...], aspect: str) -> T:
        """One of the choices."""
        return choices[self.below(len(choices), aspect)]
