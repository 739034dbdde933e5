"""How much of the contract the tests of an Afnemer touched: rules touched of the rules that it can touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simulator.conformiteit.values import Regelbevinding, Uitkomst

_NAMEN: Mapping[str, str] = MappingProxyType(
    {
        "AF": "Aansluiting en sleutel",
        "BB": "Berichtenbox",
        "BRP": "BRP",
        "GB": "Gebruikers",
        "LZ": "Lopende Zaken",
        "PG": "Persoonlijke Gegevens",
        "SIM": "Vorm van verzoeken",
        "VB": "Verbruik",
        "VW": "Voorwaarden",
    }
)


@dataclass(frozen=True, slots=True)
class Groepdekking:
    """How many rules of a group can be touched, and were."""

    groep: str
    naam: str
    bereikbaar: int
    geraakt: int


def list_dekking(regels: Iterable[Regelbevinding]) -> list[Groepdekking]:
    """Coverage per group of rules, by the part of their id before the first dash."""
    groepen: dict[str, list[Regelbevinding]] = {}
    for each in regels:
        groepen.setdefault(each.regel.id.partition("-")[0], []).append(each)
    return [
        Groepdekking(groep, _NAMEN.get(groep, groep), len(held), sum(map(_is_geraakt, held)))
        for groep, held in sorted(groepen.items())
    ]


def percentage(geraakt: int, bereikbaar: int) -> int:
    """Rounded down, so that 100 is all of them; nothing to touch is all of nothing."""
    return 100 * geraakt // bereikbaar if bereikbaar else 100


def _is_geraakt(bevinding: Regelbevinding) -> bool:
    return bevinding.uitkomst is not Uitkomst.NIET_GERAAKT
