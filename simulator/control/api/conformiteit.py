"""The conformity report of any Afnemer, for who runs the simulator and has not its key."""

from flask import Response

from simulator.conformiteit import DOCUMENT_TYPES, RapportUit, answer_rapport, make_rapport
from simulator.control.api.document import api
from simulator.control.usecases.aansluitingen import get_aansluiting
from simulator.infra.http import current_omgeving
from simulator.infra.pdf import PdfUnavailable


@api.operation(
    "GET", "/afnemers/<oin>/conformiteit", summary="Het conformiteitsrapport van een Afnemer, als JSON, HTML of PDF",
    answer=(200, RapportUit), answer_types=DOCUMENT_TYPES, refusals=(PdfUnavailable,),
    description="Hetzelfde als `GET /api/conformiteit/v1/rapport` met de sleutel van die Afnemer.",
)  # fmt: skip
def show_conformiteit(oin: str) -> Response:
    omgeving = current_omgeving()
    return answer_rapport(make_rapport(omgeving, get_aansluiting(omgeving, oin).afnemer))
