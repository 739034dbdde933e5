"""The zaaktypen of each Afnemer, as frozen records."""

from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from simulator.infra.database import insert_into
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving
from simulator.lopende_zaken.models import StatustypeRij, ZaaktypeRij
from simulator.lopende_zaken.values import Statustype, Zaaktype, ZaaktypeIndex


def zaaktype_index(omgeving: Omgeving) -> ZaaktypeIndex:
    """All zaaktypen, loaded anew only when something changed."""
    return omgeving.cached("lopende_zaken.zaaktypen", load_zaaktypen)


def load_zaaktypen(session: Session) -> ZaaktypeIndex:
    """Read them from the database: two statements, however many there are."""
    per_zaaktype: dict[int, list[Statustype]] = {}
    for rij in session.scalars(select(StatustypeRij).order_by(StatustypeRij.zaaktype_id, StatustypeRij.volgnummer)):
        per_zaaktype.setdefault(rij.zaaktype_id, []).append(
            Statustype(
                rij.volgnummer,
                rij.omschrijving,
                rij.statustekst,
                informeren=rij.informeren,
                is_eindstatus=rij.is_eindstatus,
                actie_vereist=rij.actie_vereist,
            )
        )
    index: dict[int, dict[str, Zaaktype]] = {}
    for row in session.scalars(select(ZaaktypeRij).order_by(ZaaktypeRij.identificatie)):
        index.setdefault(row.afnemer_id, {})[row.identificatie] = Zaaktype(
            row.identificatie, row.omschrijving, actief=row.actief, statustypen=tuple(per_zaaktype.get(row.id, ()))
        )
    return MappingProxyType({afnemer_id: MappingProxyType(held) for afnemer_id, held in index.items()})


def store_zaaktype(session: Session, afnemer_id: int, zaaktype: Zaaktype) -> None:
    """Store a zaaktype with its statustypen in place of what was there under this identificatie."""
    changed = {"omschrijving": zaaktype.omschrijving, "actief": zaaktype.actief}
    statement = insert_into(session, ZaaktypeRij).values(
        id=new_id(), afnemer_id=afnemer_id, identificatie=zaaktype.identificatie, **changed
    )
    session.execute(statement.on_conflict_do_update(index_elements=["afnemer_id", "identificatie"], set_=changed))
    number = session.scalars(
        select(ZaaktypeRij.id).where(
            ZaaktypeRij.afnemer_id == afnemer_id, ZaaktypeRij.identificatie == zaaktype.identificatie
        )
    ).one()
    session.execute(delete(StatustypeRij).where(StatustypeRij.zaaktype_id == number))
    session.add_all(
        StatustypeRij(
            zaaktype_id=number,
            volgnummer=each.volgnummer,
            omschrijving=each.omschrijving,
            statustekst=each.statustekst,
            informeren=each.informeren,
            is_eindstatus=each.is_eindstatus,
            actie_vereist=each.actie_vereist,
        )
        for each in zaaktype.statustypen
    )
    session.flush()
