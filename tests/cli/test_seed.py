import json
from datetime import date
from pathlib import Path

import requests

from simulator.cli.demo import deliver_demo, deliver_gegevens, next_steps
from simulator.cli.demo_gegevens import read_gegevens
from simulator.cli.demo_zaken import deliver_zaken
from simulator.settings import Settings
from tests.cli.conftest import Shell
from tests.running import TOKEN, RunningSimulator


def ask(shell: Shell, method: str, path: str, body: object = None, **headers: str) -> requests.Response:
    sent = {"X-Simulator-Omgeving": shell.omgeving, "Authorization": f"Bearer {TOKEN}"} | headers
    return requests.request(method, shell.base + path, json=body, headers=sent, timeout=60)


def inbox(shell: Shell, persona: str) -> list[dict[str, object]]:
    token = ask(shell, "POST", "/__admin/v1/sessies", {"persona": persona}).json()["token"]
    answer = ask(shell, "GET", "/api/portaal/v1/berichten", Authorization=f"Bearer {token}")
    found: list[dict[str, object]] = answer.json()["berichten"]
    return found


def test_seed_fills_the_boxes_with_believable_post(shell: Shell) -> None:
    result = shell.run("seed", "--seed", "7")
    assert result.exit_code == 0, result.output
    assert "begins anew with seed 7" in result.stdout
    post = inbox(shell, "actief")
    assert {each["afzender"] for each in post} == {
        "Gemeente Voorbeeldstad", "Voorbeelddienst Belastingen", "Voorbeelddienst Wegverkeer",
    }  # fmt: skip
    assert [each["aantalBijlagen"] for each in post if each["aantalBijlagen"]] == [1]
    assert any(each["reagerenTot"] for each in post)


def test_settings_of_a_server_do_not_matter_to_who_asks_it(shell: Shell) -> None:
    assert shell.run("seed", SIMULATOR_WORKERS="2").exit_code == 0


def test_a_wrong_setting_is_said_before_anything_is_thrown_away(shell: Shell) -> None:
    shell.run("seed")
    result = shell.run("seed", SIMULATOR_PORT="many")
    assert (result.exit_code, "port (from variable): 'many' is not valid" in result.output) == (2, True)
    assert inbox(shell, "actief")


def test_one_demo_bericht_appears_three_days_later(shell: Shell) -> None:
    shell.run("seed")
    before = len(inbox(shell, "actief"))
    shell.run("klok", "vooruit", "P3D")
    assert len(inbox(shell, "actief")) == before + 1


def test_seed_can_be_run_again(shell: Shell) -> None:
    first, second = shell.json("seed"), shell.json("seed")
    assert first["codes"] == second["codes"]


def test_the_demo_bericht_is_delivered_once_however_often_it_starts(simulator: RunningSimulator, shell: Shell) -> None:
    base = f"{simulator.base}/omgevingen/{shell.omgeving}"
    assert "Verwerkt" in deliver_demo(base)[0]
    assert "Verwerkt" in deliver_demo(base)[0]
    assert len(inbox(shell, "actief")) == 1


def test_the_demo_never_raises() -> None:
    assert "could not be delivered" in deliver_demo("http://127.0.0.1:9")[0]


def test_a_demo_that_is_refused_says_why(shell: Shell) -> None:
    ask(shell, "DELETE", "/__admin/v1/afnemers/00000099000000001000/sleutels/stad").raise_for_status()
    assert (
        "was refused: Deze API-sleutel is niet geldig" in deliver_demo(f"{shell.base}/omgevingen/{shell.omgeving}")[0]
    )


def test_the_next_steps_can_be_copied_and_run(shell: Shell) -> None:
    base = f"{shell.base}/omgevingen/{shell.omgeving}"
    text = "\n".join(next_steps(base))
    body = text.split("-d '")[1].split("'")[0]
    message_id = text.split("X-Message-ID: ")[1].split("'")[0]
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": message_id, "Content-Type": "application/json"}
    answer = requests.post(f"{base}/api/berichtenbox/v1/berichten", data=body.encode(), headers=headers, timeout=60)
    assert answer.status_code == 201
    assert f"{base}/regels" in text


