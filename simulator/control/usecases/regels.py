"""How much of the contract somebody's tests have touched."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.infra.omgeving import Omgeving, count_regels
from simulator.infra.regels import Regel, Uitkomst


@dataclass(frozen=True, slots=True)
class RegelStand:
    """A rule, and how often it ended how in one omgeving."""

    regel: Regel
    geslaagd: int
    geweigerd: int

    @property
    def geraakt(self) -> bool:
        """Whether it was exercised at all."""
        return self.geslaagd + self.geweigerd > 0

    @property
    def groep(self) -> str:
        """The part of the id before the first dash: ``BB``, ``DD``."""
        return self.regel.id.partition("-")[0]


def list_regels(omgeving: Omgeving, catalogus: Iterable[Regel]) -> list[RegelStand]:
    """Every rule of the catalogue with the counts of this omgeving."""
    with omgeving.reading() as session:
        counts = count_regels(session)
    return [
        RegelStand(regel, held.get(Uitkomst.GESLAAGD, 0), held.get(Uitkomst.GEWEIGERD, 0))
        for regel in catalogus
        for held in [counts.get(regel.id, {})]
    ]
