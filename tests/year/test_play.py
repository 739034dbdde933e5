"""Playing a year over HTTP: what is counted is what is metered, and the same seed gives the same report."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running import TOKEN, RunningSimulator
from tests.year.conftest import Theater

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("theater", ["sqlite"], indirect=True)  # PostgreSQL gives the same report: see below
def test_the_same_seed_gives_the_same_year_and_what_was_verwerkt_is_what_was_metered(theater: Theater) -> None:
    plan = theater.write_plan()
    for name in ("eerste", "tweede"):
        done = theater.play("--messages", "1000", "--seed", "7", "--plan", plan, name=name)
        assert done.exit_code == 0, done.output
    for file in ("report.json", "report.html"):
        assert (theater.folder / "eerste" / file).read_bytes() == (theater.folder / "tweede" / file).read_bytes()
    verslag = theater.read("eerste")
    assert sum(sum(each["aangeboden"]) for each in verslag["afnemers"]) == 1000
    for afnemer in verslag["afnemers"]:
        assert afnemer["gemeten"] == sum(afnemer["verwerkt"]) == afnemer["codes"]["Verwerkt"]
        assert sum(afnemer["codes"].values()) == sum(afnemer["aangeboden"])
        facturen = [each for each in verslag["facturen"] if each["oin"] == afnemer["oin"]]
        assert {"voorschot", "maand"} < {each["soort"] for each in facturen}
        assert sum(each["excl_cent"] for each in facturen) == 32 * afnemer["gemeten"]
    maanden = verslag["maanden"]
    assert 0 < sum(each["geopend"] for each in maanden) < sum(each["ontvangen"] for each in maanden)
    assert 0 < sum(each["herhalingen"] for each in maanden) < sum(each["kennisgevingen"] for each in maanden)
    assert sum(each["inlogs"] for each in maanden) > 5
    zaken = verslag["zaken"]
    assert sum(each["begonnen"] for each in zaken) == sum(each["afgerond"] for each in zaken) > 0


@pytest.mark.postgres
def test_both_databases_give_the_same_report(
    simulator: RunningSimulator, simulator_on_postgres: RunningSimulator, tmp_path: Path
) -> None:
    reports: list[bytes] = []
    for running in (simulator, simulator_on_postgres):
        theater = Theater(running.base, "jaar-beide", tmp_path)
        flags = ("--messages", "1000", "--plan", theater.write_plan(), "--afnemers", "Waterschap")
        done = theater.play(*flags, name=f"op-{len(reports)}")
        assert done.exit_code == 0, done.output
        reports.append((tmp_path / f"op-{len(reports)}" / "report.html").read_bytes())
        running.control("DELETE", "/omgevingen/jaar-beide").raise_for_status()
    assert reports[0] == reports[1]


def test_another_seed_gives_another_year_of_the_chosen_afnemers(simulator: RunningSimulator, tmp_path: Path) -> None:
    theater = Theater(simulator.base, "jaar-gekozen", tmp_path)
    flags = ("--messages", "1000", "--plan", theater.write_plan(), "--afnemers", "Wegverkeer", "--afnemers", "meer")
    one, other = (theater.play(*flags, "--json", "--seed", seed, name=seed) for seed in ("7", "8"))
    assert (one.exit_code, other.exit_code) == (0, 0), one.output + other.output
    verslag = theater.read("8")
    assert json.loads(other.stdout)["verslag"] == verslag
    assert [each["naam"] for each in verslag["afnemers"]] == ["Voorbeelddienst Wegverkeer", "Waterschap Voorbeeldmeer"]
    assert sum(sum(each["aangeboden"]) for each in verslag["afnemers"]) == 1000
    assert verslag["afnemers"] != theater.read("7")["afnemers"]


def test_a_year_without_price_is_invoiced_at_nothing_and_says_why(simulator: RunningSimulator, tmp_path: Path) -> None:
    theater = Theater(simulator.base, "jaar-gratis", tmp_path)
    plan = theater.write_plan(("steekproef = 100", "steekproef = 3"))
    done = theater.play("--year", "2024", "--messages", "1000", "--plan", plan, "--afnemers", "Waterschap")
    assert done.exit_code == 0, done.output
    verslag = theater.read()
    assert verslag["geen_voorschot"]
    assert sum(each["incl_cent"] for each in verslag["facturen"]) == 0
    assert sum(sum(each["aangeboden"]) for each in verslag["afnemers"]) == 1000


def test_mistakes_in_a_bericht_get_their_code(simulator: RunningSimulator, tmp_path: Path) -> None:
    theater = Theater(simulator.base, "jaar-fouten", tmp_path)
    few = "fouten = { dubbel = 5, inactief_berichttype = 5 }"
    plan = theater.write_plan(("steekproef = 100", "steekproef = 3"), (few, few.replace("5", "200")))
    done = theater.play("--messages", "1000", "--plan", plan, "--afnemers", "Voorbeeldstad")
    assert done.exit_code == 0, done.output
    (afnemer,) = theater.read()["afnemers"]
    assert afnemer["codes"]["BerichtBestaatAl"] > 0
    assert afnemer["codes"]["BerichtTypeNietOndersteund"] > 0
    assert afnemer["gemeten"] == afnemer["codes"]["Verwerkt"]


def test_ctrl_c_leaves_the_omgeving_usable_and_says_what_to_do(simulator: RunningSimulator, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "simulator", "year", "--messages", "20000", "--url", simulator.base]
    command += ["--token", TOKEN, "--omgeving", "jaar-halfweg", "--output", str(tmp_path / "verslag")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        until = time.monotonic() + 60
        while _metered(simulator) == 0:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(r"Stopped on +\d+ [a-z]{3} 2022, after [\d,]+ messages", said), said
    assert "omgevingen drop jaar-halfweg" in said
    assert "Traceback" not in said
    assert not (tmp_path / "verslag").exists()
    klok = simulator.control("GET", "/klok", "jaar-halfweg").json()
    assert klok["modus"] == "stil"
    assert _metered(simulator) > 0
    simulator.control("DELETE", "/omgevingen/jaar-halfweg").raise_for_status()


def _metered(simulator: RunningSimulator) -> int:
    """How many berichten the rules of the omgeving saw stored; 0 as long as there is none."""
    answer = simulator.control("GET", "/regels", "jaar-halfweg")
    if not answer.ok:
        return 0
    return sum(each["geslaagd"] for each in answer.json()["regels"] if each["id"] == "BB-message-id-eenmalig")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--omgeving", "standaard"), "standaard stays as it is"),
        (("--plan", "nergens"), "there is no file nergens"),
        (("--afnemers", "niemand"), "is nobody of"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_line(
    simulator: RunningSimulator, tmp_path: Path, flags: tuple[str, ...], said: str
) -> None:
    done = Theater(simulator.base, "jaar-niet", tmp_path).play(*flags)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_a_report_that_cannot_be_written_is_said_before_the_year_is_played(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = Theater(simulator.base, "jaar-niet", tmp_path).play("--output", str(tmp_path / "file" / "verslag"))
    assert done.exit_code == 1
    assert done.stderr == f"Error: cannot write in {tmp_path / 'file' / 'verslag'}: Not a directory\n"


def test_without_a_simulator_or_a_token_the_reason_is_clear(simulator: RunningSimulator, tmp_path: Path) -> None:
    away = Theater("http://127.0.0.1:1", "jaar-niet", tmp_path).play()
    assert away.exit_code == 3
    assert "no simulator answers" in away.stderr
    stranger = Theater(simulator.base, "jaar-niet", tmp_path).play("--token", "wrong")
    assert stranger.exit_code == 1
    assert "SIM-beheer-token" in stranger.stderr
