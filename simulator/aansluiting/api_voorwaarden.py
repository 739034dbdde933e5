"""The Voorwaarden for the Afnemer; the routes register themselves on the API of the connection."""

from flask import Response

from simulator.aansluiting.api import api
from simulator.aansluiting.schemas.voorwaarden import (
    AntwoordIn,
    KennisgevingUit,
    VoorwaardenUit,
    as_kennisgeving,
    as_voorwaarden,
)
from simulator.aansluiting.usecases.voorwaarden import answer_wijziging, show_voorwaarden
from simulator.afnemers import current_afnemer
from simulator.infra.errors import Conflict, NotFound
from simulator.infra.http import current_omgeving, json_response, read_json


@api.operation(
    "GET", "/voorwaarden", summary="Welke Voorwaarden gelden, en welke wijzigingen u zijn aangekondigd",
    answer=(200, VoorwaardenUit), description="De artikelen zelf staan open voor ieder op /voorwaarden.",
)  # fmt: skip
def list_kennisgevingen() -> Response:
    omgeving = current_omgeving()
    return json_response(as_voorwaarden(show_voorwaarden(omgeving, current_afnemer()), omgeving.now()))


@api.operation(
    "PUT", "/voorwaarden/<wijziging>/antwoord", summary="Aanvaard een wijziging van de Voorwaarden, of weiger haar",
    description=(
        "Wie weigert, krijgt twee maanden na de wijzigingsdatum niet meer geleverd (artikel 8.2). Tot dan kunt u van "
        "gedachten veranderen; wie niets zegt, heeft op de wijzigingsdatum aanvaard."
    ),
    body=AntwoordIn, answer=(200, KennisgevingUit), refusals=(NotFound, Conflict),
)  # fmt: skip
def put_antwoord(wijziging: str) -> Response:
    body, omgeving = read_json(AntwoordIn), current_omgeving()
    told = answer_wijziging(omgeving, current_afnemer(), wijziging, body.antwoord)
    return json_response(as_kennisgeving(told, omgeving.now()))
