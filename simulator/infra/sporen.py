"""What traffic left behind in the tables: that something was shown, when first, and where the proof of it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

_SLOT = 52
VENSTER = 20_000
"""So many of the newest rows of each worker are looked at: enough for any test suite, and flat after any load test."""


@dataclass(frozen=True, slots=True)
class Spoor:
    """Something that was shown: ``moment`` and ``bewijs`` of the first time, ``aantal`` times in what was looked at."""

    moment: datetime | None
    """``None`` for what is only counted."""
    bewijs: Mapping[str, str]
    aantal: int = 1


Sporen = Mapping[str, Spoor]
"""By the key under which a room tells of it."""


class Sporenboek:
    """Gathers sporen; the first note under a key keeps its proof, later ones are counted."""

    def __init__(self) -> None:
        self.sporen: dict[str, Spoor] = {}

    def note(self, sleutel: str, moment: datetime, bewijs: Mapping[str, str], aantal: int = 1) -> None:
        """Something was shown, with the proof of this time."""
        held = self.sporen.get(sleutel)
        if held is None:
            self.sporen[sleutel] = Spoor(moment, bewijs, aantal)
        elif held.moment is not None and moment < held.moment:
            self.sporen[sleutel] = Spoor(moment, bewijs, held.aantal + aantal)
        else:
            self.sporen[sleutel] = Spoor(held.moment, held.bewijs, held.aantal + aantal)


def list_vensters(session: Session, column: ColumnElement[int] | object) -> Iterator[tuple[int, int]]:
    """Per worker that ever wrote here the range of ids of its newest ``VENSTER`` rows, whatever lies before it.

    Ids grow with time within the slot of a worker, so this walks the end of the primary key, and nothing else.
    """
    key: ColumnElement[int] = column  # type: ignore[assignment]  # an attribute of a model is one
    highest = session.scalar(select(func.max(key)))
    while highest is not None:
        base = highest >> _SLOT << _SLOT
        newest = select(key.label("id")).where(key >= base, key <= highest).order_by(key.desc()).limit(VENSTER)
        lowest = session.scalar(select(func.min(newest.subquery().c.id)))
        yield int(lowest or base), highest
        highest = session.scalar(select(func.max(key)).where(key < base))
