"""The Afnemer as the frozen record that every request needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class AfnemerRecord:
    """An Afnemer as every request needs it."""

    id: int
    oin: Oin
    naam: str
    diensten: frozenset[Dienst]
    mandaten: frozenset[int] = frozenset()
    """Ids of the Afnemers in whose name it may deliver."""
    privaat: bool = False
    actief: bool = True


@dataclass(frozen=True, slots=True)
class AfnemerIndex:
    """All Afnemers of one omgeving, found by key, OIN or id; revoked keys are not in it."""

    by_key_hash: Mapping[bytes, AfnemerRecord] = field(default_factory=dict)
    by_oin: Mapping[str, AfnemerRecord] = field(default_factory=dict)
    by_id: Mapping[int, AfnemerRecord] = field(default_factory=dict)
