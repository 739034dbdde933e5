import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from simulator.cli import main
from tests.running import RunningSimulator, running_simulator

BODY = {
    "BerichtLeverancierID": "00000099000000001000",
    "Berichten": [
        {
            "BerichtID": "6e1b8f0e-0000-4000-8000-000000000001",
            "BerichtType": "ALGEMEEN",
            "GebruikerID": "999990019",
            "Onderwerp": "Een",
            "Berichttekst": "x",
        }
    ],
}


def deliver(simulator: RunningSimulator) -> None:
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": "6e1b8f0e-0000-4000-8000-000000000009"}
    url = f"{simulator.base}/api/berichtenbox/v1/berichten"
    assert requests.post(url, json=BODY, headers=headers, timeout=10).status_code == 201


def check(*flags: str) -> tuple[int, Any]:
    result = CliRunner().invoke(main, ["check", "--json", *flags])
    return result.exit_code, json.loads(result.stdout)


def change(data: Path, statement: str) -> None:
    (file,) = (data / "omgevingen").glob("standaard.*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()


def test_it_agrees_beside_a_running_simulator_and_after_a_kill(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as simulator:
        deliver(simulator)
        simulator.control("POST", "/omgevingen", json={"naam": "tweede"}).raise_for_status()
        assert check("--data", str(tmp_path)) == (0, {"omgevingen": ["standaard", "tweede"], "bevindingen": []})
        simulator.kill()
    assert check("--data", str(tmp_path))[0] == 0
    text = CliRunner().invoke(main, ["check", "--data", str(tmp_path)]).stdout
    assert "agree in 2 omgeving(en): standaard, tweede" in text


@pytest.mark.parametrize(
    ("damage", "soort"),
    [
        ("DELETE FROM berichten", "berichten en verbruik"),
        ("UPDATE verbruik_dagtotalen SET aantal = aantal + 1", "verbruik en totalen"),
        ("INSERT INTO agenda VALUES (1, 'x', 0, '{}', 'mislukt', 8, 'KeyError')", "agenda"),
    ],
)
def test_it_says_what_differs_and_where(tmp_path: Path, damage: str, soort: str) -> None:
    with running_simulator(tmp_path) as simulator:
        deliver(simulator)
    change(tmp_path, damage)
    code, found = check("--data", str(tmp_path))
    assert code == 1
    assert [(each["omgeving"], each["soort"]) for each in found["bevindingen"]] == [("standaard", soort)]
    assert soort in CliRunner().invoke(main, ["check", "--data", str(tmp_path)]).stdout


@pytest.mark.postgres
def test_it_reads_postgresql_as_well(simulator_on_postgres: RunningSimulator) -> None:
    code, found = check("--database-url", simulator_on_postgres.database_url)
    assert (code, found["bevindingen"]) == (0, [])
    assert "standaard" in found["omgevingen"]


def test_where_nothing_ever_ran_it_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])
    assert (result.exit_code, "say where with --data" in result.stderr) == (1, True)
    assert not list(tmp_path.iterdir())


def test_data_of_another_version_is_not_judged(tmp_path: Path) -> None:
    with running_simulator(tmp_path):
        pass
    change(tmp_path, "UPDATE alembic_version SET version_num = 'ouder'")
    result = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])
    assert (result.exit_code, "another version" in result.stderr) == (1, True)


def test_a_database_that_does_not_answer_is_one_clear_error() -> None:
    result = CliRunner().invoke(main, ["check", "--database-url", "postgresql://x:y@127.0.0.1:9/z"])
    assert result.exit_code == 1
    assert "cannot read the database" in result.stderr
    assert "Traceback" not in result.output
