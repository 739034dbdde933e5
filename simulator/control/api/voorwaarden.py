"""The Voorwaarden in time, the register of the Afnemersoverleg, and what another Zekerheidsniveau would have meant."""

from collections.abc import Mapping
from typing import cast

from flask import Response, current_app

from simulator.control.api.document import api
from simulator.control.schemas_voorwaarden import (
    AankondigingBody,
    AntwoordBody,
    BesluitBody,
    BesluitenAnswer,
    KennisgevingWijzigingAnswer,
    KoppelvlakkenAnswer,
    OverlegAnswer,
    OverlegbesluitAnswer,
    OverlegBody,
    OverleggenAnswer,
    VoorwaardenAnswer,
    WatAlsAnswer,
    WatAlsBody,
    WijzigingAnswer,
    as_besluit,
    as_kennisgeving,
    as_koppelvlak,
    as_overleg,
    as_terugblik,
    as_wijziging,
)
from simulator.control.usecases.overleg import (
    add_overleg,
    list_besluiten,
    list_koppelvlakken,
    list_overleggen,
    record_besluit,
)
from simulator.control.usecases.voorwaarden import announce_wijziging, answer_wijziging, show_voorwaarden
from simulator.digid import Niveau, beheer
from simulator.infra.errors import Conflict, InvalidInput, NotFound
from simulator.infra.http import current_omgeving, json_response, read_json
from simulator.infra.ids import from_public_id, pseudonym
from simulator.voorwaarden import overleg, wijzigingen


@api.operation(
    "GET", "/voorwaarden", summary="Welke versie van de Voorwaarden geldt, en welke is aangekondigd",
    answer=(200, VoorwaardenAnswer), description="De artikelen zelf staan open voor ieder op /voorwaarden.",
)  # fmt: skip
def show_versies() -> Response:
    omgeving = current_omgeving()
    beeld, moment = show_voorwaarden(omgeving), omgeving.now()
    answers = [as_wijziging(each, moment) for each in beeld.wijzigingen]
    return json_response(VoorwaardenAnswer(versie=beeld.versie, wijzigingen=answers))


@api.operation(
    "POST", "/voorwaarden", summary="Kondig een wijziging van de Voorwaarden aan", body=AankondigingBody,
    answer=(201, WijzigingAnswer), refusals=(InvalidInput, Conflict),
    description=(
        "Elke actieve Afnemer krijgt een kennisgeving. Vraagt een besluit van de soort voorwaarden over deze versie, "
        "en ten minste een kalendermaand (artikel 8.1)."
    ),
)  # fmt: skip
def create_wijziging() -> Response:
    body, omgeving = read_json(AankondigingBody), current_omgeving()
    aankondiging = wijzigingen.Aankondiging(body.versie, body.ingangsdatum, body.samenvatting)
    return json_response(as_wijziging(announce_wijziging(omgeving, aankondiging), omgeving.now()), 201)


@api.operation(
    "POST", "/voorwaarden/<wijziging>/antwoorden", summary="Antwoord namens een Afnemer op een wijziging",
    body=AntwoordBody, answer=(200, KennisgevingWijzigingAnswer), refusals=(NotFound, Conflict),
    description=(
        "Wie weigert, krijgt twee maanden na de wijzigingsdatum niet meer geleverd (artikel 8.2). Tot dan is van "
        "gedachten veranderen mogelijk; wie niets zegt, heeft op de wijzigingsdatum aanvaard."
    ),
)  # fmt: skip
def create_antwoord(wijziging: str) -> Response:
    body, omgeving = read_json(AntwoordBody), current_omgeving()
    afnemer, told = answer_wijziging(omgeving, body.oin, wijziging, body.antwoord)
    return json_response(as_kennisgeving(afnemer, told, omgeving.now()))


@api.operation("GET", "/afnemersoverleggen", summary="Het Afnemersoverleg: wanneer", answer=(200, OverleggenAnswer))
def show_overleggen() -> Response:
    return json_response(
        OverleggenAnswer(overleggen=[as_overleg(each) for each in list_overleggen(current_omgeving())])
    )


@api.operation(
    "POST", "/afnemersoverleggen", summary="Leg een Afnemersoverleg vast, geweest of gepland", body=OverlegBody,
    answer=(201, OverlegAnswer),
)  # fmt: skip
def create_overleg() -> Response:
    body = read_json(OverlegBody)
    return json_response(as_overleg(add_overleg(current_omgeving(), body.datum, body.onderwerp)), 201)


@api.operation("GET", "/besluiten", summary="Besluiten na het Afnemersoverleg", answer=(200, BesluitenAnswer))
def show_besluiten() -> Response:
    return json_response(BesluitenAnswer(besluiten=[as_besluit(each) for each in list_besluiten(current_omgeving())]))


@api.operation(
    "POST", "/besluiten", summary="Leg een besluit vast dat volgt op een Afnemersoverleg", body=BesluitBody,
    answer=(201, OverlegbesluitAnswer), refusals=(InvalidInput, NotFound),
    description=(
        "Over het Zekerheidsniveau (artikel 3.4, DigiD volgt het vanaf zijn moment), een koppelvlak (3.5), het tarief "
        "van een jaar (3.8) of een nieuwe versie van de Voorwaarden (8.1)."
    ),
)  # fmt: skip
def create_besluit() -> Response:
    body = read_json(BesluitBody)
    invoer = overleg.Besluitinvoer(from_public_id(body.overleg) or 0, body.inhoud, body.toelichting, body.genomen_op)
    return json_response(as_besluit(record_besluit(current_omgeving(), invoer, _versies())), 201)


@api.operation(
    "GET", "/koppelvlakken", summary="De versies van elk koppelvlak naast elkaar", answer=(200, KoppelvlakkenAnswer)
)
def show_koppelvlakken() -> Response:
    found = list_koppelvlakken(current_omgeving(), _versies())
    return json_response(KoppelvlakkenAnswer(koppelvlakken=[as_koppelvlak(each) for each in found]))


@api.operation(
    "POST", "/zekerheidsniveaus/_watals", summary="Wie was tegengehouden op een ander Zekerheidsniveau",
    body=WatAlsBody, answer=(200, WatAlsAnswer),
    description=(
        "Speelt de logins van een periode na en verandert niets. Mensen staan er als pseudoniem in, hetzelfde als in "
        "het logboek dataverwerkingen; met `bsn` bij hun BSN."
    ),
)  # fmt: skip
def look_back() -> Response:
    body, omgeving = read_json(WatAlsBody), current_omgeving()
    vraag = beheer.Terugblikvraag(Niveau[body.niveau.upper()], body.vanaf, body.tot, body.personen)
    secret = current_app.config["SECRET_KEY"]
    key = secret if isinstance(secret, bytes) else str(secret).encode()

    def name(bsn: int) -> str:
        return f"{bsn:09d}" if body.bsn else pseudonym(key, omgeving.naam, f"{bsn:09d}")

    return json_response(as_terugblik(body.niveau, beheer.look_back(omgeving, vraag), name))


def _versies() -> Mapping[str, str]:
    return cast("Mapping[str, str]", current_app.extensions["versions"])
