"""``/api/conformiteit/v1``: what the caller's own traffic has shown, as a checklist and as a report."""

from collections.abc import Mapping
from typing import cast

from flask import Response, current_app

from simulator.afnemers import current_afnemer
from simulator.conformiteit.schemas import AfnemerUit, ChecklistUit, RapportUit, as_checklist, as_rapport
from simulator.conformiteit.usecases.rapport import build_rapport, judge_checklist
from simulator.infra.clock import from_micros, real_micros
from simulator.infra.http import current_omgeving, json_response
from simulator.infra.openapi import Api
from simulator.infra.regels import Regel

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


@api.operation("GET", "/rapport", summary="Het conformiteitsrapport", answer=(200, RapportUit))
def show_rapport() -> Response:
    return json_response(make_rapport())


def make_rapport() -> RapportUit:
    """The report of the caller, as of now."""
    catalogus = cast("Mapping[str, Regel]", current_app.extensions["regels"])
    rapport = build_rapport(current_omgeving(), current_afnemer(), catalogus.values())
    return as_rapport(rapport, from_micros(real_micros()))
