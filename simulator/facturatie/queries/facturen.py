"""Invoices as rows and back, and what an Afnemer used by month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from simulator.afnemers import AfnemerRecord
from simulator.facturatie.errors import FactuurNotFound
from simulator.facturatie.models import FactuurregelRow, FactuurRow
from simulator.facturatie.rules.kosten import Klant
from simulator.facturatie.values import Factuur, Factuurafnemer, Factuurregel, Factuursoort, Post, Tijdvak
from simulator.verbruik import Periode, get_verbruik_in_rekening

_IN_A_JAAR = 4


@dataclass(frozen=True, slots=True)
class Factuurfilter:
    """Which invoices; ``None`` is all."""

    afnemer_id: int | None = None
    jaar: int | None = None
    """The year that they are about."""
    soort: Factuursoort | None = None
    na: str = ""
    """Only after the invoice with this number."""
    aantal: int | None = None


def list_facturen(session: Session, gezocht: Factuurfilter = Factuurfilter()) -> list[Factuur]:
    """Invoices in the order that they were issued."""
    query = select(FactuurRow).order_by(FactuurRow.id).limit(gezocht.aantal)
    if gezocht.afnemer_id is not None:
        query = query.where(FactuurRow.afnemer_id == gezocht.afnemer_id)
    if gezocht.jaar is not None:
        query = query.where(func.substr(FactuurRow.periode, 1, _IN_A_JAAR) == str(gezocht.jaar))
    if gezocht.soort is not None:
        query = query.where(FactuurRow.soort == gezocht.soort.value)
    if gezocht.na:
        place = select(FactuurRow.id).where(FactuurRow.nummer == gezocht.na).scalar_subquery()
        query = query.where(FactuurRow.id > place)
    return _with_regels(session, session.scalars(query).all())


def get_factuur(session: Session, nummer: str, afnemer_id: int | None = None) -> Factuur:
    """One invoice, of this Afnemer if that is said; raises ``FactuurNotFound``."""
    if not nummer.isprintable():  # PostgreSQL cannot even be asked for a NUL
        raise FactuurNotFound("U hebt geen factuur met dit nummer.", ontvangen=nummer[:40])
    query = select(FactuurRow).where(FactuurRow.nummer == nummer)
    if afnemer_id is not None:
        query = query.where(FactuurRow.afnemer_id == afnemer_id)
    found = _with_regels(session, session.scalars(query).all())
    if not found:
        raise FactuurNotFound("U hebt geen factuur met dit nummer.", ontvangen=nummer[:40])
    return found[0]


def get_afnemer_id(session: Session, nummer: str) -> int:
    """Whose invoice it is; raises ``FactuurNotFound``."""
    found = session.scalars(select(FactuurRow.afnemer_id).where(FactuurRow.nummer == nummer)).first()
    if found is None:
        raise FactuurNotFound(f"Er is geen factuur {nummer[:40]}.", ontvangen=nummer[:40])
    return found


def list_totalen(session: Session) -> dict[str, tuple[int, int]]:
    """What is written as the total of each invoice: without BTW, and the BTW."""
    rows = session.execute(select(FactuurRow.nummer, FactuurRow.totaal_excl, FactuurRow.totaal_btw))
    return {nummer: (excl, btw) for nummer, excl, btw in rows}


def count_facturen(session: Session, jaar: int) -> int:
    """How many invoices were issued in a year."""
    query = select(func.count()).select_from(FactuurRow).where(FactuurRow.nummer.startswith(f"{jaar}-"))
    return session.scalar(query) or 0


def lock_facturen(session: Session) -> None:
    """Let one transaction at a time issue invoices on PostgreSQL; SQLite has one writer anyway."""
    session.execute(text(f"LOCK TABLE {FactuurRow.__tablename__} IN EXCLUSIVE MODE"))


def store_factuur(session: Session, afnemer_id: int, factuur: Factuur, volgnummer: int, moment: datetime) -> None:
    """Write a new invoice with its lines; the constraint on (Afnemer, kind, period, place) speaks at once."""
    row = FactuurRow(
        nummer=factuur.nummer,
        afnemer_id=afnemer_id,
        soort=factuur.soort.value,
        periode=factuur.periode.naam,
        volgnummer=volgnummer,
        datum=factuur.datum,
        oin=factuur.afnemer.oin,
        naam=factuur.afnemer.naam,
        sector=factuur.afnemer.sector,
        totaal_excl=factuur.totaal_excl,
        totaal_btw=factuur.totaal_btw,
        toelichting="\n".join(factuur.toelichting),
        verwijst_naar=factuur.verwijst_naar,
        uitgereikt_op=moment,
    )
    session.add(row)
    session.flush()
    session.add_all(_as_row(row.id, regel) for regel in factuur.regels)
    session.flush()


def get_verbruik_per_maand(session: Session, afnemer_id: int, jaar: int) -> dict[int, int]:
    """How many berichten that may be charged there were in each month of a year (1 to 12)."""
    tijdvak = Tijdvak.of_jaar(jaar)
    maanden: defaultdict[int, int] = defaultdict(int)
    for each in get_verbruik_in_rekening(session, afnemer_id, Periode.per_maand(tijdvak.van, tijdvak.tot)):
        maanden[int(each.periode[-2:])] += each.aantal
    return dict(maanden)


def as_klant(afnemer: AfnemerRecord) -> Klant:
    """What the costs of this Afnemer depend on."""
    sinds = {dienst.value: stand.sinds for dienst, stand in afnemer.aansluitingen.items() if stand.sinds is not None}
    return Klant(afnemer.sector.value, sinds)


def _with_regels(session: Session, rows: Sequence[FactuurRow]) -> list[Factuur]:
    query = (
        select(FactuurregelRow)
        .where(FactuurregelRow.factuur_id.in_([row.id for row in rows]))
        .order_by(FactuurregelRow.factuur_id, FactuurregelRow.volgnummer)
    )
    regels: defaultdict[int, list[Factuurregel]] = defaultdict(list)
    for each in session.scalars(query) if rows else ():
        regels[each.factuur_id].append(_as_regel(each))
    return [_as_factuur(row, regels[row.id]) for row in rows]


def _as_factuur(row: FactuurRow, regels: Iterable[Factuurregel]) -> Factuur:
    return Factuur(
        row.nummer,
        Factuursoort(row.soort),
        Factuurafnemer(row.oin, row.naam, row.sector),
        Tijdvak.parse(row.periode),
        row.datum,
        tuple(regels),
        tuple(row.toelichting.splitlines()),
        row.verwijst_naar,
    )


def _as_regel(row: FactuurregelRow) -> Factuurregel:
    return Factuurregel(
        row.volgnummer,
        Post(row.post),
        row.omschrijving,
        Tijdvak(row.van, row.tot),
        row.aantal,
        row.eenheid,
        row.prijs,
        row.bedrag,
        row.btw_percentage,
        row.dienst,
        row.tariefregel,
        row.toelichting,
    )


def _as_row(factuur_id: int, regel: Factuurregel) -> FactuurregelRow:
    return FactuurregelRow(
        factuur_id=factuur_id,
        volgnummer=regel.volgnummer,
        post=regel.post.value,
        omschrijving=regel.omschrijving,
        van=regel.periode.van,
        tot=regel.periode.tot,
        aantal=regel.aantal,
        eenheid=regel.eenheid,
        prijs=regel.prijs,
        bedrag=regel.bedrag_cent,
        btw_percentage=regel.btw_percentage,
        dienst=regel.dienst,
        tariefregel=regel.tariefregel,
        toelichting=regel.toelichting,
    )
