"""The processing log as the person sees it, and in the shape of Logboek Dataverwerkingen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import chain
from operator import attrgetter
from typing import Any, Protocol

from sqlalchemy import func, literal_column, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.database import UtcDateTime
from simulator.infra.omgeving import Omgeving
from simulator.verwerkingen.models import Dataverwerking, Logrij
from simulator.verwerkingen.values import LOGIUS, PER_CODE, Activiteit, Rol, Status, Verwerking

_PAGE = 1000
_NIEUWSTE = (Dataverwerking.begin.desc(), Dataverwerking.id.desc())  # ids of two workers do not say who came first
# Written out, so that the partial index serves it.
_VAN_ANDEREN = Dataverwerking.verantwoordelijke != literal_column(f"'{LOGIUS}'")
_KOLOMMEN = (Dataverwerking.id, Dataverwerking.bsn, type_coerce(Dataverwerking.begin, UtcDateTime()))

Plaats = tuple[int, int]
"""Where a page of the log ends: moment in microseconds and id."""


@dataclass(frozen=True, slots=True)
class Logvraag:
    """Which lines of the log: of one person or of all, from ``vanaf`` up to ``tot``."""

    bsn: int | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None

    def select_page(self, statement: Any, columns: tuple[Any, Any, Any], na: int, aantal: int) -> Any:
        """The next rows of ``statement`` after the id ``na``; ``columns`` are the id, the BSN and the moment."""
        key, bsn, moment = columns
        if self.bsn is not None:
            statement = statement.where(bsn == int(self.bsn))
        if self.vanaf is not None:
            statement = statement.where(moment >= self.vanaf)
        if self.tot is not None:
            statement = statement.where(moment < self.tot)
        return statement.where(key > na).order_by(key).limit(aantal)


Gedaan = tuple[int, int, Verwerking]
"""A verwerking that is not written down, with the id of what says it and the moment in microseconds."""


class Afgeleid(Protocol):
    """Who tells of verwerkingen that are not written down, because what was stored says it already."""

    eigen: bool
    """Whether MijnOverheid itself did them."""

    def list_rijen(self, omgeving: Omgeving, bsn: int, na: Plaats | None, aantal: int) -> Sequence[Gedaan]:
        """The newest about one person before ``na``, by moment and id."""

    def list_export(self, omgeving: Omgeving, vraag: Logvraag, na: int, aantal: int) -> Sequence[Gedaan]:
        """Those after the id ``na``, in order of id."""


@dataclass(frozen=True, slots=True)
class Logkeuze:
    """Which lines about a person: also those of MijnOverheid itself, from which place on, and who else tells of any."""

    eigen: bool = False
    na: Plaats | None = None
    afgeleid: Sequence[Afgeleid] = ()

    def read(self, omgeving: Omgeving, bsn: int, aantal: int) -> "list[Verwerkingsregel]":
        """The newest about one person, those that are not written down among them."""
        with omgeving.reading() as session:
            regels = list_verwerkingen(session, bsn, eigen=self.eigen, na=self.na, aantal=aantal)
        asked = [who for who in self.afgeleid if self.eigen or not who.eigen]
        rijen = [_as_rij(each) for who in asked for each in who.list_rijen(omgeving, bsn, self.na, aantal)]
        both = chain(regels, map(_as_regel, rijen))
        return sorted(both, key=attrgetter("plaats"), reverse=True)[:aantal]


@dataclass(frozen=True, slots=True)
class Verwerkingsregel:
    """A line of the log as the person sees it; ``verantwoordelijke`` is an OIN."""

    id: int
    moment: datetime
    activiteit: Activiteit
    verantwoordelijke: str
    omschrijving: str
    gelukt: bool
    trace_id: str

    @property
    def eigen(self) -> bool:
        """Whether this is what MijnOverheid itself did, such as showing data to the person."""
        return self.activiteit.value.rol is Rol.LOGIUS

    @property
    def plaats(self) -> Plaats:
        """Where this line stands, to go on from."""
        return to_micros(self.moment), self.id


def list_verwerkingen(
    session: Session, bsn: int, *, eigen: bool = True, na: Plaats | None = None, aantal: int = 25
) -> list[Verwerkingsregel]:
    """The newest lines about one person, without those of MijnOverheid itself unless ``eigen``."""
    statement = select(Dataverwerking).where(Dataverwerking.bsn == int(bsn)).order_by(*_NIEUWSTE)
    if not eigen:
        statement = statement.where(_VAN_ANDEREN)
    if na is not None:
        statement = statement.where(tuple_(Dataverwerking.begin, Dataverwerking.id) < tuple_(*na))
    return [_as_regel(row) for row in session.scalars(statement.limit(aantal))]


def count_verwerkingen(session: Session, bsn: int, activiteit: Activiteit) -> dict[str, tuple[int, datetime]]:
    """By OIN how often an organisation did this with the data of a person, and when last."""
    statement = (
        select(Dataverwerking.verantwoordelijke, func.count(), func.max(Dataverwerking.begin))
        .where(Dataverwerking.bsn == int(bsn), _VAN_ANDEREN, Dataverwerking.activiteit == activiteit.code)
        .group_by(Dataverwerking.verantwoordelijke)
    )
    return {oin: (aantal, from_micros(laatste)) for oin, aantal, laatste in session.execute(statement)}


def export_verwerkingen(
    omgeving: Omgeving, vraag: Logvraag, subject: Callable[[int], str], afgeleid: Sequence[Afgeleid] = ()
) -> Iterator[dict[str, object]]:
    """Every line, oldest first, as Logboek Dataverwerkingen has it; ``subject`` makes a BSN into a pseudonym.

    Page by page, so that memory stays flat and no transaction lasts as long as a slow reader.
    """

    def written(na: int) -> Sequence[Dataverwerking | Logrij]:
        with omgeving.reading() as session:
            rows = session.scalars(vraag.select_page(select(Dataverwerking), _KOLOMMEN, na, _PAGE)).all()
            session.expunge_all()
            return rows

    def derived(each: Afgeleid) -> Iterator[Dataverwerking | Logrij]:
        return _read_on(lambda na: [_as_rij(gedaan) for gedaan in each.list_export(omgeving, vraag, na, _PAGE)])

    for row in merge(_read_on(written), *map(derived, afgeleid), key=attrgetter("id")):
        yield _as_ldv(row, subject(row.bsn))


def _read_on(read: Callable[[int], Sequence[Dataverwerking | Logrij]]) -> Iterator[Dataverwerking | Logrij]:
    """All rows, a page at a time, in order of id."""
    na = -1
    while True:
        rows = read(na)
        yield from rows
        if len(rows) < _PAGE:
            return
        na = rows[-1].id


def _as_rij(gedaan: Gedaan) -> Logrij:
    number, begin, verwerking = gedaan
    return Logrij(
        id=number,
        bsn=int(verwerking.bsn),
        activiteit=verwerking.activiteit.code,
        verantwoordelijke=str(verwerking.verantwoordelijke),
        trace_id=verwerking.trace.trace_id,
        operation_id=verwerking.trace.operation_id,
        begin=begin,
        omschrijving=verwerking.omschrijving,
        status=verwerking.status,
    )


def _as_regel(row: Dataverwerking | Logrij) -> Verwerkingsregel:
    return Verwerkingsregel(
        id=row.id,
        moment=from_micros(row.begin),
        activiteit=PER_CODE[row.activiteit],
        verantwoordelijke=row.verantwoordelijke,
        omschrijving=row.omschrijving,
        gelukt=row.status != Status.MISLUKT,
        trace_id=row.trace_id.hex(),
    )


def _as_ldv(row: Dataverwerking | Logrij, subject: str) -> dict[str, object]:
    activiteit = PER_CODE[row.activiteit]
    regel: dict[str, object] = {"trace_id": row.trace_id.hex(), "operation_id": row.operation_id.hex()}
    if row.parent_operation_id is not None:
        regel["parent_operation_id"] = row.parent_operation_id.hex()
    if row.foreign_operation_id is not None:
        regel["foreign_operation"] = {
            "trace_id": row.trace_id.hex(),
            "operation_id": row.foreign_operation_id.hex(),
            "entity": f"urn:oin:{row.verantwoordelijke}",
        }
    attributes = {
        "dpl.core.processing_activity_id": activiteit.uri,
        "dpl.core.data_subject_id": subject,
        "verwerking.doel": activiteit.value.doel,
        "verwerking.grondslag": activiteit.value.grondslag,
        "verwerking.verantwoordelijke": row.verantwoordelijke,
        "verwerking.gegevens": row.omschrijving,
    }
    return regel | {
        "status_code": row.status,
        "name": activiteit.code,
        "start_time": row.begin // 1000,
        "end_time": row.eind // 1000,
        "resource": {"attributes": [{"key": "service.name", "value": "mijnoverheid-simulator"}]},
        "attributes": [{"key": key, "value": value} for key, value in attributes.items()],
    }