def zaken(shell: Shell, fase: str) -> list[dict[str, object]]:
    token = ask(shell, "POST", "/__admin/v1/sessies", {"persona": "actief"}).json()["token"]
    answer = ask(shell, "GET", f"/api/portaal/v1/zaken?fase={fase}", Authorization=f"Bearer {token}")
    found: list[dict[str, object]] = answer.json()["zaken"]
    return found


def test_seed_brings_zaken_in_every_state(shell: Shell) -> None:
    assert shell.json("seed")["zaken"] == 15
    lopend, afgehandeld = zaken(shell, "lopend"), zaken(shell, "afgehandeld")
    assert (len(lopend), len(afgehandeld)) == (6, 4)
    assert [each["onderwerp"] for each in lopend if each["actieVereist"]] == ["Dakkapel aan de voorzijde"]
    assert {each["organisatie"] for each in lopend} == {
        "Gemeente Voorbeeldstad", "Voorbeelddienst Belastingen", "Voorbeelddienst Wegverkeer",
    }  # fmt: skip


def test_the_demo_zaken_are_there_once_however_often_it_starts(shell: Shell) -> None:
    base, folder = f"{shell.base}/omgevingen/{shell.omgeving}", Settings().fixtures_dir / "zaken"
    line = "Delivered 15 zaken in every state, most of them of persona actief"
    for _ in range(2):
        assert deliver_zaken(base, folder) == [line]
    shell.run("klok", "vooruit", "P2D")  # started again on another day
    assert deliver_zaken(base, folder) == [line]
    counted = ask(
        shell, "GET", "/api/verbruik/v1/verbruik?van=2020-01-01&per=maand", **{"X-API-Key": "demo-wegverkeer"}
    )
    assert [each["aantal"] for each in counted.json()["regels"]] == [9]


def test_a_demo_that_cannot_be_delivered_says_so_and_never_raises(shell: Shell, tmp_path: Path) -> None:
    assert deliver_zaken("http://127.0.0.1:1", tmp_path)[0].startswith("The demo zaken could not be delivered:")


def test_seed_delivers_what_afnemers_registered_about_every_persona(shell: Shell) -> None:
    assert shell.json("seed")["gegevens"] > 60
    session = ask(shell, "POST", "/__admin/v1/sessies", {"persona": "actief"}).json()
    blokken = requests.get(
        f"{shell.base}/omgevingen/{shell.omgeving}/api/portaal/v1/gegevens",
        headers={"Authorization": f"Bearer {session['token']}"}, timeout=60,
    ).json()["blokken"]  # fmt: skip
    assert {each["categorie"] for each in blokken} == {
        "identiteit", "wonen", "voertuigen", "werk-en-inkomen", "onderwijs", "brp-verstrekkingen"
    }  # fmt: skip


def test_the_demo_delivers_them_as_well_and_never_raises(shell: Shell) -> None:
    base = f"{shell.base}/omgevingen/{shell.omgeving}"
    assert "sets of personal data" in deliver_gegevens(base)[0]
    assert "could not be delivered" in deliver_gegevens("http://127.0.0.1:9")[0]


def test_every_persona_has_data_in_every_category() -> None:
    folder = Settings().fixtures_dir
    personas = {json.loads(file.read_text("utf-8"))["bsn"] for file in (folder / "personas").glob("*.json")}
    found: dict[str, set[str]] = {}
    for _, body in read_gegevens(date(2026, 11, 23)):
        for each in json.loads(body)["gegevens"]:
            found.setdefault(each["bsn"], set()).add(each["categorie"])
    assert found.keys() == personas
    grown_ups = personas - {"999990093"}
    for bsn in grown_ups:
        assert {"wonen", "voertuigen", "werk-en-inkomen", "onderwijs", "brp-verstrekkingen"} <= found[bsn]
