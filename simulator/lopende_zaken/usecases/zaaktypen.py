"""Manage zaaktypen: which zaken citizens see, and of which statuses they are told."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from simulator.afnemers import AfnemerRecord, beheer
from simulator.infra.omgeving import Omgeving, UnitOfWork
from simulator.infra.regels import Uitkomst
from simulator.lopende_zaken.errors import STATUSTYPEN_ZINVOL, ZaaktypeNotFound
from simulator.lopende_zaken.queries.zaaktypen import load_zaaktypen, store_zaaktype, zaaktype_index
from simulator.lopende_zaken.rules.levering import check_statustypen
from simulator.lopende_zaken.values import Statustype, Zaaktype


def list_zaaktypen(omgeving: Omgeving, afnemer: AfnemerRecord) -> list[Zaaktype]:
    """The zaaktypen of the caller, by identificatie."""
    return list(zaaktype_index(omgeving).get(afnemer.id, {}).values())


def get_zaaktype(omgeving: Omgeving, afnemer: AfnemerRecord, identificatie: str) -> Zaaktype:
    """One zaaktype of the caller; raises ``ZaaktypeNotFound``."""
    found = zaaktype_index(omgeving).get(afnemer.id, {}).get(identificatie)
    if found is None:
        raise ZaaktypeNotFound(ontvangen=identificatie[:60])
    return found


def put_zaaktype(omgeving: Omgeving, afnemer: AfnemerRecord, zaaktype: Zaaktype) -> bool:
    """Store a zaaktype in place of what was there; answers whether it is new. Raises ``StatustypenDubbel``.

    In force for the next delivery; statuses that were given keep the text they had.
    """
    check_statustypen(zaaktype.statustypen)
    with omgeving.unit_of_work() as uow:
        is_nieuw = zaaktype.identificatie not in load_zaaktypen(uow.session).get(afnemer.id, {})
        store_zaaktype(uow.session, afnemer.id, zaaktype)
        uow.tel(STATUSTYPEN_ZINVOL, Uitkomst.GESLAAGD)
        uow.touch()
    return is_nieuw


class StatustypeLike(Protocol):
    """A statustype in the fixtures."""

    @property
    def omschrijving(self) -> str:
        """What it is called."""

    @property
    def statustekst(self) -> str:
        """What the citizen reads, if that is something else."""

    @property
    def informeren(self) -> bool:
        """Whether the citizen is told."""

    @property
    def is_eindstatus(self) -> bool:
        """Whether the zaak ends with it."""

    @property
    def actie_vereist(self) -> bool:
        """Whether the citizen has to do something."""


class ZaaktypeLike(Protocol):
    """A zaaktype in the fixtures; its statustypen in order."""

    @property
    def identificatie(self) -> str:
        """The code."""

    @property
    def omschrijving(self) -> str:
        """What kind of zaak it is."""

    @property
    def actief(self) -> bool:
        """Whether its zaken are shown."""

    @property
    def statustypen(self) -> Sequence[StatustypeLike]:
        """The statuses, in order."""


class AfnemerMetZaaktypen(Protocol):
    """What the fixtures say about an Afnemer, as far as it matters here."""

    @property
    def oin(self) -> str:
        """Whose zaaktypen these are."""

    @property
    def zaaktypen(self) -> Sequence[ZaaktypeLike]:
        """The zaaktypen from the start."""


def seed_zaaktypen(uow: UnitOfWork, fixture: Iterable[AfnemerMetZaaktypen]) -> None:
    """Store the zaaktypen of the fixtures that are not there yet; their Afnemers are."""
    ids = {str(afnemer.oin): afnemer.id for afnemer in beheer.list_afnemers(uow.session)}
    known = load_zaaktypen(uow.session)
    for afnemer in fixture:
        afnemer_id = ids[afnemer.oin]
        for each in afnemer.zaaktypen:
            if each.identificatie not in known.get(afnemer_id, {}):
                store_zaaktype(uow.session, afnemer_id, _to_zaaktype(each))
    uow.touch()


def _to_zaaktype(fixture: ZaaktypeLike) -> Zaaktype:
    statustypen = tuple(
        Statustype(
            volgnummer,
            each.omschrijving,
            each.statustekst,
            informeren=each.informeren,
            is_eindstatus=each.is_eindstatus,
            actie_vereist=each.actie_vereist,
        )
        for volgnummer, each in enumerate(fixture.statustypen, 1)
    )
    check_statustypen(statustypen)
    return Zaaktype(fixture.identificatie, fixture.omschrijving, actief=fixture.actief, statustypen=statustypen)
