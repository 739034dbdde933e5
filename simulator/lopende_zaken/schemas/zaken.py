"""Zaken over REST, in the vocabulary of the Zaken API; moments in UTC."""

import hashlib
from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from simulator.infra.patterns import TEXT, whole
from simulator.lopende_zaken.rules.levering import GezetteStatus
from simulator.lopende_zaken.usecases.postbus import Postbus
from simulator.lopende_zaken.usecases.zaken import AfnemerZaak, AfnemerZaken
from simulator.lopende_zaken.values import (
    MAX_OMSCHRIJVING,
    MAX_POSTBUSSEN,
    MAX_TEKST,
    MAX_WEBLINK,
    MAX_ZAAKTYPE,
    SLEUTEL_PATROON,
    Rol,
    StatusInvoer,
    ZaakInvoer,
)

Omschrijving = Annotated[str, Meta(min_length=1, max_length=MAX_OMSCHRIJVING, pattern=TEXT)]
Tekst = Annotated[str, Meta(max_length=MAX_TEKST, pattern=TEXT)]
Moment = Annotated[datetime, Meta(tz=True)]
ZaaktypeCode = Annotated[str, Meta(min_length=1, max_length=MAX_ZAAKTYPE, pattern=SLEUTEL_PATROON)]
Bsn = Annotated[str, Meta(pattern=whole("[0-9]{9}"))]


