"""``mosim load`` as its users run it: Locust in processes of its own, against real servers."""

import contextlib
import csv
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.load.scenarios import SCENARIOS
from tests.load.commands import COMMAND, clean_environ, mosim, read_lines
from tests.load.services import ForgetfulPortaal, OtherService, SlowService, UnwillingService, running_service
from tests.running import TOKEN, RunningSimulator, Wereld

ROOT = Path(__file__).parent.parent


@pytest.fixture
def slow_service() -> Iterator[str]:
    SlowService.keys.clear()
    SlowService.asked.clear()
    with running_service(SlowService) as url:
        yield url


@pytest.mark.slow
def test_a_healthy_run_of_two_workers_keeps_its_budgets_and_writes_its_reports(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    flags = "run --json --scenario mixed --rate 120 --batch 20 --duration 2s --think 0 --workers 2 --timeout 120"
    output = tmp_path / "run"
    where = {"SIMULATOR_URL": simulator.base, "SIMULATOR_ADMIN_TOKEN": TOKEN}
    done = mosim(*flags.split(), "--budget", "p95=600000", "--output", str(output), **where)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = read_lines(done)
    assert set(lines) == {"aanlevering", "status", "batch", "abonnementen", "burger"}
    assert lines["batch"]["codes"]["Verwerkt"] > 100
    assert lines["burger"]["requests"] > lines["burger"]["arrivals"]
    assert not any(line["failed"] for line in lines.values())
    assert "<strong>All budgets were kept</strong>" in (output / "report.html").read_text("utf-8")
    assert (output / "locust.html").stat().st_size > 10_000
    assert "POST batches" in (output / "requests_stats.csv").read_text("utf-8")
    assert json.loads((output / "run.json").read_text("utf-8"))["workers"] == 2
    for file in output.iterdir():
        assert not {"demo-voorbeeldstad", TOKEN} & set(file.read_text("utf-8").split('"'))


@pytest.mark.slow
def test_who_joins_from_another_machine_sends_what_the_one_that_counts_was_told(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    joining = [
        subprocess.Popen([sys.executable, "-m", "simulator", "load", "join", address], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    flags = f"run --json --scenario status --rate 20 --duration 2s --timeout 120 --workers 2 --listen {address}"
    where = ("--url", simulator.base, "--budget", "p95=600000", "--output", str(tmp_path))
    done = mosim(*flags.split(), *where)
    assert [each.communicate(timeout=60)[1] for each in joining] == [b"", b""]
    assert [each.returncode for each in joining] == [0, 0]
    assert done.returncode == 0, done.stdout + done.stderr
    line = read_lines(done)["status"]
    assert (line["arrivals"], line["failed"]) == (40, 0)
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["workers"] == 2


@pytest.mark.slow
def test_ctrl_c_while_others_are_to_join_ends_it_for_all(slow_service: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    flags = ["run", "--workers", "2", "--listen", address, "--url", slow_service, "--output", str(tmp_path)]
    command = [*COMMAND, *flags]
    with (
        subprocess.Popen([*COMMAND, "join", address], stderr=subprocess.DEVNULL, start_new_session=True) as joined,
        subprocess.Popen(
            command, env=clean_environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        ) as process,
    ):  # fmt: skip
        try:
            assert process.stderr
            lines = [process.stderr.readline() for _ in range(3)]
            os.killpg(process.pid, signal.SIGINT)
            output, errors = process.communicate(timeout=120)
            joined.wait(timeout=120)  # at once, or after a minute without a word of a master that it missed
        finally:
            for each in (joined, process):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(each.pid, signal.SIGKILL)
    assert (process.returncode, output, joined.returncode) == (130, "", 0), errors
    assert [*lines[1:], errors] == [
        f"Waiting for 2 others at {address}: mosim load join, with this address, there\n",
        f"Joined: {socket.gethostname()}\n",
        "Interrupted before anything was sent.\n",
    ]


def test_waiting_for_others_needs_their_number(slow_service: str) -> None:
    done = mosim("run", "--listen", "127.0.0.1", "--url", slow_service)
    assert (done.returncode, "say with --workers how many" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("url", ["http://localhost:80O0", "http://localhost:99999", "http://[::1", "localhost:8000"])
def test_a_url_that_is_none_is_a_clear_message(url: str) -> None:
    done = mosim("run", "--url", url)
    assert done.returncode == 1
    assert f"url '{url}': expected http://host:port or https://host" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_cannot_be_written_is_a_clear_message(slow_service: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    done = mosim("run", "--url", slow_service, "--output", str(tmp_path / "file"))
    assert done.returncode == 1
    assert f"cannot write in {tmp_path / 'file'}" in done.stderr
    assert "Traceback" not in done.stderr


def read_names(folder: Path) -> dict[str, set[str]]:
    """What was asked, by scenario."""
    names: dict[str, set[str]] = {}
    with (folder / "requests_stats.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["Type"], set()).add(row["Name"])
    return names


IN_A_MORNING = {
    "zaak": {"GET zaaktypen", "POST postbussen", "PUT zaak", "POST status"},
    "browser": {
        "POST sms, GET home", "GET /berichtenbox", "GET /berichtenbox/berichten/…", "GET /lopende-zaken",
        "GET /lopende-zaken/…", "GET /persoonlijke-gegevens", "GET /persoonlijke-gegevens/…",
        "GET /persoonlijke-gegevens/wie-zag-mijn-gegevens", "POST uitloggen",
    },
    "programma": {
        "GET overzicht", "PATCH bericht", "GET zaken", "GET zaak", "GET gegevens", "GET gegevens categorie",
        "GET verwerkingen",
    },
}  # fmt: skip
MORNINGS = 8
"""What somebody opens is by chance: on a slow machine a short morning has too few visitors to open everything."""


@pytest.mark.slow
def test_in_a_morning_citizens_open_everything_while_afnemers_deliver(wereld: Wereld, tmp_path: Path) -> None:
    flags = "run --json --scenario ochtend --rate 100 --batch 20 --duration 3s --think 0 --timeout 120"
    where = {"SIMULATOR_URL": wereld.base, "SIMULATOR_ADMIN_TOKEN": TOKEN}
    names: dict[str, set[str]] = {name: set() for name in IN_A_MORNING}
    for morning in range(MORNINGS):
        folder = tmp_path / str(morning)
        done = mosim(*flags.split(), "--budget", "p95=600000", "--output", str(folder), **where)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = read_lines(done)
        assert set(lines) == set(SCENARIOS) - {"burger"}
        assert not any(line["failed"] for line in lines.values())
        asked = read_names(folder)
        names = {name: each | asked[name] for name, each in names.items()}
        if all(names[name] >= expected for name, expected in IN_A_MORNING.items()):
            break
    assert {name: expected - names[name] for name, expected in IN_A_MORNING.items()} == {name: set() for name in names}
    assert names["zaak"] == IN_A_MORNING["zaak"]


@pytest.mark.slow
def test_a_morning_needs_no_more_than_a_url_and_the_key_of_any_afnemer(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    flags = "run --json --scenario ochtend --rate 60 --batch 20 --duration 2s --think 0 --timeout 120 --data none"
    whose = ("--oin", "00000099000000002000", "--berichttype", "AANSLAG")
    where = {"SIMULATOR_URL": simulator.base, "SIMULATOR_API_KEY": "demo-belastingen"}
    done = mosim(*flags.split(), *whose, "--budget", "p95=600000", "--output", str(tmp_path), **where)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = read_lines(done)
    assert set(lines) == set(SCENARIOS) - {"burger", "programma"}
    assert not any(line["failed"] for line in lines.values())
    assert "GET /berichtenbox" in read_names(tmp_path)["browser"]


@pytest.mark.slow
def test_a_citizen_who_is_sent_back_to_the_login_page_is_a_failure(tmp_path: Path) -> None:
    flags = "run --json --scenario browser --rate 20 --duration 1s --think 0 --timeout 120 --data none"
    with running_service(ForgetfulPortaal) as url:
        done = mosim(*flags.split(), "--budget", "p95=600000", "--url", url, "--output", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    assert read_lines(done)["browser"]["failed"] == 20
    (breach,) = json.loads(done.stdout)["breaches"]
    assert breach.endswith("most often: POST sms, GET home: not logged in.")


@pytest.mark.slow
def test_a_slow_service_of_somebody_else_shows_its_queue_and_breaks_the_budget(
    slow_service: str, tmp_path: Path
) -> None:
    flags = "run --json --scenario aanlevering --rate 60 --duration 1s --timeout 120 --key-header Authorization"
    done = mosim(
        *flags.split(), "--url", slow_service, "--output", str(tmp_path), SIMULATOR_API_KEY="Bearer mine"
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    line = read_lines(done)["aanlevering"]
    assert (line["arrivals"], line["requests"], line["failed"]) == (60, 60, 0)  # asking for a REPORT is not in it
    assert line["codes"] == {"Verwerkt": 1}
    assert line["messages_per_second"] <= 21  # of the sixty that were due: what it kept up with
    # Sixty arrive in one second and are served in three: the last waits for two, and that is what is counted.
    assert line["longest"] > 1_800
    assert line["p50"] > 800
    (breach,) = json.loads(done.stdout)["breaches"]
    assert breach.startswith("aanlevering (all): p95 was ")
    assert breach.endswith(" ms, the budget is 500 ms.")
    assert SlowService.keys == {"Bearer mine"}


@pytest.mark.slow
def test_what_could_not_be_sent_in_time_is_a_failure_and_not_forgotten(slow_service: str, tmp_path: Path) -> None:
    flags = "run --json --scenario aanlevering --rate 60 --duration 1s --timeout 0.5 --connections 2"
    done = mosim(*flags.split(), "--url", slow_service, "--output", str(tmp_path), "--budget", "p95=60000")
    assert done.returncode == 1, done.stdout + done.stderr
    line = read_lines(done)["aanlevering"]
    assert line["arrivals"] == 60 <= line["requests"]
    assert line["failed"] > 20
    assert "aanlevering (all):" in "".join(json.loads(done.stdout)["breaches"])
    assert "never sent: " in (tmp_path / "run.json").read_text("utf-8")


@pytest.mark.slow
def test_what_is_wrong_with_a_service_is_told_in_its_own_words(tmp_path: Path) -> None:
    flags = "run --json --scenario aanlevering --rate 40 --duration 1s --timeout 120 --budget p95=600000"
    with running_service(UnwillingService) as url:
        done = mosim(*flags.split(), "--url", url, "--output", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    (entry,) = json.loads((tmp_path / "run.json").read_text("utf-8"))["tally"]["entries"]
    assert entry["failures"] == {
        "POST berichten: HTTP 503 (Even niet beschikbaar)": 10,
        "POST berichten: HTTP 502": 10,
        "POST berichten: an answer of another shape": 10,
        "POST berichten: the connection broke off": 10,
    }


@pytest.mark.slow
def test_a_key_that_is_wrong_is_said_as_the_simulator_says_it(simulator: RunningSimulator, tmp_path: Path) -> None:
    flags = "run --json --scenario aanlevering --rate 5 --duration 1s --timeout 120 --key wrong --budget p95=600000"
    done = mosim(*flags.split(), "--output", str(tmp_path), SIMULATOR_URL=simulator.base)
    assert done.returncode == 1, done.stdout + done.stderr
    (breach,) = json.loads(done.stdout)["breaches"]
    assert breach.endswith("most often: POST berichten: HTTP 401 (Deze API-sleutel is niet geldig).")


@pytest.mark.slow
def test_messages_that_are_taken_in_and_refused_later_break_the_budget(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    flags = "run --json --scenario aanlevering --rate 5 --duration 1s --timeout 120 --budget p95=600000"
    whose = ("--oin", "00000099000000002000")  # of another than the key is
    done = mosim(*flags.split(), *whose, "--output", str(tmp_path), SIMULATOR_URL=simulator.base)
    assert done.returncode == 1, done.stdout + done.stderr
    (breach,) = json.loads(done.stdout)["breaches"]
    assert "1 message ended in OinInCPAKomtNietOvereenMetOinInBericht" in breach


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 2])
def test_ctrl_c_ends_a_run_in_order_with_what_was_counted_so_far(
    slow_service: str, tmp_path: Path, workers: int
) -> None:
    flags = f"run --json --scenario aanlevering --rate 10 --duration 10m --timeout 120 --workers {workers}"
    where = ("--url", slow_service, "--key-header", "Authorization", "--output", str(tmp_path))
    command = [*COMMAND, *flags.split(), *where]
    with subprocess.Popen(
        command, env=clean_environ(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert SlowService.asked.wait(timeout=120)
        os.killpg(process.pid, signal.SIGINT)
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 130, output + errors
    assert errors.startswith(f"aanlevering, constant: 600 s against {slow_service}\n")
    assert not {"Traceback", "KeyboardInterrupt"} & set(re.findall(r"\w+", errors)), errors
    breaches = json.loads(output)["breaches"]
    assert [each for each in breaches if each.startswith("Stopped after ")]
    assert not [each for each in breaches if "failed" in each]
    assert "Stopped after " in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.slow
def test_a_service_of_somebody_else_is_followed_to_its_results_and_their_codes_are_judged(tmp_path: Path) -> None:
    flags = "run --json --scenario afnemers --rate 60 --batch 2 --duration 1s --timeout 120"
    budget = "p95=600000 abonnementen.errors=100%"
    with running_service(OtherService) as url:
        done = mosim(*flags.split(), "--budget", budget, "--url", f"{url}/base", "--output", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    lines, breaches = read_lines(done), json.loads(done.stdout)["breaches"]
    number = lines["batch"]["arrivals"]
    assert lines["batch"]["codes"] == {"Verwerkt": number, "TechnischProbleem": number}
    assert lines["batch"]["result_p95"] >= 100
    assert lines["status"]["codes"] == {"Verwerkt": lines["status"]["arrivals"]}
    (breach,) = breaches
    assert breach.startswith(f"batch (all): {number} messages ended in TechnischProbleem, the budget allows only ")


@pytest.mark.slow
def test_the_search_says_what_broke_and_compare_shows_the_runs_side_by_side(
    simulator: RunningSimulator, tmp_path: Path
) -> None:
    where = {"SIMULATOR_URL": simulator.base}
    flags = "search --scenario status --rate 1.5 --duration 2s --budget p95=0.01"
    done = mosim(*flags.split(), "--output", str(tmp_path), **where)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1.5 messages/s: status (all): p95 was" in done.stderr
    assert "kept up to 0 messages/s" in done.stdout
    same = mosim("compare", str(tmp_path / "1.5"), str(tmp_path / "1.5"), "--tolerance", "5")
    assert same.returncode == 0, same.stdout + same.stderr
    assert "+0%" in same.stdout


def test_a_service_that_is_not_there_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    done = mosim("run", "--url", url)
    assert done.returncode == 3
    assert f"nothing answers on {url}: connection refused" in done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['locust'] = None; from simulator.cli import main; main()"
    command = [sys.executable, "-c", code, "load", "run"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "pip install 'mijnoverheid-simulator[load]'" in done.stderr


def test_looking_around_needs_no_locust() -> None:
    code = "import sys; sys.modules['locust'] = None; from simulator.cli import main; main()"
    command = [sys.executable, "-c", code, "load", "list"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "february" in done.stdout


@pytest.mark.slow
def test_make_load_starts_all_it_needs_writes_a_report_and_ends_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = clean_environ()
    environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "SIMULATOR_PORT": str(port)}
    environ |= {
        "SCENARIO": "afnemers",
        "RATE": "20",
        "DURATION": "2s",
        "SIMULATOR_LOAD_BUDGET": "p95=600000",
        "SIMULATOR_LOAD_TIMEOUT": "120",
    }
    command = [str(ROOT / "loadtests" / "run")]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (ROOT / "loadtests" / "reports" / "latest" / "locust.html").stat().st_size > 10_000
