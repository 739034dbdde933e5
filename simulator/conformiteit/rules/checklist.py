"""Judge the checklist of each dienst on what traffic left behind."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from simulator.afnemers import Dienst
from simulator.conformiteit.rules import punten_berichtenbox, punten_gegevens, punten_zaken
from simulator.conformiteit.values import OMGEVING, Bevinding, Dienstbevinding, Punt
from simulator.infra.sporen import Sporen

NOOIT = datetime.max.replace(tzinfo=UTC)
PUNTEN: Mapping[Dienst, tuple[Punt, ...]] = MappingProxyType(
    {
        Dienst.BERICHTENBOX: punten_berichtenbox.PUNTEN,
        Dienst.LOPENDE_ZAKEN: punten_zaken.PUNTEN,
        Dienst.PERSOONLIJKE_GEGEVENS: punten_gegevens.PUNTEN,
    }
)


def judge_diensten(sporen: Sporen, diensten: Collection[Dienst]) -> tuple[Dienstbevinding, ...]:
    """The checklist of each of these diensten, point by point."""
    return tuple(
        Dienstbevinding(dienst, tuple(_judge(punt, sporen) for punt in punten))
        for dienst, punten in PUNTEN.items()
        if dienst in diensten
    )


def _judge(punt: Punt, sporen: Sporen) -> Bevinding:
    """The first that ever showed the point is its proof; of one moment the one that is named first."""
    found = [sleutel for sleutel in punt.sporen if sleutel in sporen]
    if not found:
        return Bevinding(punt, None)
    first = min(found, key=lambda sleutel: sporen[sleutel].moment or NOOIT)
    return Bevinding(punt, sporen[first], per_omgeving=first.startswith(OMGEVING))
