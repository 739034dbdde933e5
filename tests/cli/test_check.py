import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from simulator.cli import main
from tests.running import RunningSimulator, running_simulator

BERICHT = {"BerichtType": "ALGEMEEN", "GebruikerID": "999990019", "Onderwerp": "Een", "Berichttekst": "x"}
BODY = {"BerichtLeverancierID": "00000099000000001000"}


def deliver(simulator: RunningSimulator, bericht_id: str = "6e1b8f0e-0000-4000-8000-000000000001") -> None:
    headers = {"X-API-Key": "demo-voorbeeldstad", "X-Message-ID": bericht_id}
    url = f"{simulator.base}/api/berichtenbox/v1/berichten"
    body = BODY | {"Berichten": [BERICHT | {"BerichtID": bericht_id}]}
    assert requests.post(url, json=body, headers=headers, timeout=60).status_code == 201


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
        ("UPDATE berichten SET aantal_bijlagen = 1", "berichten en bijlagen"),
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


@pytest.mark.parametrize(
    ("damage", "waar"),
    [
        ("UPDATE facturen SET totaal_excl = totaal_excl - 1", "factuur 2022-00001, totaal"),
        ("UPDATE factuurregels SET bedrag = bedrag + 1", "factuur 2022-00001, totaal"),
        ("UPDATE factuurregels SET prijs = prijs + 100, bedrag = bedrag + 1", "2022-03 van Gemeente Voorbeeldstad"),
        ("DELETE FROM factuurregels", "2022-03 van Gemeente Voorbeeldstad"),
    ],
)
def test_an_invoice_that_is_not_tariff_times_metered_is_found(tmp_path: Path, damage: str, waar: str) -> None:
    with running_simulator(tmp_path) as simulator:
        for moment in ("2022-03-10T09:00:00Z", "2022-04-02T09:00:00Z"):
            simulator.control("PUT", "/klok", json={"modus": "stil", "moment": moment}).raise_for_status()
            deliver(simulator, f"6e1b8f0e-0000-4000-8000-0000000000{moment[5:7]}")
        simulator.control("POST", "/facturatie/_sluiten", json={"jaar": 2022, "maand": 3}).raise_for_status()
        assert check("--data", str(tmp_path))[0] == 0
    change(tmp_path, damage)
    code, found = check("--data", str(tmp_path))
    assert code == 1
    assert {each["soort"] for each in found["bevindingen"]} == {"facturen en verbruik"}
    assert waar in [each["waar"] for each in found["bevindingen"]]


def test_totals_are_made_anew_beside_a_running_simulator(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    with running_simulator(tmp_path) as simulator:
        deliver(simulator)
        change(tmp_path, "UPDATE verbruik_dagtotalen SET aantal = aantal + 6")
        assert check(*data)[0] == 1
        assert check("--rebuild", *data) == (0, {"omgevingen": ["standaard"], "bevindingen": [], "hersteld": 1})
        deliver(simulator, "6e1b8f0e-0000-4000-8000-000000000002")
        verbruik = requests.get(
            f"{simulator.base}/api/verbruik/v1/verbruik", headers={"X-API-Key": "demo-voorbeeldstad"}, timeout=60
        )
        assert verbruik.json()["totaal"] == 2
        text = CliRunner().invoke(main, ["check", "--rebuild", *data]).stdout
    assert "totals made anew; 0 of them were wrong" in text
    assert "agree in 1 omgeving(en): standaard" in text


def test_what_is_wrong_with_the_berichten_themselves_is_not_mended(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as simulator:
        deliver(simulator)
    change(tmp_path, "DELETE FROM berichten")
    code, found = check("--rebuild", "--data", str(tmp_path))
    assert (code, found["hersteld"]) == (1, 0)
    assert [each["soort"] for each in found["bevindingen"]] == ["berichten en verbruik"]


@pytest.mark.postgres
def test_totals_are_made_anew_on_postgresql_too(simulator_on_postgres: RunningSimulator) -> None:
    url = simulator_on_postgres.database_url
    code, found = check("--rebuild", "--database-url", url)
    assert (code, found["bevindingen"]) == (0, [])


@pytest.mark.postgres
def test_it_reads_postgresql_as_well(simulator_on_postgres: RunningSimulator) -> None:
    code, found = check("--database-url", simulator_on_postgres.database_url)
    assert (code, found["bevindingen"]) == (0, [])
    assert "standaard" in found["omgevingen"]


@pytest.mark.postgres
def test_what_can_only_be_read_as_a_replica_is_checked_and_not_mended(simulator_on_postgres: RunningSimulator) -> None:
    url = simulator_on_postgres.database_url + "&options=-c%20default_transaction_read_only%3Don"
    assert check("--database-url", url)[0] == 0
    result = CliRunner().invoke(main, ["check", "--rebuild", "--database-url", url])
    assert (result.exit_code, "read-only transaction" in result.stderr) == (1, True)


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
    assert (result.exit_code, "cannot reach the database" in result.stderr) == (1, True), result.output


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("localhost/simulator", 2, "only postgresql://"),
        ("postgresql", 2, "only postgresql://"),
        ("postgresql://127.0.0.1:abc/db", 1, "cannot reach the database"),
    ],
)
def test_an_address_that_is_no_database_is_said(url: str, code: int, said: str) -> None:
    result = CliRunner().invoke(main, ["check", "--database-url", url])
    assert (result.exit_code, said in result.stderr) == (code, True), result.output


def test_without_the_driver_of_postgresql_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    result = CliRunner().invoke(main, ["check", "--database-url", "postgresql://x:y@127.0.0.1:9/z"])
    assert (result.exit_code, "needs the extra postgres" in result.stderr) == (1, True), result.output
