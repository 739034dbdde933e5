"""Deliveries about zaken, as the use case takes them; and what became of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index
from simulator.gebruikers import Bsn
from simulator.infra.clock import Modus, start_klok
from simulator.infra.ids import new_guid
from simulator.infra.omgeving import Omgeving
from simulator.infra.tracing import read_trace
from simulator.lopende_zaken.models import Zaakbericht
from simulator.lopende_zaken.usecases.levering import Bevestiging, submit_levering
from simulator.lopende_zaken.usecases.zaken import (
    AfnemerZaak,
    BurgerZaak,
    Lijstvraag,
    get_afnemer_zaak,
    list_burger_zaken,
)
from simulator.lopende_zaken.values import Kanaal, Levering, Rol, StatusInvoer, ZaakInvoer
from simulator.verbruik import list_feiten

STAD = "00000099000000001000"
BELASTINGEN = "00000099000000002000"
ANNA = Bsn("999990019")
ZAAK = "Z-2026-0001"
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def afnemer(omgeving: Omgeving, oin: str = STAD) -> AfnemerRecord:
    return afnemer_index(omgeving).by_oin[oin]


def rollen(bsn: Bsn | str = ANNA) -> tuple[Rol, ...]:
    return (Rol("medewerker", "behandelaar"), Rol("natuurlijk_persoon", "initiator", str(bsn)))


def zaak(**given: Any) -> ZaakInvoer:
    """An application for a parking permit by Anna."""
    invoer = ZaakInvoer("B0366", "Aanvraag parkeervergunning", date(2026, 11, 2), rollen(), volgt_status=True)
    return replace(invoer, **given)


def status(omschrijving: str = "Ontvangen", dagen: float = 0, toelichting: str = "") -> StatusInvoer:
    return StatusInvoer(omschrijving, BEGIN + timedelta(days=dagen), toelichting)


def levering(omgeving: Omgeving, **given: Any) -> Levering:
    """A delivery by Gemeente Voorbeeldstad of the zaak as a whole; ``zaak=None`` for a status alone."""
    made = Levering(afnemer(omgeving), Kanaal.REST, str(new_guid()), b"inhoud", ZAAK, read_trace(""), zaak())
    return replace(made, **given)


def deliver(omgeving: Omgeving, **given: Any) -> Bevestiging:
    return submit_levering(omgeving, levering(omgeving, **given))


def deliver_status(omgeving: Omgeving, omschrijving: str, dagen: float = 0, **given: Any) -> Bevestiging:
    return deliver(omgeving, zaak=None, status=status(omschrijving, dagen), **given)


def stored(omgeving: Omgeving, identificatie: str = ZAAK) -> AfnemerZaak:
    return get_afnemer_zaak(omgeving, afnemer(omgeving), identificatie)


def history(omgeving: Omgeving, identificatie: str = ZAAK) -> list[str]:
    return [each.tekst for each in stored(omgeving, identificatie).beeld.statussen]


def shown(omgeving: Omgeving, bsn: Bsn = ANNA) -> Sequence[BurgerZaak]:
    return list_burger_zaken(omgeving, bsn, Lijstvraag()).zaken


def counted(omgeving: Omgeving) -> tuple[int, int]:
    """How many deliveries are stored, and how many units were metered for them."""
    with omgeving.reading() as session:
        feiten = sum(feit.aantal for feit in list_feiten(session, Dienst.LOPENDE_ZAKEN))
        return session.scalar(select(func.count()).select_from(Zaakbericht)) or 0, feiten


def hold_klok(omgeving: Omgeving, moment: datetime = BEGIN) -> None:
    with omgeving.unit_of_work() as uow:
        uow.change_state(start_klok(Modus.STIL, moment))
