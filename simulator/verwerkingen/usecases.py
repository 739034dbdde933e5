"""Write verwerkingen down: in the transaction of what they tell of, or before the answer goes out. Never a sample."""

from collections.abc import Sequence

from simulator.infra.clock import to_micros
from simulator.infra.driver import Driver
from simulator.infra.ids import new_ids
from simulator.infra.omgeving import GroupTransaction, Omgeving, UnitOfWork
from simulator.verwerkingen.models import OMSCHRIJVING, VERWERKINGEN
from simulator.verwerkingen.values import Verwerking

Row = tuple[object, ...]


def record_verwerkingen(uow: UnitOfWork, verwerkingen: Sequence[Verwerking]) -> None:
    """Write them down in the transaction of a use case."""
    Driver.of(uow.session.connection()).insert(VERWERKINGEN, _rows(verwerkingen, to_micros(uow.moment)))


def record_in_group(transaction: GroupTransaction, verwerkingen: Sequence[Verwerking]) -> None:
    """Write them down in the transaction of a group of requests, in one statement."""
    transaction.insert(VERWERKINGEN, _rows(verwerkingen, transaction.moment_us))


def log_verwerkingen(omgeving: Omgeving, verwerkingen: Sequence[Verwerking]) -> None:
    """Write down what was only looked at; answers after the commit, so that no data go out that are not in the log."""
    if verwerkingen:
        omgeving.group_commit(_write, tuple(verwerkingen), len(verwerkingen))


def _write(transaction: GroupTransaction, items: Sequence[Sequence[Verwerking]]) -> list[None]:
    record_in_group(transaction, [verwerking for item in items for verwerking in item])
    return [None] * len(items)


def _rows(verwerkingen: Sequence[Verwerking], moment: int) -> list[Row]:
    ids = new_ids(len(verwerkingen)) if verwerkingen else ()
    return [
        (number, int(each.bsn), each.activiteit.code, str(each.verantwoordelijke), each.trace.trace_id,
         each.trace.operation_id, each.trace.parent_id, each.trace.foreign_id, int(each.status), moment, moment,
         each.omschrijving[:OMSCHRIJVING])
        for number, each in zip(ids, verwerkingen, strict=True)
    ]  # fmt: skip
