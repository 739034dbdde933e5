"""Logs: a request id in each line, and never a BSN."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from simulator.infra.headers import DEMO_AGENT
from simulator.infra.telemetry import mask_bsn
from tests.running import RunningSimulator, running_simulator

BSNS = ("999990019", "999990020", "999990056", "999990147", "999993653")
STAD = {"X-API-Key": "demo-voorbeeldstad"}
FULL = Path("/dev/full")
BREAK = """
import structlog
from simulator.infra.telemetry import configure_logging
def fail(bsn, sleutel):
    raise ValueError(f"[parameters: ({{bsn}}, 'x')]")
configure_logging("info", "{}")
try:
    fail("99999001" + "9", "geheim-van-" + "iemand")
except ValueError as error:
    structlog.get_logger().error("unexpected error", exc_info=error)
"""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("bsn 999990019 onbekend", "bsn ********* onbekend"),
        (999990019, "*********"),
        ("00000099000000001000", "00000099000000001000"),
        ("e740ff1c-7572-8e5a-9f8d-123456789abc", "e740ff1c-7572-8e5a-9f8d-123456789abc"),
        (True, True),
        (12, 12),
    ],
)
def test_what_looks_like_a_bsn_is_masked(value: object, shown: object) -> None:
    assert mask_bsn(None, "info", {"event": "x", "waarde": value})["waarde"] == shown


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_an_error_is_logged_with_its_place_and_without_people_or_secrets(log_format: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BREAK.format(log_format)], capture_output=True, text=True, timeout=30, check=True
    )
    assert "ValueError" in done.stderr
    assert "in fail" in done.stderr
    assert not re.search("99999|geheim-van-iemand", done.stderr), done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file that is always full")
def test_who_logs_where_nothing_can_be_written_goes_on() -> None:
    script = BREAK.format("json") + "print('went on')"
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=full, text=True, timeout=30, check=False
        )
    assert done.stdout == "went on\n"


@pytest.mark.slow
def test_whoever_delivers_asks_logs_in_and_errs_leaves_no_bsn_in_the_log(tmp_path: Path) -> None:
    with running_simulator(tmp_path, "--log-level", "debug", "--log-format", "json") as simulator:
        _walk_through(simulator)
        answer = requests.get(f"{simulator.base}/livez", headers={"X-Request-ID": "het-laatste"}, timeout=60)
        assert answer.headers["X-Request-ID"] == "het-laatste"
    lines = [json.loads(line) for line in simulator.output if line.startswith("{")]
    said = [line for line in lines if line["event"] == "request"]
    assert len(said) > 15
    assert all(line["id"] and line["route"] and line["status"] and line["ms"] >= 0 for line in said)
    assert "het-laatste" in {line["id"] for line in said}
    found = [line for line in simulator.output if re.search("|".join(BSNS), line)]
    assert not found


@pytest.mark.slow
def test_the_log_is_of_who_asks_and_not_of_the_demo_or_of_probes(tmp_path: Path) -> None:
    with running_simulator(tmp_path, "--log-format", "json") as simulator:
        for agent in (DEMO_AGENT, "iemand"):
            headers = {**STAD, "User-Agent": agent, "X-Request-ID": f"van-{agent}"}
            requests.get(f"{simulator.base}/api/verbruik/v1/verbruik", headers=headers, timeout=60).raise_for_status()
    lines = [json.loads(line) for line in simulator.output if line.startswith("{")]
    assert [line["id"] for line in lines if line["event"] == "request"] == ["van-iemand"]


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file that is always full")
def test_a_log_line_that_cannot_be_written_is_lost_and_nothing_else(tmp_path: Path) -> None:
    within = ("sh", "-c", f'exec "$@" 2>{FULL}', "sh")
    with running_simulator(tmp_path, "--log-level", "debug", "--log-format", "json", within=within) as simulator:
        body = {"BerichtLeverancierID": "00000099000000001000", "Berichten": [_bericht(BSNS[0])]}
        _deliver(simulator.base, body, 201)
        simulator.control("POST", "/klok/_vooruit", json={"duur": "P1D"}).raise_for_status()
        assert requests.get(f"{simulator.base}/onbekend", timeout=60).status_code == 404


def _walk_through(simulator: RunningSimulator) -> None:
    base = simulator.base
    berichten = [_bericht(bsn) for bsn in BSNS]
    body = {"BerichtLeverancierID": "00000099000000001000", "Berichten": berichten}
    _deliver(base, body, 201)
    _deliver(base, body | {"Berichten": [berichten[0] | {"GebruikerID": f"{BSNS[0]} "}]}, 400)
    _deliver(base, {"GebruikerID": BSNS[0]}, 400)
    vraag = {"berichtTypeCode": "ALGEMEEN", "gebruikers": list(BSNS)}
    requests.post(f"{base}/api/berichtenbox/v1/abonnementen/_valideren", json=vraag, headers=STAD, timeout=60)
    for bsn in BSNS:
        for path in (f"/api/berichtenbox/v1/status/{bsn}", f"/berichtenbox/{bsn}", f"/onbekend/{bsn}?bsn={bsn}"):
            requests.get(base + path, headers=STAD, timeout=60)
        simulator.control("POST", "/gebruikers/_tonen", json={"bsn": bsn})
        simulator.control("POST", "/gebruikers/_wijzigen", json={"bsn": bsn, "email": "geen adres"})
        simulator.control("POST", "/kennisgevingen/_zoeken", json={"bsn": bsn})
    token = simulator.control("POST", "/sessies", json={"bsn": BSNS[0]}).json()["token"]
    requests.get(f"{base}/api/portaal/v1/berichten", headers={"Authorization": f"Bearer {token}"}, timeout=60)
    simulator.control("POST", "/klok/_vooruit", json={"duur": "P22D"}).raise_for_status()


def _bericht(bsn: str) -> dict[str, Any]:
    return {
        "BerichtID": str(uuid4()),
        "BerichtType": "ALGEMEEN",
        "GebruikerID": bsn,
        "Onderwerp": f"Voor {bsn}",
        "Berichttekst": f"Uw BSN is {bsn}.",
    }


def _deliver(base: str, body: dict[str, Any], expected: int) -> None:
    headers = STAD | {"X-Message-ID": str(uuid4())}
    answer = requests.post(f"{base}/api/berichtenbox/v1/berichten", json=body, headers=headers, timeout=60)
    assert answer.status_code == expected, answer.text
