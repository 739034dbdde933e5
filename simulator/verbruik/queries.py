"""What was used, from the totals; and the facts, for who wants to compare."""

from collections.abc import Iterator

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from simulator.afnemers import Dienst
from simulator.verbruik.models import DAGTOTALEN, FEITEN
from simulator.verbruik.rules import choose_in_rekening, list_met_gebruikskosten
from simulator.verbruik.values import Feit, Per, Periode, Verbruik, Verschil, as_number

_STREAM = 10_000


def get_verbruik(session: Session, afnemer_id: int, periode: Periode) -> list[Verbruik]:
    """The verbruik of one Afnemer per day or month and berichttype, in order; what is nought is left out."""
    when = DAGTOTALEN.c.dag if periode.per is Per.DAG else DAGTOTALEN.c.dag // 100
    statement = (
        select(when, DAGTOTALEN.c.dienst, DAGTOTALEN.c.berichttype, func.sum(DAGTOTALEN.c.aantal))
        .where(
            DAGTOTALEN.c.afnemer_id == afnemer_id,
            DAGTOTALEN.c.dag.between(as_number(periode.van), as_number(periode.tot)),
        )
        .group_by(when, DAGTOTALEN.c.dienst, DAGTOTALEN.c.berichttype)
        .order_by(when, DAGTOTALEN.c.dienst, DAGTOTALEN.c.berichttype)
    )
    return [
        Verbruik(_as_text(int(number)), dienst, berichttype, int(aantal))
        for number, dienst, berichttype, aantal in session.execute(statement)
    ]


def check_verbruik(session: Session) -> list[Verschil]:
    """The days on which totals and facts differ; none is what it should be."""
    feiten, totalen = _sums(session, FEITEN), _sums(session, DAGTOTALEN)
    return [
        Verschil(*key, feiten.get(key, 0), totalen.get(key, 0))
        for key in sorted(feiten.keys() | totalen.keys())
        if feiten.get(key, 0) != totalen.get(key, 0)
    ]


def get_verbruik_in_rekening(session: Session, afnemer_id: int, periode: Periode) -> list[Verbruik]:
    """The part of ``get_verbruik`` that may be charged: what an invoice is made of (articles 5.2, 6.2 and 7.2)."""
    return choose_in_rekening(get_verbruik(session, afnemer_id, periode))


def list_feiten(session: Session, dienst: Dienst) -> Iterator[Feit]:
    """Every fact of a dienst, by delivery, Afnemer and berichttype, without holding them all in memory."""
    columns = (FEITEN.c.aanlevering_id, FEITEN.c.afnemer_id, FEITEN.c.berichttype, FEITEN.c.aantal)
    statement = (
        select(*columns)
        .where(FEITEN.c.dienst == dienst.value)
        .order_by(*columns[:3])
        .execution_options(yield_per=_STREAM)
    )
    return (Feit(*row) for row in session.execute(statement))


def list_feiten_of(session: Session, afnemer_id: int, periode: Periode, na: int, aantal: int) -> list[Feit]:
    """The facts of one Afnemer in a period that may be charged: of ``aantal`` deliveries, those after ``na``."""
    # Without an index on purpose: each delivery would pay for it, and this is asked when somebody looks at an invoice.
    # It walks the primary key from ``na`` on: some 40 ms past a million deliveries of before the period. The age in an
    # id cannot shorten the walk: that is real time, and a period is time on a clock that may have been set back.
    chosen = (
        FEITEN.c.afnemer_id == afnemer_id,
        FEITEN.c.dag.between(as_number(periode.van), as_number(periode.tot)),
        FEITEN.c.dienst.in_(list_met_gebruikskosten()),
    )
    aanleveringen = (
        select(FEITEN.c.aanlevering_id)
        .where(*chosen, FEITEN.c.aanlevering_id > na)
        .distinct()
        .order_by(FEITEN.c.aanlevering_id)
        .limit(aantal)
    )
    columns = (FEITEN.c.aanlevering_id, FEITEN.c.afnemer_id, FEITEN.c.berichttype, FEITEN.c.aantal)
    statement = select(*columns).where(*chosen, FEITEN.c.aanlevering_id.in_(aanleveringen)).order_by(*columns[:3])
    return [Feit(*row) for row in session.execute(statement)]


def _sums(session: Session, table: Table) -> dict[tuple[int, int, str, str], int]:
    key = (table.c.afnemer_id, table.c.dag, table.c.dienst, table.c.berichttype)
    rows = session.execute(select(*key, func.sum(table.c.aantal)).group_by(*key))
    return {(row[0], row[1], row[2], row[3]): int(row[4]) for row in rows}


def _as_text(number: int) -> str:
    text = str(number)
    return "-".join(part for part in (text[:4], text[4:6], text[6:]) if part)
