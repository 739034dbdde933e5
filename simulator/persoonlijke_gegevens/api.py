"""``/api/persoonlijke-gegevens/v1``: deliver data about people, or register a source that is asked live."""

import re

from flask import Response

from simulator.afnemers import current_afnemer
from simulator.infra.http import current_omgeving, current_trace, json_response, read_json
from simulator.infra.openapi import Api, Parameter
from simulator.infra.tracing import HEADER
from simulator.persoonlijke_gegevens.errors import BronNotFound, BronUrlOngeldig, GegevensOngeldig
from simulator.persoonlijke_gegevens.schemas import (
    NAAM,
    BronIn,
    BronnenUit,
    BronUit,
    GegevensIn,
    GegevensUit,
    as_bron,
    to_aanleveringen,
    to_broninvoer,
)
from simulator.persoonlijke_gegevens.usecases.aanlevering import put_gegevens
from simulator.persoonlijke_gegevens.usecases.bronnen import delete_bron, put_bron, show_bronnen

MAX_BYTES = 4 << 20
api = Api(
    "persoonlijke-gegevens",
    "/api/persoonlijke-gegevens/v1",
    title="Persoonlijke Gegevens",
    description=(
        "Lever gegevens aan die een burger mag zien, of meld een bron aan die wordt bevraagd terwijl de burger wacht. "
        "U bent verantwoordelijk voor de juistheid en voor hoe het wordt getoond (Voorwaarden, artikel 6.1). De echte "
        "koppelvlakken zijn per register maatwerk en niet openbaar; deze vorm is van de simulator."
    ),
)
_NAAM = Parameter("naam", "path", schema={"type": "string", "pattern": NAAM}, description="uw naam voor de bron")


@api.operation(
    "PUT",
    "/gegevens",
    summary="Lever gegevens aan; wat u over een persoon in een categorie zegt, vervangt wat er was",
    description="Alles wordt opgeslagen of niets. Zonder groepen verdwijnt wat u over die persoon aanleverde.",
    body=GegevensIn,
    answer=(200, GegevensUit),
    refusals=(GegevensOngeldig,),
)
def put() -> Response:
    gegevens, trace = read_json(GegevensIn, limit=MAX_BYTES), current_trace()
    put_gegevens(current_omgeving(), current_afnemer(), to_aanleveringen(gegevens), trace)
    answer = GegevensUit(len(gegevens.gegevens), trace.traceparent)
    return json_response(answer, headers={HEADER: trace.traceparent})


@api.operation("GET", "/bronnen", summary="Uw bronnen, en hoe het met elk gaat", answer=(200, BronnenUit))
def list_bronnen() -> Response:
    bronnen = show_bronnen(current_omgeving(), current_afnemer())
    return json_response(BronnenUit([as_bron(each) for each in bronnen]))


@api.operation(
    "PUT",
    "/bronnen/<naam>",
    summary="Meld een bron aan, of wijzig haar",
    description=(
        "De simulator stuurt `POST` met `{burgerservicenummer, categorie}` en `traceparent`, en verwacht "
        "`{peildatum, groepen}` in de vorm van /gegevens, binnen de tijdslimiet en 256 kB."
    ),
    body=BronIn,
    answer=(200, BronUit),
    refusals=(BronUrlOngeldig, BronNotFound),
    parameters=(_NAAM,),
)
def register(naam: str) -> Response:
    _require_naam(naam)
    invoer = to_broninvoer(naam, read_json(BronIn, limit=1 << 14))
    return json_response(as_bron(put_bron(current_omgeving(), current_afnemer(), invoer)))


@api.operation(
    "DELETE", "/bronnen/<naam>", summary="Bevraag een bron niet meer", answer=(204, None), refusals=(BronNotFound,),
    parameters=(_NAAM,),
)  # fmt: skip
def remove(naam: str) -> Response:
    delete_bron(current_omgeving(), current_afnemer(), naam)
    return Response(status=204)


def _require_naam(naam: str) -> None:
    if not re.match(NAAM.replace("$", r"\Z"), naam):
        raise BronNotFound(
            "Zo kan een bron niet heten.", ontvangen=naam[:60], verwacht="kleine letters, cijfers en streepjes, tot 60"
        )
