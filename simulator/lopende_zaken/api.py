"""The interface for Afnemers: deliver zaken and statuses in three ways, manage zaaktypen, ask who has a box."""

import re
from http import HTTPStatus

from flask import Response, request

from simulator.afnemers import AfnemerRecord, current_afnemer
from simulator.infra.errors import FieldError, Refusal
from simulator.infra.http import (
    JsonInvalid,
    absolute_uri,
    count_refusal,
    current_omgeving,
    current_trace,
    decode_json,
    json_response,
    read_body,
    read_json,
    require_content_type,
)
from simulator.infra.ids import new_guid
from simulator.infra.openapi import Api, Parameter
from simulator.infra.tracing import HEADER
from simulator.lopende_zaken import errors
from simulator.lopende_zaken.rules.stuf import check_zaakbericht
from simulator.lopende_zaken.schemas import zaaktypen as zaaktype_schemas
from simulator.lopende_zaken.schemas import zaken as schemas
from simulator.lopende_zaken.schemas import zgw as zgw_schemas
from simulator.lopende_zaken.schemas.stuf_antwoord import Antwoordgegevens, write_bv03, write_fo03
from simulator.lopende_zaken.schemas.zaklk01 import find_referentienummer, read_zaakbericht
from simulator.lopende_zaken.usecases import postbus, zaaktypen, zaken, zgw
from simulator.lopende_zaken.usecases.levering import submit_levering
from simulator.lopende_zaken.values import (
    MAX_IDENTIFICATIE,
    MAX_ZAAKBERICHT_BYTES,
    MAX_ZAAKTYPE,
    SLEUTEL_PATROON,
    Fase,
    Kanaal,
    Levering,
    StufZaakbericht,
)

XML = "application/xml"
PREFIX = "/api/lopende-zaken/v1"
api = Api(
    name="lopende-zaken",
    prefix=PREFIX,
    title="Lopende Zaken voor Afnemers",
    description="Zaken en statussen aanleveren, in de woorden van de ZGW-API's, als StUF-ZKN 3.10 zakLk01, of na een "
    "notificatie die de simulator ophaalt bij uw Zaken API. Eén verandering is één eenheid verbruik, en kost niets "
    "(artikel 7.2).",
)
_SLEUTEL = re.compile(SLEUTEL_PATROON)
_IDENTIFICATIE = Parameter(
    "identificatie", "path", schema={"type": "string", "maxLength": MAX_IDENTIFICATIE, "pattern": SLEUTEL_PATROON}
)
_ZAAKTYPE = Parameter(
    "identificatie", "path", schema={"type": "string", "maxLength": MAX_ZAAKTYPE, "pattern": SLEUTEL_PATROON}
)
_MESSAGE_ID = Parameter(
    "X-Message-ID",
    in_="header",
    description="Uw eigen kenmerk, als u dat wilt: hetzelfde kenmerk met dezelfde inhoud is dezelfde levering.",
)
_MAX_PAGINA = 100


@api.operation(
    "PUT",
    "/zaken/<identificatie>",
    summary="Lever een zaak aan, nieuw of gewijzigd",
    description="Op (OIN, zaakidentificatie). Zonder `einddatum` beslissen de statussen of de zaak loopt; `null` "
    "heropent een zaak. 201 voor een nieuwe zaak. Nog eens hetzelfde verandert en telt niets.",
    body=schemas.ZaakIn,
    answer=(200, schemas.ZaakUit),
    also=(201,),
    parameters=(_IDENTIFICATIE, _MESSAGE_ID),
    refusals=(errors.InitiatorOngeldig, errors.PostbusNietActief),
)
def put_zaak(identificatie: str) -> Response:
    """Decode, hand over, show the zaak as it is now."""
    _check_sleutel(identificatie, MAX_IDENTIFICATIE)
    require_content_type("application/json")
    body = read_body(MAX_ZAAKBERICHT_BYTES)
    zaak = decode_json(body, schemas.ZaakIn)
    levering = Levering(
        current_afnemer(),
        Kanaal.REST,
        _referentie(),
        schemas.hash_inhoud("zaak", identificatie, body),
        identificatie,
        current_trace(),
        schemas.to_zaak(zaak),
        None if zaak.status is None else schemas.to_status(zaak.status),
    )
    bevestiging = submit_levering(current_omgeving(), levering)
    return _zaak(identificatie, 201 if bevestiging.is_nieuw else 200)


