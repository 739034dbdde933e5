"""Open and close a dienst on its day: what the dates of a connection mean for what the Afnemer can use."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from simulator.aansluiting.models import Aansluiting
from simulator.aansluiting.queries import as_termijn, find_aansluiting
from simulator.aansluiting.rules import find_sluiting
from simulator.aansluiting.values import Fase
from simulator.afnemers import AfnemerRecord, Dienst, Sluiting, afnemer_index, beheer
from simulator.infra.clock import dutch_day, dutch_midnight
from simulator.infra.omgeving import Omgeving, UnitOfWork

PEILEN = "aansluiting.peilen"
"""On the agenda: a date of this connection has come, so it may open or close."""


def settle(uow: UnitOfWork, afnemer: AfnemerRecord, row: Aansluiting) -> None:
    """Open or close the dienst as the connection stands today."""
    dienst, sluiting = Dienst(row.dienst), find_sluiting(as_termijn(row), dutch_day(uow.moment))
    if sluiting is Sluiting.BEEINDIGD:
        row.fase = Fase.BEEINDIGD.value
    stand = afnemer.aansluitingen.get(dienst)
    if (
        stand is not None
        and stand.sluiting is Sluiting.VOORWAARDEN_NIET_AANVAARD
        and sluiting is not Sluiting.BEEINDIGD
    ):
        return  # article 8.2 closed it; only a new form opens it again
    if sluiting is None:
        beheer.open_dienst(uow, afnemer.id, dienst, row.startdatum if row.fase == Fase.PRODUCTIE else None)
    else:
        beheer.sluit_dienst(uow, afnemer.id, dienst, sluiting)


def settle_on(uow: UnitOfWork, afnemer: AfnemerRecord, row: Aansluiting, dag: date) -> None:
    """Open or close the dienst now, and once more when the day comes."""
    settle(uow, afnemer, row)
    if dag > dutch_day(uow.moment):
        uow.plan(PEILEN, dutch_midnight(dag), {"afnemer": row.afnemer_id, "dienst": row.dienst})


def settle_due(omgeving: Omgeving, uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """The day came: it decides on how the connection stands now, whatever was planned before.

    A connection that the beheerder took away meanwhile stays away.
    """
    afnemers = afnemer_index(omgeving).by_id
    for each in rows:
        row = find_aansluiting(uow.session, each["afnemer"], Dienst(each["dienst"]))
        if row is not None and Dienst(row.dienst) in afnemers[row.afnemer_id].aansluitingen:
            settle(uow, afnemers[row.afnemer_id], row)


AGENDA = {PEILEN: settle_due}
