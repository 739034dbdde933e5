"""Which rules the traffic of an Afnemer can reach, by the diensten that it takes."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from simulator.afnemers import Dienst
from simulator.infra.regels import Regel

_ALLE = frozenset(Dienst)
_VAN_PREFIX: Mapping[str, frozenset[Dienst]] = MappingProxyType(
    {
        "BB-": frozenset({Dienst.BERICHTENBOX}),
        "LZ-": frozenset({Dienst.LOPENDE_ZAKEN}),
        "VW-7.1-": frozenset({Dienst.LOPENDE_ZAKEN}),
        "GB-bsn": frozenset({Dienst.LOPENDE_ZAKEN}),
        "PG-": frozenset({Dienst.PERSOONLIJKE_GEGEVENS}),
        "BRP-": frozenset({Dienst.PERSOONLIJKE_GEGEVENS}),
        "VW-6.1-": frozenset({Dienst.PERSOONLIJKE_GEGEVENS}),
        "VB-bericht-telt": frozenset({Dienst.BERICHTENBOX}),
        "VB-zaak-telt": frozenset({Dienst.LOPENDE_ZAKEN}),
        "VB-periode": _ALLE,
        "VB-formaat": _ALLE,
        "AF-sleutel-": _ALLE,
        "AF-dienst": _ALLE,
        "SIM-json-": _ALLE,
        "SIM-inhoudstype": _ALLE,
        "SIM-omvang": _ALLE,
    }
)
BUITEN_BEREIK: Mapping[str, str] = MappingProxyType(
    {
        "BB-eigen-bericht": "van de burger in zijn postvak",
        "BB-verplaatsen": "van de burger in zijn postvak",
        "BB-bladeren": "van de burger in zijn postvak",
        "BB-definitief-verwijderen": "van de burger in zijn postvak",
        "BB-bijlage-pdfa": "een waarschuwing in het antwoord, die niet wordt geteld",
        "LZ-eigen-zaak": "van de burger die zijn zaken bekijkt",
        "PG-categorie": "van de burger die zijn gegevens bekijkt",
    }
)
"""Rules with such a prefix that no request of an Afnemer can touch, each with the reason."""


def is_bereikbaar(regel_id: str, diensten: Collection[Dienst]) -> bool:
    """Whether an Afnemer with these diensten can touch the rule."""
    if regel_id in BUITEN_BEREIK:
        return False
    return any(regel_id.startswith(prefix) and van & set(diensten) for prefix, van in _VAN_PREFIX.items())


def list_bereikbaar(catalogus: Iterable[Regel], diensten: Collection[Dienst]) -> list[Regel]:
    """The rules of the catalogue that an Afnemer with these diensten can touch."""
    return [regel for regel in catalogus if is_bereikbaar(regel.id, diensten)]