@api.operation(
    "POST",
    "/zaken/<identificatie>/statussen",
    summary="Geef een zaak een status",
    description="In welke volgorde statussen ook aankomen: de geschiedenis staat op datumStatusGezet. Een eindstatus "
    "sluit de zaak; een latere status heropent haar.",
    body=schemas.StatusIn,
    answer=(201, schemas.ZaakUit),
    parameters=(_IDENTIFICATIE, _MESSAGE_ID),
    refusals=(errors.ZaakNotFound, errors.StatustypeOnbekend, errors.ReferentieAlGebruikt),
)
def post_status(identificatie: str) -> Response:
    """Decode, hand over, show the zaak as it is now."""
    _check_sleutel(identificatie, MAX_IDENTIFICATIE)
    require_content_type("application/json")
    body = read_body(MAX_ZAAKBERICHT_BYTES)
    status = schemas.to_status(decode_json(body, schemas.StatusIn))
    inhoud = schemas.hash_inhoud("status", identificatie, body)
    levering = Levering(
        current_afnemer(), Kanaal.REST, _referentie(), inhoud, identificatie, current_trace(), status=status
    )
    submit_levering(current_omgeving(), levering)
    return _zaak(identificatie, 201)


@api.operation(
    "GET",
    "/zaken",
    summary="Uw zaken, met hun geschiedenis",
    answer=(200, schemas.ZakenUit),
    parameters=(
        Parameter("fase", schema={"type": "string", "enum": [each.value for each in Fase]}),
        Parameter("cursor", description="`volgende` van de vorige bladzijde"),
        Parameter("aantal", schema={"type": "integer", "minimum": 1, "maximum": _MAX_PAGINA, "default": 50}),
    ),
    refusals=(errors.ZakenlijstOngeldig,),
)
def list_zaken() -> Response:
    """A page of the zaken of the caller."""
    given = request.args
    fase, aantal = given.get("fase"), given.get("aantal", "50")
    if fase is not None and fase not in set(Fase):
        raise errors.ZakenlijstOngeldig("fase is lopend of afgehandeld.", ontvangen=fase[:40])
    if not (aantal.isascii() and aantal.isdigit() and len(aantal) <= 3 and 1 <= int(aantal) <= _MAX_PAGINA):  # noqa: PLR2004 - digits
        raise errors.ZakenlijstOngeldig(f"aantal is 1 tot en met {_MAX_PAGINA}.", ontvangen=aantal[:40])
    vraag = zaken.Lijstvraag(None if fase is None else Fase(fase), given.get("cursor", ""), int(aantal))
    return json_response(schemas.show_zaken(zaken.list_afnemer_zaken(current_omgeving(), current_afnemer(), vraag)))


@api.operation(
    "GET",
    "/zaken/<identificatie>",
    summary="Eén zaak, met haar geschiedenis",
    answer=(200, schemas.ZaakUit),
    parameters=(_IDENTIFICATIE,),
    refusals=(errors.ZaakNotFound,),
)
def get_zaak(identificatie: str) -> Response:
    """A zaak of the caller."""
    return _zaak(identificatie, 200)


@api.operation(
    "POST",
    "/postbussen/_controleren",
    summary="Vraag vooraf wie een actieve postbus voor zaakberichten heeft (hooguit 250 BSN's)",
    body=schemas.PostbussenIn,
    answer=(200, schemas.PostbussenUit),
)
def check_postbussen() -> Response:
    """Per BSN whether zaken can be shown; BSNs travel in the body, never in the URL."""
    vraag = read_json(schemas.PostbussenIn)
    antwoord = postbus.check_postbussen(current_omgeving(), current_afnemer(), vraag.gebruikers, current_trace())
    return json_response(schemas.show_postbussen(antwoord), headers={HEADER: current_trace().traceparent})


