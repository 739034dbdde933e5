"""Afnemers: connect, change and close; issue and revoke keys; give and take mandaten."""

from flask import Response

from simulator.afnemers import beheer
from simulator.control.api.document import api
from simulator.control.errors import SleutelHintDubbel, SleutelOnbekend
from simulator.control.schemas import (
    AansluitstandAnswer,
    AfnemerAnswer,
    AfnemerBody,
    AfnemersAnswer,
    NieuweAfnemerBody,
    NieuweSleutelAnswer,
    SleutelAnswer,
)
from simulator.control.usecases.aansluitingen import Aansluiting, get_aansluiting, list_aansluitingen, revoke_sleutel
from simulator.infra.errors import Conflict
from simulator.infra.http import current_omgeving, json_response, read_json


def _describe(aansluiting: Aansluiting) -> AfnemerAnswer:
    afnemer = aansluiting.afnemer
    return AfnemerAnswer(
        oin=str(afnemer.oin),
        naam=afnemer.naam,
        diensten=sorted(dienst.value for dienst in afnemer.diensten),
        actief=afnemer.actief,
        sector=afnemer.sector,
        aansluitingen=[
            AansluitstandAnswer(dienst=dienst, sinds=stand.sinds, sluiting=stand.sluiting)
            for dienst, stand in sorted(afnemer.aansluitingen.items())
        ],
        namens=list(aansluiting.namens),
        sleutels=[
            SleutelAnswer(
                id=each.id, hint=each.hint, aangemaakt_op=each.aangemaakt_op, ingetrokken_op=each.ingetrokken_op
            )
            for each in aansluiting.sleutels
        ],
    )


def _answer(oin: str, status: int = 200) -> Response:
    return json_response(_describe(get_aansluiting(current_omgeving(), oin)), status)


@api.operation("GET", "/afnemers", summary="Alle Afnemers", answer=(200, AfnemersAnswer))
def show_afnemers() -> Response:
    return json_response(AfnemersAnswer(afnemers=[_describe(each) for each in list_aansluitingen(current_omgeving())]))


@api.operation(
    "POST", "/afnemers", summary="Sluit een Afnemer aan", body=NieuweAfnemerBody, answer=(201, AfnemerAnswer),
    refusals=(Conflict,),
)  # fmt: skip
def create_afnemer() -> Response:
    body = read_json(NieuweAfnemerBody)
    invoer = beheer.AfnemerInvoer(body.oin, body.naam, frozenset(body.diensten), body.sector, body.sinds)
    made = beheer.add_afnemer(current_omgeving(), invoer)
    return _answer(str(made.oin), 201)


@api.operation("GET", "/afnemers/<oin>", summary="Eén Afnemer", answer=(200, AfnemerAnswer))
def show_afnemer(oin: str) -> Response:
    return _answer(oin)


@api.operation(
    "PATCH", "/afnemers/<oin>", summary="Hernoem een Afnemer, verander zijn diensten of sector, zet hem aan of uit",
    body=AfnemerBody, answer=(200, AfnemerAnswer),
)  # fmt: skip
def change_afnemer(oin: str) -> Response:
    body = read_json(AfnemerBody)
    diensten = None if body.diensten is None else frozenset(body.diensten)
    wijziging = beheer.AfnemerWijziging(oin, body.naam, diensten, body.actief, body.sector)
    beheer.change_afnemer(current_omgeving(), wijziging)
    return _answer(oin)


@api.operation(
    "POST", "/afnemers/<oin>/sleutels", summary="Geef een sleutel uit", answer=(201, NieuweSleutelAnswer),
    description="Dit antwoord is het enige moment waarop de sleutel te lezen is.",
)  # fmt: skip
def issue_sleutel(oin: str) -> Response:
    made = beheer.issue_sleutel(current_omgeving(), oin)
    return json_response(NieuweSleutelAnswer(id=made.id, sleutel=made.sleutel), 201)


@api.operation(
    "DELETE", "/afnemers/<oin>/sleutels/<sleutel>", summary="Trek een sleutel in", answer=(204, None),
    description="`sleutel` is de id, of de hint: de laatste vier tekens.",
    refusals=(SleutelOnbekend, SleutelHintDubbel),
)  # fmt: skip
def delete_sleutel(oin: str, sleutel: str) -> Response:
    revoke_sleutel(current_omgeving(), oin, sleutel)
    return Response(status=204)


@api.operation(
    "PUT", "/afnemers/<oin>/mandaten/<namens_oin>", summary="Laat een Afnemer namens een andere verzenden",
    answer=(200, AfnemerAnswer),
)  # fmt: skip
def put_mandaat(oin: str, namens_oin: str) -> Response:
    beheer.add_mandaat(current_omgeving(), oin, namens_oin)
    return _answer(oin)


@api.operation("DELETE", "/afnemers/<oin>/mandaten/<namens_oin>", summary="Neem een mandaat terug", answer=(204, None))
def delete_mandaat(oin: str, namens_oin: str) -> Response:
    beheer.remove_mandaat(current_omgeving(), oin, namens_oin)
    return Response(status=204)
