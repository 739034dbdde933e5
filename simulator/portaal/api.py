"""The portaal for programs: what a citizen sees and does, with a session of DigiD or of the control API."""

from typing import Any

from flask import Response, request
from msgspec import UNSET
from werkzeug.datastructures import Headers

from simulator.berichtenbox import inzage, postvak
from simulator.digid import current_burger
from simulator.gebruikers import instellingen
from simulator.infra.http import current_omgeving, current_trace, json_response, read_json
from simulator.infra.openapi import BEARER, Api, Parameter
from simulator.portaal.errors import OrganisatieOnbekend, ParameterOngeldig
from simulator.portaal.schemas import (
    BerichtDetail,
    BerichtenPagina,
    BerichtSamenvatting,
    BerichtWijziging,
    BijlageSamenvatting,
    DienstNieuws,
    DienstOverzicht,
    Gewist,
    Instellingen,
    Mapstand,
    OrganisatieVoorkeur,
    Overzicht,
)
from simulator.portaal.usecases.diensten import Dienststand, list_standen, log_startpagina
from simulator.portaal.usecases.instellingen import (
    Voorkeuren,
    activate_box,
    get_persoon,
    list_organisaties,
    log_instellingen,
    store_voorkeuren,
)

api = Api(
    "portaal",
    "/api/portaal/v1",
    title="MijnOverheid-simulator: portaal",
    description="Wat de inwoner ziet en doet. Deze vorm is van de simulator; MijnOverheid publiceert er geen.",
)
api.security = BEARER
MAPPEN = ("inbox", "archief", "prullenbak")
MAX_ZOEK = 100
_KENMERK = Parameter("kenmerk", "path", schema={"type": "string", "format": "uuid"}, description="id van het bericht")
_VOLGORDE = Parameter("volgorde", "path", schema={"type": "integer", "minimum": 1, "maximum": 99})


@api.operation("GET", "/overzicht", summary="Startpagina", answer=(200, Overzicht))
def get_overzicht() -> Response:
    omgeving, bsn = current_omgeving(), current_burger().bsn
    log_startpagina(omgeving, bsn, current_trace())
    standen = postvak.summarise_postvak(omgeving, bsn)
    mappen = {naam.value: Mapstand(stand.aantal, stand.ongelezen) for naam, stand in standen.items()}
    diensten = [_describe_dienst(each) for each in list_standen(omgeving, bsn)]
    return json_response(Overzicht(get_persoon(omgeving, bsn).naam, omgeving.now(), diensten, mappen))


@api.operation(
    "GET",
    "/berichten",
    summary="Berichten in een map, nieuwste eerst",
    answer=(200, BerichtenPagina),
    refusals=(ParameterOngeldig, postvak.BladwijzerOngeldig),
    parameters=(
        Parameter("map", schema={"type": "string", "enum": list(MAPPEN), "default": "inbox"}),
        Parameter("zoek", schema={"type": "string", "maxLength": MAX_ZOEK}, description="woorden die alle voorkomen"),
        Parameter("cursor", description="`volgende` van de vorige bladzijde"),
    ),
)
def list_berichten() -> Response:
    vraag = postvak.Lijstvraag(
        current_burger().bsn, postvak.Map(_requested_map()), _requested_zoek(), request.args.get("cursor", "")
    )
    lijst = inzage.show_lijst(current_omgeving(), vraag, current_trace())
    berichten = [BerichtSamenvatting(**_summary(regel.kop, regel.afzender)) for regel in lijst.berichten]
    return json_response(BerichtenPagina(berichten, lijst.verder or None))


@api.operation(
    "GET",
    "/berichten/<kenmerk>",
    summary="Eén bericht",
    description="Dit markeert het bericht niet als gelezen: een GET verandert niets.",
    answer=(200, BerichtDetail),
    refusals=(postvak.BerichtNotFound,),
    parameters=(_KENMERK,),
)
def get_bericht(kenmerk: str) -> Response:
    return _bericht(kenmerk)


@api.operation(
    "PATCH",
    "/berichten/<kenmerk>",
    summary="Een bericht verplaatsen, of markeren als gelezen of ongelezen",
    body=BerichtWijziging,
    answer=(200, BerichtDetail),
    refusals=(postvak.BerichtNotFound, postvak.VerplaatsenNietMogelijk),
    parameters=(_KENMERK,),
)
def change_bericht(kenmerk: str) -> Response:
    wijziging = read_json(BerichtWijziging, limit=1 << 12)
    naar = None if wijziging.map is UNSET else postvak.Map(wijziging.map)
    gelezen = None if wijziging.gelezen is UNSET else wijziging.gelezen
    keuze = postvak.Keuze(current_burger().bsn, (kenmerk,))
    postvak.change_berichten(current_omgeving(), keuze, postvak.Verandering(naar, gelezen))
    return _bericht(kenmerk)


