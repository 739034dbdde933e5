"""Zaken and their history: for a delivery, for the Afnemer and for the citizen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from simulator.infra.database import any_of, insert_into
from simulator.infra.ids import public_id
from simulator.lopende_zaken.models import Zaak, Zaakbericht, Zaakstatus
from simulator.lopende_zaken.rules.levering import GezetteStatus
from simulator.lopende_zaken.values import Fase


@dataclass(frozen=True, slots=True)
class ZaakBeeld:
    """A zaak with its whole history, in order of ``datum_status_gezet``."""

    zaak: Zaak
    statussen: Sequence[GezetteStatus]

    @property
    def kenmerk(self) -> str:
        """The opaque id by which the citizen's side knows this zaak."""
        return public_id(self.zaak.id)

    @property
    def fase(self) -> Fase:
        """Whether it has ended."""
        return Fase.LOPEND if self.zaak.einddatum is None else Fase.AFGEHANDELD

    @property
    def is_nieuw(self) -> bool:
        """Whether the citizen has not looked at it since it last changed."""
        return self.zaak.bekeken_op is None or self.zaak.bekeken_op < self.zaak.gewijzigd_op


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Which part of a list: at most ``aantal``, of one fase or of both.

    Of an Afnemer after the zaak with id ``na``; of a citizen before ``voor``, the place that a zaak had when it was
    shown: its last change and its id.
    """

    fase: Fase | None = None
    aantal: int = 50
    na: int | None = None
    voor: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """How many zaken of a person go on and have ended, and how many that go on changed since they were looked at."""

    lopend: int
    afgehandeld: int
    gewijzigd: int


def find_zaakbericht(session: Session, sleutel: int) -> tuple[int, bytes] | None:
    """The zaak and the hash of the content of an earlier delivery under this key."""
    row = session.execute(
        select(Zaakbericht.zaak_id, Zaakbericht.inhoud_hash).where(Zaakbericht.sleutel == sleutel)
    ).one_or_none()
    return None if row is None else (row[0], bytes(row[1]))


def find_zaak(session: Session, afnemer_id: int, identificatie: str) -> Zaak | None:
    """One zaak of one Afnemer."""
    return session.scalars(_of_afnemer(afnemer_id, identificatie)).one_or_none()


def hold_zaak(session: Session, afnemer_id: int, identificatie: str) -> Zaak | None:
    """The same, held until the end of the transaction: of two deliveries about one zaak the second waits."""
    return session.scalars(_of_afnemer(afnemer_id, identificatie).with_for_update()).one_or_none()


def insert_zaak(session: Session, values: dict[str, Any]) -> bool:
    """Store a new zaak; answers ``False`` when another delivery just did so."""
    statement = insert_into(session, Zaak).values(**values)
    made = session.execute(
        statement.on_conflict_do_nothing(index_elements=["afnemer_id", "identificatie"]).returning(Zaak.id)
    ).one_or_none()
    return made is not None


def list_statussen(session: Session, zaken: Collection[Zaak]) -> dict[int, list[GezetteStatus]]:
    """The history of each zaak, in order of ``datum_status_gezet``; of one moment in order of arrival."""
    query = (
        select(Zaakstatus)
        .where(any_of(Zaakstatus.zaak_id, "zaken"), any_of(Zaakstatus.bsn, "bsns"))
        .order_by(Zaakstatus.zaak_id, Zaakstatus.datum_status_gezet, Zaakstatus.id)
    )
    found: dict[int, list[GezetteStatus]] = {zaak.id: [] for zaak in zaken}
    for rij in session.scalars(query, {"zaken": list(found), "bsns": sorted({zaak.bsn for zaak in zaken})}):
        found[rij.zaak_id].append(
            GezetteStatus(
                rij.datum_status_gezet,
                rij.tekst,
                rij.toelichting,
                rij.volgnummer,
                informeren=rij.informeren,
                is_eindstatus=rij.is_eindstatus,
                actie_vereist=rij.actie_vereist,
            )
        )
    return found


def list_zaken_of_afnemer(session: Session, afnemer_id: int, bladzijde: Bladzijde) -> list[ZaakBeeld]:
    """The zaken that an Afnemer delivered, in order of their ids."""
    query = _in_fase(select(Zaak).where(Zaak.afnemer_id == afnemer_id), bladzijde.fase)
    if bladzijde.na is not None:
        query = query.where(Zaak.id > bladzijde.na)
    return _with_history(session, query.order_by(Zaak.id).limit(bladzijde.aantal))


def get_beeld(session: Session, zaak: Zaak) -> ZaakBeeld:
    """A zaak with its history."""
    return ZaakBeeld(zaak, list_statussen(session, [zaak])[zaak.id])


def list_zaken_of_burger(session: Session, bsn: int, bladzijde: Bladzijde) -> list[ZaakBeeld]:
    """The zaken of a person, the one that changed last first."""
    query = _in_fase(select(Zaak).where(Zaak.bsn == bsn), bladzijde.fase)
    if bladzijde.voor is not None:
        query = query.where(tuple_(Zaak.laatste_wijziging, Zaak.id) < bladzijde.voor)
    return _with_history(session, query.order_by(Zaak.laatste_wijziging.desc(), Zaak.id.desc()).limit(bladzijde.aantal))


def find_zaak_of_burger(session: Session, bsn: int, zaak_id: int) -> Zaak | None:
    """One zaak of one person."""
    return session.scalars(select(Zaak).where(Zaak.id == zaak_id, Zaak.bsn == bsn)).one_or_none()


def count_zaken(session: Session, bsn: int) -> Telling:
    """How many there are of each; one statement."""
    changed = or_(Zaak.bekeken_op.is_(None), Zaak.bekeken_op < Zaak.gewijzigd_op)
    row = session.execute(
        select(
            func.count().filter(Zaak.einddatum.is_(None)),
            func.count(Zaak.einddatum),
            func.count().filter(Zaak.einddatum.is_(None), changed),
        ).where(Zaak.bsn == bsn)
    ).one()
    return Telling(*row)


def mark_bekeken(session: Session, zaak: Zaak, moment: datetime) -> None:
    """The citizen has seen what ``zaak`` looked like when it was read; what changed since is still to be seen."""
    seen = update(Zaak).where(Zaak.id == zaak.id, Zaak.bsn == zaak.bsn, Zaak.gewijzigd_op == zaak.gewijzigd_op)
    session.execute(
        seen.values(bekeken_op=max(moment, zaak.gewijzigd_op)),
        execution_options={"synchronize_session": False},
    )


def _of_afnemer(afnemer_id: int, identificatie: str) -> Select[Zaak]:
    return select(Zaak).where(Zaak.afnemer_id == afnemer_id, Zaak.identificatie == identificatie)


def _in_fase(query: Select[Zaak], fase: Fase | None) -> Select[Zaak]:
    if fase is None:
        return query
    return query.where(Zaak.einddatum.is_(None) if fase is Fase.LOPEND else Zaak.einddatum.is_not(None))


def _with_history(session: Session, query: Select[Zaak]) -> list[ZaakBeeld]:
    zaken = session.scalars(query).all()
    statussen = list_statussen(session, zaken)
    return [ZaakBeeld(zaak, statussen[zaak.id]) for zaak in zaken]
