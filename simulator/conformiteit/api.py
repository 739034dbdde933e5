"""``/api/conformiteit/v1``: what the caller's own traffic has shown, as a checklist and as a report."""

from flask import Response, request

from simulator.afnemers import current_afnemer
from simulator.conformiteit.renderings import DOCUMENT_TYPES, HTML_TYPE, JSON_TYPE, as_html, as_pdf, make_rapport
from simulator.conformiteit.schemas import AfnemerUit, ChecklistUit, RapportUit, as_checklist
from simulator.conformiteit.usecases.rapport import judge_checklist
from simulator.infra.http import current_omgeving, json_response
from simulator.infra.openapi import Api
from simulator.infra.pdf import PDF_TYPE, PdfUnavailable

api = Api(
    name="conformiteit",
    prefix="/api/conformiteit/v1",
    title="Conformiteit",
    description="Wat uw eigen verkeer in deze omgeving heeft laten zien: de checklist voor de aansluiting, en het "
    "conformiteitsrapport met per regel hoe hij is geraakt, het bewijs, en de dekking van het contract door uw tests.",
)


@api.operation("GET", "/checklist", summary="Wat u hebt laten zien en wat nog ontbreekt", answer=(200, ChecklistUit))
def show_checklist() -> Response:
    afnemer = current_afnemer()
    diensten = judge_checklist(current_omgeving(), afnemer)
    return json_response(as_checklist(AfnemerUit(str(afnemer.oin), afnemer.naam), diensten))


@api.operation(
    "GET", "/rapport", summary="Het conformiteitsrapport, als JSON, HTML of PDF", answer=(200, RapportUit),
    answer_types=DOCUMENT_TYPES, refusals=(PdfUnavailable,),
    description="`Accept` kiest de vorm. HTML is één bestand, zonder iets van elders.",
)  # fmt: skip
def show_rapport() -> Response:
    return answer_rapport(make_rapport(current_omgeving(), current_afnemer()))


def answer_rapport(rapport: RapportUit) -> Response:
    """The report in the form that ``Accept`` asks."""
    kind = request.accept_mimetypes.best_match(DOCUMENT_TYPES, JSON_TYPE)
    if kind == PDF_TYPE:
        return Response(as_pdf(rapport), content_type=PDF_TYPE)
    if kind == HTML_TYPE:
        return Response(as_html(rapport), content_type=f"{HTML_TYPE}; charset=utf-8")
    return json_response(rapport)
