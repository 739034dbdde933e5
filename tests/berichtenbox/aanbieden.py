"""Deliveries as the use case gets them, and what a test asks of the database afterwards."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index, seed
from simulator.berichtenbox.models import Bericht
from simulator.berichtenbox.queries.aanleveringen import BerichtResultaat
from simulator.berichtenbox.usecases.aanlevering import submit_aanlevering
from simulator.berichtenbox.usecases.batch import read_status
from simulator.berichtenbox.usecases.berichttypes import seed_berichttypes
from simulator.berichtenbox.usecases.controle import check_berichten
from simulator.berichtenbox.usecases.oordeel import AanleveringInvoer
from simulator.berichtenbox.values import Aanbod, AangebodenBericht, AangebodenBijlage, Soort
from simulator.infra.clock import Modus, start_klok
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings
from simulator.verbruik import check_verbruik, list_feiten

STAD, VERZENDHUIS, MEER, BELASTINGEN = (
    "00000099000000001000",
    "00000099000000009000",
    "00000099000000004000",
    "00000099000000002000",
)
PDF = AangebodenBijlage(b"%PDF-1.4 pdfaid:part", "Beschikking", 1)


def maak_berichttypes(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        seed_berichttypes(uow, seed.load_afnemers(Settings().fixtures_dir / "afnemers"))


def afnemer(omgeving: Omgeving, oin: str = STAD) -> AfnemerRecord:
    return afnemer_index(omgeving).by_oin[oin]


def bericht(gebruiker: str = "999990019", **velden: Any) -> AangebodenBericht:
    return AangebodenBericht(
        **{"bericht_id": uuid4().bytes, "berichttype": "ALGEMEEN", "gebruiker": gebruiker, "onderwerp": "Hallo"}
        | velden
    )


def aanbod(*berichten: AangebodenBericht, **velden: Any) -> Aanbod:
    standaard: dict[str, Any] = {
        "soort": Soort.JSON,
        "extern_id": uuid4().bytes,
        "leverancier": STAD,
        "inhoud_hash": bytes(32),
    }
    return Aanbod(**standaard | {"berichten": berichten, "aantal": len(berichten)} | velden)


def batch(omgeving: Omgeving, *berichten: AangebodenBericht, **velden: Any) -> Aanbod:
    extern_id = velden.pop("extern_id", uuid4().bytes)
    eigen = [each._replace(batch_id=each.batch_id or extern_id) for each in berichten]
    return aanbod(*eigen, soort=Soort.XML, extern_id=extern_id, **{"aanmaakdatum": omgeving.now()} | velden)


def deliver(omgeving: Omgeving, levering: Aanbod, oin: str = STAD) -> Sequence[BerichtResultaat]:
    aanleveraar = afnemer(omgeving, oin)
    bewijs = submit_aanlevering(omgeving, AanleveringInvoer(aanleveraar, levering))
    return read_status(omgeving, aanleveraar, bewijs.status_id).aanlevering.resultaat.berichten


def codes(resultaten: Sequence[BerichtResultaat]) -> list[str]:
    return [resultaat.code.value for resultaat in resultaten]


def stored(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        return session.scalars(select(func.count()).select_from(Bericht)).one()


def metered(omgeving: Omgeving) -> int:
    with omgeving.reading() as session:
        assert not check_verbruik(session)
        return sum(feit.aantal for feit in list_feiten(session, Dienst.BERICHTENBOX))


def assert_consistent(omgeving: Omgeving, aantal: int) -> None:
    assert (stored(omgeving), metered(omgeving)) == (aantal, aantal)
    assert not check_berichten(omgeving)


def stand_still(omgeving: Omgeving) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(klok=start_klok(Modus.STIL, uow.moment))


def ids_per_moment(session: Any) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for moment, key in session.execute(select(Bericht.zichtbaar_vanaf, Bericht.id)):
        found.setdefault(moment, []).append(key)
    return found
