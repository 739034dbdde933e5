"""Register the sources that are asked live."""

from dataclasses import dataclass

from sqlalchemy import delete

from simulator.afnemers import AfnemerRecord
from simulator.infra.database import insert_into
from simulator.infra.ids import new_id
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.persoonlijke_gegevens.errors import BRON_URL, BronNotFound
from simulator.persoonlijke_gegevens.models import BRONNEN, Bronantwoord, Gegevensbron
from simulator.persoonlijke_gegevens.queries import as_bron, find_bron, list_bronnen
from simulator.persoonlijke_gegevens.rules import check_bron_url
from simulator.persoonlijke_gegevens.values import Bron, Categorie

TOEGESTAAN = "bronnen_toegestaan"
"""The setting of an omgeving with the hosts that may be inside its own network."""


@dataclass(frozen=True, slots=True)
class Broninvoer:
    """A source as its Afnemer registers it."""

    naam: str
    titel: str
    categorie: Categorie
    url: str
    sleutel: str | None = None
    tijdslimiet_ms: int = 2000
    bewaren_s: int = 300


def list_toegestaan(omgeving: Omgeving) -> frozenset[str]:
    """The hosts that this omgeving allows by name."""
    hosts: list[str] = omgeving.instelling(TOEGESTAAN, [])
    return frozenset(hosts)


def show_bronnen(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Bron]:
    """The sources of an Afnemer, and how they did."""
    with omgeving.reading() as session:
        return list_bronnen(session, afnemer_id=afnemer.id)


def put_bron(omgeving: Omgeving, afnemer: AfnemerRecord, invoer: Broninvoer) -> Bron:
    """Register a source, or change it and forget how it did and what it said; raises ``BronUrlOngeldig``."""
    check_bron_url(invoer.url, list_toegestaan(omgeving))
    with omgeving.unit_of_work() as uow:
        key = {"afnemer_id": afnemer.id, "naam": invoer.naam}
        values = {
            "titel": invoer.titel, "categorie": invoer.categorie.value, "url": invoer.url, "sleutel": invoer.sleutel,
            "tijdslimiet_ms": invoer.tijdslimiet_ms, "bewaren_s": invoer.bewaren_s, "fouten": 0, "laatste_fout": None,
            "laatste_fout_op": None, "laatste_antwoord_op": None, "dicht_tot": None,
        }  # fmt: skip
        statement = insert_into(uow.session, BRONNEN).values(id=new_id(), **key, **values)
        uow.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
        bron = _require(uow, afnemer, invoer.naam)
        uow.session.execute(delete(Bronantwoord).where(Bronantwoord.bron_id == bron.id))
        uow.tel(BRON_URL, Uitkomst.GESLAAGD)
        return as_bron(bron)


def delete_bron(omgeving: Omgeving, afnemer: AfnemerRecord, naam: str) -> None:
    """Ask a source no more, and forget what it said; raises ``BronNotFound``."""
    with omgeving.unit_of_work() as uow:
        bron = _require(uow, afnemer, naam)
        uow.session.execute(delete(Bronantwoord).where(Bronantwoord.bron_id == bron.id))
        uow.session.delete(bron)


def _require(uow: UnitOfWork, afnemer: AfnemerRecord, naam: str) -> Gegevensbron:
    bron = find_bron(uow.session, afnemer.id, naam)
    if bron is None:
        raise BronNotFound(ontvangen=naam[:60])
    return bron
