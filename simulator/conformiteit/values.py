"""A point of the checklist, what was found about it, and one exchange between an Afnemer and the simulator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from simulator.afnemers import AfnemerRecord, Dienst
from simulator.infra.clock import Modus
from simulator.infra.regels import Herkomst, Regel
from simulator.infra.sporen import Spoor

OMGEVING = "omgeving."
"""Before the key of what is only counted per omgeving, and so may have been shown by another Afnemer in it."""


@dataclass(frozen=True, slots=True)
class Punt:
    """Something that an Afnemer has to show before it goes to production; any of ``sporen`` shows it."""

    id: str
    titel: str
    regels: tuple[str, ...]
    """Ids of the rules that it touches."""
    sporen: tuple[str, ...]
    hoe: str
    """How to show it, in one sentence."""
    verplicht: bool = True
    """Without it the checklist is not passed."""
    bron: str = "Logius, checklist testen Berichtenbox v1.4 (inhoud niet openbaar)"
    herkomst: Herkomst = Herkomst.AANGENOMEN


@dataclass(frozen=True, slots=True)
class Bevinding:
    """A point and what shows it; ``None`` as long as it is missing."""

    punt: Punt
    spoor: Spoor | None
    per_omgeving: bool = False
    """What shows it is a count of the whole omgeving, not of this Afnemer alone."""


@dataclass(frozen=True, slots=True)
class Dienstbevinding:
    """The checklist of one dienst."""

    dienst: Dienst
    punten: tuple[Bevinding, ...]

    @property
    def ontbrekend(self) -> tuple[Punt, ...]:
        """The points that have to be shown and are not."""
        return tuple(each.punt for each in self.punten if each.punt.verplicht and each.spoor is None)


class Uitkomst(StrEnum):
    """How a rule was exercised."""

    NIET_GERAAKT = "niet geraakt"
    GESLAAGD = "geslaagd"
    GEWEIGERD = "geweigerd"
    BEIDE = "geslaagd en geweigerd"


@dataclass(frozen=True, slots=True)
class Bericht:
    """Half of an exchange as it is kept: some headers, and the beginning of the body without BSNs."""

    headers: Mapping[str, str]
    inhoud: str
    ingekort: bool


@dataclass(frozen=True, slots=True)
class Uitwisseling:
    """A request of an Afnemer and its answer; ``sleutel`` says what it is a sample of."""

    sleutel: str
    moment: datetime
    regel: str | None
    methode: str
    pad: str
    status: int
    verzoek: Bericht
    antwoord: Bericht


@dataclass(frozen=True, slots=True)
class Regelbevinding:
    """A rule, how often it ended how in this omgeving, and what proves it."""

    regel: Regel
    geslaagd: int
    geweigerd: int
    spoor: Spoor | None
    """An own delivery of the Afnemer that this rule refused."""
    uitwisselingen: tuple[int, ...]
    """Places in the list of exchanges."""
    punten: tuple[str, ...]
    """Ids of the points that were shown and touch this rule; none as long as it was not touched."""

    @property
    def uitkomst(self) -> Uitkomst:
        """How it was exercised, in a word."""
        if self.geslaagd and self.geweigerd:
            return Uitkomst.BEIDE
        if self.geweigerd or self.spoor is not None or self.uitwisselingen:
            return Uitkomst.GEWEIGERD
        return Uitkomst.GESLAAGD if self.geslaagd else Uitkomst.NIET_GERAAKT


@dataclass(frozen=True, slots=True)
class Omstandigheden:
    """What reproduces a run: version, omgeving, seed and clock."""

    versie: str
    omgeving: str
    seed: int
    modus: Modus
    klok: datetime


@dataclass(frozen=True, slots=True)
class Rapport:
    """All facts of a conformity report."""

    omstandigheden: Omstandigheden
    afnemer: AfnemerRecord
    diensten: tuple[Dienstbevinding, ...]
    regels: tuple[Regelbevinding, ...]
    uitwisselingen: tuple[Uitwisseling, ...]
