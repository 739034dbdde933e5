"""The Voorwaarden article by article, with what this omgeving did with the rules that follow from each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.control.usecases.regels import RegelStand, list_regels
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Regel
from simulator.voorwaarden import HOOFDSTUKKEN, Artikel, Hoofdstuk


@dataclass(frozen=True, slots=True)
class ArtikelStand:
    """An article with the rules that follow from it, and how often each ended how."""

    artikel: Artikel
    regels: tuple[RegelStand, ...]

    @property
    def geraakt(self) -> int:
        """How many of its rules were exercised."""
        return sum(stand.geraakt for stand in self.regels)

    @property
    def is_geraakt(self) -> bool:
        """Whether any of its rules was."""
        return self.geraakt > 0


@dataclass(frozen=True, slots=True)
class HoofdstukStand:
    """A heading with its articles."""

    hoofdstuk: Hoofdstuk
    artikelen: tuple[ArtikelStand, ...]


def list_artikelen(omgeving: Omgeving, catalogus: Mapping[str, Regel]) -> Sequence[HoofdstukStand]:
    """Every article under its heading, in the order of the Voorwaarden."""
    standen = {stand.regel.id: stand for stand in list_regels(omgeving, catalogus.values())}
    return [
        HoofdstukStand(
            hoofdstuk,
            tuple(ArtikelStand(each, tuple(standen[regel] for regel in each.regels)) for each in hoofdstuk.artikelen),
        )
        for hoofdstuk in HOOFDSTUKKEN
    ]
