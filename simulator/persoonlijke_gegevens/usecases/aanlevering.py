"""Take what an Afnemer delivers about people: all of it or nothing, in the place of what it said before."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete

from simulator.afnemers import AfnemerRecord
from simulator.gebruikers import get_gebruikers
from simulator.infra.clock import dutch_day
from simulator.infra.database import insert_into
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.infra.tracing import Trace
from simulator.persoonlijke_gegevens.errors import BURGER_BEKEND, DATUM_BESTAAT, EENMAAL, PEILDATUM, GegevensOngeldig
from simulator.persoonlijke_gegevens.models import AANGELEVERD, AangeleverdGegeven
from simulator.persoonlijke_gegevens.rules import judge_aanleveringen
from simulator.persoonlijke_gegevens.values import Aanlevering
from simulator.verwerkingen import Activiteit, Verwerking, record_verwerkingen


def put_gegevens(
    omgeving: Omgeving, afnemer: AfnemerRecord, aanleveringen: Sequence[Aanlevering], trace: Trace
) -> None:
    """Store what an Afnemer says about people; raises ``GegevensOngeldig`` with all that is wrong.

    Of each person and category that is named, this replaces all that this Afnemer said before; without groups it is
    taken away.
    """
    with omgeving.unit_of_work() as uow:
        bewoners = get_gebruikers(omgeving, uow.session, {each.bsn for each in aanleveringen})
        errors = list(judge_aanleveringen(aanleveringen, bewoners, dutch_day(uow.moment)))
        if errors:
            raise GegevensOngeldig("Er is niets opgeslagen.", errors=errors)
        for each in aanleveringen:
            _store(uow, afnemer.id, each)
        record_verwerkingen(
            uow,
            [
                Verwerking(
                    each.bsn, Activiteit.GEGEVENS_AANLEVEREN, afnemer.oin, trace.begin_beside() if place else trace,
                    each.categorie.naam,
                )
                for place, each in enumerate(aanleveringen)
            ],
        )  # fmt: skip
        for regel in (BURGER_BEKEND, PEILDATUM, DATUM_BESTAAT, EENMAAL):
            uow.tel(regel, Uitkomst.GESLAAGD, len(aanleveringen))


def _store(uow: UnitOfWork, afnemer_id: int, each: Aanlevering) -> None:
    key = {"bsn": int(each.bsn), "afnemer_id": afnemer_id, "categorie": each.categorie.value}
    if not each.groepen:
        uow.session.execute(
            delete(AangeleverdGegeven).where(*(AANGELEVERD.c[name] == value for name, value in key.items()))
        )
        return
    values = {
        "peildatum": each.peildatum.isoformat(),
        "aangeleverd_op": uow.moment,
        "groepen": msgspec.json.encode(each.groepen).decode(),
    }
    statement = insert_into(uow.session, AANGELEVERD).values(**key, **values)
    uow.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
