"""The koppelingen with Zaken API's, and the notifications that came in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from simulator.infra.database import insert_into
from simulator.infra.ids import new_id
from simulator.lopende_zaken.models import ZgwKoppeling, ZgwNotificatie
from simulator.lopende_zaken.rules.zgw import Stand


@dataclass(frozen=True, slots=True)
class Koppeling:
    """Where the API's of an Afnemer are, and with what to sign in there."""

    zaken_api: str
    catalogi_api: str
    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Notificatie:
    """A notification and what became of it."""

    id: int
    afnemer_id: int
    zaak_url: str
    status_url: str
    ontvangen_op: datetime
    stand: str
    regel: str | None
    toelichting: str | None


def find_koppeling(session: Session, afnemer_id: int) -> Koppeling | None:
    """The koppeling of one Afnemer."""
    rij = session.get(ZgwKoppeling, afnemer_id)
    return None if rij is None else Koppeling(rij.zaken_api, rij.catalogi_api, rij.client_id, rij.secret)


def store_koppeling(session: Session, afnemer_id: int, koppeling: Koppeling) -> None:
    """Keep a koppeling in place of what was there."""
    values = {
        "zaken_api": koppeling.zaken_api,
        "catalogi_api": koppeling.catalogi_api,
        "client_id": koppeling.client_id,
        "secret": koppeling.secret,
    }
    statement = insert_into(session, ZgwKoppeling).values(afnemer_id=afnemer_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["afnemer_id"], set_=values))


def remove_koppeling(session: Session, afnemer_id: int) -> None:
    """Forget a koppeling; without one this changes nothing."""
    session.execute(delete(ZgwKoppeling).where(ZgwKoppeling.afnemer_id == afnemer_id))


def store_notificatie(session: Session, afnemer_id: int, urls: tuple[str, str], moment: datetime) -> int:
    """Keep a notification (of which zaak, of which status); answers its id."""
    number = new_id()
    session.add(
        ZgwNotificatie(
            id=number,
            afnemer_id=afnemer_id,
            zaak_url=urls[0],
            status_url=urls[1],
            ontvangen_op=moment,
            stand=Stand.ONTVANGEN.value,
        )
    )
    session.flush()
    return number


def find_notificatie(session: Session, number: int) -> Notificatie | None:
    """One notification."""
    rij = session.get(ZgwNotificatie, number)
    return None if rij is None else _to_notificatie(rij)


def list_notificaties(session: Session, afnemer_id: int, aantal: int) -> list[Notificatie]:
    """The latest of one Afnemer, the newest first."""
    query = select(ZgwNotificatie).where(ZgwNotificatie.afnemer_id == afnemer_id)
    return [_to_notificatie(rij) for rij in session.scalars(query.order_by(ZgwNotificatie.id.desc()).limit(aantal))]


def mark_notificatie(
    session: Session, number: int, stand: Stand, *, regel: str | None, toelichting: str | None
) -> None:
    """Write down what became of a notification."""
    session.execute(
        update(ZgwNotificatie)
        .where(ZgwNotificatie.id == number)
        .values(stand=stand.value, regel=regel, toelichting=toelichting)
    )


def _to_notificatie(rij: ZgwNotificatie) -> Notificatie:
    return Notificatie(
        rij.id,
        rij.afnemer_id,
        rij.zaak_url,
        rij.status_url,
        rij.ontvangen_op,
        rij.stand,
        rij.regel,
        rij.toelichting,
    )
