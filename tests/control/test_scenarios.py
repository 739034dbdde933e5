"""The stories for trainers: each is played to its end through the real APIs, on each database in turn."""

import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.app import MOUNTS
from simulator.cli.demo_zaken import read_zaken
from simulator.control.api.loopback import call
from simulator.control.errors import ScenarioBezig
from simulator.control.usecases.scenarios import Toneel, play_stap, read_scenario, start_verhaal
from simulator.control.usecases.stappen import PLAY, Antwoord
from simulator.control.values import BerichtStap, Stappen, fill_in, fill_in_all
from simulator.infra.agenda import Extern
from simulator.infra.errors import Refusal
from tests.control.conftest import Beheer

FOLDER = Path(__file__).parents[2] / "fixtures" / "scenarios"
STORIES = sorted(FOLDER.glob("*.toml"))
DOCUMENT = Path(__file__).parents[2] / "docs" / "scenarios.md"
ASKED = {"verhuizing", "belastingaangifte", "boete", "geweigerde-vergunning", "overlijden", "datalek"}
"""What trainers asked for."""
HERE = {mount.blueprint.name for mount in MOUNTS}
NERGENS = Antwoord(404, {"type": "urn:mijnoverheid-simulator:probleem:pad-onbekend"})
NEEDS = {"zaak": "api-lopende-zaken", "status": "api-lopende-zaken", "gegevens": "api-persoonlijke-gegevens"}


def play(beheer: Beheer, naam: str) -> dict[str, Any]:
    answer = beheer.ask("POST", f"/scenarios/{naam}/_volgende")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def start(beheer: Beheer, naam: str) -> dict[str, Any]:
    answer = beheer.ask("POST", f"/scenarios/{naam}/_starten")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def furnish(beheer: Beheer) -> None:
    """The zaken of the demo, with all their weblinks, the dead one too."""
    today = date.fromisoformat(beheer.ask("GET", "/klok").json["moment"][:10])
    for each in read_zaken(FOLDER.parent / "zaken", today):
        headers = {"X-API-Key": each.sleutel, "X-Message-ID": each.message_id, "X-Simulator-Omgeving": beheer.naam}
        answer = beheer.app.test_client().open(
            each.path, method=each.method, data=each.body, headers=headers, content_type="application/json"
        )
        assert answer.status_code < 300, answer.text


def inbox(beheer: Beheer, map_: str = "inbox") -> list[dict[str, Any]]:
    token = beheer.ask("POST", "/sessies", {"persona": "actief", "niveau": "midden"}).json["token"]
    headers = {"Authorization": f"Bearer {token}"}
    found: list[dict[str, Any]] = beheer.get(f"/api/portaal/v1/berichten?map={map_}", headers).json["berichten"]
    return found


def test_there_is_a_story_for_each_thing_that_trainers_asked_for() -> None:
    assert {file.stem for file in STORIES} >= ASKED
    assert set(re.findall(r"^\| `([a-z-]+)` \| [a-z]", DOCUMENT.read_text("utf-8"), re.MULTILINE)) >= ASKED


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.stem)
def test_a_story_is_played_to_its_end_in_the_omgeving_of_the_demo(beheer: Beheer, file: Path) -> None:
    furnish(beheer)
    steps = start(beheer, file.stem)["stappen"]
    for nummer, step in enumerate(steps, 1):
        outcome = play(beheer, file.stem)
        assert (outcome["nummer"], outcome["scenario"]["gespeeld"]) == (nummer, nummer)
        assert outcome["overgeslagen"] == (NEEDS.get(step["soort"], "api-berichtenbox") not in HERE)
    assert beheer.ask("GET", f"/scenarios/{file.stem}").json["klaar"]
    assert beheer.ask("POST", f"/scenarios/{file.stem}/_volgende").json["type"].endswith(":scenario-klaar")


def test_a_leap_of_weeks_looks_at_the_weblinks_of_the_demo_every_day_and_asks_nobody(beheer: Beheer) -> None:
    furnish(beheer)
    beheer.ask("POST", "/klok/_vooruit", {"duur": "P3D"})  # by now the dead one is looked at once a day too
    leap = beheer.ask("POST", "/klok/_vooruit", {"duur": "P40D"}).json
    headers = {"X-API-Key": "demo-voorbeeldstad"}
    (dead,) = beheer.get("/api/weblinks/v1/controles?stand=onbereikbaar", headers).json["controles"]
    history = beheer.get(f"/api/weblinks/v1/controles/{dead['id']}", headers).json["historie"]
    assert history[0]["controles"] > 40
    # A row for each moment at which something is due; a batch for the network would take two more each time.
    assert leap["uitgevoerd"] < 3 * 40
    assert leap["wachtend"] == 0