@api.operation(
    "POST",
    "/zaakberichten",
    summary="Lever een zaakbericht aan (StUF-ZKN 3.10, zakLk01)",
    description="Antwoord: Bv03, of bij een weigering Fo03 met `code`, `plek`, `omschrijving` en `details`; de "
    "gepubliceerde berichtvorm gaat hier voor de vorm van problemen. Het schema is van de simulator (zakLk01.xsd). Een "
    "tweede bericht met hetzelfde referentienummer en dezelfde inhoud telt niet.",
    body_type=XML,
    answer=(200, None),
    answer_types=(XML,),
    refusal_types=(XML,),
    refusals=(errors.ZaakberichtOngeldig, errors.ReferentieAlGebruikt, errors.ZaakNotFound),
)
def deliver_zaakbericht() -> Response:
    """Read, hand over, and answer in the protocol of the question."""
    omgeving, afnemer, body = current_omgeving(), current_afnemer(), bytearray()
    try:
        require_content_type(XML, "text/xml")
        body += read_body(MAX_ZAAKBERICHT_BYTES)
        bericht = read_zaakbericht(body)
        check_zaakbericht(bericht, afnemer)
        submit_levering(omgeving, _to_levering(bericht, afnemer))
    except Refusal as refusal:
        count_refusal(refusal)
        gegevens = Antwoordgegevens(str(afnemer.oin), find_referentienummer(body), omgeving.now())
        answer = write_fo03(gegevens, refusal)
        return Response(answer, refusal.status, refusal.headers, content_type=f"{XML}; charset=utf-8")
    gegevens = Antwoordgegevens(str(afnemer.oin), bericht.stuurgegevens.referentienummer, omgeving.now())
    return Response(write_bv03(gegevens), content_type=f"{XML}; charset=utf-8")


@api.operation("GET", "/zaaktypen", summary="Uw zaaktypen", answer=(200, zaaktype_schemas.ZaaktypenUit))
def list_zaaktypen() -> Response:
    """The zaaktypen of the caller."""
    found = zaaktypen.list_zaaktypen(current_omgeving(), current_afnemer())
    return json_response(zaaktype_schemas.show_zaaktypen(found))


@api.operation(
    "GET",
    "/zaaktypen/<identificatie>",
    summary="Eén zaaktype",
    answer=(200, zaaktype_schemas.ZaaktypeUit),
    parameters=(_ZAAKTYPE,),
    refusals=(errors.ZaaktypeNotFound,),
)
def get_zaaktype(identificatie: str) -> Response:
    """A zaaktype of the caller."""
    found = zaaktypen.get_zaaktype(current_omgeving(), current_afnemer(), identificatie)
    return json_response(zaaktype_schemas.show_zaaktype(found))


@api.operation(
    "PUT",
    "/zaaktypen/<identificatie>",
    summary="Stel een zaaktype in, met de statussen waarover de burger hoort",
    description="201 voor een nieuw zaaktype. Uitzetten is `actief: false`: bestaande zaken blijven zichtbaar.",
    body=zaaktype_schemas.ZaaktypeIn,
    answer=(200, zaaktype_schemas.ZaaktypeUit),
    also=(201,),
    parameters=(_ZAAKTYPE,),
    refusals=(errors.StatustypenDubbel,),
)
def put_zaaktype(identificatie: str) -> Response:
    """Store a zaaktype of the caller."""
    _check_sleutel(identificatie, MAX_ZAAKTYPE)
    document = zaaktype_schemas.to_zaaktype(identificatie, read_json(zaaktype_schemas.ZaaktypeIn))
    is_nieuw = zaaktypen.put_zaaktype(current_omgeving(), current_afnemer(), document)
    return json_response(zaaktype_schemas.show_zaaktype(document), 201 if is_nieuw else 200)


