"""Aansluitingen as Logius handles them: register an organisation, take its connection further, and end it."""

from flask import Response

from simulator.aansluiting import aanmelding, current_checklist, overzicht, stappen, voorbeeld, wire
from simulator.afnemers import AfnemerRecord, Dienst
from simulator.control.api.document import api
from simulator.control.usecases.aansluitingen import get_afnemer, list_aansluitingen
from simulator.infra.errors import Conflict, NotFound
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.openapi import Parameter

_PAD = "/aansluitingen/<oin>/<dienst>"
_PARAMETERS = (Parameter("dienst", "path", schema={"type": "string", "enum": [each.value for each in Dienst]}),)


@api.operation(
    "GET", "/aansluitingen", summary="De aansluitingen van alle Afnemers, per dienst",
    answer=(200, wire.AlleAansluitingenUit),
)  # fmt: skip
def show_aansluitingen() -> Response:
    omgeving, checklist = current_omgeving(), current_checklist()
    afnemers = [each.afnemer for each in list_aansluitingen(omgeving)]
    return json_response(
        wire.AlleAansluitingenUit(
            afnemers=[
                wire.as_aansluitingen(afnemer, overzicht.list_overzichten(omgeving, afnemer, checklist))
                for afnemer in afnemers
            ]
        )
    )


@api.operation(
    "POST", "/aansluitingen", summary="Meld een organisatie aan die wil aansluiten, en geef haar een eerste sleutel",
    description="Zij is nog nergens op aangesloten. Dit antwoord is het enige moment waarop de sleutel te lezen is.",
    body=wire.AanmeldingIn, answer=(201, wire.AanmeldingUit), refusals=(Conflict,),
)  # fmt: skip
def register_organisatie() -> Response:
    body = read_json(wire.AanmeldingIn)
    sleutel = aanmelding.register_organisatie(current_omgeving(), body.oin, body.naam, body.sector)
    return json_response(wire.AanmeldingUit(oin=body.oin, naam=body.naam, sleutel=sleutel), 201)


@api.operation(
    "GET", _PAD, summary="Eén aansluiting, met wat de volgende stap nog nodig heeft",
    answer=(200, wire.AansluitingUit), refusals=(NotFound,), parameters=_PARAMETERS,
)  # fmt: skip
def show_aansluiting(oin: str, dienst: str) -> Response:
    return _answer(oin, wire.read_dienst(dienst))


@api.operation(
    "POST", _PAD + "/stappen", summary="Zet een stap, als Logius: in behandeling, preproductie, testen of productie",
    description="Zonder `naar` de volgende. Een startdatum, tot zes maanden vooruit, opent de dienst op die dag.",
    body=wire.LogiusStapIn, answer=(200, wire.AansluitingUit), refusals=(Conflict, NotFound),
    parameters=_PARAMETERS,
)  # fmt: skip
def take_aansluitstap(oin: str, dienst: str) -> Response:
    omgeving, checklist, body = current_omgeving(), current_checklist(), read_json(wire.LogiusStapIn)
    afnemer, welke = _find(oin, dienst)
    wie = stappen.Wie(stappen.Partij.LOGIUS, body.door, body.toelichting)
    stappen.take_stap(omgeving, afnemer, stappen.Stapopdracht(welke, body.naar, wie, body.startdatum), checklist)
    return _answer(oin, welke)


@api.operation(
    "POST", _PAD + "/beeindiging", summary="Beëindig een aansluiting, nu of op een latere dag",
    body=wire.LogiusBeeindigingIn, answer=(200, wire.AansluitingUit), refusals=(Conflict, NotFound),
    parameters=_PARAMETERS,
)  # fmt: skip
def beeindig_aansluiting(oin: str, dienst: str) -> Response:
    body = read_json(wire.LogiusBeeindigingIn)
    afnemer, welke = _find(oin, dienst)
    wie = stappen.Wie(stappen.Partij.LOGIUS, body.door, body.toelichting)
    stappen.beeindig(current_omgeving(), afnemer, welke, wie, body.einddatum)
    return _answer(oin, welke)


@api.operation(
    "PUT", _PAD + "/testrapport", summary="Keur het testrapport goed, wat de checklist ook laat zien",
    body=wire.TestrapportIn, answer=(200, wire.AansluitingUit), refusals=(Conflict, NotFound),
    parameters=_PARAMETERS,
)  # fmt: skip
def approve_testrapport(oin: str, dienst: str) -> Response:
    body = read_json(wire.TestrapportIn)
    afnemer, welke = _find(oin, dienst)
    stappen.approve_testrapport(current_omgeving(), afnemer, welke, body.door)
    return _answer(oin, welke)


@api.operation(
    "POST", _PAD + "/aanvulling", summary="Vul met verzonnen papieren aan wat de volgende stap nog mist",
    description="Voor wie de weg wil zien zonder het papierwerk. Zonder aansluiting komt er een Aanvraagformulier.",
    answer=(200, wire.AanvullingUit), refusals=(Conflict, NotFound), parameters=_PARAMETERS,
)  # fmt: skip
def complete_dossier(oin: str, dienst: str) -> Response:
    afnemer, welke = _find(oin, dienst)
    supplied = voorbeeld.complete_dossier(current_omgeving(), afnemer, welke, current_checklist())
    aangevuld = wire.as_ontbrekend(supplied)
    return json_response(wire.AanvullingUit(aangevuld=aangevuld, aansluiting=_describe(oin, welke)))


def _find(oin: str, dienst: str) -> tuple[AfnemerRecord, Dienst]:
    return get_afnemer(current_omgeving(), oin), wire.read_dienst(dienst)


def _describe(oin: str, dienst: Dienst) -> wire.AansluitingUit:
    """The connection as it is after what this request did."""
    omgeving = current_omgeving()
    return wire.as_aansluiting(
        overzicht.get_overzicht(omgeving, get_afnemer(omgeving, oin), dienst, current_checklist())
    )


def _answer(oin: str, dienst: Dienst) -> Response:
    return json_response(_describe(oin, dienst))
