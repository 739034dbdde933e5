"""Steering time: setting the clock, and moving it forward over everything that is due on the way."""

import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from simulator.control.errors import KlokInvalid
from simulator.control.values import DUUR
from simulator.infra.agenda import Handlers, count_waiting, run_due
from simulator.infra.clock import LATEST, Klok, Modus, start_klok, to_micros
from simulator.infra.omgeving import Omgeving

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_MAX_FACTOR = 1_000_000
_DUUR = re.compile(DUUR)


@dataclass(frozen=True, slots=True)
class Vooruitgang:
    """What moving the clock did: rows of the agenda done, and rows that are still due because they fail."""

    moment: datetime
    uitgevoerd: int
    wachtend: int


def set_klok(omgeving: Omgeving, modus: Modus, moment: datetime | None, factor: float | None) -> Klok:
    """Set the clock of this omgeving, for all workers; ``echt`` without a moment is real time again."""
    check_klok(moment, factor)
    if moment is None and modus is not Modus.ECHT:
        moment = _within(omgeving.now())
    klok = start_klok(modus, moment, 1.0 if factor is None else factor)
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=klok)
    return klok


def check_klok(moment: datetime | None, factor: float | None) -> None:
    """Refuse a clock with a factor that cannot be, or that shows a day too far away."""
    if factor is not None and not 0 < factor <= _MAX_FACTOR:
        raise KlokInvalid("Deze factor kan niet.", ontvangen=str(factor))
    if moment is not None:
        _within(moment)


def advance_klok(omgeving: Omgeving, handlers: Handlers, target: datetime) -> Vooruitgang:
    """Move the clock to ``target`` and do what is due on the way, in order of time, before answering."""
    if target < omgeving.now():
        raise KlokInvalid("De klok gaat met _vooruit alleen vooruit.", ontvangen=target.isoformat())
    done = run_due(omgeving, handlers, _within(target))
    with omgeving.unit_of_work() as uow:
        klok = uow.hold_state().klok
        # It may have run past the target meanwhile, and nobody may see it go back.
        uow.change_state(klok=klok.moved_to(max(to_micros(target), klok.micros())))
    done += run_due(omgeving, handlers, target)
    return Vooruitgang(target, done, _await_others(omgeving, target))


def parse_duur(text: str) -> timedelta:
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds (``P21D``, ``PT90M``)."""
    match = _DUUR.match(text)
    if match is None:
        raise KlokInvalid(
            "Deze duur is niet te lezen.", ontvangen=text[:40], verwacht="een ISO 8601-duur, zoals P21D of PT90M"
        )
    return timedelta(**{name: int(value) for name, value in match.groupdict(default="0").items()})


def _within(moment: datetime) -> datetime:
    if not _EARLIEST <= moment <= LATEST:
        raise KlokInvalid("Dit moment ligt te ver weg.", ontvangen=moment.isoformat())
    return moment


def _await_others(omgeving: Omgeving, target: datetime) -> int:
    """Another worker may hold a row that is due: wait until it is done, up to five seconds."""
    waiting, pause = 0, threading.Event()
    for _ in range(100):
        waiting = count_waiting(omgeving, target)
        if not waiting:
            break
        pause.wait(0.05)
    return waiting
