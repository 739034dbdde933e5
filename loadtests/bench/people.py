"""Random people who take post: what a load test delivers to."""

import random

from simulator.gebruikers.values.population import Bereik, Population

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)
_FIRST = {Bereik.TEST: (99_900_000, 99_999_000), Bereik.LANDELIJK: (10_000_000, 29_800_000)}
"""Eight digits, the ninth follows; of the test numbers without the last thousand, where the personas live."""


def random_bsn(bereik: Bereik = Bereik.TEST) -> int:
    """A BSN that passes the elfproef."""
    while True:
        head = random.randrange(*_FIRST[bereik])
        last = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, f"{head:08d}", strict=True)) % 11
        if last < 10:  # noqa: PLR2004 - no digit makes the elfproef come out
            return head * 10 + last


class Receivers:
    """Everybody whom a delivery reaches: the box is active and this Afnemer is welcome, so each message is stored."""

    def __init__(self, oin: str, bereik: Bereik = Bereik.TEST, seed: int = 1) -> None:
        self._oin = oin
        self._bereik = bereik
        self._population = Population(seed, bereik)

    def pick(self) -> str:
        """One of them, at random."""
        while True:
            bsn = random_bsn(self._bereik)
            if self._population.has_box(bsn) and self._population.wants(bsn, self._oin):
                return f"{bsn:09d}"

    def pool(self, size: int) -> list[str]:
        """A number of them."""
        return [self.pick() for _ in range(size)]
