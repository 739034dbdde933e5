"""``GET /api/verbruik/v1/verbruik``: what the caller used."""

from flask import Response, request

from simulator.afnemers import current_afnemer
from simulator.infra.clock import dutch_day
from simulator.infra.http import current_omgeving, json_response
from simulator.infra.openapi import Api, Parameter
from simulator.verbruik.errors import FormaatOngeldig, PeriodeOngeldig
from simulator.verbruik.queries import get_verbruik
from simulator.verbruik.rules import GevraagdePeriode, read_periode
from simulator.verbruik.schemas import CSV_TYPE, VerbruikAntwoord, as_antwoord, as_csv

_JSON_TYPE = "application/json"
_FORMATEN = {"json": _JSON_TYPE, "csv": CSV_TYPE}

api = Api(
    name="verbruik",
    prefix="/api/verbruik/v1",
    title="Verbruik",
    description="Wat u van MijnOverheid hebt gebruikt: één verwerkt bericht is één eenheid, en één aangeleverde "
    "verandering van een zaak ook. Wat Lopende Zaken telt, wordt nooit in rekening gebracht (artikel 7.2).",
)


@api.operation(
    "GET",
    "/verbruik",
    summary="Uw verbruik per dag of maand en per berichttype",
    answer=(200, VerbruikAntwoord),
    answer_types=(_JSON_TYPE, CSV_TYPE),
    refusals=(PeriodeOngeldig, FormaatOngeldig),
    parameters=(
        Parameter(
            "van", schema={"type": "string", "format": "date"}, description="Eerste dag; anders die van de maand."
        ),
        Parameter(
            "tot", schema={"type": "string", "format": "date"}, description="Laatste dag, inbegrepen; anders vandaag."
        ),
        Parameter("per", schema={"type": "string", "enum": ["dag", "maand"], "default": "dag"}),
        Parameter("formaat", schema={"type": "string", "enum": ["json", "csv"]}, description="Gaat voor Accept."),
    ),
)
def verbruik() -> Response:
    omgeving, afnemer, given = current_omgeving(), current_afnemer(), request.args
    kind = _answer_type()
    gevraagd = GevraagdePeriode(given.get("van"), given.get("tot"), given.get("per"))
    periode = read_periode(gevraagd, dutch_day(omgeving.now()))
    with omgeving.reading() as session:
        found = get_verbruik(session, afnemer.id, periode)
    if kind == _JSON_TYPE:
        return json_response(as_antwoord(afnemer, periode, found))
    filename = f"verbruik-{periode.van}-{periode.tot}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(as_csv(found), headers=headers, content_type=f"{CSV_TYPE}; charset=utf-8")


def _answer_type() -> str:
    formaat = request.args.get("formaat")
    if formaat is None:
        return request.accept_mimetypes.best_match([_JSON_TYPE, CSV_TYPE], _JSON_TYPE)
    if formaat not in _FORMATEN:
        raise FormaatOngeldig(ontvangen=formaat[:40])
    return _FORMATEN[formaat]
