"""How it is with a weblink."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Weblinkbeleid(StrEnum):
    """What an omgeving does with a delivery whose weblink breaks a rule."""

    WEIGEREN = "weigeren"
    """Refuse the delivery."""
    MARKEREN = "markeren"
    """Accept it, and keep the weblink from the citizen."""


class Stand(StrEnum):
    """The state of a weblink, as it was found the last time."""

    NIET_GECONTROLEERD = "niet gecontroleerd"
    IN_ORDE = "in orde"
    OMGELEID = "omgeleid"
    CERTIFICAAT_VERLOOPT = "certificaat verloopt"
    ONBEREIKBAAR = "onbereikbaar"
    KAPOT = "kapot"
    BUITEN_DOMEIN = "buiten domein"

    @property
    def bruikbaar(self) -> bool:
        """Whether a citizen may be sent there."""
        return self not in _SLECHT

    @property
    def naam(self) -> str:
        """For the beginning of a sentence or a table: In orde."""
        return self.value.capitalize()


_SLECHT = frozenset({Stand.ONBEREIKBAAR, Stand.KAPOT, Stand.BUITEN_DOMEIN})


@dataclass(frozen=True, slots=True)
class Weblinkstand:
    """A weblink and how it is with it; ``reden`` is a Dutch sentence for citizen and Afnemer."""

    id: int
    afnemer_id: int
    url: str
    """As it may be shown: a number that could be a BSN is made unreadable in it."""
    stand: Stand
    sinds: datetime
    reden: str
    gecontroleerd_op: datetime | None

    @property
    def bruikbaar(self) -> bool:
        """Whether the citizen may be shown this weblink; if not, ``reden`` says why."""
        return self.stand.bruikbaar
