"""Time and what hangs on it: the clock, the agenda, and how often each rule was exercised."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from flask import Response, current_app

from simulator.control.api.document import api
from simulator.control.errors import KlokInvalid
from simulator.control.schemas import (
    AgendaAnswer,
    AgendaItemAnswer,
    KlokAnswer,
    KlokBody,
    RegelAnswer,
    RegelsAnswer,
    VooruitAnswer,
    VooruitBody,
)
from simulator.control.usecases.klok import advance_klok, parse_duur, set_klok
from simulator.control.usecases.regels import list_regels
from simulator.infra.agenda import list_agenda
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.ids import public_id
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Regel


def _klok(omgeving: Omgeving) -> KlokAnswer:
    klok = omgeving.state.klok
    return KlokAnswer(modus=klok.modus, moment=klok.now(), factor=klok.factor)


@api.operation("GET", "/klok", summary="Hoe laat is het hier", answer=(200, KlokAnswer))
def show_klok() -> Response:
    return json_response(_klok(current_omgeving()))


@api.operation("PUT", "/klok", summary="Zet de klok", body=KlokBody, answer=(200, KlokAnswer), refusals=(KlokInvalid,))
def put_klok() -> Response:
    body = read_json(KlokBody)
    set_klok(current_omgeving(), body.modus, body.moment, body.factor)
    return json_response(_klok(current_omgeving()))


@api.operation(
    "POST", "/klok/_vooruit", summary="Zet de klok vooruit", body=VooruitBody, answer=(200, VooruitAnswer),
    refusals=(KlokInvalid,), description="Alles wat onderweg op de agenda staat is gedaan voordat dit antwoordt.",
)  # fmt: skip
def advance() -> Response:
    body, omgeving = read_json(VooruitBody), current_omgeving()
    given = [body.duur is not None, body.seconden is not None, body.tot is not None]
    if sum(given) != 1:
        raise KlokInvalid("Geef precies één van duur, seconden en tot.")
    if body.tot is not None:
        target = body.tot
    else:
        step = parse_duur(body.duur) if body.duur is not None else timedelta(seconds=body.seconden or 0)
        target = omgeving.now() + step
    gang = advance_klok(omgeving, current_app.extensions["agenda"], target)
    klok = omgeving.state.klok
    answer = VooruitAnswer(
        modus=klok.modus, moment=klok.now(), factor=klok.factor, uitgevoerd=gang.uitgevoerd, wachtend=gang.wachtend
    )
    return json_response(answer)


@api.operation("GET", "/agenda", summary="Wat nog moet gebeuren, en wat mislukte", answer=(200, AgendaAnswer))
def show_agenda() -> Response:
    items = [
        AgendaItemAnswer(
            id=public_id(item.id), soort=item.soort, moment=item.moment, status=item.status, pogingen=item.pogingen,
            fout=item.fout,
        )
        for item in list_agenda(current_omgeving())
    ]  # fmt: skip
    return json_response(AgendaAnswer(agenda=items))


@api.operation(
    "GET", "/regels", summary="Alle regels, en hoe vaak elke in deze omgeving is geraakt", answer=(200, RegelsAnswer)
)
def show_regels() -> Response:
    catalogus = cast("Mapping[str, Regel]", current_app.extensions["regels"])
    standen = list_regels(current_omgeving(), catalogus.values())
    regels = [
        RegelAnswer(
            id=stand.regel.id, titel=stand.regel.titel, bron=stand.regel.bron, herkomst=stand.regel.herkomst.value,
            verwacht=stand.regel.verwacht, geslaagd=stand.geslaagd, geweigerd=stand.geweigerd,
        )
        for stand in standen
    ]  # fmt: skip
    touched = sum(stand.geraakt for stand in standen)
    return json_response(RegelsAnswer(geraakt=touched, totaal=len(regels), regels=regels))
