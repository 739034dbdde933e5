"""Metering: in the transaction that stores what was delivered, or not at all."""

from collections.abc import Sequence

from simulator.afnemers import Dienst
from simulator.infra.clock import to_micros
from simulator.infra.driver import Driver
from simulator.infra.ids import current_slot
from simulator.infra.omgeving import GroupTransaction, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.verbruik.errors import BERICHT_TELT, KOSTEN_ZAKEN, ZAAK_TELT
from simulator.verbruik.models import DAGTOTALEN, FEITEN
from simulator.verbruik.values import Verbruiksregel, dag_at

_ZAAK = "ZAAK"
_Writer = GroupTransaction | Driver


def meter(transaction: GroupTransaction, regels: Sequence[Verbruiksregel]) -> None:
    """Write down what was used, in two statements however much it is; each (delivery, Afnemer, berichttype) once."""
    if regels:
        _write(transaction, dag_at(transaction.moment_us), regels)
        transaction.tel(BERICHT_TELT, Uitkomst.GESLAAGD, sum(regel.aantal for regel in regels))


def meter_zaak(uow: UnitOfWork, aanlevering_id: int, afnemer_id: int) -> None:
    """Write down one delivered change of a zaak, in the transaction that stores it: counted, never charged (7.2)."""
    regel = Verbruiksregel(aanlevering_id, afnemer_id, _ZAAK, Dienst.LOPENDE_ZAKEN.value, None, 1)
    _write(Driver.of(uow.session.connection()), dag_at(to_micros(uow.moment)), [regel])
    uow.tel(ZAAK_TELT, Uitkomst.GESLAAGD)
    uow.tel(KOSTEN_ZAKEN, Uitkomst.GESLAAGD)


def _write(writer: _Writer, dag: int, regels: Sequence[Verbruiksregel]) -> None:
    totals: dict[tuple[int, str, str], int] = {}
    rows: list[tuple[object, ...]] = []
    for regel in regels:
        rows.append((*regel[:5], dag, regel.aantal))
        key = (regel.afnemer_id, regel.dienst, regel.berichttype)
        totals[key] = totals.get(key, 0) + regel.aantal
    slot = current_slot()
    writer.insert(FEITEN, rows)
    writer.add_up(
        DAGTOTALEN,
        [
            (afnemer, dag, dienst, berichttype, slot, aantal)
            for (afnemer, dienst, berichttype), aantal in totals.items()
        ],
    )
