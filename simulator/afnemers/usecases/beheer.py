"""Add and change Afnemers, issue and revoke their keys, give and take mandaten; in force for the next request."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from simulator.afnemers.errors import (
    MANDAAT_ZINVOL,
    OIN_UNIEK,
    SLEUTEL_GELDIG,
    AfnemerBestaatAl,
    AfnemerNotFound,
    MandaatOngeldig,
    SleutelBestaatAl,
    SleutelNotFound,
)
from simulator.afnemers.models import Afnemer, AfnemerDienst, ApiSleutel, Mandaat
from simulator.afnemers.queries import (
    SleutelRecord,
    afnemer_index,
    find_afnemer,
    list_afnemers,
    list_mandaten,
    list_sleutels,
    load_index,
)
from simulator.afnemers.rules import check_actief, check_dienst, check_naam, explain_gesloten
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst, Sector, Sluiting
from simulator.afnemers.values.oin import OIN_GELDIG, Oin, explain_oin
from simulator.infra.clock import dutch_day
from simulator.infra.ids import hash_token, new_token
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst

__all__ = [
    "AfnemerInvoer",
    "AfnemerWijziging",
    "NieuweSleutel",
    "SleutelRecord",
    "add_afnemer",
    "add_mandaat",
    "afnemer_index",
    "change_afnemer",
    "check_actief",
    "check_dienst",
    "explain_gesloten",
    "issue_sleutel",
    "list_afnemers",
    "list_mandaten",
    "list_sleutels",
    "open_dienst",
    "remove_mandaat",
    "revoke_sleutel",
    "sluit_dienst",
]

_HINT = 4


@dataclass(frozen=True, slots=True)
class AfnemerInvoer:
    """A new Afnemer; ``oin`` as text, not yet checked."""

    oin: str
    naam: str
    diensten: frozenset[Dienst] = frozenset()
    sector: Sector = Sector.MEDEOVERHEID
    sinds: date | None = None
    """In production since this day; without it since today."""


@dataclass(frozen=True, slots=True)
class AfnemerWijziging:
    """What changes of the Afnemer with this OIN; ``None`` leaves it as it is."""

    oin: str
    naam: str | None = None
    diensten: frozenset[Dienst] | None = None
    actief: bool | None = None
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class NieuweSleutel:
    """A key that was just issued: the only moment that it can be read."""

    id: int
    sleutel: str


def add_afnemer(omgeving: Omgeving, invoer: AfnemerInvoer) -> AfnemerRecord:
    """Connect an organisation; raises ``OinOngeldig``, ``AfnemerNaamOngeldig`` or ``AfnemerBestaatAl``."""
    oin = Oin.parse(invoer.oin)
    try:
        with omgeving.unit_of_work() as uow:
            afnemer = insert_afnemer(uow, invoer)
            uow.tel(OIN_GELDIG, Uitkomst.GESLAAGD)
            uow.tel(OIN_UNIEK, Uitkomst.GESLAAGD)
            uow.touch()
            return load_index(uow.session).by_id[afnemer.id]
    except IntegrityError as error:
        raise AfnemerBestaatAl(ontvangen=oin) from error


def change_afnemer(omgeving: Omgeving, wijziging: AfnemerWijziging) -> AfnemerRecord:
    """Rename an Afnemer, put it in another sector, connect it to other diensten, or close and open its connection."""
    with omgeving.unit_of_work() as uow:
        afnemer = require_row(uow.session, wijziging.oin)
        if wijziging.naam is not None:
            afnemer.naam = check_naam(wijziging.naam)
        if wijziging.actief is not None:
            afnemer.actief = wijziging.actief
        if wijziging.sector is not None:
            afnemer.sector = wijziging.sector.value
        if wijziging.diensten is not None:
            _replace_diensten(uow, afnemer.id, wijziging.diensten)
        uow.session.flush()
        uow.touch()
        return load_index(uow.session).by_id[afnemer.id]


def issue_sleutel(omgeving: Omgeving, oin: str) -> NieuweSleutel:
    """Give the Afnemer one more key, which this answer shows for the only time."""
    with omgeving.unit_of_work() as uow:
        text = new_token()
        sleutel = insert_sleutel(uow, require_row(uow.session, oin).id, text)
        uow.touch()
        return NieuweSleutel(sleutel.id, text)


def revoke_sleutel(omgeving: Omgeving, sleutel_id: int) -> None:
    """Make a key useless from now on; raises ``SleutelNotFound``. Once more changes nothing."""
    with omgeving.unit_of_work() as uow:
        sleutel = uow.session.get(ApiSleutel, sleutel_id)
        if sleutel is None:
            raise SleutelNotFound
        sleutel.ingetrokken_op = sleutel.ingetrokken_op or uow.moment
        uow.touch()


def add_mandaat(omgeving: Omgeving, intermediair: str, namens: str) -> None:
    """Let one Afnemer deliver in the name of another, both by OIN. Once more changes nothing."""
    if intermediair == namens:
        raise MandaatOngeldig("Namens zichzelf verzenden mag elke Afnemer al.", ontvangen=intermediair)
    with omgeving.unit_of_work() as uow:
        _insert_mandaat(uow, require_row(uow.session, intermediair).id, require_row(uow.session, namens).id)
        uow.tel(MANDAAT_ZINVOL, Uitkomst.GESLAAGD)
        uow.touch()


def remove_mandaat(omgeving: Omgeving, intermediair: str, namens: str) -> None:
    """Take a mandaat back. Without one this changes nothing."""
    with omgeving.unit_of_work() as uow:
        mandaat = uow.session.get(
            Mandaat, (require_row(uow.session, intermediair).id, require_row(uow.session, namens).id)
        )
        if mandaat is not None:
            uow.session.delete(mandaat)
        uow.touch()


def open_dienst(uow: UnitOfWork, afnemer_id: int, dienst: Dienst, sinds: date | None) -> None:
    """Open a dienst to an Afnemer inside a transaction, in force after the commit.

    It is in production since ``sinds``; without that day it is open for tests only.
    """
    _put_dienst(uow, AfnemerDienst(afnemer_id=afnemer_id, dienst=dienst.value, sinds=sinds, sluiting=None))


def sluit_dienst(uow: UnitOfWork, afnemer_id: int, dienst: Dienst, sluiting: Sluiting) -> None:
    """Close a dienst to an Afnemer inside a transaction, with the reason that each refusal will give.

    Since when it was in production is kept; for one that was never open there is no such day.
    """
    row = uow.session.get(AfnemerDienst, (afnemer_id, dienst.value))
    sinds = None if row is None else row.sinds
    _put_dienst(uow, AfnemerDienst(afnemer_id=afnemer_id, dienst=dienst.value, sinds=sinds, sluiting=sluiting.value))


def require_row(session: Session, oin: str) -> Afnemer:
    """The row of the Afnemer with this OIN; raises ``AfnemerNotFound``."""
    afnemer = None if explain_oin(oin) else find_afnemer(session, oin)
    if afnemer is None:
        raise AfnemerNotFound(f"Er is geen Afnemer met OIN {oin[:40]}.", ontvangen=oin[:40])
    return afnemer


def insert_afnemer(uow: UnitOfWork, invoer: AfnemerInvoer) -> Afnemer:
    """Store a new Afnemer inside a transaction; the constraint on the OIN speaks at once."""
    afnemer = Afnemer(
        oin=str(invoer.oin),
        naam=check_naam(invoer.naam),
        sector=invoer.sector.value,
        actief=True,
        aangemaakt_op=uow.moment,
    )
    uow.session.add(afnemer)
    uow.session.flush()
    for dienst in sorted(invoer.diensten):
        open_dienst(uow, afnemer.id, dienst, invoer.sinds or dutch_day(uow.moment))
    uow.session.flush()
    return afnemer


def insert_sleutel(uow: UnitOfWork, afnemer_id: int, text: str) -> ApiSleutel:
    """Store a key inside a transaction, as its hash; raises ``SleutelBestaatAl``."""
    hash_ = hash_token(text)
    if uow.session.scalars(select(ApiSleutel.id).where(ApiSleutel.hash == hash_)).first() is not None:
        raise SleutelBestaatAl
    sleutel = ApiSleutel(afnemer_id=afnemer_id, hash=hash_, hint=text[-_HINT:], aangemaakt_op=uow.moment)
    uow.session.add(sleutel)
    uow.session.flush()
    uow.tel(SLEUTEL_GELDIG, Uitkomst.GESLAAGD)
    return sleutel


def _insert_mandaat(uow: UnitOfWork, intermediair_id: int, namens_id: int) -> None:
    if uow.session.get(Mandaat, (intermediair_id, namens_id)) is None:
        uow.session.add(Mandaat(intermediair_id=intermediair_id, namens_id=namens_id, verleend_op=uow.moment))
        uow.session.flush()


def _put_dienst(uow: UnitOfWork, row: AfnemerDienst) -> None:
    uow.session.merge(row)
    uow.session.flush()
    uow.touch()


def _replace_diensten(uow: UnitOfWork, afnemer_id: int, diensten: frozenset[Dienst]) -> None:
    """Connect to these diensten and no others; what was open already keeps its day."""
    rows = {
        row.dienst: row
        for row in uow.session.scalars(select(AfnemerDienst).where(AfnemerDienst.afnemer_id == afnemer_id))
    }
    for naam in sorted(rows.keys() - diensten):
        uow.session.delete(rows[naam])
    for dienst in sorted(diensten):
        if dienst not in rows or rows[dienst].sluiting is not None:
            open_dienst(uow, afnemer_id, dienst, dutch_day(uow.moment))
