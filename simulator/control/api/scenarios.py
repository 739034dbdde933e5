"""Stories for trainers: list, start, and play the next step."""

from typing import cast

from flask import Response, current_app

from simulator.control.api.document import api
from simulator.control.api.loopback import open_toneel
from simulator.control.errors import (
    ScenarioBezig,
    ScenarioKlaar,
    ScenarioNietGestart,
    ScenarioOnbekend,
    ScenarioOngeldig,
    StapMislukt,
)
from simulator.control.schemas import ScenarioAnswer, ScenariosAnswer, StapAnswer, UitkomstAnswer
from simulator.control.usecases.scenarios import Verhaal, get_verhaal, list_verhalen, play_stap, start_verhaal
from simulator.infra.http import current_omgeving, json_response
from simulator.settings import Settings

_FIXTURES = "Een scenario is een bestand in fixtures/scenarios; de pagina met uitleg is /scenarios/<naam>."


def _describe(verhaal: Verhaal) -> ScenarioAnswer:
    scenario = verhaal.scenario
    return ScenarioAnswer(
        naam=verhaal.naam,
        titel=scenario.titel,
        samenvatting=scenario.samenvatting.strip(),
        inwoner=scenario.inwoner,
        gestart=verhaal.stand.is_gestart,
        gespeeld=verhaal.stand.gespeeld,
        klaar=verhaal.is_klaar,
        stappen=[
            StapAnswer(
                nummer=nummer, soort=stap.soort, titel=stap.titel, uitleg=stap.uitleg.strip(),
                kijk=stap.kijk or None, na=stap.na or None, gespeeld=nummer <= verhaal.stand.gespeeld,
            )
            for nummer, stap in enumerate(scenario.stappen, 1)
        ],
    )  # fmt: skip


@api.operation(
    "GET", "/scenarios", summary="Verhalen om voor te spelen", description=_FIXTURES, answer=(200, ScenariosAnswer),
    refusals=(ScenarioOngeldig,),
)  # fmt: skip
def show_scenarios() -> Response:
    verhalen = list_verhalen(current_omgeving(), open_toneel().fixtures)
    return json_response(ScenariosAnswer(scenarios=[_describe(each) for each in verhalen]))


@api.operation(
    "GET", "/scenarios/<naam>", summary="Eén verhaal, met waar het is", answer=(200, ScenarioAnswer),
    refusals=(ScenarioOnbekend, ScenarioOngeldig),
)  # fmt: skip
def show_scenario(naam: str) -> Response:
    fixtures = cast("Settings", current_app.extensions["settings"]).fixtures_dir
    return json_response(_describe(get_verhaal(current_omgeving(), fixtures, naam)))


@api.operation(
    "POST", "/scenarios/<naam>/_starten", summary="Begin een verhaal, ook opnieuw", answer=(200, ScenarioAnswer),
    description="Er gebeurt nog niets; wat een vorige keer is aangeleverd, blijft.",
    refusals=(ScenarioOnbekend, ScenarioOngeldig),
)  # fmt: skip
def start_scenario(naam: str) -> Response:
    return json_response(_describe(start_verhaal(current_omgeving(), open_toneel().fixtures, naam)))


@api.operation(
    "POST", "/scenarios/<naam>/_volgende", summary="Speel de volgende stap", answer=(200, UitkomstAnswer),
    description="Zet eerst de klok vooruit als de stap dat zegt. Een stap die mislukt, kan nog eens.",
    refusals=(ScenarioOnbekend, ScenarioOngeldig, ScenarioNietGestart, ScenarioKlaar, ScenarioBezig, StapMislukt),
)  # fmt: skip
def play_scenario(naam: str) -> Response:
    omgeving = current_omgeving()
    uitkomst = play_stap(omgeving, open_toneel(), naam)
    answer = UitkomstAnswer(
        nummer=uitkomst.nummer,
        wat=uitkomst.wat,
        overgeslagen=uitkomst.overgeslagen,
        moment=omgeving.now(),
        scenario=_describe(uitkomst.verhaal),
    )
    return json_response(answer)
