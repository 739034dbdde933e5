"""docs/aansluiting.md says what the rules say, and its commands walk the road."""

import re
import sys
from datetime import date
from pathlib import Path

from simulator.aansluiting.api import api
from simulator.aansluiting.errors import EINDDATUM
from simulator.aansluiting.rules import DFA_TOT, MAANDEN_VOORUIT, STAPPEN, find_sluiting
from simulator.aansluiting.values import Fase, Termijn
from tests.running import RunningSimulator
from tests.test_documentation import ROOT, run_as_a_reader

DOCUMENT = (ROOT / "docs" / "aansluiting.md").read_text("utf-8")
VANDAAG = date(2026, 3, 1)


def test_the_table_of_phases_says_what_each_needs_and_whose_step_it_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\| (\w+) \| (.*?) \|$", DOCUMENT, re.MULTILINE)
    assert [fase for fase, *_ in rows] == [fase.value for fase in Fase]
    needs = {fase: re.findall(r"`([^`]+)`", cell) for fase, cell, *_ in rows}
    assert needs == {
        "aanvraag": [],
        **{stap.naar.value: [eis.regel.id for eis in stap.eisen] for stap in STAPPEN},
        "beeindigd": [EINDDATUM.id],
    }
    assert {fase: partij for fase, _, partij, _ in rows} == {
        "aanvraag": "Afnemer",
        **{stap.naar.value: stap.partij.naam for stap in STAPPEN},
        "beeindigd": "both",
    }


def test_the_table_of_phases_says_when_a_dienst_is_open() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*?) \|$", DOCUMENT, re.MULTILINE)
    opened = {fase.value: find_sluiting(Termijn(fase, VANDAAG, VANDAAG), VANDAAG) is None for fase in Fase}
    assert {fase: cell != "no" for fase, cell in rows if fase in opened} == opened


def test_the_figures_are_those_of_the_rules() -> None:
    assert date(2023, 1, 1) == DFA_TOT
    assert "1 January 2023" in DOCUMENT.replace("\n", " ")
    assert MAANDEN_VOORUIT == 6
    assert "at most six months ahead" in DOCUMENT


def test_every_operation_is_in_the_table_of_paths() -> None:
    cells = re.findall(r"^\| (`(?:GET|PUT|POST).*?`) \|", DOCUMENT, re.MULTILINE)
    documented = {
        (method, path)
        for cell in cells
        for methods, path in re.findall(r"`([A-Z, ]+) (/[^`]+)`", cell)
        for method in methods.split(", ")
    }
    described = {
        (method.upper(), path)
        for path, methods in api.openapi()["paths"].items()
        for method in methods
        if not path.startswith("/voorwaarden")
    }
    assert documented == described


def test_the_commands_of_the_document_walk_the_road(simulator: RunningSimulator, tmp_path: Path) -> None:
    (snippet,) = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    naam = "document"
    simulator.control("POST", "/omgevingen", json={"naam": naam}).raise_for_status()
    command = (
        f'set -e\nexport SIMULATOR_OMGEVING={naam}\nmosim() {{ "{sys.executable}" -m simulator "$@"; }}\n{snippet}'
    )
    shown = run_as_a_reader(simulator, tmp_path, "bash", "-c", command)
    simulator.control("DELETE", f"/omgevingen/{naam}").raise_for_status()
    assert "refused, with all that is missing" in shown
    assert re.search(r"Gemeente Nieuw +berichtenbox +beeindigd", shown)
