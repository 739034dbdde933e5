"""A change of the Voorwaarden: announced, told to every Afnemer, and accepted or not."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from simulator.infra.clock import add_months, dutch_midnight

AANKONDIGEN_MAANDEN, BEEINDIGEN_MAANDEN = 1, 2
"""Articles 8.1 and 8.2."""


class Antwoord(StrEnum):
    """What an Afnemer said."""

    AANVAARD = "aanvaard"
    GEWEIGERD = "geweigerd"


class Kennisgevingstand(StrEnum):
    """Where it is between an Afnemer and a change."""

    OPEN = "open"
    AANVAARD = "aanvaard"
    STILZWIJGEND = "stilzwijgend aanvaard"
    GEWEIGERD = "geweigerd"
    BEEINDIGD = "beëindigd"


@dataclass(frozen=True, slots=True)
class Aankondiging:
    """A change as Logius announces it."""

    versie: str
    ingangsdatum: date
    samenvatting: str


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A change that was announced; it begins and ends at midnight in the Netherlands."""

    id: int
    versie: str
    ingangsdatum: date
    samenvatting: str
    aangekondigd_op: datetime

    @property
    def ingang(self) -> datetime:
        """From when on the new version holds."""
        return dutch_midnight(self.ingangsdatum)

    @property
    def einddatum(self) -> date:
        """The first day on which MijnOverheid is not delivered to who does not accept."""
        return add_months(self.ingangsdatum, BEEINDIGEN_MAANDEN)

    @property
    def einde(self) -> datetime:
        """The moment that this day begins; until then an answer may be given, or changed."""
        return dutch_midnight(self.einddatum)


@dataclass(frozen=True, slots=True)
class Kennisgeving:
    """What one Afnemer was told about one change, and what it answered."""

    wijziging: Wijziging
    afnemer_id: int
    verzonden_op: datetime
    antwoord: Antwoord | None
    beantwoord_op: datetime | None
    beeindigd_op: datetime | None

    def stand_at(self, moment: datetime) -> Kennisgevingstand:
        """How it stands at a moment.

        ASSUMPTION: who says nothing has accepted when the change comes into force; the terms only say what happens to
        who does not accept.
        """
        if self.beeindigd_op is not None:
            return Kennisgevingstand.BEEINDIGD
        if self.antwoord is not None:
            return Kennisgevingstand(self.antwoord.value)
        return Kennisgevingstand.OPEN if moment < self.wijziging.ingang else Kennisgevingstand.STILZWIJGEND
