"""The domains of an Afnemer and where it wants to be told; in force for the next delivery and the next check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete

from simulator.afnemers import AfnemerRecord
from simulator.infra.database import insert_into
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.weblinks.errors import DOMEIN_GELDIG, ContactOngeldig, DomeinNotFound, TeVeelDomeinen
from simulator.weblinks.models import Weblinkcontact, Weblinkdomein
from simulator.weblinks.queries.domeinen import LOKAAL, count_domeinen, get_contact, list_domeinen
from simulator.weblinks.rules.domein import MAX_DOMEINEN, is_email, read_domein
from simulator.weblinks.usecases.planning import plan_herziening


@dataclass(frozen=True, slots=True)
class Domein:
    """A registered domain, as it travels."""

    naam: str
    geregistreerd_op: datetime


class MetDomeinen(Protocol):
    """What the fixture of an Afnemer says about its weblinks."""

    @property
    def domeinen(self) -> tuple[str, ...]:
        """The domains that it has from the start."""
        ...

    @property
    def weblinkcontact(self) -> str:
        """Where it wants e-mail about them; empty for nowhere."""
        ...


def seed_domeinen(uow: UnitOfWork, fixtures: Mapping[int, MetDomeinen]) -> None:
    """Store the domains and the contact of new Afnemers, by their id."""
    for afnemer_id, fixture in fixtures.items():
        _insert(uow, afnemer_id, (read_domein(each, ()) for each in fixture.domeinen))
        if fixture.weblinkcontact:
            uow.session.add(Weblinkcontact(afnemer_id=afnemer_id, email=fixture.weblinkcontact))
    uow.session.flush()


def list_registered(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Domein]:
    """The domains of the caller, by name."""
    with omgeving.reading() as session:
        return [Domein(row.domein, row.geregistreerd_op) for row in list_domeinen(session, afnemer.id)]


def register_domein(omgeving: Omgeving, afnemer: AfnemerRecord, text: str) -> Domein:
    """Register a domain, once more changes nothing; raises ``DomeinOngeldig`` or ``TeVeelDomeinen``."""
    naam = read_domein(text, omgeving.instelling(LOKAAL, {}))
    with omgeving.unit_of_work() as uow:
        _insert(uow, afnemer.id, (naam,))
        if count_domeinen(uow.session, afnemer.id) > MAX_DOMEINEN:
            raise TeVeelDomeinen(verwacht=f"hoogstens {MAX_DOMEINEN} domeinen")
        uow.tel(DOMEIN_GELDIG, Uitkomst.GESLAAGD)
        uow.touch()
        plan_herziening(uow, afnemer.id)
        found = next(row for row in list_domeinen(uow.session, afnemer.id) if row.domein == naam)
        return Domein(found.domein, found.geregistreerd_op)


def remove_domein(omgeving: Omgeving, afnemer: AfnemerRecord, text: str) -> None:
    """Take a domain back; raises ``DomeinNotFound``."""
    with omgeving.unit_of_work() as uow:
        mine = {row.domein for row in list_domeinen(uow.session, afnemer.id)}
        naam = text.strip().lower().removesuffix(".")
        if naam not in mine:
            raise DomeinNotFound(ontvangen=text[:60])
        uow.session.execute(
            delete(Weblinkdomein).where(Weblinkdomein.afnemer_id == afnemer.id, Weblinkdomein.domein == naam)
        )
        uow.touch()
        plan_herziening(uow, afnemer.id)


def read_contact(omgeving: Omgeving, afnemer: AfnemerRecord) -> str | None:
    """Where the caller wants e-mail about its weblinks; ``None`` for nowhere."""
    with omgeving.reading() as session:
        contact = get_contact(session, afnemer.id)
        return contact.email if contact else None


def set_contact(omgeving: Omgeving, afnemer: AfnemerRecord, email: str | None) -> None:
    """Choose where to be told, or with ``None`` not to be; raises ``ContactOngeldig``."""
    if email is not None and not is_email(email):
        raise ContactOngeldig(ontvangen=email[:60])
    with omgeving.unit_of_work() as uow:
        contact = get_contact(uow.session, afnemer.id)
        if email is None:
            if contact is not None:
                uow.session.delete(contact)
        elif contact is None:
            uow.session.add(Weblinkcontact(afnemer_id=afnemer.id, email=email))
        else:
            contact.email = email
            contact.gepland = None  # what waits for the old address may have been given up


def _insert(uow: UnitOfWork, afnemer_id: int, namen: Iterable[str]) -> None:
    for naam in namen:
        uow.session.execute(
            insert_into(uow.session, Weblinkdomein)
            .values(afnemer_id=afnemer_id, domein=naam, geregistreerd_op=uow.moment)
            .on_conflict_do_nothing()
        )
