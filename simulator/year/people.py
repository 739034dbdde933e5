"""Who gets post: test numbers in an order that the seed decides, and the sample of them that is followed."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import gcd

from simulator.infra.ids import seeded
from simulator.year.plan import Inwoners

_LENGTH = 9
_NONE = 10  # no ninth digit makes the elfproef come out
# The test numbers, but for the last ten thousand: there the personas live, some of whom fail on purpose.
_FIRST, _PEOPLE = 99_900_000, 99_000


@dataclass(frozen=True, slots=True)
class Mensen:
    """The people of one year; ``volgorde`` holds BSNs, those of the sample first."""

    volgorde: Sequence[int]
    steekproef: frozenset[str]

    def pick(self, chance: int) -> str:
        """One of them."""
        return f"{self.volgorde[chance % len(self.volgorde)]:09d}"


def choose_people(inwoners: Inwoners, seed: int, berichten: int) -> Mensen:
    """As many as this much post is for in a real year, and no more than there are test numbers."""
    known = _test_numbers()
    wanted = max(1, min(len(known), round(berichten / inwoners.berichten_per_inwoner)))
    # A walk over all test numbers that meets each once: their number has no factor in common with the step.
    start, step = seeded(seed, "inwoners") % len(known), _coprime(seeded(seed, "stap"), len(known))
    always = [int(each) for each in inwoners.altijd]
    numbers = array("I", [*always, *(known[(start + step * each) % len(known)] for each in range(wanted))])
    return Mensen(numbers, frozenset(f"{each:09d}" for each in numbers[: max(inwoners.steekproef, len(always))]))


@cache
def _test_numbers() -> Sequence[int]:
    eights = range(_FIRST, _FIRST + _PEOPLE)
    return array("I", [number * 10 + last for number in eights if (last := _last_digit(number)) != _NONE])


def _last_digit(number: int) -> int:
    return sum((_LENGTH - place) * int(digit) for place, digit in enumerate(str(number))) % 11


def _coprime(chance: int, number: int) -> int:
    """A step through ``number`` things that comes by each of them."""
    step = 1 + chance % (number - 1)
    while gcd(step, number) != 1:
        step += 1
    return step
