"""What the citizen's side asks of the tables: lists by keyset, one bericht, counts, and the sparse stand of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.orm import Session

from simulator.berichtenbox.models import BERICHTSTANDEN, STAND_VAN_BERICHT, Bericht, Berichtstand, Bijlage
from simulator.berichtenbox.values import Map
from simulator.infra.database import any_of, insert_into
from simulator.infra.ids import public_id


@dataclass(frozen=True, slots=True)
class BerichtKop:
    """What a list shows of one bericht."""

    id: int
    afnemer_id: int
    onderwerp: str
    zichtbaar_vanaf: datetime
    einddatum_handelingstermijn: datetime | None
    aantal_bijlagen: int
    map: Map
    gelezen: bool

    @property
    def kenmerk(self) -> str:
        """The opaque id by which the outside knows this bericht."""
        return public_id(self.id)


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Where a list starts and how long it is: older than ``voor`` (place of a visible bericht), at most ``aantal``."""

    voor: tuple[datetime, int] | None
    aantal: int


_EEN_STAND = list(BERICHTSTANDEN.primary_key.columns)
_KOP = (
    Bericht.id,
    Bericht.afnemer_id,
    Bericht.onderwerp,
    Bericht.zichtbaar_vanaf,
    Bericht.einddatum_handelingstermijn,
    Bericht.aantal_bijlagen,
    func.coalesce(Berichtstand.map, Map.INBOX.value).label("map"),
    Berichtstand.gelezen_op.is_not(None).label("gelezen"),
)


def _kop(row: Sequence[Any]) -> BerichtKop:
    values = (*row[:6], Map(row[6]), bool(row[7]))
    return BerichtKop(*values)


def select_koppen(bsn: int, naar_map: Map, nu: datetime, bladzijde: Bladzijde) -> Any:
    """Newest first, by keyset on (zichtbaar_vanaf, id): the thousandth page costs what the first does.

    The inbox is what has no stand or says so, so it is read along the berichten of the person; the other mappen are
    read along their own index on berichtstanden.
    """
    if naar_map is Map.INBOX:
        leading: Any = Bericht
        query = select(*_KOP).outerjoin(Berichtstand, STAND_VAN_BERICHT)
        query = query.where(or_(Berichtstand.bericht_id.is_(None), Berichtstand.map == Map.INBOX.value))
        key = tuple_(Bericht.zichtbaar_vanaf, Bericht.id)
    else:
        leading = Berichtstand
        query = select(*_KOP).join(Berichtstand, STAND_VAN_BERICHT)
        query = query.where(Berichtstand.map == naar_map.value)
        key = tuple_(Berichtstand.zichtbaar_vanaf, Berichtstand.bericht_id)
    # One bound, not two: SQLite would take the wider for its index and walk over all that is newer.
    visible = leading.zichtbaar_vanaf <= nu if bladzijde.voor is None else key < bladzijde.voor
    query = query.where(leading.bsn == bsn, visible)
    moment, number = key.clauses
    return query.order_by(moment.desc(), number.desc()).limit(bladzijde.aantal)


def fetch_koppen(session: Session, bsn: int, naar_map: Map, nu: datetime, bladzijde: Bladzijde) -> list[BerichtKop]:
    """One page of a map."""
    return [_kop(row) for row in session.execute(select_koppen(bsn, naar_map, nu, bladzijde))]


def search_koppen(
    session: Session, bsn: int, naar_map: Map, nu: datetime, bladzijde: Bladzijde
) -> list[tuple[BerichtKop, str]]:
    """One page of a map, each with its text, for a search that looks at the words itself."""
    query = select_koppen(bsn, naar_map, nu, bladzijde).add_columns(Bericht.tekst, Bericht.referentie)
    return [(_kop(row), f"{row.tekst or ''} {row.referentie or ''}") for row in session.execute(query)]


def find_koppen(session: Session, bsn: int, ids: Iterable[int], nu: datetime) -> dict[int, BerichtKop]:
    """The berichten among ``ids`` that this person has and sees; those of others do not exist."""
    query = select(*_KOP).outerjoin(Berichtstand, STAND_VAN_BERICHT)
    query = query.where(
        any_of(Bericht.id, "ids"), Bericht.bsn == bsn, Bericht.zichtbaar_vanaf <= nu, Bericht.gewist.is_(False)
    )
    return {row[0]: _kop(row) for row in session.execute(query, {"ids": list(ids)})}


def hold_berichten(session: Session, bsn: int, ids: Iterable[int]) -> None:
    """Hold berichten of this person until the end of the transaction: of two changes to one the second waits.

    In order of their ids, so that no two wait for each other. What is read of them after this is as the first left it.
    """
    query = select(Bericht.id).where(any_of(Bericht.id, "ids"), Bericht.bsn == bsn)
    session.execute(query.order_by(Bericht.id).with_for_update(), {"ids": list(ids)})


