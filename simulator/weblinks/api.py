"""``/api/weblinks/v1``: the domains of an Afnemer, and what was found about its weblinks to dossiers."""

from pathlib import Path

from flask import Response, render_template, request

from simulator.afnemers import current_afnemer
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.openapi import Api, Parameter
from simulator.weblinks.errors import (
    ContactOngeldig,
    DomeinNotFound,
    DomeinOngeldig,
    TeVeelDomeinen,
    WeblinkNotFound,
    WeblinkVraagOngeldig,
)
from simulator.weblinks.queries.controles import Filter
from simulator.weblinks.rules.rapport import VOLGORDE, css_of, draw_trend
from simulator.weblinks.rules.uitslag import schrijf_moment
from simulator.weblinks.rules.vraag import (
    MAX_DAGEN,
    MAX_PER_BLADZIJDE,
    PER_BLADZIJDE,
    Gevraagd,
    read_dagen,
    read_vraag,
)
from simulator.weblinks.schemas import (
    CSV_TYPE,
    HTML_TYPE,
    ContactAntwoord,
    ContactVerzoek,
    ControlesAntwoord,
    DomeinAntwoord,
    DomeinenAntwoord,
    MeldingenAntwoord,
    SamenvattingAntwoord,
    StartAntwoord,
    StartVerzoek,
    WeblinkAntwoord,
    as_controles,
    as_csv,
    as_domein,
    as_domeinen,
    as_meldingen,
    as_samenvatting,
    as_weblink,
)
from simulator.weblinks.usecases import beheer, overzicht
from simulator.weblinks.values.stand import Stand

_JSON_TYPE = "application/json"
_ALLES = 1_000_000
_IN_RAPPORT = 200
_STAND = Parameter(
    "stand",
    schema={"type": "array", "items": {"type": "string", "enum": [stand.value for stand in Stand]}},
    description="Alleen van deze stand; mag vaker.",
)
_NA = Parameter("na", schema={"type": "string", "format": "uuid"}, description="De waarde van `volgende`.")
_AANTAL = Parameter(
    "aantal",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_PER_BLADZIJDE, "default": PER_BLADZIJDE},
    description="Hoogstens zoveel; CSV geeft zonder dit alles.",
)
_DAGEN = Parameter("dagen", schema={"type": "integer", "minimum": 1, "maximum": MAX_DAGEN, "default": overzicht.DAGEN})

api = Api(
    name="weblinks",
    prefix="/api/weblinks/v1",
    title="Weblinks",
    description=(
        "De weblinks naar dossiers in Lopende Zaken (Voorwaarden, artikel 7.1): binnen welke domeinen zij blijven, "
        "en wat de simulator vond toen hij ze volgde."
    ),
)
api.blueprint.template_folder = str(Path(__file__).parent / "templates")


@api.operation(
    "GET", "/controles", summary="Wat over uw weblinks is gevonden", answer=(200, ControlesAntwoord),
    answer_types=(_JSON_TYPE, CSV_TYPE), refusals=(WeblinkVraagOngeldig,),
    parameters=(_STAND, Parameter("host", description="Alleen van deze host."), _NA, _AANTAL),
)  # fmt: skip
def list_controles() -> Response:
    omgeving, afnemer, given = current_omgeving(), current_afnemer(), request.args
    vraag = read_vraag(Gevraagd(given.getlist("stand"), given.get("host"), given.get("na"), given.get("aantal")))
    as_text = request.accept_mimetypes.best_match([_JSON_TYPE, CSV_TYPE], _JSON_TYPE) == CSV_TYPE
    aantal = vraag.aantal or (_ALLES if as_text else PER_BLADZIJDE)
    gezocht = Filter(vraag.standen, vraag.host, vraag.na or 0, aantal)
    if not as_text:
        return json_response(as_controles(overzicht.list_controles(omgeving, afnemer, gezocht), aantal))
    headers = {"Content-Disposition": 'attachment; filename="weblinks.csv"'}
    lines = as_csv(overzicht.walk_controles(omgeving, afnemer, gezocht))
    return Response(lines, headers=headers, content_type=f"{CSV_TYPE}; charset=utf-8")


@api.operation(
    "POST", "/controles", summary="Controleer uw weblinks nu", body=StartVerzoek, answer=(202, StartAntwoord),
    description="Zij worden zo snel mogelijk gevolgd; `wachtend` in de samenvatting zegt hoeveel er nog komen.",
)  # fmt: skip
def start_controles() -> Response:
    body = read_json(StartVerzoek)
    aantal = overzicht.start_controles(current_omgeving(), current_afnemer(), frozenset(body.standen))
    return json_response(StartAntwoord(aantal=aantal), 202)