@api.operation(
    "DELETE",
    "/berichten/<kenmerk>",
    summary="Een bericht verwijderen",
    description="Naar de prullenbak; vanuit de prullenbak definitief.",
    answer=(204, None),
    refusals=(postvak.BerichtNotFound,),
    parameters=(_KENMERK,),
)
def delete_bericht(kenmerk: str) -> Response:
    postvak.delete_bericht(current_omgeving(), current_burger().bsn, kenmerk)
    return Response(status=204)


@api.operation(
    "GET",
    "/berichten/<kenmerk>/bijlagen/<int:volgorde>",
    summary="De inhoud van een bijlage",
    answer=(200, None),
    answer_types=("application/pdf",),
    refusals=(postvak.BerichtNotFound, postvak.BijlageNotFound),
    parameters=(_KENMERK, _VOLGORDE),
)
def get_bijlage(kenmerk: str, volgorde: int) -> Response:
    bijlage = inzage.show_bijlage(current_omgeving(), current_burger().bsn, kenmerk, volgorde, current_trace())
    headers = Headers()
    headers.set("Content-Disposition", "attachment", filename=bijlage.bestandsnaam)
    return Response(bijlage.inhoud, 200, headers, content_type="application/pdf")


@api.operation("GET", "/instellingen", summary="Instellingen", answer=(200, Instellingen))
def get_instellingen() -> Response:
    return _instellingen()


@api.operation(
    "PUT",
    "/instellingen",
    summary="Instellingen bewaren",
    body=Instellingen,
    answer=(200, Instellingen),
    refusals=(OrganisatieOnbekend, instellingen.BoxNietActief),
)
def put_instellingen() -> Response:
    wens = read_json(Instellingen, limit=1 << 18)
    organisaties = {each.oin: each.ontvangen for each in wens.organisaties}
    voorkeuren = Voorkeuren(current_burger().bsn, wens.email, wens.kennisgeving, wens.herhaling, organisaties)
    store_voorkeuren(current_omgeving(), voorkeuren)
    return _instellingen()


@api.operation(
    "POST",
    "/instellingen/_activeren",
    summary="De Berichtenbox activeren",
    description="Wat iemand na de eerste keer inloggen doet; is de box al actief, dan verandert er niets.",
    answer=(200, Instellingen),
)
def activate() -> Response:
    activate_box(current_omgeving(), current_burger().bsn)
    return _instellingen()


@api.operation(
    "POST",
    "/prullenbak/_legen",
    summary="Alles in de prullenbak definitief verwijderen",
    answer=(200, Gewist),
)
def empty_prullenbak() -> Response:
    return json_response(Gewist(postvak.empty_prullenbak(current_omgeving(), current_burger().bsn)))


def _describe_dienst(stand: Dienststand) -> DienstOverzicht:
    samenvatting = stand.samenvatting
    laatste = [DienstNieuws(*each) for each in samenvatting.laatste] if samenvatting else []
    zin = samenvatting.zin if samenvatting else None
    return DienstOverzicht(stand.dienst.naam, stand.dienst.pad, stand.aantal, zin, laatste)


def _requested_map() -> str:
    naam = request.args.get("map", "inbox")
    if naam not in MAPPEN:
        raise ParameterOngeldig(f"map is {', '.join(MAPPEN)}.", ontvangen=naam[:64])
    return naam


def _requested_zoek() -> str:
    zoek = request.args.get("zoek", "")
    if len(zoek) > MAX_ZOEK:
        raise ParameterOngeldig(f"zoek is hooguit {MAX_ZOEK} tekens.", ontvangen=f"{len(zoek)} tekens")
    return zoek


def _summary(kop: postvak.BerichtKop, afzender: str) -> dict[str, Any]:
    return {
        "id": kop.kenmerk,
        "afzender": afzender,
        "onderwerp": kop.onderwerp,
        "map": kop.map.value,
        "gelezen": kop.gelezen,
        "gepubliceerd_op": kop.zichtbaar_vanaf,
        "reageren_tot": kop.einddatum_handelingstermijn,
        "aantal_bijlagen": kop.aantal_bijlagen,
    }


def _bericht(kenmerk: str) -> Response:
    bericht = inzage.show_bericht(current_omgeving(), current_burger().bsn, kenmerk, current_trace())
    detail = BerichtDetail(
        **_summary(bericht.kop, bericht.afzender),
        tekst=bericht.leesbare_tekst,
        referentie=bericht.referentie or None,
        berichttype=bericht.berichttype,
        bijlagen=[BijlageSamenvatting(each.volgorde, each.omschrijving, each.omvang) for each in bericht.bijlagen],
    )
    return json_response(detail)


def _instellingen() -> Response:
    omgeving, bsn = current_omgeving(), current_burger().bsn
    log_instellingen(omgeving, bsn, current_trace())
    persoon = get_persoon(omgeving, bsn)
    organisaties = [OrganisatieVoorkeur(each.oin, each.aan, each.naam) for each in list_organisaties(omgeving, bsn)]
    return json_response(
        Instellingen(persoon.email, persoon.kennisgeving_aan, persoon.herhaling_aan, organisaties, persoon.box_actief)
    )