def find_place(session: Session, bsn: int, bericht: int, nu: datetime) -> tuple[datetime, int] | None:
    """Where a bericht stands in the lists, also when it was moved or erased since the page before was shown."""
    query = select(Bericht.zichtbaar_vanaf, Bericht.id).where(
        Bericht.id == bericht, Bericht.bsn == bsn, Bericht.zichtbaar_vanaf <= nu
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def get_tekst(session: Session, bsn: int, bericht: int) -> tuple[str, str, str]:
    """Text, reference and berichttype of a bericht that this person has."""
    query = select(Bericht.tekst, Bericht.referentie, Bericht.berichttype)
    row = session.execute(query.where(Bericht.id == bericht, Bericht.bsn == bsn)).one()
    return row[0] or "", row[1] or "", row[2]


def list_bijlagen(session: Session, bericht: int) -> list[tuple[int, str, int]]:
    """Volgorde, omschrijving and size in bytes of the bijlagen, without reading them."""
    query = select(Bijlage.volgorde, Bijlage.omschrijving, func.length(Bijlage.inhoud))
    query = query.where(Bijlage.bericht_id == bericht).order_by(Bijlage.volgorde)
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def get_bijlage(session: Session, bericht: int, volgorde: int) -> tuple[str, bytes] | None:
    """Omschrijving and content of one bijlage."""
    query = select(Bijlage.omschrijving, Bijlage.inhoud).where(
        Bijlage.bericht_id == bericht, Bijlage.volgorde == volgorde
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def count_mappen(session: Session, bsn: int, nu: datetime) -> dict[Map, tuple[int, int]]:
    """Per map how many berichten there are and how many of those were read."""
    visible = select(func.count()).select_from(Bericht).where(Bericht.bsn == bsn, Bericht.zichtbaar_vanaf <= nu)
    per_map = select(Berichtstand.map, func.count(), func.count(Berichtstand.gelezen_op))
    per_map = per_map.where(Berichtstand.bsn == bsn, Berichtstand.zichtbaar_vanaf <= nu).group_by(Berichtstand.map)
    counts = {Map(row[0]): (int(row[1]), int(row[2])) for row in session.execute(per_map)}
    elsewhere = sum(aantal for each, (aantal, _) in counts.items() if each is not Map.INBOX)
    read_in_inbox = counts.get(Map.INBOX, (0, 0))[1]
    counts[Map.INBOX] = (int(session.execute(visible).scalar_one()) - elsewhere, read_in_inbox)
    return counts


def store_standen(session: Session, bsn: int, koppen: Sequence[BerichtKop], naar_map: Map) -> None:
    """Put the berichten into a map; whether they were read stays as it was."""
    _upsert(session, [_stand(bsn, kop, naar_map, None) for kop in koppen], keep="gelezen_op")


def store_gelezen(session: Session, bsn: int, koppen: Sequence[BerichtKop], gelezen_op: datetime | None) -> None:
    """Mark the berichten as read at a moment, or as unread (``None``); where they lie stays as it was."""
    _upsert(session, [_stand(bsn, kop, kop.map, gelezen_op) for kop in koppen], keep="map")


def _stand(bsn: int, kop: BerichtKop, naar_map: Map, gelezen_op: datetime | None) -> dict[str, object]:
    return {
        "bericht_id": kop.id,
        "bsn": bsn,
        "zichtbaar_vanaf": kop.zichtbaar_vanaf,
        "map": naar_map.value,
        "gelezen_op": gelezen_op,
    }


def _upsert(session: Session, rows: Sequence[dict[str, object]], *, keep: str) -> None:
    if not rows:
        return
    statement = insert_into(session, Berichtstand)
    changed = {"map": statement.excluded.map} if keep == "gelezen_op" else {"gelezen_op": statement.excluded.gelezen_op}
    session.execute(statement.on_conflict_do_update(index_elements=_EEN_STAND, set_=changed), list(rows))


def list_prullenbak(session: Session, bsn: int, nu: datetime) -> list[int]:
    """The ids of what the prullenbak shows."""
    query = select(Berichtstand.bericht_id).where(_in_prullenbak(bsn), Berichtstand.zichtbaar_vanaf <= nu)
    return list(session.scalars(query))


def erase_berichten(session: Session, bsn: int, ids: Sequence[int]) -> int:
    """Erase for good what lies in the prullenbak of ``ids``, which are held: blanks the rows, drops the bijlagen.

    The rows themselves stay, because what was delivered stays delivered and metered. Answers how many were erased.
    """
    still_there = select(Berichtstand.bericht_id).where(_in_prullenbak(bsn), any_of(Berichtstand.bericht_id, "ids"))
    chosen = {"ids": list(session.scalars(still_there, {"ids": list(ids)}))}
    options = {"synchronize_session": False}
    session.execute(delete(Bijlage).where(any_of(Bijlage.bericht_id, "ids")), chosen, execution_options=options)
    blank = update(Bericht).where(any_of(Bericht.id, "ids"), Bericht.bsn == bsn)
    blank = blank.values(gewist=True, onderwerp="", tekst=None, referentie=None, aantal_bijlagen=0)
    session.execute(blank, chosen, execution_options=options)
    gone = update(Berichtstand).where(any_of(Berichtstand.bericht_id, "ids"), Berichtstand.bsn == bsn)
    gone = gone.where(Berichtstand.map == Map.PRULLENBAK.value).values(map=Map.GEWIST.value)
    return int(session.execute(gone, chosen, execution_options=options).rowcount)  # type: ignore[attr-defined]  # a DML result


def _in_prullenbak(bsn: int) -> ColumnElement[bool]:
    return and_(Berichtstand.bsn == bsn, Berichtstand.map == Map.PRULLENBAK.value)
