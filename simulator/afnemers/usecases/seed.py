"""Put the Afnemers of the fixtures into a new omgeving."""

from collections.abc import Iterable, Mapping

from simulator.afnemers.models import Mandaat
from simulator.afnemers.queries import find_afnemer
from simulator.afnemers.usecases.beheer import (
    AfnemerInvoer,
    insert_afnemer,
    insert_sleutel,
    open_dienst,
    require_row,
)
from simulator.afnemers.values.fixture import AfnemerFixture, load_afnemers
from simulator.infra.omgeving import UnitOfWork

__all__ = ["load_afnemers", "seed_afnemers"]


def seed_afnemers(uow: UnitOfWork, fixture: Iterable[AfnemerFixture]) -> Mapping[int, AfnemerFixture]:
    """Store the Afnemers that are not there yet, with key and mandaten; answers the new ones by id."""
    added: dict[int, AfnemerFixture] = {}
    for each in fixture:
        if find_afnemer(uow.session, each.oin) is not None:
            continue
        afnemer = insert_afnemer(uow, AfnemerInvoer(each.oin, each.naam, sector=each.sector))
        for dienst in each.diensten:
            open_dienst(uow, afnemer.id, dienst, each.get_sinds(dienst))
        insert_sleutel(uow, afnemer.id, each.sleutel)
        added[afnemer.id] = each
    for intermediair_id, each in added.items():
        uow.session.add_all(
            Mandaat(
                intermediair_id=intermediair_id,
                namens_id=require_row(uow.session, oin).id,
                verleend_op=uow.moment,
            )
            for oin in each.namens
        )
    uow.session.flush()
    uow.touch()
    return added
