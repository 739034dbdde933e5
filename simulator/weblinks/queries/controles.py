"""What was found, as its Afnemer asks for it: lists, counts, history and trend."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy.orm import Session

from simulator.infra.clock import EPOCH, from_micros
from simulator.weblinks.models import Weblink, Weblinkperiode
from simulator.weblinks.values.bevinding import Controle, Periode
from simulator.weblinks.values.stand import Stand

_DAG = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which weblinks of an Afnemer: of these standen (none: all), at this host, after this id, at most so many."""

    standen: Collection[Stand] = ()
    host: str | None = None
    na: int = 0
    aantal: int = 100


def list_controles(session: Session, afnemer_id: int, gezocht: Filter) -> list[Controle]:
    """A page of weblinks with what was found, in order of id: the thousandth page costs what the first does."""
    statement = select(Weblink).where(Weblink.afnemer_id == afnemer_id, Weblink.id > gezocht.na)
    if gezocht.standen:
        statement = statement.where(Weblink.stand.in_(sorted(each.value for each in gezocht.standen)))
    if gezocht.host is not None:
        statement = statement.where(Weblink.host == gezocht.host)
    return [_as_controle(row) for row in session.scalars(statement.order_by(Weblink.id).limit(gezocht.aantal))]


def find_controle(session: Session, afnemer_id: int, weblink_id: int) -> Controle | None:
    """One weblink of this Afnemer."""
    row = session.get(Weblink, weblink_id)
    return _as_controle(row) if row is not None and row.afnemer_id == afnemer_id else None


def list_perioden(session: Session, weblink_id: int, aantal: int = 1000) -> list[Periode]:
    """The history of a weblink, the newest first."""
    newest = (Weblinkperiode.van.desc(), Weblinkperiode.id.desc())
    statement = select(Weblinkperiode).where(Weblinkperiode.weblink_id == weblink_id).order_by(*newest)
    return [
        Periode(Stand(row.stand), row.reden, row.http_status, row.van, row.laatst, row.tot, row.controles)
        for row in session.scalars(statement.limit(aantal))
    ]


def count_standen(session: Session, afnemer_id: int) -> Counter[Stand]:
    """How many weblinks of an Afnemer there are of each stand."""
    statement = select(Weblink.stand, func.count()).where(Weblink.afnemer_id == afnemer_id).group_by(Weblink.stand)
    return Counter({Stand(stand): aantal for stand, aantal in session.execute(statement)})


def count_wachtend(session: Session, afnemer_id: int, moment_us: int) -> int:
    """How many weblinks of an Afnemer are due to be checked."""
    statement = select(func.count()).where(Weblink.afnemer_id == afnemer_id, Weblink.volgende_controle <= moment_us)
    return session.scalar(statement) or 0


def count_per_dag(session: Session, afnemer_id: int, tot: datetime, dagen: int) -> Mapping[date, Counter[Stand]]:
    """At the end of each of the last days, how many weblinks were known to be of each stand."""
    begonnen = _count_by_day(session, afnemer_id, Weblinkperiode.van)
    geeindigd = _count_by_day(session, afnemer_id, Weblinkperiode.tot)
    laatste = (tot - EPOCH) // timedelta(days=1)
    running: Counter[Stand] = Counter()
    found: dict[date, Counter[Stand]] = {}
    for dag in sorted({*begonnen, *geeindigd, *range(laatste - dagen + 1, laatste + 1)}):
        running.update(begonnen.get(dag, {}))
        running.subtract(geeindigd.get(dag, {}))
        if laatste - dagen < dag <= laatste:
            found[from_micros(dag * _DAG).date()] = Counter({stand: n for stand, n in running.items() if n})
    return found


def _count_by_day(session: Session, afnemer_id: int, column: Any) -> Mapping[int, Counter[Stand]]:
    dag = type_coerce(column, BigInteger) // _DAG
    statement = (
        select(dag, Weblinkperiode.stand, func.count())
        .where(Weblinkperiode.afnemer_id == afnemer_id, column.is_not(None))
        .group_by(dag, Weblinkperiode.stand)
    )
    found: defaultdict[int, Counter[Stand]] = defaultdict(Counter)
    for number, stand, aantal in session.execute(statement):
        found[int(number)][Stand(stand)] += aantal
    return found


def _as_controle(row: Weblink) -> Controle:
    volgende = None if row.volgende_controle is None else from_micros(row.volgende_controle)
    return Controle(
        row.id, row.url, row.host, Stand(row.stand), row.sinds, row.reden,
        tuple(regel for regel, _ in json.loads(row.bezwaren)), row.aangemaakt_op, row.gecontroleerd_op, volgende,
        row.http_status, row.duur_ms, row.omleidingen, row.eind_url, row.certificaat_tot,
    )  # fmt: skip
