"""``/api/weblinks/v1``: the domains of an Afnemer, and what was found about its weblinks to dossiers."""

from flask import Response

from simulator.afnemers import current_afnemer
from simulator.infra.http import current_omgeving, json_response
from simulator.infra.openapi import Api
from simulator.weblinks.errors import DomeinNotFound, DomeinOngeldig, TeVeelDomeinen
from simulator.weblinks.schemas import DomeinAntwoord, DomeinenAntwoord, as_domein, as_domeinen
from simulator.weblinks.usecases import beheer

api = Api(
    name="weblinks",
    prefix="/api/weblinks/v1",
    title="Weblinks",
    description=(
        "De weblinks naar dossiers in Lopende Zaken (Voorwaarden, artikel 7.1): binnen welke domeinen zij blijven, "
        "en wat de simulator vond toen hij ze volgde."
    ),
)


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
