"""The Afnemer as the frozen record that every request needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from simulator.afnemers.values.oin import Oin


class Dienst(StrEnum):
    """What an Afnemer can be connected to."""

    BERICHTENBOX = "berichtenbox"
    PERSOONLIJKE_GEGEVENS = "persoonlijke-gegevens"
    LOPENDE_ZAKEN = "lopende-zaken"

    @property
    def naam(self) -> str:
        """The name as people write it: Persoonlijke Gegevens."""
        return self.value.replace("-", " ").title()


class Sector(StrEnum):
    """What kind of organisation it is: who pays VAT (all but the Rijk) and which tariff holds follow from it."""

    RIJK = "rijk"
    MEDEOVERHEID = "medeoverheid"
    PRIVAAT = "privaat"


class Sluiting(StrEnum):
    """Why a dienst is closed to an Afnemer that has a connection to it."""

    NIET_ONDERTEKEND = "niet-ondertekend"
    NIET_IN_PRODUCTIE = "niet-in-productie"
    BEEINDIGD = "beeindigd"
    VOORWAARDEN_NIET_AANVAARD = "voorwaarden-niet-aanvaard"


@dataclass(frozen=True, slots=True)
class Aansluitstand:
    """The connection to one dienst: in production since when, and why it is closed, if it is."""

    sinds: date | None = None
    sluiting: Sluiting | None = None


@dataclass(frozen=True, slots=True)
class AfnemerRecord:
    """An Afnemer as every request needs it."""

    id: int
    oin: Oin
    naam: str
    diensten: frozenset[Dienst]
    """What it can use now; why not the others is in ``aansluitingen``."""
    mandaten: frozenset[int] = frozenset()
    """Ids of the Afnemers in whose name it may deliver."""
    sector: Sector = Sector.MEDEOVERHEID
    actief: bool = True
    aansluitingen: Mapping[Dienst, Aansluitstand] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @property
    def privaat(self) -> bool:
        """Whether it is a private organisation, with or without a public task."""
        return self.sector is Sector.PRIVAAT


@dataclass(frozen=True, slots=True)
class AfnemerIndex:
    """All Afnemers of one omgeving, found by key, OIN or id; revoked keys are not in it."""

    by_key_hash: Mapping[bytes, AfnemerRecord] = field(default_factory=dict)
    by_oin: Mapping[str, AfnemerRecord] = field(default_factory=dict)
    by_id: Mapping[int, AfnemerRecord] = field(default_factory=dict)
