"""``/api/aansluiting/v1``: from the Aanvraagformulier to production and to the end, as the Afnemer does its part."""

from typing import cast

from flask import Response, current_app

from simulator.aansluiting.errors import (
    AansluitingNotFound,
    AanvraagOngeldig,
    CertificaatOngeldig,
    DocumentOngeldig,
    EinddatumOngeldig,
    StapNietMogelijk,
    StapOnvolledig,
    StapVanLogius,
)
from simulator.aansluiting.schemas.wire import (
    AansluitingenUit,
    AansluitingUit,
    BeeindigingIn,
    CertificaatIn,
    CertificaatUit,
    CertificatenUit,
    ContactenIn,
    DocumentenUit,
    DocumentIn,
    MandatenUit,
    OndertekeningIn,
    StapIn,
    as_aansluiting,
    as_aansluitingen,
    as_certificaat,
    as_documenten,
    as_mandaten,
    read_dienst,
)
from simulator.aansluiting.usecases import aanvraag, documenten, mandaten, overzicht, stappen
from simulator.aansluiting.values import Aanvraagformulier, Document, Ondertekening, Partij
from simulator.afnemers import AfnemerRecord, Dienst, afnemer_index, current_afnemer
from simulator.infra.clock import dutch_day
from simulator.infra.errors import InvalidInput, NotFound
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.openapi import Api, Parameter

api = Api(
    "aansluiting",
    "/api/aansluiting/v1",
    title="Aansluiting",
    description=(
        "De weg van uw aansluiting per dienst: Aanvraagformulier, voorbereiding, preproductie, testen, productie, "
        "beëindigd. Uw sleutel werkt hier ook als een dienst voor u dicht is: u ziet waarom. Bij Logius is dit een "
        "formulier en een portaal; deze vorm is van de simulator. De stappen van Logius staan in de beheer-API."
    ),
)
_DIENST = Parameter("dienst", "path", schema={"type": "string", "enum": [each.value for each in Dienst]})
_OIN = Parameter("oin", "path", schema={"type": "string", "maxLength": 40}, description="het OIN van de intermediair")


def current_checklist() -> overzicht.Checklist:
    """What tells how the tests of an Afnemer went; app.py says who that is."""
    return cast("overzicht.Checklist", current_app.extensions["checklist"])


@api.operation("GET", "/aansluitingen", summary="Uw aansluitingen, per dienst", answer=(200, AansluitingenUit))
def list_aansluitingen() -> Response:
    afnemer = current_afnemer()
    found = overzicht.list_overzichten(current_omgeving(), afnemer, current_checklist())
    return json_response(as_aansluitingen(afnemer, found))


@api.operation(
    "GET", "/aansluitingen/<dienst>", summary="Uw aansluiting op een dienst, met wat de volgende stap nog nodig heeft",
    answer=(200, AansluitingUit), refusals=(AansluitingNotFound,), parameters=(_DIENST,),
)  # fmt: skip
def show_aansluiting(dienst: str) -> Response:
    return _answer(read_dienst(dienst))


@api.operation(
    "PUT", "/aansluitingen/<dienst>/aanvraagformulier", summary="Vul het Aanvraagformulier MijnOverheid in",
    description="Zolang Logius niet is begonnen kunt u het wijzigen; daarna ondertekent u opnieuw.",
    body=Aanvraagformulier, answer=(200, AansluitingUit), parameters=(_DIENST,),
    refusals=(AanvraagOngeldig, AansluitingNotFound, StapNietMogelijk),
)  # fmt: skip
def put_formulier(dienst: str) -> Response:
    afnemer, formulier = current_afnemer(), read_json(Aanvraagformulier)
    wie = stappen.Wie(Partij.AFNEMER, afnemer.naam[:100])
    aanvraag.submit_formulier(current_omgeving(), afnemer, read_dienst(dienst), formulier, wie)
    return _answer(read_dienst(dienst))


@api.operation(
    "POST", "/aansluitingen/<dienst>/ondertekening", summary="Onderteken het Aanvraagformulier (artikel 2.2)",
    body=OndertekeningIn, answer=(200, AansluitingUit), refusals=(AansluitingNotFound, StapNietMogelijk),
    parameters=(_DIENST,),
)  # fmt: skip
def sign(dienst: str) -> Response:
    omgeving, body = current_omgeving(), read_json(OndertekeningIn)
    ondertekening = Ondertekening(body.op or dutch_day(omgeving.now()), body.door)
    aanvraag.sign_formulier(omgeving, current_afnemer(), read_dienst(dienst), ondertekening)
    return _answer(read_dienst(dienst))


@api.operation(
    "PUT", "/aansluitingen/<dienst>/contacten", summary="Noem uw contacten, per rol", body=ContactenIn,
    answer=(200, AansluitingUit), refusals=(AansluitingNotFound,), parameters=(_DIENST,),
)  # fmt: skip
def put_contacten(dienst: str) -> Response:
    body = read_json(ContactenIn)
    aanvraag.set_contacten(current_omgeving(), current_afnemer(), read_dienst(dienst), body.contacten)
    return _answer(read_dienst(dienst))


