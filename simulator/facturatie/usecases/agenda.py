"""Close each month by itself when it is over, on the clock of the omgeving; only where that was switched on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from simulator.facturatie.errors import TARIEF_VASTGESTELD, VANAF_2018, PeriodeVoor2018, TariefOnbekend
from simulator.facturatie.usecases.sluiten import close_tijdvak
from simulator.facturatie.usecases.voorschot import make_voorschotten
from simulator.facturatie.values import Tijdvak
from simulator.infra.agenda import Handler
from simulator.infra.clock import dutch_day, dutch_midnight
from simulator.infra.ids import new_guid
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst

SLUITING = "facturatie-sluiting"
"""The kind of row on the agenda."""
AUTOMATISCH = "facturatie_automatisch"
"""The setting that holds which row on the agenda is the one that counts; empty is off."""
_DECEMBER = 12


def build_agenda() -> Mapping[str, Handler]:
    """What this room does when its time comes."""
    return {SLUITING: _close_due}


def is_automatisch(omgeving: Omgeving) -> bool:
    """Whether months close by themselves here."""
    return bool(omgeving.instelling(AUTOMATISCH, ""))


def set_automatisch(omgeving: Omgeving, *, aan: bool) -> None:
    """Close months by themselves from the current one on, or no longer.

    Off to begin with: who tests deliveries expects no invoices, and nothing on the agenda that he did not put there.
    """
    with omgeving.unit_of_work() as uow:
        reeks = str(new_guid()) if aan else ""
        uow.change_state(None, None, **{AUTOMATISCH: reeks})
        if aan:
            _plan(uow, Tijdvak.of_dag(dutch_day(uow.moment)), reeks)


def _plan(uow: UnitOfWork, maand: Tijdvak, reeks: str) -> None:
    uow.plan(SLUITING, dutch_midnight(maand.tot + timedelta(days=1)), {"maand": maand.naam, "reeks": reeks})


def _close_due(omgeving: Omgeving, uow: UnitOfWork, items: Sequence[Mapping[str, Any]]) -> None:
    for item in items:
        if item["reeks"] == omgeving.instelling(AUTOMATISCH, ""):
            maand = Tijdvak.parse(item["maand"])
            _close(omgeving, uow, maand)
            _plan(uow, Tijdvak.of_dag(maand.tot + timedelta(days=1)), item["reeks"])


def _close(omgeving: Omgeving, uow: UnitOfWork, maand: Tijdvak) -> None:
    """Close the month; after December settle the year, and invoice the next in advance."""
    jaar = maand.van.year
    with _going_on(uow):
        close_tijdvak(omgeving, uow, maand)
        if maand.van.month == _DECEMBER:
            close_tijdvak(omgeving, uow, Tijdvak.of_jaar(jaar))
    if maand.van.month == _DECEMBER:
        with _going_on(uow):
            make_voorschotten(omgeving, uow, jaar + 1)


@contextmanager
def _going_on(uow: UnitOfWork) -> Iterator[None]:
    """The months go on where there is nothing to charge yet, or nobody knows how much.

    An unknown tariff is for people to set, and then to close by hand.
    """
    try:
        yield
    except TariefOnbekend:
        uow.tel(TARIEF_VASTGESTELD, Uitkomst.GEWEIGERD)
    except PeriodeVoor2018:
        uow.tel(VANAF_2018, Uitkomst.GESLAAGD)
