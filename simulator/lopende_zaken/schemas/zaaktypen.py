"""Zaaktypen over REST, in the vocabulary of the Catalogi API."""

from typing import Annotated

import msgspec
from msgspec import Meta

from simulator.infra.patterns import TEXT
from simulator.lopende_zaken.values import MAX_OMSCHRIJVING, MAX_TEKST, Statustype, Zaaktype

Omschrijving = Annotated[str, Meta(min_length=1, max_length=MAX_OMSCHRIJVING, pattern=TEXT)]
Statustekst = Annotated[str, Meta(max_length=MAX_TEKST, pattern=TEXT)]


class StatustypeDocument(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Een status van een zaaktype; ``actieVereist``: de burger moet iets doen (van de simulator, niet van ZGW)."""

    volgnummer: Annotated[int, Meta(ge=1, le=9999)]
    omschrijving: Omschrijving
    statustekst: Statustekst = ""
    informeren: bool = True
    is_eindstatus: bool = False
    actie_vereist: bool = False


class ZaaktypeIn(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Een zaaktype met al zijn statustypen; wat er was, wordt vervangen."""

    omschrijving: Omschrijving
    actief: bool = True
    statustypen: Annotated[list[StatustypeDocument], Meta(max_length=100)] = []


class ZaaktypeUit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Een zaaktype."""

    identificatie: str
    omschrijving: str
    actief: bool
    statustypen: list[StatustypeDocument]


class ZaaktypenUit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Uw zaaktypen, op identificatie."""

    zaaktypen: list[ZaaktypeUit]


def to_zaaktype(identificatie: str, document: ZaaktypeIn) -> Zaaktype:
    """A zaaktype as the use case takes it, its statustypen in order."""
    statustypen = [
        Statustype(
            each.volgnummer,
            each.omschrijving,
            each.statustekst,
            informeren=each.informeren,
            is_eindstatus=each.is_eindstatus,
            actie_vereist=each.actie_vereist,
        )
        for each in sorted(document.statustypen, key=lambda each: each.volgnummer)
    ]
    return Zaaktype(identificatie, document.omschrijving, actief=document.actief, statustypen=tuple(statustypen))


def show_zaaktypen(zaaktypen: list[Zaaktype]) -> ZaaktypenUit:
    """All of them on the wire."""
    return ZaaktypenUit(zaaktypen=[show_zaaktype(each) for each in zaaktypen])


def show_zaaktype(zaaktype: Zaaktype) -> ZaaktypeUit:
    """A zaaktype on the wire."""
    return ZaaktypeUit(
        identificatie=zaaktype.identificatie,
        omschrijving=zaaktype.omschrijving,
        actief=zaaktype.actief,
        statustypen=[
            StatustypeDocument(
                volgnummer=each.volgnummer,
                omschrijving=each.omschrijving,
                statustekst=each.statustekst,
                informeren=each.informeren,
                is_eindstatus=each.is_eindstatus,
                actie_vereist=each.actie_vereist,
            )
            for each in zaaktype.statustypen
        ],
    )