@api.operation(
    "PUT",
    "/zgw-koppeling",
    summary="Registreer waar uw Zaken API en Catalogi API zijn",
    description="Daarna haalt de simulator op waar een notificatie over gaat. Alleen https op het openbare internet; "
    "intern alleen een naam uit de instelling `zgwLokaal` van de omgeving.",
    body=zgw_schemas.KoppelingIn,
    answer=(200, zgw_schemas.KoppelingUit),
    refusals=(errors.ZgwAdresOngeldig,),
)
def put_koppeling() -> Response:
    """Register the API's of the caller."""
    koppeling = zgw_schemas.to_koppeling(read_json(zgw_schemas.KoppelingIn))
    return json_response(
        zgw_schemas.show_koppeling(zgw.put_koppeling(current_omgeving(), current_afnemer(), koppeling))
    )


@api.operation(
    "GET",
    "/zgw-koppeling",
    summary="De koppeling met uw API's",
    answer=(200, zgw_schemas.KoppelingUit),
    refusals=(errors.KoppelingNotFound,),
)
def get_koppeling() -> Response:
    """The koppeling of the caller, without its secret."""
    return json_response(zgw_schemas.show_koppeling(zgw.get_koppeling(current_omgeving(), current_afnemer())))


@api.operation("DELETE", "/zgw-koppeling", summary="Verbreek de koppeling", answer=(204, None))
def delete_koppeling() -> Response:
    """Forget the koppeling of the caller."""
    zgw.remove_koppeling(current_omgeving(), current_afnemer())
    return Response(status=204)


@api.operation(
    "POST",
    "/notificaties",
    summary="Callback voor de Notificaties API",
    description="Abonneer u op kanaal `zaken`; de sleutel mag ook in `Authorization` staan. 200 met de notificatie als "
    "de status wordt opgehaald, 202 als er voor de burger geen nieuws is.",
    body=zgw_schemas.NotificatieIn,
    answer=(200, zgw_schemas.NotificatieIn),
    also=(202,),
    refusals=(errors.KoppelingOntbreekt, errors.ZgwAdresOngeldig),
)
def receive_notificatie() -> Response:
    """Take a notification in and give it back, as receivers of notifications do."""
    given = read_json(zgw_schemas.NotificatieIn)
    is_nieuws = zgw.receive_notificatie(
        current_omgeving(), current_afnemer(), zgw_schemas.to_notificatie(given), current_trace()
    )
    return json_response(given, 200 if is_nieuws else 202)


@api.operation(
    "GET",
    "/notificaties",
    summary="Uw laatste notificaties, en wat ervan werd",
    answer=(200, zgw_schemas.NotificatiesUit),
)
def list_notificaties() -> Response:
    """What became of the notifications of the caller."""
    found = zgw.list_notificaties(current_omgeving(), current_afnemer())
    shown = [zgw_schemas.show_notificatie(each) for each in found]
    return json_response(zgw_schemas.NotificatiesUit(notificaties=shown))


def _zaak(identificatie: str, status: int) -> Response:
    found = zaken.get_afnemer_zaak(current_omgeving(), current_afnemer(), identificatie)
    headers = {HEADER: current_trace().traceparent}
    if status == HTTPStatus.CREATED:
        headers["Location"] = absolute_uri(f"{PREFIX}/zaken/{identificatie}")
    return json_response(schemas.show_zaak(found), status, headers)


def _to_levering(bericht: StufZaakbericht, afnemer: AfnemerRecord) -> Levering:
    """A resend may say another tijdstipBericht: what counts as its content is what it says of the zaak."""
    return Levering(
        afnemer,
        Kanaal.STUF,
        bericht.stuurgegevens.referentienummer,
        schemas.hash_inhoud(bericht.identificatie, repr(bericht.zaak), repr(bericht.status)),
        bericht.identificatie,
        current_trace(),
        bericht.zaak,
        bericht.status,
        bericht.stuurgegevens.tijdstip,
    )


def _referentie() -> str:
    sent = request.headers.get("X-Message-ID", "")
    return sent or str(new_guid())


def _check_sleutel(identificatie: str, most: int) -> None:
    """An identificatie that could not be a path, or is longer than is stored."""
    if len(identificatie) > most or not _SLEUTEL.match(identificatie):
        raise JsonInvalid(errors=[FieldError("", f"identificatie is 1 tot {most} letters, cijfers en . _ ~ -")])
