"""Who belongs to whom: parents, partner and children of a person, as a register holds them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from simulator.gebruikers.values.bsn import Bsn


class Registerdatum(NamedTuple):
    """A date of which the day, the month or all may be unknown: zero, as in the registers."""

    jaar: int
    maand: int = 0
    dag: int = 0

    @classmethod
    def of(cls, dag: date) -> "Registerdatum":
        """A date that is known in full."""
        return cls(dag.year, dag.month, dag.day)


ONBEKEND = Registerdatum(0)


class Soort(StrEnum):
    """Which bond two people have, by the codes of the BRP."""

    HUWELIJK = "H"
    PARTNERSCHAP = "P"


@dataclass(frozen=True, slots=True)
class Verwant:
    """A parent, child or partner; without a BSN when only the papers of the family name them."""

    bsn: Bsn | None
    voornamen: str
    voorvoegsel: str
    achternaam: str
    geslacht: str
    geboortedatum: Registerdatum


@dataclass(frozen=True, slots=True)
class Verbintenis:
    """A marriage or registered partnership; ``tot`` is the day that it ended."""

    partner: Verwant
    soort: Soort
    sinds: date
    tot: date | None = None


@dataclass(frozen=True, slots=True)
class Gezin:
    """The relatives of one person on a day, the eldest first."""

    ouders: tuple[Verwant, ...] = ()
    verbintenis: Verbintenis | None = None
    kinderen: tuple[Verwant, ...] = ()