def test_the_messages_of_a_story_are_really_there_on_their_day(beheer: Beheer) -> None:
    begin = beheer.ask("GET", "/klok").json["moment"]
    steps = start(beheer, "boete")["stappen"]
    moments = [play(beheer, "boete")["moment"] for _ in steps]

    found = {each["onderwerp"]: each for each in inbox(beheer)}

    assert set(found) == {
        "Verkeersboete: 112 euro", "Aanmaning: uw boete is nu 168 euro", "Wij hebben uw betaling ontvangen"
    }  # fmt: skip
    assert [each["gelezen"] for each in found.values()] == [False, True, False]
    assert found["Verkeersboete: 112 euro"]["reagerenTot"] > found["Verkeersboete: 112 euro"]["gepubliceerdOp"]
    assert [begin, *moments] == sorted([begin, *moments])
    assert moments[-1][:7] > begin[:7]


def test_what_the_citizen_does_in_a_story_is_done(beheer: Beheer) -> None:
    start(beheer, "datalek")
    for _ in range(6):
        play(beheer, "datalek")

    assert [each["onderwerp"] for each in inbox(beheer, "archief")] == ["Wat wij deden na het datalek"]


def test_fixtures_of_ones_own_need_no_pdf_for_a_bijlage(beheer: Beheer, tmp_path: Path) -> None:
    for folder in ("afnemers", "scenarios"):
        shutil.copytree(FOLDER.parent / folder, tmp_path / folder)
    omgeving = beheer.app.extensions["omgevingen"].get(beheer.naam)
    start_verhaal(omgeving, tmp_path, "boete")
    with beheer.app.test_request_context(headers={"X-Simulator-Omgeving": beheer.naam}):
        play_stap(omgeving, Toneel(tmp_path, {}, call), "boete")
    assert [each["aantalBijlagen"] for each in inbox(beheer)] == [1]


def test_a_story_is_metered_as_any_delivery(beheer: Beheer) -> None:
    start(beheer, "datalek")
    for _ in range(6):
        play(beheer, "datalek")

    used = beheer.get("/api/verbruik/v1/verbruik?van=2020-01-01&per=maand", {"X-API-Key": "demo-voorbeeldstad"}).json
    assert used["totaal"] == 2


def test_a_story_can_be_played_again_beside_what_it_left(beheer: Beheer) -> None:
    for _ in range(2):
        start(beheer, "overlijden")
        play(beheer, "overlijden")
        play(beheer, "overlijden")

    assert len(inbox(beheer)) == 2


def test_emptying_the_omgeving_ends_every_story(beheer: Beheer) -> None:
    start(beheer, "boete")
    beheer.ask("POST", f"/omgevingen/{beheer.naam}/_legen")

    assert beheer.ask("GET", "/scenarios/boete").json["gestart"] is False
    assert beheer.ask("POST", "/scenarios/boete/_volgende").json["type"].endswith(":scenario-niet-gestart")


def test_a_step_that_fails_says_why_and_can_be_played_again_once_that_is_mended(beheer: Beheer) -> None:
    wat = {"bsn": "999990019", "boxActief": False}
    start(beheer, "datalek")
    beheer.ask("POST", "/gebruikers/_wijzigen", wat)
    refused = beheer.ask("POST", "/scenarios/datalek/_volgende")
    beheer.ask("POST", "/gebruikers/_wijzigen", wat | {"boxActief": True})
    assert (refused.status_code, refused.json["regel"]["id"]) == (409, "SIM-scenario")
    assert "NietActiefOfGeabonneerd" in refused.json["detail"]
    assert play(beheer, "datalek")["nummer"] == 1
    assert len(inbox(beheer)) == 1


def test_time_passes_once_for_a_step_that_is_played_twice(beheer: Beheer) -> None:
    beheer.ask("PUT", "/klok", {"modus": "stil", "moment": "2026-03-01T09:00:00Z"})
    start(beheer, "overlijden")
    play(beheer, "overlijden")
    beheer.ask("POST", "/gebruikers/_wijzigen", {"bsn": "999990019", "boxActief": False})
    for _ in range(2):
        assert beheer.ask("POST", "/scenarios/overlijden/_volgende").status_code == 409

    assert beheer.ask("GET", "/klok").json["moment"] == "2026-03-03T09:00:00Z"


