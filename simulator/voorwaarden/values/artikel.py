"""An article of the Voorwaarden: what it says in our own words, whom it binds, and what the simulator does with it."""

from dataclasses import dataclass
from enum import StrEnum

VERSIE = "2.9"


class Partij(StrEnum):
    """Who is bound by an article."""

    LOGIUS = "Logius"
    AFNEMER = "Afnemer"
    MINISTER = "Minister"
    GEBRUIKER = "Gebruiker"


@dataclass(frozen=True, slots=True)
class Artikel:
    """One article, sub-article or Begrip; ``regels`` are ids of the catalogue, ``paden`` where it is to be seen.

    Without ``regels`` there is nothing that can be refused or charged; ``uitwerking`` then says why.
    """

    nummer: str
    """``3.4``; of a Begrip ``1-berichtenbox``."""
    titel: str
    samenvatting: str
    bindt: tuple[Partij, ...]
    uitwerking: str
    regels: tuple[str, ...] = ()
    paden: tuple[str, ...] = ()

    @property
    def is_begrip(self) -> bool:
        """Whether it is one of the definitions of article 1."""
        return self.nummer.startswith("1-")

    @property
    def kop(self) -> str:
        """How it is cited: ``3.4 Zekerheidsniveau``, or the Begrip itself."""
        return self.titel if self.is_begrip or self.nummer == "aanhef" else f"{self.nummer} {self.titel}"


@dataclass(frozen=True, slots=True)
class Hoofdstuk:
    """A numbered heading of the Voorwaarden with the articles below it."""

    nummer: int
    titel: str
    artikelen: tuple[Artikel, ...]

    @property
    def kop(self) -> str:
        """``3. Aanbieden door Logius``; what comes before article 1 has no number."""
        return f"{self.nummer}. {self.titel}" if self.nummer else self.titel
