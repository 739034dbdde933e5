"""Metering: in the transaction that stores the berichten, or not at all."""

from collections.abc import Sequence

from simulator.infra.ids import current_slot
from simulator.infra.omgeving import GroupTransaction
from simulator.infra.regels import Uitkomst
from simulator.verbruik.errors import BERICHT_TELT
from simulator.verbruik.models import DAGTOTALEN, FEITEN
from simulator.verbruik.values import Verbruiksregel, dag_at


def meter(transaction: GroupTransaction, regels: Sequence[Verbruiksregel]) -> None:
    """Write down what was used, in two statements however much it is; each (delivery, Afnemer, berichttype) once."""
    if not regels:
        return
    dag, slot = dag_at(transaction.moment_us), current_slot()
    totals: dict[tuple[int, str, str], int] = {}
    rows: list[tuple[object, ...]] = []
    for regel in regels:
        rows.append((*regel[:5], dag, regel.aantal))
        key = (regel.afnemer_id, regel.dienst, regel.berichttype)
        totals[key] = totals.get(key, 0) + regel.aantal
    transaction.insert(FEITEN, rows)
    transaction.add_up(
        DAGTOTALEN,
        [
            (afnemer, dag, dienst, berichttype, slot, aantal)
            for (afnemer, dienst, berichttype), aantal in totals.items()
        ],
    )
    transaction.tel(BERICHT_TELT, Uitkomst.GESLAAGD, sum(totals.values()))
