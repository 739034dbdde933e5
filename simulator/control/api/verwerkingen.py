"""The processing log of an omgeving: all of it, in the shape of Logboek Dataverwerkingen, one JSON document a line."""

from collections.abc import Iterator
from itertools import chain

from flask import Response, current_app

from simulator.control.api.document import api
from simulator.control.schemas import ActiviteitAnswer, ActiviteitenAnswer, VerwerkingenBody
from simulator.gebruikers import Bsn
from simulator.infra.http import current_omgeving, encode_json, json_response, read_json
from simulator.infra.ids import pseudonym
from simulator.verwerkingen import Activiteit, Logvraag, export_verwerkingen

NDJSON = "application/x-ndjson"


@api.operation(
    "POST", "/verwerkingen/_exporteren", summary="Het logboek dataverwerkingen, oudste regel eerst",
    description=(
        "NDJSON in de vorm van Logboek Dataverwerkingen. `dpl.core.data_subject_id` is een pseudoniem: per omgeving "
        "steeds hetzelfde voor dezelfde persoon. Met `bsn` alleen de regels over die persoon."
    ),
    body=VerwerkingenBody, answer=(200, None), answer_types=(NDJSON,),
)  # fmt: skip
def export_logboek() -> Response:
    body, omgeving = read_json(VerwerkingenBody), current_omgeving()
    secret = current_app.config["SECRET_KEY"]
    key = secret if isinstance(secret, bytes) else str(secret).encode()
    vraag = Logvraag(None if body.bsn is None else Bsn.parse(body.bsn), body.vanaf, body.tot)
    afgeleid = current_app.extensions["verwerkingen"]
    lines = export_verwerkingen(omgeving, vraag, lambda bsn: pseudonym(key, omgeving.naam, f"{bsn:09d}"), afgeleid)
    return Response(_as_lines(lines), content_type=NDJSON)


@api.operation(
    "GET", "/verwerkingsactiviteiten", summary="Het verwerkingenregister waar het logboek naar wijst",
    answer=(200, ActiviteitenAnswer),
)  # fmt: skip
def show_activiteiten() -> Response:
    activiteiten = [
        ActiviteitAnswer(
            id=each.uri, naam=each.value.naam, doel=each.value.doel, grondslag=each.value.grondslag,
            verantwoordelijke=each.value.rol.value,
        )
        for each in Activiteit
    ]  # fmt: skip
    return json_response(ActiviteitenAnswer(activiteiten=activiteiten))


def _as_lines(lines: Iterator[dict[str, object]]) -> Iterator[bytes]:
    first = next(lines, None)  # what is wrong shows before the answer has begun
    return (encode_json(line) + b"\n" for line in (chain([first], lines) if first is not None else ()))
