"""Decisions after the Afnemersoverleg, in one transaction with what they change: DigiD, or the headers of an API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from simulator.digid import Niveau, decide_niveau
from simulator.infra.clock import dutch_day
from simulator.infra.edge import RETIRED
from simulator.infra.headers import describe_retirement
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.voorwaarden import overleg

_VANZELF = "Vastgelegd met POST /__admin/v1/zekerheidsniveaus."


@dataclass(frozen=True, slots=True)
class Koppelvlak:
    """A version of an API as it is here, and what will follow it."""

    api: str
    versie: str
    uitfasering: overleg.Uitfasering | None = None


def add_overleg(omgeving: Omgeving, datum: date, onderwerp: str) -> overleg.Overleg:
    """Put a meeting into the register, held or planned."""
    with omgeving.unit_of_work() as uow:
        return overleg.add_overleg(uow, datum, onderwerp)


def list_overleggen(omgeving: Omgeving) -> list[overleg.Overleg]:
    """Every meeting by date."""
    with omgeving.reading() as session:
        return overleg.list_overleggen(session)


def list_besluiten(omgeving: Omgeving, soort: overleg.Besluitsoort | None = None) -> list[overleg.Besluit]:
    """Every decision, in the order in which they were recorded."""
    with omgeving.reading() as session:
        return overleg.list_besluiten(session, soort)


def record_besluit(omgeving: Omgeving, invoer: overleg.Besluitinvoer, versies: Mapping[str, str]) -> overleg.Besluit:
    """Record a decision, and let it do what it says; raises what ``overleg.record_besluit`` raises."""
    with omgeving.unit_of_work() as uow:
        return _record(uow, invoer, versies)


def decide_zekerheidsniveau(omgeving: Omgeving, niveau: str, vanaf: datetime | None) -> None:
    """Decide on a level in one step, for tests: with a meeting of its own, today or on the day that it holds from."""
    with omgeving.unit_of_work() as uow:
        vanaf = vanaf or uow.moment
        datum = min(dutch_day(uow.moment), dutch_day(vanaf))
        held = overleg.add_overleg(uow, datum, "Zekerheidsniveau")
        keuze = overleg.Niveaukeuze(niveau="midden" if niveau == "midden" else "basis", vanaf=vanaf)
        _record(uow, overleg.Besluitinvoer(held.id, keuze, _VANZELF, datum), {})


def list_koppelvlakken(omgeving: Omgeving, versies: Mapping[str, str]) -> list[Koppelvlak]:
    """Every API with its version, and what was decided about it."""
    with omgeving.reading() as session:
        decided = overleg.list_uitfaseringen(session)
    return [Koppelvlak(api, versie, decided.get(api)) for api, versie in versies.items()]


def _record(uow: UnitOfWork, invoer: overleg.Besluitinvoer, versies: Mapping[str, str]) -> overleg.Besluit:
    besluit = overleg.record_besluit(uow, invoer, versies)
    if isinstance(besluit.inhoud, overleg.Niveaukeuze):
        decide_niveau(uow, Niveau[besluit.inhoud.niveau.upper()], besluit.inhoud.vanaf)
    if isinstance(besluit.inhoud, overleg.Uitfasering):
        headers = {
            api: describe_retirement(each.uitfasering, each.verval)
            for api, each in overleg.list_uitfaseringen(uow.session).items()
        }
        uow.change_state(None, None, **{RETIRED: headers})
    return besluit
