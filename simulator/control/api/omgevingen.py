"""Omgevingen: make, list, empty and drop."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import cast

import msgspec
from flask import Response, current_app

from simulator.control.api.document import api
from simulator.control.errors import InstellingOngeldig, KlokInvalid
from simulator.control.schemas import (
    InstellingenAnswer,
    InstellingenBody,
    LegenBody,
    NieuweOmgevingBody,
    OmgevingAnswer,
    OmgevingenAnswer,
)
from simulator.control.usecases import instellingen
from simulator.control.usecases.klok import check_klok
from simulator.infra.clock import Modus
from simulator.infra.http import (
    current_omgeving,
    decode_json,
    json_response,
    read_body,
    read_json,
    require_content_type,
)
from simulator.infra.omgevingen import (
    NieuweOmgeving,
    Omgevingen,
    OmgevingExists,
    OmgevingInfo,
    OmgevingNotFound,
    StandaardNotDroppable,
)

_LIMIT = 1 << 20


def _registry() -> Omgevingen:
    return cast("Omgevingen", current_app.extensions["omgevingen"])


def _describe(info: OmgevingInfo) -> OmgevingAnswer:
    seed = _registry().get(info.naam).seed
    return OmgevingAnswer(naam=info.naam, seed=seed, aangemaakt_op=info.aangemaakt_op, vervalt_op=info.vervalt_op)


def describe_all(infos: Iterable[OmgevingInfo]) -> Iterator[OmgevingAnswer]:
    """The list as it is answered, without those that were dropped since."""
    for info in infos:
        with suppress(OmgevingNotFound):
            yield _describe(info)


def _find(naam: str) -> OmgevingAnswer:
    for info in _registry().overview():
        if info.naam == naam:
            return _describe(info)
    raise OmgevingNotFound(f"Er is geen omgeving {naam[:60]!r}.", ontvangen=naam[:60])


@api.operation("GET", "/omgevingen", summary="Alle omgevingen", answer=(200, OmgevingenAnswer))
def list_omgevingen() -> Response:
    return json_response(OmgevingenAnswer(omgevingen=list(describe_all(_registry().overview()))))


@api.operation(
    "POST", "/omgevingen", summary="Maak een omgeving", body=NieuweOmgevingBody, answer=(201, OmgevingAnswer),
    refusals=(OmgevingExists, KlokInvalid),
)  # fmt: skip
def create_omgeving() -> Response:
    body = read_json(NieuweOmgevingBody)
    klok = body.klok
    if klok:
        check_klok(klok.moment, klok.factor)
    _registry().create(
        NieuweOmgeving(
            naam=body.naam,
            seed=body.seed,
            ttl=body.ttl_seconden,
            moment=klok.moment if klok else None,
            modus=klok.modus if klok else Modus.ECHT,
            factor=klok.factor or 1.0 if klok else 1.0,
        )
    )
    return json_response(_find(body.naam), 201, {"Location": f"{api.prefix}/omgevingen/{body.naam}"})


@api.operation(
    "GET", "/omgevingen/<naam>", summary="Eén omgeving", answer=(200, OmgevingAnswer), refusals=(OmgevingNotFound,)
)
def show_omgeving(naam: str) -> Response:
    return json_response(_find(naam))


@api.operation(
    "DELETE",
    "/omgevingen/<naam>",
    summary="Gooi een omgeving weg",
    answer=(204, None),
    refusals=(StandaardNotDroppable,),
)
def drop_omgeving(naam: str) -> Response:
    _registry().drop(naam)
    return Response(status=204)


@api.operation(
    "POST", "/omgevingen/<naam>/_legen", summary="Begin een omgeving opnieuw", body=LegenBody,
    answer=(200, OmgevingAnswer), description="Zonder body blijft de seed dezelfde.",
)  # fmt: skip
def reset_omgeving(naam: str) -> Response:
    _registry().reset(naam, _read_legen().seed)
    return json_response(_find(naam))


def _read_legen() -> LegenBody:
    """The body, also one that comes in pieces and never said how long it is; who sends none asks for no seed."""
    given = read_body(_LIMIT)
    if not given:
        return LegenBody()
    require_content_type("application/json")
    return decode_json(given, LegenBody)


@api.operation("GET", "/instellingen", summary="Instellingen van deze omgeving", answer=(200, InstellingenAnswer))
def show_instellingen() -> Response:
    omgeving = current_omgeving()
    return json_response(
        InstellingenAnswer(
            **{name: omgeving.instelling(name, msgspec.UNSET) for name in InstellingenAnswer.__struct_fields__}
        )
    )


@api.operation(
    "PATCH", "/instellingen", summary="Verander instellingen van deze omgeving", body=InstellingenBody,
    answer=(200, InstellingenAnswer), refusals=(InstellingOngeldig,),
)  # fmt: skip
def change_instellingen() -> Response:
    body = read_json(InstellingenBody)
    changed = {name: value for name, value in msgspec.structs.asdict(body).items() if value is not None}
    instellingen.change_instellingen(current_omgeving(), changed)
    return show_instellingen()
