"""``/api/facturatie/v1``: invoices in every format, what is behind each line, tariffs, and what a year will cost."""

from flask import Response, request

from simulator.afnemers import current_afnemer
from simulator.facturatie.documents.formaten import FORMATEN
from simulator.facturatie.errors import (
    FactuurNotFound,
    FactuurvraagOngeldig,
    FormaatOnbekend,
    PeriodeVoor2018,
    PrognoseOngeldig,
    TariefOnbekend,
)
from simulator.facturatie.queries.tarieven import list_tarieven
from simulator.facturatie.rules.vraag import (
    MAX_JAAR,
    MAX_PER_BLADZIJDE,
    MIN_JAAR,
    PER_BLADZIJDE,
    read_bladzijde,
    read_voorbeeld,
    read_vraag,
)
from simulator.facturatie.schemas.facturen import (
    FacturenAntwoord,
    FactuurAntwoord,
    RegelberichtenAntwoord,
    as_facturen,
    as_factuur,
    as_regelberichten,
)
from simulator.facturatie.schemas.prognose import PrognoseAntwoord, PrognoseVerzoek, as_prognose, read_prognose
from simulator.facturatie.schemas.tarieven import TarievenAntwoord, as_tarieven
from simulator.facturatie.usecases.berichten import Regelvraag, list_regelaanleveringen
from simulator.facturatie.usecases.inzage import get_eigen_factuur, list_eigen_facturen
from simulator.facturatie.usecases.prognose import make_prognose, make_voorbeeld
from simulator.facturatie.values import Factuur, Factuursoort
from simulator.infra.clock import dutch_day
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.openapi import Api, Parameter

_JSON_TYPE = "application/json"
_BY_TYPE = {formaat.media_type: formaat for formaat in FORMATEN.values()}
_TYPES = [_JSON_TYPE, *_BY_TYPE]
_JAAR = {"type": "integer", "minimum": MIN_JAAR, "maximum": MAX_JAAR}
_AANTAL = Parameter(
    "aantal",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_PER_BLADZIJDE, "default": PER_BLADZIJDE},
    description="Hoogstens zoveel.",
)

api = Api(
    name="facturatie",
    prefix="/api/facturatie/v1",
    title="Facturatie",
    description=(
        "Uw facturen: tarief maal wat is gebruikt (Voorwaarden, artikelen 3.8, 5.2, 6.2 en 7.2), en wat een jaar zal "
        "kosten. Bedragen zijn hele centen, prijzen tekst in euro. Alles is een simulatie; u hoeft niets te betalen."
    ),
)


@api.operation(
    "GET", "/facturen", summary="Uw facturen, de oudste eerst", answer=(200, FacturenAntwoord),
    refusals=(FactuurvraagOngeldig,),
    parameters=(
        Parameter("jaar", schema=_JAAR, description="Alleen die over dit jaar gaan."),
        Parameter("soort", schema={"type": "string", "enum": [soort.value for soort in Factuursoort]}),
        Parameter("na", schema={"type": "string", "maxLength": 20}, description="De waarde van `volgende`."),
        _AANTAL,
    ),
)  # fmt: skip
def list_facturen() -> Response:
    vraag = read_vraag(request.args)
    return json_response(as_facturen(list_eigen_facturen(current_omgeving(), current_afnemer(), vraag), vraag.aantal))


@api.operation(
    "GET", "/facturen/<nummer>", summary="Eén factuur, met al haar regels", answer=(200, FactuurAntwoord),
    answer_types=_TYPES, refusals=(FactuurNotFound, FormaatOnbekend),
)  # fmt: skip
def show_factuur(nummer: str) -> Response:
    return _answer(get_eigen_factuur(current_omgeving(), current_afnemer(), nummer))


@api.operation(
    "GET", "/facturen/_voorbeeld", summary="Wat alles kost dat hier in een jaar is gebruikt",
    answer=(200, FactuurAntwoord), answer_types=_TYPES,
    refusals=(FactuurvraagOngeldig, TariefOnbekend, PeriodeVoor2018, FormaatOnbekend),
    parameters=(
        Parameter("jaar", schema=_JAAR, description="Het jaar van gebruik; anders dit jaar op de klok."),
        Parameter("tarief", schema=_JAAR, description="Het jaar van wiens tarief; anders dat van `jaar`."),
    ),
    description="Alle testverkeer is gemeten alsof het echt was. Er wordt niets uitgereikt of bewaard.",
)  # fmt: skip
def show_voorbeeld() -> Response:
    omgeving = current_omgeving()
    jaar, tarief = read_voorbeeld(request.args, dutch_day(omgeving.now()).year)
    return _answer(make_voorbeeld(omgeving, current_afnemer(), jaar, tarief))


@api.operation(
    "GET", "/facturen/<nummer>/regels/<int:volgnummer>/berichten", summary="Wat er achter een factuurregel zit",
    answer=(200, RegelberichtenAntwoord), refusals=(FactuurNotFound, FactuurvraagOngeldig),
    parameters=(
        Parameter("volgnummer", in_="path", schema={"type": "integer", "minimum": 1, "maximum": 1_000_000}),
        Parameter("na", schema={"type": "string", "format": "uuid"}, description="De waarde van `volgende`."),
        _AANTAL,
    ),
    description="De aanleveringen met wat daarvan is geteld, de oudste eerst; `statusUri` zegt wat er van elk bericht "
    "is geworden.",
)  # fmt: skip
def list_regelberichten(nummer: str, volgnummer: int) -> Response:
    na, aantal = read_bladzijde(request.args)
    vraag = Regelvraag(current_afnemer().id, nummer, volgnummer, na, aantal + 1)
    return json_response(as_regelberichten(list_regelaanleveringen(current_omgeving(), vraag), aantal))


@api.operation("GET", "/tarieven", summary="Wat MijnOverheid kost, per jaar", answer=(200, TarievenAntwoord))
def show_tarieven() -> Response:
    return json_response(as_tarieven(list_tarieven(current_omgeving())))


@api.operation(
    "POST", "/prognoses", summary="Wat een jaar gaat kosten", body=PrognoseVerzoek, answer=(200, PrognoseAntwoord),
    refusals=(PrognoseOngeldig, TariefOnbekend, PeriodeVoor2018), description="Er wordt niets bewaard.",
)  # fmt: skip
def make_a_prognose() -> Response:
    omgeving = current_omgeving()
    vraag = read_prognose(read_json(PrognoseVerzoek), dutch_day(omgeving.now()).year)
    return json_response(as_prognose(make_prognose(omgeving, current_afnemer(), vraag)))


def _answer(factuur: Factuur) -> Response:
    """The invoice in the format that ``Accept`` prefers; raises ``FormaatOnbekend``."""
    accepted = request.accept_mimetypes
    best = accepted.best_match(_TYPES) if accepted else _JSON_TYPE
    if best is None:
        raise FormaatOnbekend(ontvangen=request.headers.get("Accept", "")[:200], verwacht=", ".join(_TYPES))
    if best == _JSON_TYPE:
        return json_response(as_factuur(factuur, api.prefix))
    formaat = _BY_TYPE[best]
    headers = {"Content-Disposition": f'attachment; filename="{formaat.filename(factuur)}"'}
    return Response(formaat.write(factuur), headers=headers, content_type=formaat.content_type)
