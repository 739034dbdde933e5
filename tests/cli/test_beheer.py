import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

NIEUW = "00000099000000005000"


def test_the_clock_is_shown_set_and_moved(shell: Shell) -> None:
    assert shell.json("klok")["modus"] == "echt"
    shell.run("klok", "set", "stil", "--moment", "2026-03-01T09:00:00Z")
    moved = shell.json("klok", "vooruit", "P21D")
    assert (moved["moment"], moved["modus"]) == ("2026-03-22T09:00:00Z", "stil")
    assert "2026-03-22" in shell.run("klok", "show").stdout


def test_a_duration_that_cannot_be_read_is_one_clear_error(shell: Shell) -> None:
    result = shell.run("klok", "vooruit", "morgen")
    assert result.exit_code == 1
    assert "P21D" in result.stderr


def test_an_omgeving_is_made_listed_and_dropped(shell: Shell) -> None:
    naam = f"{shell.omgeving}-x"
    assert shell.json("omgevingen", "add", naam, "--seed", "5", "--ttl", "600")["seed"] == 5
    assert naam in shell.run("omgevingen", "list").stdout
    assert shell.run("omgevingen", "add", naam).exit_code == 1
    assert shell.run("omgevingen", "drop", naam).exit_code == 0
    assert naam not in [each["naam"] for each in shell.json("omgevingen", "list")]


def test_an_omgeving_that_the_environment_names_already_is_made_listed_and_dropped(shell: Shell) -> None:
    naam = f"{shell.omgeving}-y"
    assert shell.run("omgevingen", "list", SIMULATOR_OMGEVING=naam).exit_code == 0
    assert shell.run("omgevingen", "add", naam, SIMULATOR_OMGEVING=naam).exit_code == 0
    assert shell.run("omgevingen", "drop", naam, SIMULATOR_OMGEVING=naam).exit_code == 0
    assert naam not in shell.run("omgevingen", "list", SIMULATOR_OMGEVING=naam).stdout


def test_an_afnemer_is_added_with_a_key_that_is_shown_once(shell: Shell) -> None:
    made = shell.json("afnemers", "add", NIEUW, "Gemeente Nieuw")
    assert made["sleutel"]
    assert made["sleutel"] not in shell.run("afnemers", "list").stdout
    assert shell.run("afnemers", "mandaat", NIEUW, "00000099000000001000").exit_code == 0
    assert shell.run("afnemers", "mandaat", NIEUW, "00000099000000001000", "--weg").exit_code == 0
    assert shell.run("afnemers", "sleutel", NIEUW, "--intrekken", made["sleutel"][-4:]).exit_code == 0
    assert "shown only this once" in shell.run("afnemers", "sleutel", NIEUW).stdout


def test_the_sector_of_an_afnemer_is_shown_and_set(shell: Shell) -> None:
    shell.run("afnemers", "add", NIEUW, "Pensioenfonds Voorbeeld", "--sector", "privaat", "--sinds", "2025-06-01")
    assert "privaat" in shell.run("afnemers", "list").stdout
    assert shell.json("afnemers", "sector", NIEUW, "rijk") == {"oin": NIEUW, "sector": "rijk"}
    (shown,) = (each for each in shell.json("afnemers", "list") if each["oin"] == NIEUW)
    assert (shown["sector"], shown["aansluitingen"][0]["sinds"]) == ("rijk", "2025-06-01")


def test_a_person_is_shown_as_a_table_and_as_json(shell: Shell) -> None:
    shown = shell.run("gebruikers", "show", "999990019").stdout
    assert "Johanna Maria Actief" in shown
    assert "Gemeente Voorbeeldstad" in shown
    assert shell.json("gebruikers", "show", "999990019")["persona"] == "actief"
    assert "999990147" in shell.run("gebruikers", "personas").stdout


def test_what_is_no_bsn_is_refused(shell: Shell) -> None:
    result = shell.run("gebruikers", "show", "123456789")
    assert (result.exit_code, "elfproef" in result.stderr) == (1, True)


def test_reset_empties(shell: Shell) -> None:
    shell.run("afnemers", "add", NIEUW, "Gemeente Nieuw")
    assert shell.json("reset", "--seed", "4")["seed"] == 4
    assert NIEUW not in shell.run("afnemers", "list").stdout


def test_config_shows_values_with_their_origin_and_no_secret(shell: Shell) -> None:
    environ = {"SIMULATOR_DATABASE_URL": "postgresql://ik:geheim@db/x", "SIMULATOR_ADMIN_TOKEN": "verborgen"}
    result = shell.run("config", "show", "--json", SIMULATOR_SEED="7", **environ)
    shown = {each["setting"]: each for each in json.loads(result.stdout)}
    assert (shown["seed"]["value"], shown["seed"]["origin"]) == (7, "variable")
    assert shown["port"]["origin"] == "default"
    assert shown["database_url"]["value"] == "postgresql://ik:********@db/x"
    assert "verborgen" not in result.output
    assert "SIMULATOR_SEED" in shell.run("config", "show").stdout


def test_config_reads_a_file_and_refuses_what_cannot_be(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "simulator.toml"
    file.write_text("port = 9000\n", "utf-8")
    result = shell.run("config", "show", "--config", str(file), "--json")
    assert {"setting": "port", "value": 9000, "origin": "file", "variable": "SIMULATOR_PORT"} in json.loads(
        result.stdout
    )
    assert shell.run("config", "show", SIMULATOR_PORT="nul").exit_code == 2


@pytest.mark.parametrize("name", ["berichtenbox", "verbruik", "portaal", "control"])
def test_the_openapi_document_comes_from_the_code(shell: Shell, name: str) -> None:
    assert json.loads(shell.run("openapi", name).stdout)["openapi"] == "3.1.0"


def test_an_unknown_api_names_the_known_ones(shell: Shell) -> None:
    result = shell.run("openapi", "koffie")
    assert (result.exit_code, "verbruik" in result.stderr) == (2, True)
    assert "/api/berichtenbox/v1/openapi.json" in shell.run("openapi").stdout
