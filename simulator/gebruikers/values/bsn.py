"""The BSN: nine digits that pass the elfproef."""

from typing import Self

from simulator.infra.errors import InvalidInput
from simulator.infra.regels import Herkomst, Regel

LENGTH = 9
_ZERO = "000000000"
_MOST_EIGHT, _DIGIT = 99_999_999, 9
_WEIGHTED_ASCII = 7  # 48 * (9+8+7+6+5+4+3+2-1) modulo 11: what the code points add beyond the digits they stand for

BSN_GELDIG = Regel(
    id="GB-bsn",
    titel="Een BSN heeft negen cijfers en voldoet aan de elfproef",
    bron="Logisch Ontwerp BSN; Berichtenbox GebruikerID",
    herkomst=Herkomst.GEDOCUMENTEERD,
    verwacht="Negen cijfers (met voorloopnul) die voldoen aan de elfproef; 000000000 is geen BSN.",
)


class BsnOngeldig(InvalidInput):
    """What was given for a BSN is not one; the number itself is never repeated in the answer."""

    slug = "bsn-ongeldig"
    title = "Dit is geen geldig BSN"
    regel = BSN_GELDIG


def is_bsn(text: str) -> bool:
    """Whether the text is nine ASCII digits that pass the elfproef; written out because it is asked so often."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()) or text == _ZERO:
        return False
    a, b, c, d, e, f, g, h, i = text.encode()
    return (9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i) % 11 == _WEIGHTED_ASCII


def complete(number: int) -> int:
    """The one BSN that begins with these eight digits; zero if there is none."""
    if not 0 < number <= _MOST_EIGHT:
        return 0
    a, b, c, d, e, f, g, h = f"{number:08d}".encode()
    last = (9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h) % 11  # 48 * 44 is a multiple of 11
    return number * 10 + last if last <= _DIGIT else 0


class Bsn(int):
    """A BSN: stored as a number, shown as nine digits, hidden in ``repr`` so that no log line can hold one.

    The constructor trusts its argument (a stored or computed number); text from outside goes through ``parse``.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The BSN that the text says; raises ``BsnOngeldig`` with what is wrong with it."""
        if not is_bsn(text):
            raise BsnOngeldig(_explain(text), ontvangen=_describe(text))
        return cls(text)

    def __str__(self) -> str:
        return f"{int(self):09d}"

    def __repr__(self) -> str:
        return "Bsn(*********)"


def _describe(text: str) -> str:
    kind = "cijfers" if text.isascii() and text.isdigit() else "tekens, niet alleen cijfers"
    return f"{len(text)} {kind}"


def _explain(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        return "Een BSN bestaat uit alleen cijfers, zonder punten of spaties."
    if len(text) == LENGTH - 1:
        return "Een BSN heeft negen cijfers. Zet voor een BSN van acht cijfers een nul."
    if len(text) != LENGTH:
        return f"Een BSN heeft negen cijfers, dit zijn er {len(text)}."
    if text == _ZERO:
        return "000000000 is geen BSN."
    return "Dit nummer voldoet niet aan de elfproef."
