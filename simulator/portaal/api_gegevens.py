"""Persoonlijke gegevens for programs; the routes register themselves on the API of the portaal."""

from flask import Response, current_app, request

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace, json_response
from simulator.infra.openapi import Parameter
from simulator.persoonlijke_gegevens import Categorie, inzage, logboek, read_plaats, show_veld
from simulator.portaal.api import api
from simulator.portaal.errors import ParameterOngeldig
from simulator.portaal.schemas_gegevens import (
    Categorieen,
    GegevensBlok,
    GegevensCategorie,
    GetoondeGroep,
    GetoondVeld,
    PersoonlijkeGegevens,
    Verwerkingen,
    Verwerkingsregel,
)

_CATEGORIEEN = [each.value for each in Categorie]


@api.operation(
    "GET",
    "/gegevens",
    summary="Persoonlijke gegevens: wat elke bron zegt",
    description="Vraagt alle live bronnen tegelijk; een bron die faalt, geeft een blok met `storing`.",
    answer=(200, PersoonlijkeGegevens),
    refusals=(ParameterOngeldig,),
    parameters=(Parameter("categorie", schema={"type": "string", "enum": _CATEGORIEEN}, description="anders alle"),),
)
def get_gegevens() -> Response:
    asked = request.args.get("categorie")
    if asked is not None and asked not in _CATEGORIEEN:
        raise ParameterOngeldig(f"categorie is {', '.join(_CATEGORIEEN)}.", ontvangen=asked[:64])
    categorieen = tuple(Categorie) if asked is None else (Categorie(asked),)
    blokken = inzage.show_blokken(current_omgeving(), current_burger().bsn, categorieen, current_trace())
    return json_response(PersoonlijkeGegevens([_as_blok(each) for each in blokken]))


@api.operation(
    "GET",
    "/gegevens/categorieen",
    summary="De categorieën, met wie er iets over u zegt",
    description="Vraagt geen enkele bron iets.",
    answer=(200, Categorieen),
)
def list_categorieen() -> Response:
    tegels = inzage.list_tegels(current_omgeving(), current_burger().bsn, current_trace())
    return json_response(
        Categorieen(
            [
                GegevensCategorie(
                    categorie=each.categorie.value, naam=each.categorie.naam, uitleg=each.categorie.uitleg,
                    bronnen=list(each.bronnen), peildatum=each.peildatum,
                )
                for each in tegels
            ]
        )
    )  # fmt: skip


@api.operation(
    "GET",
    "/verwerkingen",
    summary="Wie zag mijn gegevens, nieuwste eerst",
    answer=(200, Verwerkingen),
    refusals=(ParameterOngeldig,),
    parameters=(
        Parameter("eigen", schema={"type": "boolean", "default": False}, description="ook wat MijnOverheid u toonde"),
        Parameter("cursor", description="`volgende` van de vorige bladzijde"),
    ),
)
def list_verwerkingen() -> Response:
    eigen, cursor = request.args.get("eigen", "false"), request.args.get("cursor", "")
    na = read_plaats(cursor)
    if eigen not in {"true", "false"} or (cursor and na is None):
        raise ParameterOngeldig("eigen is true of false, cursor is `volgende` van een vorige bladzijde.")
    keuze = logboek.Logkeuze(eigen == "true", na, current_app.extensions["verwerkingen"])
    regels = logboek.list_logregels(current_omgeving(), current_burger().bsn, current_trace(), keuze)
    volgende = "-".join(map(str, regels[-1].regel.plaats)) if regels else None
    return json_response(Verwerkingen([_as_regel(each) for each in regels], volgende))


def _as_blok(blok: inzage.Blok) -> GegevensBlok:
    groepen = [
        GetoondeGroep(
            groep.titel, [GetoondVeld(veld.label, show_veld(veld)) for veld in groep.velden], groep.toelichting
        )
        for groep in blok.groepen
    ]
    return GegevensBlok(
        categorie=blok.categorie.value, titel=blok.titel, bron=blok.bron, oin=blok.oin, vorm=blok.vorm.value,
        peildatum=blok.peildatum, bewaard_van=blok.bewaard_van, storing=blok.storing, groepen=groepen,
    )  # fmt: skip


def _as_regel(each: logboek.Logregel) -> Verwerkingsregel:
    regel, activiteit = each.regel, each.regel.activiteit.value
    return Verwerkingsregel(
        moment=regel.moment, verantwoordelijke=each.naam, oin=regel.verantwoordelijke, activiteit=activiteit.naam,
        gegevens=regel.omschrijving, doel=activiteit.doel, grondslag=activiteit.grondslag, trace_id=regel.trace_id,
        gelukt=regel.gelukt, eigen=regel.eigen,
    )  # fmt: skip
