"""What is open to all: ``/regels`` and ``/voorwaarden`` with what this omgeving did with them, and ``/scenarios``."""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from simulator.control.schemas_voorwaarden import as_artikelen
from simulator.control.usecases.artikelen import list_artikelen
from simulator.control.usecases.klok import parse_duur
from simulator.control.usecases.overleg import list_besluiten
from simulator.control.usecases.regels import list_regels
from simulator.control.usecases.scenarios import get_verhaal, list_verhalen
from simulator.control.usecases.voorwaarden import show_voorwaarden
from simulator.infra.headers import is_for_programs
from simulator.infra.http import current_omgeving, json_response
from simulator.infra.regels import Regel
from simulator.settings import Settings
from simulator.voorwaarden import VERSIE

_HTML, _JSON = "text/html", "application/json"

pages = Blueprint("control", __name__, template_folder="templates")
GROEPEN = {
    "AF": "Afnemers",
    "BB": "Berichtenbox",
    "BRP": "BRP",
    "DD": "DigiD",
    "FA": "Facturatie",
    "GB": "Gebruikers",
    "LP": "Leveranciersportaal",
    "LZ": "Lopende Zaken",
    "PG": "Persoonlijke Gegevens",
    "SIM": "Simulator",
    "VB": "Verbruik",
    "VW": "Voorwaarden",
}


@pages.get("/regels")
def regels() -> ResponseReturnValue:
    """The catalogue, all of it or one group."""
    standen = list_regels(current_omgeving(), _catalogus().values())
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


@pages.get("/voorwaarden")
def voorwaarden() -> ResponseReturnValue:
    """Every article of the Voorwaarden with its rules; as JSON for who asks for that (``Accept: application/json``)."""
    omgeving = current_omgeving()
    hoofdstukken = list_artikelen(omgeving, _catalogus())
    if request.accept_mimetypes.best_match([_HTML, _JSON], _HTML) == _JSON:
        answer = json_response(as_artikelen(hoofdstukken))
    else:
        page = render_template(
            "control/voorwaarden.html", hoofdstukken=hoofdstukken, versie=VERSIE, omgeving=omgeving.naam,
            paginas=_shown_paths(), beeld=show_voorwaarden(omgeving), besluiten=list_besluiten(omgeving),
            nu=omgeving.now(),
        )  # fmt: skip
        answer = Response(page, content_type=f"{_HTML}; charset=utf-8")
    answer.headers["Vary"] = "Accept"
    return answer


@pages.get("/scenarios")
def scenarios() -> ResponseReturnValue:
    """The stories that a trainer can play, and how far each is here."""
    return render_template(
        "control/scenarios.html", verhalen=list_verhalen(current_omgeving(), _settings().fixtures_dir)
    )


@pages.get("/scenarios/<naam>")
def scenario(naam: str) -> ResponseReturnValue:
    """One story: what it shows, its steps, where it is, and how to play it."""
    verhaal = get_verhaal(current_omgeving(), _settings().fixtures_dir, naam)
    return render_template(
        "control/scenario.html",
        verhaal=verhaal,
        hier={stap.kijk for stap in verhaal.scenario.stappen if stap.kijk and _is_here(stap.kijk)},
        nu=current_omgeving().now(),
        speelbaar=_settings().admin,
        base_url=request.host_url.rstrip("/") + request.script_root,
        omgeving=current_omgeving().naam,
    )


@pages.app_template_filter("duur")
def describe_duur(duur: str) -> str:
    """An ISO 8601 duration as people say it: ``na 3 dagen``."""
    verstreken = parse_duur(duur)
    for seconds, een, meer in ((86_400, "dag", "dagen"), (3_600, "uur", "uur"), (60, "minuut", "minuten")):
        if verstreken.total_seconds() >= seconds:
            aantal = round(verstreken.total_seconds() / seconds)
            return f"na {aantal} {een if aantal == 1 else meer}"
    return "meteen daarna"


def _is_here(pad: str) -> bool:
    """Whether this simulator has the page that a step is to be seen on."""
    return bool(current_app.url_map.bind("localhost").test(pad, "GET"))


def _shown_paths() -> set[str]:
    """The addresses that somebody can open as a page."""
    rules = current_app.url_map.iter_rules()
    return {rule.rule for rule in rules if "GET" in (rule.methods or ()) and not is_for_programs(rule.rule)}


def _catalogus() -> Mapping[str, Regel]:
    return cast("Mapping[str, Regel]", current_app.extensions["regels"])


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