def test_of_two_who_play_a_step_at_once_one_is_refused_and_time_passes_once(beheer: Beheer) -> None:
    beheer.ask("PUT", "/klok", {"modus": "stil", "moment": "2026-03-01T09:00:00Z"})
    start(beheer, "overlijden")
    play(beheer, "overlijden")
    omgeving = beheer.app.extensions["omgevingen"].get(beheer.naam)
    toneel, others = Toneel(FOLDER.parent, {}, lambda _: NERGENS), []

    def play_too(*_: object) -> None:  # while the clock is moved
        with pytest.raises(ScenarioBezig) as refused:
            play_stap(omgeving, toneel, "overlijden")
        others.append(refused.value)

    with omgeving.unit_of_work() as uow:
        uow.plan("ander", omgeving.now(), {})
    play_stap(omgeving, replace(toneel, handlers={"ander": Extern(play_too, timedelta(minutes=1))}), "overlijden")
    assert len(others) == 1
    assert beheer.ask("GET", "/klok").json["moment"] == "2026-03-03T09:00:00Z"


def test_an_unknown_story_is_refused_with_the_names_that_there_are(beheer: Beheer) -> None:
    answer = beheer.ask("GET", "/scenarios/sprookje")

    assert answer.status_code == 404
    assert "verhuizing" in answer.json["verwacht"]


def test_the_page_shows_where_the_story_is_and_what_to_look_at(beheer: Beheer) -> None:
    assert "nog niet begonnen" in beheer.get("/scenarios/boete").text
    start(beheer, "boete")
    play(beheer, "boete")

    page = beheer.get("/scenarios/boete").text

    assert "<strong>1 van 8</strong>" in page
    assert page.count('aria-current="step"') == 1
    assert 'href="/berichtenbox"' in page
    assert "na 57 dagen" in page
    assert f"mosim scenario next boete --omgeving {beheer.naam}" in page
    assert "Bezig: 1 van 8 stappen" in beheer.get("/scenarios").text


def test_every_kind_of_step_has_a_player_and_is_documented() -> None:
    kinds = set(Stappen.__args__)
    table = set(re.findall(r"^\| `([a-z]+)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))

    assert set(PLAY) == kinds
    assert {str(each.__struct_config__.tag) for each in kinds} <= table


@pytest.mark.parametrize(
    ("change", "said", "where"),
    [
        (lambda story: story.pop("titel"), "`titel`", ""),
        (lambda story: story["stappen"][1].update(soort="toveren"), "toveren", "/stappen/1/soort"),
        (lambda story: story["stappen"][0].update(onderwerp="x" * 51), "50", "/stappen/0/onderwerp"),
        (lambda story: story["stappen"][0].update(ongekend="ja"), "ongekend", "/stappen/0"),
        (lambda story: story["stappen"][1].update(na="P1M"), "regex", "/stappen/1/na"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_where_it_is(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str, where: str
) -> None:
    story: dict[str, Any] = tomllib.loads(_document_example())
    change(story)
    file = tmp_path / "fout.toml"
    file.write_text(_as_toml(story), "utf-8")

    with pytest.raises(Refusal) as refused:
        read_scenario(file)

    assert said in refused.value.detail
    assert [each.pointer for each in refused.value.errors] == [where]


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "fout.toml").write_text("titel = ", "utf-8")
    with pytest.raises(Refusal, match=r"fout\.toml is geen leesbare TOML"):
        read_scenario(tmp_path / "fout.toml")


def test_the_example_of_the_documentation_is_a_story(tmp_path: Path) -> None:
    (tmp_path / "kort.toml").write_text(_document_example(), "utf-8")

    scenario = read_scenario(tmp_path / "kort.toml")

    assert isinstance(scenario.stappen[0], BerichtStap)


def test_days_and_names_are_filled_in_at_any_depth() -> None:
    def told(text: str) -> str:
        return fill_in(text, "mevrouw Actief", lambda shift, programs: f"{shift.days}{'Z' if programs else ''}")

    assert told("{naam}: {dag}, {dag+14}, {dag-2}, {datum}, {iets}") == "mevrouw Actief: 0, 14, -2, 0Z, {iets}"
    assert fill_in_all({"a": ["{dag+1}", 2, {"b": "{naam}"}]}, told) == {"a": ["1", 2, {"b": "mevrouw Actief"}]}


def _document_example() -> str:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    return str(example)


def _as_toml(story: dict[str, Any]) -> str:
    """Enough of TOML for the example."""

    def line(item: tuple[str, Any]) -> str:
        name, value = item
        return f"{name} = {value!r}"

    top = "\n".join(line(item) for item in story.items() if item[0] != "stappen")
    steps = ["[[stappen]]\n" + "\n".join(map(line, step.items())) for step in story["stappen"]]
    return "\n".join([top, *steps])