@api.operation(
    "POST", "/aansluitingen/<dienst>/stappen", summary="Zet de stap die u zelf zet: van preproductie naar testen",
    body=StapIn, answer=(200, AansluitingUit), parameters=(_DIENST,),
    refusals=(AansluitingNotFound, StapNietMogelijk, StapVanLogius, StapOnvolledig),
)  # fmt: skip
def take_stap(dienst: str) -> Response:
    body = read_json(StapIn)
    wie = stappen.Wie(Partij.AFNEMER, body.door, body.toelichting)
    opdracht = stappen.Stapopdracht(read_dienst(dienst), body.naar, wie)
    stappen.take_stap(current_omgeving(), current_afnemer(), opdracht, current_checklist())
    return _answer(opdracht.dienst)


@api.operation(
    "POST", "/aansluitingen/<dienst>/beeindiging", summary="Beëindig de aansluiting, nu of op een latere dag",
    body=BeeindigingIn, answer=(200, AansluitingUit), parameters=(_DIENST,),
    refusals=(AansluitingNotFound, StapNietMogelijk, EinddatumOngeldig),
)  # fmt: skip
def beeindig(dienst: str) -> Response:
    body = read_json(BeeindigingIn)
    wie = stappen.Wie(Partij.AFNEMER, body.door, body.toelichting)
    stappen.beeindig(current_omgeving(), current_afnemer(), read_dienst(dienst), wie, body.einddatum)
    return _answer(read_dienst(dienst))


@api.operation("GET", "/documenten", summary="Uw documenten, de nieuwste eerst", answer=(200, DocumentenUit))
def list_documenten() -> Response:
    return json_response(as_documenten(documenten.list_documenten(current_omgeving(), current_afnemer())))


@api.operation(
    "POST", "/documenten", summary="Leg een ondertekend document vast: DAP, SNO, DFA of verwerkersovereenkomst",
    body=DocumentIn, answer=(201, DocumentenUit), refusals=(DocumentOngeldig,),
)  # fmt: skip
def record_document() -> Response:
    omgeving, body = current_omgeving(), read_json(DocumentIn)
    document = Document(body.soort, body.versie, body.datum, body.ondertekend_door)
    documenten.record_document(omgeving, current_afnemer(), document)
    return json_response(as_documenten(documenten.list_documenten(omgeving, current_afnemer())), 201)


@api.operation("GET", "/certificaten", summary="Uw certificaten", answer=(200, CertificatenUit))
def list_certificaten() -> Response:
    omgeving = current_omgeving()
    found = documenten.list_certificaten(omgeving, current_afnemer())
    return json_response(CertificatenUit(certificaten=[as_certificaat(each, omgeving.now()) for each in found]))


@api.operation(
    "POST", "/certificaten", summary="Geef een certificaat op: PEM, met uw OIN als serialNumber van het Subject",
    body=CertificaatIn, answer=(201, CertificaatUit), refusals=(CertificaatOngeldig,),
)  # fmt: skip
def add_certificaat() -> Response:
    omgeving, body = current_omgeving(), read_json(CertificaatIn)
    found = documenten.add_certificaat(omgeving, current_afnemer(), body.pem)
    return json_response(as_certificaat(found, omgeving.now()), 201)


@api.operation("GET", "/mandaten", summary="Wie namens u mag verzenden, en namens wie u", answer=(200, MandatenUit))
def list_mandaten() -> Response:
    return json_response(as_mandaten(mandaten.list_mandaten(current_omgeving(), current_afnemer())))


@api.operation(
    "PUT", "/mandaten/<oin>", summary="Laat een intermediair namens u verzenden; geldt meteen",
    answer=(200, MandatenUit), refusals=(InvalidInput, NotFound), parameters=(_OIN,),
)  # fmt: skip
def grant_mandaat(oin: str) -> Response:
    mandaten.grant_mandaat(current_omgeving(), current_afnemer(), oin)
    return list_mandaten()


@api.operation(
    "DELETE", "/mandaten/<oin>", summary="Trek een mandaat in; geldt meteen", answer=(204, None),
    refusals=(NotFound,), parameters=(_OIN,),
)  # fmt: skip
def withdraw_mandaat(oin: str) -> Response:
    mandaten.withdraw_mandaat(current_omgeving(), current_afnemer(), oin)
    return Response(status=204)


def _answer(dienst: Dienst) -> Response:
    """The connection as it is after what was done."""
    omgeving = current_omgeving()
    return json_response(
        as_aansluiting(overzicht.get_overzicht(omgeving, _newest(current_afnemer()), dienst, current_checklist()))
    )


def _newest(afnemer: AfnemerRecord) -> AfnemerRecord:
    """The Afnemer after what this request changed."""
    return afnemer_index(current_omgeving()).by_id[afnemer.id]