@api.operation(
    "GET", "/controles/<weblink>", summary="Eén weblink, met wat er eerder is gevonden", answer=(200, WeblinkAntwoord),
    refusals=(WeblinkNotFound,),
)  # fmt: skip
def show_controle(weblink: str) -> Response:
    return json_response(as_weblink(*overzicht.get_controle(current_omgeving(), current_afnemer(), weblink)))


@api.operation(
    "GET", "/samenvatting", summary="Hoe het met al uw weblinks is, en was", answer=(200, SamenvattingAntwoord),
    parameters=(_DAGEN,), refusals=(WeblinkVraagOngeldig,),
)  # fmt: skip
def show_samenvatting() -> Response:
    dagen = read_dagen(request.args.get("dagen")) or overzicht.DAGEN
    return json_response(as_samenvatting(overzicht.sum_up(current_omgeving(), current_afnemer(), dagen)))


@api.operation(
    "GET", "/meldingen", summary="Welke weblinks stuk gingen, dat gaan doen, of hersteld zijn",
    answer=(200, MeldingenAntwoord), parameters=(_NA, _AANTAL), refusals=(WeblinkVraagOngeldig,),
)  # fmt: skip
def list_meldingen() -> Response:
    vraag = read_vraag(Gevraagd(na=request.args.get("na"), aantal=request.args.get("aantal")))
    aantal = vraag.aantal or PER_BLADZIJDE
    found = overzicht.list_meldingen(current_omgeving(), current_afnemer(), vraag.na, aantal)
    return json_response(as_meldingen(found, aantal))


@api.operation(
    "GET", "/rapport", summary="Een rapport met het verloop in beeld", answer=(200, None), answer_types=(HTML_TYPE,),
    parameters=(_DAGEN,), refusals=(WeblinkVraagOngeldig,), description="Eén bestand, zonder iets van elders.",
)  # fmt: skip
def show_rapport() -> Response:
    omgeving, afnemer = current_omgeving(), current_afnemer()
    samenvatting = overzicht.sum_up(omgeving, afnemer, read_dagen(request.args.get("dagen")) or overzicht.DAGEN)
    slecht = Filter([stand for stand in Stand if not stand.bruikbaar], aantal=_IN_RAPPORT)
    page = render_template(
        "weblinks/rapport.html",
        afnemer=afnemer,
        omgeving=omgeving.naam,
        samenvatting=samenvatting,
        tekening=draw_trend(samenvatting.trend),
        standen=VOLGORDE,
        css=css_of,
        moment=schrijf_moment,
        slecht=overzicht.list_controles(omgeving, afnemer, slecht),
        aandacht=overzicht.list_controles(omgeving, afnemer, Filter([Stand.CERTIFICAAT_VERLOOPT], aantal=_IN_RAPPORT)),
        meldingen=overzicht.list_meldingen(omgeving, afnemer, None, 25),
    )
    return Response(page, content_type=f"{HTML_TYPE}; charset=utf-8")


@api.operation("GET", "/domeinen", summary="Uw geregistreerde domeinen", answer=(200, DomeinenAntwoord))
def list_domeinen() -> Response:
    return json_response(as_domeinen(beheer.list_registered(current_omgeving(), current_afnemer())))


@api.operation(
    "PUT", "/domeinen/<domein>", summary="Registreer een domein", answer=(200, DomeinAntwoord),
    description="Uw weblinks leiden naar dit domein of een naam daaronder. Nog eens registreren verandert niets.",
    refusals=(DomeinOngeldig, TeVeelDomeinen),
)  # fmt: skip
def put_domein(domein: str) -> Response:
    return json_response(as_domein(beheer.register_domein(current_omgeving(), current_afnemer(), domein)))


@api.operation(
    "DELETE", "/domeinen/<domein>", summary="Haal een domein weg", answer=(204, None), refusals=(DomeinNotFound,)
)
def delete_domein(domein: str) -> Response:
    beheer.remove_domein(current_omgeving(), current_afnemer(), domein)
    return Response(status=204)


@api.operation("GET", "/contact", summary="Waar u over uw weblinks wordt gemaild", answer=(200, ContactAntwoord))
def show_contact() -> Response:
    return json_response(ContactAntwoord(email=beheer.read_contact(current_omgeving(), current_afnemer())))


@api.operation(
    "PUT", "/contact", summary="Laat u mailen over uw weblinks", body=ContactVerzoek, answer=(200, ContactAntwoord),
    description="De simulator mailt alleen waar `--smtp-url` is ingesteld.", refusals=(ContactOngeldig,),
)  # fmt: skip
def put_contact() -> Response:
    beheer.set_contact(current_omgeving(), current_afnemer(), read_json(ContactVerzoek).email)
    return show_contact()


@api.operation("DELETE", "/contact", summary="Laat u niet meer mailen", answer=(204, None))
def delete_contact() -> Response:
    beheer.set_contact(current_omgeving(), current_afnemer(), None)
    return Response(status=204)
