"""What an Afnemer asks about its weblinks, and how it has them checked now."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from simulator.afnemers import AfnemerRecord
from simulator.infra.clock import to_micros
from simulator.infra.ids import from_public_id
from simulator.infra.omgeving import Omgeving
from simulator.weblinks.errors import WeblinkNotFound
from simulator.weblinks.queries import controles, meldingen
from simulator.weblinks.queries.controles import Filter
from simulator.weblinks.queries.links import list_to_start
from simulator.weblinks.usecases.planning import plan_controle
from simulator.weblinks.values.bevinding import Controle, Melding, Periode
from simulator.weblinks.values.stand import Stand

_AT_ONCE = 500
DAGEN = 30
"""Of the trend, unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Samenvatting:
    """How it is with all weblinks of an Afnemer."""

    moment: datetime
    standen: Counter[Stand]
    wachtend: int
    """Weblinks that are due to be checked, or being checked."""
    trend: Mapping[date, Counter[Stand]]


def list_controles(omgeving: Omgeving, afnemer: AfnemerRecord, gezocht: Filter) -> list[Controle]:
    """A page of the weblinks of the caller."""
    with omgeving.reading() as session:
        return controles.list_controles(session, afnemer.id, gezocht)


def walk_controles(omgeving: Omgeving, afnemer: AfnemerRecord, gezocht: Filter) -> Iterator[Controle]:
    """All of them, page by page, so that however many there are none waits for memory."""
    left = gezocht.aantal
    while left > 0:
        page = list_controles(omgeving, afnemer, replace(gezocht, aantal=min(left, _AT_ONCE)))
        yield from page
        if len(page) < min(left, _AT_ONCE):
            return
        left -= len(page)
        gezocht = replace(gezocht, na=page[-1].id)


def list_aandacht(omgeving: Omgeving, afnemer: AfnemerRecord, aantal: int) -> list[Controle]:
    """The weblinks of the caller that do not work, or soon will not; at most so many."""
    standen = [stand for stand in Stand if not stand.bruikbaar or stand is Stand.CERTIFICAAT_VERLOOPT]
    return list_controles(omgeving, afnemer, Filter(standen, aantal=aantal))


def get_controle(omgeving: Omgeving, afnemer: AfnemerRecord, kenmerk: str) -> tuple[Controle, list[Periode]]:
    """One weblink of the caller with its history, the newest first; raises ``WeblinkNotFound``."""
    weblink_id = from_public_id(kenmerk)
    with omgeving.reading() as session:
        found = None if weblink_id is None else controles.find_controle(session, afnemer.id, weblink_id)
        if found is None:
            raise WeblinkNotFound(ontvangen=kenmerk[:60])
        return found, controles.list_perioden(session, found.id)


def list_meldingen(omgeving: Omgeving, afnemer: AfnemerRecord, voor: int | None, aantal: int) -> list[Melding]:
    """The alerts to the caller, the newest first."""
    with omgeving.reading() as session:
        return meldingen.list_meldingen(session, afnemer.id, voor, aantal)


def sum_up(omgeving: Omgeving, afnemer: AfnemerRecord, dagen: int = DAGEN) -> Samenvatting:
    """Counts and trend of the caller."""
    moment = omgeving.now()
    with omgeving.reading() as session:
        return Samenvatting(
            moment,
            controles.count_standen(session, afnemer.id),
            controles.count_wachtend(session, afnemer.id, to_micros(moment)),
            controles.count_per_dag(session, afnemer.id, moment, dagen) if dagen else {},
        )


def start_controles(omgeving: Omgeving, afnemer: AfnemerRecord, standen: Collection[Stand]) -> int:
    """Have the weblinks of the caller checked as soon as possible, whatever was found a moment ago; answers how many.

    Without ``standen`` all of them, but for those that break a rule by themselves.
    """
    started, na, page = 0, 0, _AT_ONCE
    while page == _AT_ONCE:
        with omgeving.unit_of_work() as uow:
            weblinks = list_to_start(uow.session, afnemer.id, standen, na, _AT_ONCE)
            plan_controle(uow, weblinks)
            uow.touch()  # what every worker remembers of a moment ago is forgotten
            page = len(weblinks)
            na = weblinks[-1].id if weblinks else na
        started += page
    return started
