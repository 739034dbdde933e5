"""Lopende Zaken in the portaal for programs: the same as the pages show, on the API of the portaal."""

from datetime import date, datetime

from flask import Response, request
from msgspec import Struct

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace, json_response
from simulator.infra.openapi import Parameter
from simulator.lopende_zaken import inzage, zaken
from simulator.portaal.api import api
from simulator.portaal.errors import ParameterOngeldig

FASEN = tuple(each.value for each in zaken.Fase)
_KENMERK = Parameter("zaakKenmerk", "path", schema={"type": "string", "format": "uuid"}, description="id van de zaak")


class ZaakSamenvatting(Struct, frozen=True, kw_only=True, rename="camel"):
    """Een zaak in een lijst; ``gewijzigd``: sinds de burger haar voor het laatst bekeek."""

    id: str
    organisatie: str
    onderwerp: str
    fase: str
    status: str
    actie_vereist: bool
    gewijzigd: bool
    laatste_wijziging: datetime
    einddatum: date | None


class ZakenPagina(Struct, frozen=True, kw_only=True, rename="camel"):
    """Een bladzijde van zaken, de laatst gewijzigde eerst."""

    zaken: list[ZaakSamenvatting]
    volgende: str | None
    """Waarde voor ``cursor`` van de volgende bladzijde."""
    lopend: int
    afgehandeld: int


class Stap(Struct, frozen=True, kw_only=True, rename="camel"):
    """Een stap: voltooid, huidig, volgende, later of afgerond."""

    soort: str
    tekst: str
    toelichting: str
    moment: datetime | None


class Dossier(Struct, frozen=True, kw_only=True, rename="camel"):
    """De weg naar het dossier; zonder ``url`` zegt ``reden`` waarom die er niet is."""

    url: str | None
    reden: str
    sinds: datetime


class ZaakDetail(ZaakSamenvatting, frozen=True, kw_only=True, rename="camel"):
    """Een hele zaak."""

    zaaknummer: str
    soort: str
    toelichting: str
    startdatum: date
    einddatum_gepland: date | None
    uiterlijke_einddatum: date | None
    stappen: list[Stap]
    dossier: Dossier | None


@api.operation(
    "GET",
    "/zaken",
    summary="Zaken, de laatst gewijzigde eerst",
    answer=(200, ZakenPagina),
    refusals=(ParameterOngeldig, zaken.ZakenlijstOngeldig),
    parameters=(
        Parameter("fase", schema={"type": "string", "enum": list(FASEN), "default": FASEN[0]}),
        Parameter("cursor", description="`volgende` van de vorige bladzijde"),
    ),
)
def list_zaken() -> Response:
    omgeving, bsn, fase = current_omgeving(), current_burger().bsn, request.args.get("fase", FASEN[0])
    if fase not in FASEN:
        raise ParameterOngeldig(f"fase is {' of '.join(FASEN)}.", ontvangen=fase[:64])
    vraag = zaken.Lijstvraag(zaken.Fase(fase), request.args.get("cursor", ""))
    lijst = inzage.show_zaken(omgeving, bsn, vraag, current_trace())
    telling = zaken.count_burger_zaken(omgeving, bsn)
    return json_response(
        ZakenPagina(
            zaken=[_summarise(each) for each in lijst.zaken],
            volgende=lijst.verder or None,
            lopend=telling.lopend,
            afgehandeld=telling.afgehandeld,
        )
    )


@api.operation(
    "GET",
    "/zaken/<zaak_kenmerk>",
    summary="Eén zaak, met haar verloop",
    description="Dit markeert de zaak niet als bekeken: een GET verandert niets.",
    answer=(200, ZaakDetail),
    refusals=(zaken.EigenZaakNotFound,),
    parameters=(_KENMERK,),
)
def get_zaak(zaak_kenmerk: str) -> Response:
    return _answer(inzage.show_zaak(current_omgeving(), current_burger().bsn, zaak_kenmerk, current_trace()))


@api.operation(
    "POST",
    "/zaken/<zaak_kenmerk>/_bekijken",
    summary="Eén zaak, en vanaf nu is zij bekeken",
    description="Wat de pagina van een zaak doet: daarna telt zij niet meer als gewijzigd.",
    answer=(200, ZaakDetail),
    refusals=(zaken.EigenZaakNotFound,),
    parameters=(_KENMERK,),
)
def view_zaak(zaak_kenmerk: str) -> Response:
    return _answer(inzage.read_zaak(current_omgeving(), current_burger().bsn, zaak_kenmerk, current_trace()))


def _answer(zaak: zaken.BurgerZaak) -> Response:
    weblink = zaak.weblink
    return json_response(
        ZaakDetail(
            id=zaak.kenmerk,
            organisatie=zaak.organisatie,
            onderwerp=zaak.onderwerp,
            fase=zaak.fase.value,
            status=zaak.status,
            actie_vereist=zaak.actie_vereist,
            gewijzigd=zaak.is_nieuw,
            laatste_wijziging=zaak.laatste_wijziging,
            einddatum=zaak.einddatum,
            zaaknummer=zaak.identificatie,
            soort=zaak.soort,
            toelichting=zaak.toelichting,
            startdatum=zaak.startdatum,
            einddatum_gepland=zaak.einddatum_gepland,
            uiterlijke_einddatum=zaak.uiterlijke_einddatum,
            stappen=[
                Stap(soort=each.soort.value, tekst=each.tekst, toelichting=each.toelichting, moment=each.moment)
                for each in zaak.stappen
            ],
            dossier=None if weblink is None else Dossier(url=weblink.url, reden=weblink.reden, sinds=weblink.sinds),
        )
    )


def _summarise(zaak: zaken.BurgerZaak) -> ZaakSamenvatting:
    return ZaakSamenvatting(
        id=zaak.kenmerk,
        organisatie=zaak.organisatie,
        onderwerp=zaak.onderwerp,
        fase=zaak.fase.value,
        status=zaak.status,
        actie_vereist=zaak.actie_vereist,
        gewijzigd=zaak.is_nieuw,
        laatste_wijziging=zaak.laatste_wijziging,
        einddatum=zaak.einddatum,
    )
