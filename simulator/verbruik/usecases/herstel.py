"""Make the totals anew from the facts."""

from sqlalchemy import delete, func, insert, literal, select, text

from simulator.infra.ids import current_slot
from simulator.infra.omgeving import Omgeving
from simulator.verbruik.models import DAGTOTALEN, FEITEN
from simulator.verbruik.queries import check_verbruik
from simulator.verbruik.values import Verschil

_KEY = (FEITEN.c.afnemer_id, FEITEN.c.dag, FEITEN.c.dienst, FEITEN.c.berichttype)


def rebuild_totalen(omgeving: Omgeving) -> list[Verschil]:
    """Replace all totals by the sums of the facts; answers what was wrong before."""
    with omgeving.unit_of_work() as uow:
        if omgeving.is_shared:
            # A delivery in between would be counted twice: its facts below, and its own totals after this.
            uow.session.execute(text(f"LOCK TABLE {DAGTOTALEN.name} IN EXCLUSIVE MODE"))
        wrong = check_verbruik(uow.session)
        uow.session.execute(delete(DAGTOTALEN))
        columns = ["afnemer_id", "dag", "dienst", "berichttype", "slot", "aantal"]
        sums = select(*_KEY, literal(current_slot()), func.sum(FEITEN.c.aantal)).group_by(*_KEY)
        uow.session.execute(insert(DAGTOTALEN).from_select(columns, sums))
        return wrong
