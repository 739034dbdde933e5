"""Koppelingen and notifications on the wire; a notification as the Notificaties API sends it."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from simulator.infra.patterns import TEXT
from simulator.lopende_zaken.queries.zgw import Koppeling, Notificatie
from simulator.lopende_zaken.rules.zgw import MAX_ADRES
from simulator.lopende_zaken.usecases.zgw import NieuweNotificatie

Adres = Annotated[str, Meta(min_length=1, max_length=MAX_ADRES, pattern=TEXT)]
Naam = Annotated[str, Meta(min_length=1, max_length=100, pattern=TEXT)]


class KoppelingIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Waar uw API's zijn, en waarmee de simulator zich daar meldt (JWT, HS256)."""

    zaken_api: Adres
    catalogi_api: Adres
    client_id: Naam
    secret: Annotated[str, Meta(min_length=1, max_length=200, pattern=TEXT)]


class KoppelingUit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """De koppeling, zonder het geheim."""

    zaken_api: str
    catalogi_api: str
    client_id: str


class NotificatieIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Een notificatie van de Notificaties API."""

    kanaal: Naam
    hoofd_object: Adres
    resource: Naam
    resource_url: Adres
    actie: Naam
    aanmaakdatum: datetime
    kenmerken: dict[str, Any] = {}


class NotificatieStand(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Een notificatie en wat ervan werd: ontvangen, verwerkt, genegeerd of geweigerd."""

    hoofd_object: str
    resource_url: str
    ontvangen_op: datetime
    stand: str
    regel: str | None
    toelichting: str | None


class NotificatiesUit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Uw laatste notificaties, de nieuwste eerst."""

    notificaties: list[NotificatieStand]


def to_koppeling(koppeling: KoppelingIn) -> Koppeling:
    """A koppeling as the use case takes it."""
    return Koppeling(koppeling.zaken_api, koppeling.catalogi_api, koppeling.client_id, koppeling.secret)


def show_koppeling(koppeling: Koppeling) -> KoppelingUit:
    """A koppeling on the wire: the secret is never shown again."""
    return KoppelingUit(
        zaken_api=koppeling.zaken_api, catalogi_api=koppeling.catalogi_api, client_id=koppeling.client_id
    )


def to_notificatie(given: NotificatieIn) -> NieuweNotificatie:
    """A notification as the use case takes it."""
    return NieuweNotificatie(given.kanaal, given.resource, given.actie, given.hoofd_object, given.resource_url)


def show_notificatie(notificatie: Notificatie) -> NotificatieStand:
    """A notification and its outcome on the wire."""
    return NotificatieStand(
        hoofd_object=notificatie.zaak_url,
        resource_url=notificatie.status_url,
        ontvangen_op=notificatie.ontvangen_op,
        stand=notificatie.stand,
        regel=notificatie.regel,
        toelichting=notificatie.toelichting,
    )
