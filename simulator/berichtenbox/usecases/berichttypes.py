"""Manage berichttypes, as an Afnemer does in the Leveranciersportaal: make, rename, switch on and off; never remove."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.exc import IntegrityError

from simulator.afnemers import AfnemerRecord, beheer
from simulator.berichtenbox.errors.aanlevering import BerichttypeBestaatAl, BerichttypeNotFound
from simulator.berichtenbox.errors.catalogus import BERICHTTYPE_NAAM, BERICHTTYPE_UNIEK
from simulator.berichtenbox.models import Berichttype
from simulator.berichtenbox.queries import berichttypes as queries
from simulator.berichtenbox.rules.berichttype import check_berichttype
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst


@dataclass(frozen=True, slots=True)
class BerichttypeRecord:
    """A berichttype of an Afnemer."""

    code: str
    omschrijving: str
    actief: bool


@dataclass(frozen=True, slots=True)
class BerichttypeWijziging:
    """What changes of a berichttype; ``None`` leaves it as it is."""

    code: str
    omschrijving: str | None = None
    actief: bool | None = None


def list_berichttypes(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[BerichttypeRecord]:
    """The berichttypes of the caller."""
    with omgeving.reading() as session:
        return [_to_record(berichttype) for berichttype in queries.list_berichttypes(session, afnemer.id)]


def add_berichttype(omgeving: Omgeving, afnemer: AfnemerRecord, berichttype: BerichttypeRecord) -> BerichttypeRecord:
    """A new berichttype; raises ``BerichttypeOngeldig`` or ``BerichttypeBestaatAl``."""
    check_berichttype(berichttype.code, berichttype.omschrijving)
    try:
        with omgeving.unit_of_work() as uow:
            _add(uow, afnemer.id, berichttype)
            uow.tel(BERICHTTYPE_UNIEK, Uitkomst.GESLAAGD)
            uow.tel(BERICHTTYPE_NAAM, Uitkomst.GESLAAGD)
    except IntegrityError as error:
        raise BerichttypeBestaatAl(ontvangen=berichttype.code) from error
    return berichttype


def change_berichttype(
    omgeving: Omgeving, afnemer: AfnemerRecord, wijziging: BerichttypeWijziging
) -> BerichttypeRecord:
    """Rename a berichttype or switch it on or off; in force for the next delivery. Raises ``BerichttypeNotFound``."""
    if not wijziging.code.isprintable():  # PostgreSQL cannot even ask for a NUL
        raise BerichttypeNotFound
    with omgeving.unit_of_work() as uow:
        berichttype = queries.get_berichttype(uow.session, afnemer.id, wijziging.code)
        if berichttype is None:
            raise BerichttypeNotFound(ontvangen=wijziging.code)
        if wijziging.omschrijving is not None:
            berichttype.omschrijving = wijziging.omschrijving
        if wijziging.actief is not None:
            berichttype.actief = wijziging.actief
        uow.touch()
        return _to_record(berichttype)


class BerichttypeLike(Protocol):
    """A berichttype in the fixtures."""

    @property
    def code(self) -> str:
        """The code of at most 8 characters."""

    @property
    def omschrijving(self) -> str:
        """What it is for."""

    @property
    def actief(self) -> bool:
        """Whether it may be used."""


class AfnemerMetBerichttypes(Protocol):
    """What the fixtures say about an Afnemer, as far as it matters here."""

    @property
    def oin(self) -> str:
        """Whose berichttypes these are."""

    @property
    def berichttypes(self) -> Sequence[BerichttypeLike]:
        """The berichttypes from the start."""


def seed_berichttypes(uow: UnitOfWork, fixture: Iterable[AfnemerMetBerichttypes]) -> None:
    """Store the berichttypes of the fixtures that are not there yet; their Afnemers are."""
    ids = {str(afnemer.oin): afnemer.id for afnemer in beheer.list_afnemers(uow.session)}
    for afnemer in fixture:
        known = {each.code for each in queries.list_berichttypes(uow.session, ids[afnemer.oin])}
        for each in afnemer.berichttypes:
            if each.code not in known:
                _add(uow, ids[afnemer.oin], BerichttypeRecord(each.code, each.omschrijving, each.actief))


def _add(uow: UnitOfWork, afnemer_id: int, record: BerichttypeRecord) -> None:
    uow.session.add(
        Berichttype(
            id=new_id(), afnemer_id=afnemer_id, code=record.code, omschrijving=record.omschrijving, actief=record.actief
        )
    )
    uow.session.flush()
    uow.touch()


def _to_record(berichttype: Berichttype) -> BerichttypeRecord:
    return BerichttypeRecord(berichttype.code, berichttype.omschrijving, berichttype.actief)
