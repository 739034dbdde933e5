"""The page ``/regels``: every rule, where it is written, how sure we are, and what this omgeving did with it."""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from simulator.control.usecases.regels import list_regels
from simulator.infra.http import current_omgeving
from simulator.infra.regels import Regel

pages = Blueprint("control", __name__, template_folder="templates")
GROEPEN = {
    "AF": "Afnemers",
    "BB": "Berichtenbox",
    "BRP": "BRP",
    "DD": "DigiD",
    "GB": "Gebruikers",
    "PG": "Persoonlijke Gegevens",
    "SIM": "Simulator",
    "VB": "Verbruik",
    "VW": "Voorwaarden",
}


@pages.get("/regels")
def regels() -> ResponseReturnValue:
    """The catalogue, all of it or one group."""
    catalogus = cast("Mapping[str, Regel]", current_app.extensions["regels"])
    standen = list_regels(current_omgeving(), catalogus.values())
    groepen = sorted({stand.groep for stand in standen})
    groep = request.args.get("groep", "")
    shown = [stand for stand in standen if groep not in groepen or stand.groep == groep]
    return render_template(
        "control/regels.html",
        standen=shown,
        groepen=[(each, GROEPEN.get(each, each)) for each in groepen],
        groep=groep if groep in groepen else "",
        geraakt=sum(stand.geraakt for stand in shown),
        omgeving=current_omgeving().naam,
    )
