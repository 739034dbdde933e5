"""Deliveries, as far as metering sees them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import GroupTransaction, Omgeving
from simulator.verbruik.usecases.meter import meter
from simulator.verbruik.values import Verbruiksregel

STAD, MEER, VERZENDHUIS = 1, 4, 5


def regel(
    aanlevering_id: int, afnemer_id: int = STAD, berichttype: str = "ALGEMEEN", aantal: int = 1
) -> Verbruiksregel:
    return Verbruiksregel(aanlevering_id, afnemer_id, berichttype, "berichtenbox", None, aantal)


def meter_all(omgeving: Omgeving, *regels: Verbruiksregel) -> None:
    """One transaction with all of it."""

    def apply(transaction: GroupTransaction, items: Sequence[Sequence[Verbruiksregel]]) -> list[None]:
        meter(transaction, [each for item in items for each in item])
        return [None] * len(items)

    omgeving.group_commit(apply, regels)


def set_klok(omgeving: Omgeving, year: int, month: int, day: int, hour: int = 12) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, datetime(year, month, day, hour, tzinfo=UTC)))
