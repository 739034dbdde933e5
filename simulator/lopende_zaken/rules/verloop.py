"""The steps of a zaak as the citizen sees them: what was done, what is going on, and what is still to come."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from simulator.lopende_zaken.rules.levering import GezetteStatus
from simulator.lopende_zaken.values import Fase, Zaaktype


class Stapsoort(StrEnum):
    """How a step stands: the kinds of the official prototype."""

    VOLTOOID = "voltooid"
    HUIDIG = "huidig"
    VOLGENDE = "volgende"
    LATER = "later"
    AFGEROND = "afgerond"


class Stap(NamedTuple):
    """One step; ``moment`` only of what was done."""

    soort: Stapsoort
    tekst: str
    toelichting: str = ""
    moment: datetime | None = None
    actie_vereist: bool = False


def list_getoonde(statussen: Sequence[GezetteStatus]) -> list[GezetteStatus]:
    """The statuses that the citizen is told about, in their own order."""
    return sorted((each for each in statussen if each.informeren), key=lambda each: each.datum_status_gezet)


def build_verloop(statussen: Sequence[GezetteStatus], zaaktype: Zaaktype | None, fase: Fase) -> list[Stap]:
    """The history, and while the zaak goes on the steps of its zaaktype that come after the last one."""
    getoond = list_getoonde(statussen)
    last = Stapsoort.HUIDIG if fase is Fase.LOPEND else Stapsoort.AFGEROND
    stappen = [
        Stap(
            last if status is getoond[-1] else Stapsoort.VOLTOOID,
            status.tekst,
            status.toelichting,
            status.datum_status_gezet,
            status is getoond[-1] and asks_action(status, fase),
        )
        for status in getoond
    ]
    if fase is Fase.LOPEND and zaaktype is not None:
        reached = next((each.volgnummer for each in reversed(getoond) if each.volgnummer is not None), 0)
        coming = [
            each
            for each in zaaktype.statustypen
            # A step that asks something of the citizen is no part of the usual way; it comes when it comes.
            if each.volgnummer > (reached or 0) and each.informeren and not each.actie_vereist
        ]
        soorten = [Stapsoort.VOLGENDE, *[Stapsoort.LATER] * len(coming)]
        stappen += [Stap(soort, each.tekst) for soort, each in zip(soorten, coming, strict=False)]
    return stappen


def asks_action(status: GezetteStatus, fase: Fase) -> bool:
    """Whether the citizen has to do something now."""
    return fase is Fase.LOPEND and status.actie_vereist