class _In(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The parent of what is sent here: an unknown member is a mistake."""


class _Uit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The parent of what is answered."""


class BetrokkeneIdentificatie(_In, frozen=True):
    """Wie de betrokkene is; van wat hier staat, is alleen het BSN nodig en wordt alleen dat bewaard."""

    inp_bsn: Bsn | None = None
    geslachtsnaam: Tekst = ""
    voorvoegsel_geslachtsnaam: Tekst = ""
    voorletters: Tekst = ""
    voornamen: Tekst = ""
    geslachtsaanduiding: Tekst = ""
    geboortedatum: Tekst = ""


class RolIn(_In, frozen=True):
    """Een betrokkene bij de zaak; precies één is natuurlijk_persoon en initiator."""

    betrokkene_type: Annotated[str, Meta(min_length=1, max_length=40, pattern=TEXT)]
    omschrijving_generiek: Annotated[str, Meta(min_length=1, max_length=40, pattern=TEXT)]
    betrokkene_identificatie: BetrokkeneIdentificatie = BetrokkeneIdentificatie()


class ResultaatIn(_In, frozen=True):
    """Het resultaat: wordt aangenomen en niet getoond, zoals bij Lopende Zaken zelf."""

    resultaattype: Annotated[str, Meta(min_length=1, max_length=30, pattern=TEXT)]
    toelichting: Tekst = ""


class StatusIn(_In, frozen=True):
    """Een status; ``statustype`` is de omschrijving van een statustype van het zaaktype."""

    statustype: Annotated[str, Meta(min_length=1, max_length=MAX_TEKST, pattern=TEXT)]
    datum_status_gezet: Moment
    statustoelichting: Tekst = ""


class ZaakIn(_In, frozen=True):
    """Een hele zaak: wat hier niet staat, is er niet. Zonder ``einddatum`` beslissen de statussen of de zaak loopt."""

    zaaktype: ZaaktypeCode
    omschrijving: Omschrijving
    startdatum: date
    rollen: Annotated[list[RolIn], Meta(max_length=50)]
    toelichting: Tekst = ""
    einddatum: date | UnsetType | None = UNSET
    einddatum_gepland: date | None = None
    uiterlijke_einddatum_afdoening: date | None = None
    resultaat: ResultaatIn | None = None
    status: StatusIn | None = None
    weblink: Annotated[str, Meta(min_length=1, max_length=MAX_WEBLINK, pattern=TEXT)] | None = None
    """Het adres van het dossier bij de Afnemer."""


class PostbussenIn(_In, frozen=True):
    """Om wie het gaat, hooguit 250 mensen; een BSN staat nooit in een adres."""

    gebruikers: Annotated[list[Bsn], Meta(min_length=1, max_length=MAX_POSTBUSSEN)]


class PostbusUit(_Uit, frozen=True):
    """Of zaken van deze persoon kunnen worden getoond."""

    gebruiker: str
    is_actief: bool


class PostbussenUit(_Uit, frozen=True):
    """De antwoorden, in de volgorde van de vraag."""

    postbussen: list[PostbusUit]


class ZaaktypeVerwijzing(_Uit, frozen=True):
    """Van welk zaaktype de zaak is."""

    identificatie: str


class InitiatorUit(_Uit, frozen=True):
    """Van wie de zaak is."""

    inp_bsn: str


class StatusUit(_Uit, frozen=True):
    """Een status in de geschiedenis."""

    status: str
    datum_status_gezet: datetime
    statustoelichting: str
    informeren: bool


class WeblinkUit(_Uit, frozen=True):
    """Hoe het met de weblink naar het dossier is."""

    url: str
    stand: str
    bruikbaar: bool
    reden: str
    gecontroleerd_op: datetime | None


class ZaakUit(_Uit, frozen=True):
    """Een zaak met haar geschiedenis, de oudste status eerst."""

    identificatie: str
    zaaktype: ZaaktypeVerwijzing
    omschrijving: str
    toelichting: str
    resultaat: str
    startdatum: date
    einddatum: date | None
    einddatum_gepland: date | None
    uiterlijke_einddatum_afdoening: date | None
    initiator: InitiatorUit
    fase: str
    statussen: list[StatusUit]
    weblink: WeblinkUit | None
    laatst_gewijzigd_op: datetime


class ZakenUit(_Uit, frozen=True):
    """Een bladzijde van uw zaken."""

    zaken: list[ZaakUit]
    volgende: str | None
    """Waarde voor ``cursor`` van de volgende bladzijde."""


def to_zaak(zaak: ZaakIn) -> ZaakInvoer:
    """What the sender says, as the use case takes it."""
    resultaat = zaak.resultaat
    return ZaakInvoer(
        zaaktype=zaak.zaaktype,
        omschrijving=zaak.omschrijving,
        startdatum=zaak.startdatum,
        rollen=tuple(
            Rol(each.betrokkene_type, each.omschrijving_generiek, each.betrokkene_identificatie.inp_bsn)
            for each in zaak.rollen
        ),
        toelichting=zaak.toelichting,
        resultaat="" if resultaat is None else f"{resultaat.resultaattype} {resultaat.toelichting}".strip()[:MAX_TEKST],
        einddatum=None if zaak.einddatum is UNSET else zaak.einddatum,
        volgt_status=zaak.einddatum is UNSET,
        einddatum_gepland=zaak.einddatum_gepland,
        uiterlijke_einddatum=zaak.uiterlijke_einddatum_afdoening,
        weblink=zaak.weblink,
    )


def to_status(status: StatusIn) -> StatusInvoer:
    """A status as the use case takes it."""
    return StatusInvoer(status.statustype, status.datum_status_gezet, status.statustoelichting)


def hash_inhoud(*parts: str | bytes | bytearray) -> bytes:
    """The content of a delivery, to tell the same one from another under the same referentie."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\x00")
    return digest.digest()


def show_zaak(zaak: AfnemerZaak) -> ZaakUit:
    """A zaak on the wire."""
    held, weblink = zaak.beeld.zaak, zaak.weblink
    return ZaakUit(
        identificatie=held.identificatie,
        zaaktype=ZaaktypeVerwijzing(identificatie=held.zaaktype),
        omschrijving=held.omschrijving,
        toelichting=held.toelichting,
        resultaat=held.resultaat,
        startdatum=held.startdatum,
        einddatum=held.einddatum,
        einddatum_gepland=held.einddatum_gepland,
        uiterlijke_einddatum_afdoening=held.uiterlijke_einddatum,
        initiator=InitiatorUit(inp_bsn=f"{held.bsn:09d}"),
        fase=zaak.beeld.fase.value,
        statussen=[_show_status(each) for each in zaak.beeld.statussen],
        weblink=None
        if weblink is None
        else WeblinkUit(
            url=weblink.url,
            stand=weblink.stand.value,
            bruikbaar=weblink.bruikbaar,
            reden=weblink.reden,
            gecontroleerd_op=weblink.gecontroleerd_op,
        ),
        laatst_gewijzigd_op=held.gewijzigd_op,
    )


def show_zaken(zaken: AfnemerZaken) -> ZakenUit:
    """A page of zaken on the wire."""
    return ZakenUit(zaken=[show_zaak(each) for each in zaken.zaken], volgende=zaken.verder or None)


def show_postbussen(postbussen: list[Postbus]) -> PostbussenUit:
    """The answers on the wire."""
    shown = [PostbusUit(gebruiker=each.gebruiker, is_actief=each.is_actief) for each in postbussen]
    return PostbussenUit(postbussen=shown)


def _show_status(status: GezetteStatus) -> StatusUit:
    return StatusUit(
        status=status.tekst,
        datum_status_gezet=status.datum_status_gezet,
        statustoelichting=status.toelichting,
        informeren=status.informeren,
    )
