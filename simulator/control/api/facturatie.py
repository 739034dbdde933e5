"""Facturatie: close months and years, invoice in advance, credit, and say what MijnOverheid costs in a year."""

from flask import Response, request

from simulator import facturatie
from simulator.control.api.document import api
from simulator.facturatie import beheer
from simulator.infra.errors import Conflict, InvalidInput
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.openapi import Parameter

_ALLES = 10**9


@api.operation(
    "GET", "/facturatie/facturen", summary="Alle facturen, de oudste eerst", answer=(200, beheer.FacturenAntwoord),
    parameters=(
        Parameter("jaar", schema={"type": "integer", "minimum": 2000, "maximum": 2100}),
        Parameter("na", schema={"type": "string", "maxLength": 20}, description="De waarde van `volgende`."),
        Parameter("aantal", schema={"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
    ),
)  # fmt: skip
def show_facturen() -> Response:
    vraag = beheer.read_vraag(request.args)
    return json_response(beheer.as_facturen(beheer.list_alle_facturen(current_omgeving(), vraag), vraag.aantal))


@api.operation(
    "POST", "/facturatie/_sluiten", summary="Sluit een maand of een jaar", body=beheer.SluitVerzoek,
    answer=(200, beheer.FacturenAntwoord), refusals=(Conflict,),
    description="Antwoordt met wat over die periode op papier staat. Nog eens sluiten geeft hetzelfde; is er intussen "
    "iets veranderd, dan komt er een correctie bij.",
)  # fmt: skip
def close() -> Response:
    body, omgeving = read_json(beheer.SluitVerzoek), current_omgeving()
    if body.maand is None:
        found = facturatie.sluit_jaar(omgeving, body.jaar)
    else:
        found = facturatie.sluit_maand(omgeving, body.jaar, body.maand)
    return json_response(beheer.as_facturen(found, _ALLES))


@api.operation(
    "POST", "/facturatie/voorschotten", summary="Reken een jaar vooruit", body=beheer.VoorschotVerzoek,
    answer=(200, beheer.FacturenAntwoord), refusals=(Conflict, InvalidInput),
    description="Met hetzelfde aantal nog eens: hetzelfde. Met een ander aantal komt het verschil erbij.",
)  # fmt: skip
def make_voorschot() -> Response:
    body = read_json(beheer.VoorschotVerzoek)
    vraag = beheer.Voorschotvraag(body.oin, body.jaar, body.verwacht)
    return json_response(beheer.as_facturen(beheer.make_voorschot(current_omgeving(), vraag), _ALLES))


@api.operation(
    "POST", "/facturatie/creditnotas", summary="Crediteer een factuur", body=beheer.CreditVerzoek,
    answer=(200, beheer.FactuurkopAntwoord), refusals=(Conflict,),
)  # fmt: skip
def credit() -> Response:
    body = read_json(beheer.CreditVerzoek)
    return json_response(beheer.as_kop(beheer.credit_factuur(current_omgeving(), body.nummer, body.reden)))


@api.operation(
    "GET", "/facturatie/automatisch", summary="Of maanden en jaren vanzelf sluiten",
    answer=(200, beheer.AutomatischAntwoord),
)  # fmt: skip
def show_automatisch() -> Response:
    return json_response(beheer.AutomatischAntwoord(aan=beheer.is_automatisch(current_omgeving())))


@api.operation(
    "PUT", "/facturatie/automatisch", summary="Laat maanden en jaren vanzelf sluiten, of niet meer",
    body=beheer.AutomatischVerzoek, answer=(200, beheer.AutomatischAntwoord),
    description="Vanaf de maand die nu loopt, telkens als op de klok van de omgeving de volgende begint. Na december "
    "wordt ook het jaar afgerekend en het volgende vooruitgerekend. Staat eerst uit.",
)  # fmt: skip
def put_automatisch() -> Response:
    beheer.set_automatisch(current_omgeving(), aan=read_json(beheer.AutomatischVerzoek).aan)
    return show_automatisch()


@api.operation("GET", "/tarieven", summary="Wat MijnOverheid hier kost", answer=(200, beheer.TarievenAntwoord))
def show_tarieven() -> Response:
    return json_response(beheer.as_tarieven(beheer.list_tarieven(current_omgeving())))


@api.operation(
    "PUT", "/tarieven/<int:jaar>", summary="Zet het tarief van een jaar, alleen in deze omgeving",
    body=beheer.EigenTarief, answer=(200, beheer.TariefAntwoord), refusals=(InvalidInput,),
    parameters=(Parameter("jaar", in_="path", schema={"type": "integer", "minimum": 2018, "maximum": 2100}),),
    description="Wat al in rekening is gebracht, blijft; opnieuw sluiten geeft het verschil.",
)  # fmt: skip
def put_tarief(jaar: int) -> Response:
    inhoud = beheer.read_eigen(read_json(beheer.EigenTarief))
    return json_response(beheer.as_tarief(beheer.set_tarief(current_omgeving(), jaar, inhoud)))


@api.operation(
    "DELETE", "/tarieven/<int:jaar>", summary="Neem het gezette tarief van een jaar terug", answer=(204, None),
    parameters=(Parameter("jaar", in_="path", schema={"type": "integer", "minimum": 2018, "maximum": 2100}),),
)  # fmt: skip
def delete_tarief(jaar: int) -> Response:
    beheer.drop_tarief(current_omgeving(), jaar)
    return Response(status=204)
