"""The processing log as the person sees it, and in the shape of Logboek Dataverwerkingen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from simulator.infra.clock import from_micros, to_micros
from simulator.infra.omgeving import Omgeving
from simulator.verwerkingen.models import Dataverwerking
from simulator.verwerkingen.values import PER_CODE, Activiteit, Rol, Status

_PAGE = 1000
_NIEUWSTE = (Dataverwerking.begin.desc(), Dataverwerking.id.desc())  # ids of two workers do not say who came first
_EIGEN = tuple(each.code for each in Activiteit if each.value.rol is Rol.LOGIUS)


Plaats = tuple[int, int]
"""Where a page of the log ends: moment in microseconds and id."""


@dataclass(frozen=True, slots=True)
class Logvraag:
    """Which lines of the log: of one person or of all, from ``vanaf`` up to ``tot``."""

    bsn: int | None = None
    vanaf: datetime | None = None
    tot: datetime | None = None


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
    def plaats(self) -> Plaats:
        """Where this line stands, to go on from."""
        return to_micros(self.moment), self.id


def list_verwerkingen(
    session: Session, bsn: int, *, eigen: bool = True, na: Plaats | None = None, aantal: int = 25
) -> list[Verwerkingsregel]:
    """The newest lines about one person, without what MijnOverheid showed to that person unless ``eigen``."""
    statement = select(Dataverwerking).where(Dataverwerking.bsn == int(bsn)).order_by(*_NIEUWSTE)
    if not eigen:
        statement = statement.where(Dataverwerking.activiteit.not_in(_EIGEN))
    if na is not None:
        statement = statement.where(tuple_(Dataverwerking.begin, Dataverwerking.id) < tuple_(*na))
    return [_as_regel(row) for row in session.scalars(statement.limit(aantal))]


def count_verwerkingen(session: Session, bsn: int, activiteit: Activiteit) -> dict[str, tuple[int, datetime]]:
    """By OIN how often somebody did this with the data of a person, and when last."""
    statement = (
        select(Dataverwerking.verantwoordelijke, func.count(), func.max(Dataverwerking.begin))
        .where(Dataverwerking.bsn == int(bsn), Dataverwerking.activiteit == activiteit.code)
        .group_by(Dataverwerking.verantwoordelijke)
    )
    return {oin: (aantal, from_micros(laatste)) for oin, aantal, laatste in session.execute(statement)}


def export_verwerkingen(
    omgeving: Omgeving, vraag: Logvraag, subject: Callable[[int], str]
) -> Iterator[dict[str, object]]:
    """Every line, oldest first, as Logboek Dataverwerkingen has it; ``subject`` makes a BSN into a pseudonym.

    Page by page, so that memory stays flat and no transaction lasts as long as a slow reader.
    """
    after = -1
    while True:
        with omgeving.reading() as session:
            rows = [(row.id, _as_ldv(row, subject(row.bsn))) for row in session.scalars(_page(vraag, after))]
        yield from (line for _, line in rows)
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _page(vraag: Logvraag, after: int) -> Any:
    statement = select(Dataverwerking).where(Dataverwerking.id > after).order_by(Dataverwerking.id).limit(_PAGE)
    if vraag.bsn is not None:
        statement = statement.where(Dataverwerking.bsn == int(vraag.bsn))
    if vraag.vanaf is not None:
        statement = statement.where(Dataverwerking.begin >= to_micros(vraag.vanaf))
    if vraag.tot is not None:
        statement = statement.where(Dataverwerking.begin < to_micros(vraag.tot))
    return statement


def _as_regel(row: Dataverwerking) -> Verwerkingsregel:
    return Verwerkingsregel(
        id=row.id,
        moment=from_micros(row.begin),
        activiteit=PER_CODE[row.activiteit],
        verantwoordelijke=row.verantwoordelijke,
        omschrijving=row.omschrijving,
        gelukt=row.status != Status.MISLUKT,
        trace_id=row.trace_id.hex(),
    )


def _as_ldv(row: Dataverwerking, subject: str) -> dict[str, object]:
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
