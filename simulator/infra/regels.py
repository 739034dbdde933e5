"""What a rule is: an id, a title, where it is written and how sure we are of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Herkomst(StrEnum):
    """How sure we are that the real environment behaves this way."""

    GEDOCUMENTEERD = "gedocumenteerd"
    """Read in an official document or schema."""
    WAARGENOMEN = "waargenomen"
    """Seen in the code or the logs of somebody who talks to the real thing."""
    AANGENOMEN = "aangenomen"
    """Our assumption: what a reasonable Logius would do."""


class Uitkomst(StrEnum):
    """How one exercise of a rule ended."""

    GESLAAGD = "geslaagd"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule that can refuse or charge; a refusal cites it by ``id``."""

    id: str
    titel: str
    bron: str
    herkomst: Herkomst
    verwacht: str = ""
    """What the rule expects, in one Dutch sentence; shown with every refusal."""


def build_catalogus(*groups: Iterable[Regel]) -> Mapping[str, Regel]:
    """Join the rules of all rooms into one catalogue by id; two rules with one id are a programming error."""
    catalogus: dict[str, Regel] = {}
    for group in groups:
        for regel in group:
            if regel.id in catalogus:
                msg = f"two rules with the id {regel.id}"
                raise ValueError(msg)
            catalogus[regel.id] = regel
    return MappingProxyType(dict(sorted(catalogus.items())))
