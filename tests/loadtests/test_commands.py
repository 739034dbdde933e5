"""Each command really runs, on a small scale, and writes its table into the document it is given."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import psutil
import pytest

from loadtests.bench import cluster, wrk
from loadtests.bench.layers import LAYERS, NO_XML
from loadtests.bench.peers import PEERS, Peer, serving
from loadtests.bench.report import DOCUMENT
from loadtests.bench.simulator import on_core
from loadtests.bench.wrk import Request
from tests.year.conftest import Theater

ROOT = Path(__file__).parents[2]
UNPINNED = {"faults", "machines", "workers"}
"""They leave the cores to the system."""
TABLES = (
    "bodies",
    "ceiling",
    "disturbances",
    "faults",
    "faults-postgresql",
    "growth",
    "growth-postgresql",
    "layers",
    "machines",
    "measure",
    "omgevingen",
    "omgevingen-postgresql",
    "pages",
    "soak",
    "soak-disturbed",
    "soak-hour",
    "weblinks",
    "weblinks-postgresql",
    "workers",
    "year",
)
"""Those with a place in docs/performance.md."""


def run(command: str, tmp_path: Path, *flags: str) -> tuple[Any, str]:
    """What the command answers to a program, and the document afterwards."""
    document = tmp_path / "performance.md"
    document.write_text("\n".join(f"<!-- {name}: begin -->\n<!-- {name}: end -->" for name in TABLES), "utf-8")
    module = [sys.executable, "-m", f"loadtests.bench.{command}", "--json", "--document", str(document)]
    cores = [] if command in UNPINNED else ["--no-pin"]
    done = subprocess.run([*module, *cores, *flags], capture_output=True, text=True, timeout=600, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout), document.read_text("utf-8")


@pytest.mark.slow
def test_growth_measures_each_size_and_goes_on_where_it_was(tmp_path: Path) -> None:
    flags = ("--data", str(tmp_path / "data"), "--seconds", "0", "--citizens", "5", "--makers", "1")
    first, _ = run("growth", tmp_path, *flags, "--sizes", "2000")
    assert [each["stored"] for each in first["steps"]] == [2000]
    both, text = run("growth", tmp_path, *flags, "--sizes", "2000,9000")
    assert [each["stored"] for each in both["steps"]] == [2000, 9000]
    assert both["steps"][0] == first["steps"][0], "what was measured is kept"
    assert all(step["batch_rate"] > 0 and step["bytes_per_message"] > 100 for step in both["steps"])
    assert "| messages stored | 2,000 | 9,000 |" in text
    assert (tmp_path / "images" / "growth.svg").exists()


@pytest.mark.slow
def test_a_year_is_played_and_the_books_agree(tmp_path: Path) -> None:
    plan = Theater("", "", tmp_path).write_plan()
    found, text = run("year", tmp_path, "--data", str(tmp_path / "data"), "--messages", "1000", "--plan", plan)
    assert 700 < found["stored"] < found["messages"] == 1000
    assert found["remarks"] == []
    assert [each["month"] for each in found["memory"]] == [f"{month:02d}" for month in range(1, 13)]
    assert all(each["server"] > each["client"] > 10_000_000 for each in found["memory"])
    assert "| messages offered | 1,000 |" in text


@pytest.mark.slow
def test_every_page_is_asked_for_its_first_byte(tmp_path: Path) -> None:
    found, text = run("pages", tmp_path, "--messages", "30", "--times", "2")
    assert {"/", "/berichtenbox", "/berichtenbox/berichten/…", "/instellingen"} <= {each["path"] for each in found}
    assert all(0 < each["p50"] <= each["p99"] and each["size"] > 1000 for each in found)
    assert "| `/berichtenbox` |" in text


@pytest.mark.slow
def test_a_soak_answers_all_that_was_due_and_its_books_agree(tmp_path: Path) -> None:
    flags = ("--minutes", "0.05", "--window", "1", "--rate", "20", "--disturb", "--fill", "1500")
    found, text = run("soak", tmp_path, *flags)
    assert found["acknowledged"] == found["metered"] == 60
    assert found["problems"] == found["check"] == []
    assert found["disturbance"]["done"]["omgevingen dropped"] >= 1
    assert found["before"] == 1500
    assert len(found["stretches"]) >= 3
    assert all(each["busy"] > 0 and each["machine"]["syncs"] for each in found["stretches"])
    assert "60 deliveries were acknowledged" in text
    assert (tmp_path / "images" / "soak-disturbed.svg").exists()


@pytest.mark.slow
def test_each_disturbance_has_its_turn(tmp_path: Path) -> None:
    found, text = run("disturbances", tmp_path, "--seconds", "1", "--rate", "20")
    done = {each["name"]: set(each["disturbance"]["done"]) for each in found["turns"]}
    assert list(done) == ["nothing", "omgevingen", "citizens", "clock", "all together", "nothing again"]
    assert done["nothing"] == done["nothing again"] == set()
    assert done["clock"] == {"clock moved a minute"}
    assert done["all together"] == done["omgevingen"] | done["citizens"] | done["clock"]
    assert all(each["rate"] > 0 == each["errors"] and each["busy"] > 0 for each in found["turns"])
    assert found["problems"] == []
    assert "| all together | 20 |" in text


@pytest.mark.slow
def test_a_command_that_is_told_to_stop_takes_along_all_that_it_started(tmp_path: Path) -> None:
    flags = ("--no-pin", "--no-write", "--minutes", "5", "--rate", "20", "--data", str(tmp_path))
    with subprocess.Popen([sys.executable, "-m", "loadtests.bench.soak", *flags], cwd=ROOT) as process:
        until, found = time.monotonic() + 300, list[psutil.Process]()
        while not any("spawn_main" in " ".join(each.cmdline()) for each in found):  # the one that delivers comes last
            assert time.monotonic() < until, found
            time.sleep(0.1)
            found = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
    assert process.returncode == 143
    assert psutil.wait_procs(found, timeout=60)[1] == []


@pytest.mark.slow
@pytest.mark.skipif(not wrk.is_installed(), reason=wrk.MISSING)
def test_a_layer_of_a_delivery_answers_without_an_error(tmp_path: Path) -> None:
    """One of each kind: nothing stored, without a server, rows behind an event loop, and one that knows no XML."""
    chosen = ("judge", "alone", "loop", "light")
    only = [flag for name in chosen for flag in ("--only", name)]
    found, text = run("layers", tmp_path, "--seconds", "1", "--runs", "1", "--warmup", "0", "--batches", "3", *only)
    assert [each["name"] for each in found] == list(chosen)
    assert all(each["errors"] == 0 and each["rate"] > 0 and each["user"] > 0 for each in found), found
    assert all(each["batch_rate"] > 0 and each["batch_cost"] >= 0 for each in found), found
    assert {each["name"] for each in found if not each["xml_rate"]} == NO_XML
    assert all(f"\n| {LAYERS[name]} |" in text for name in chosen)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the highest use of memory is in /proc")
def test_large_bodies_are_weighed_with_small_deliveries_beside_them(tmp_path: Path) -> None:
    found, text = run("bodies", tmp_path, "--together", "2", "--size", "2", "--berichten", "10", "--seconds", "0.5")
    alone, letters, *batches = found
    assert alone["messages"] == 0 < letters["messages"]
    assert [each["messages"] for each in batches] == [10, 20, 10, 20]
    assert all(each["small"] > 0 == each["small_errors"] and each["peak"] >= each["memory"] > 0 for each in found)
    assert "| 2 x 2 MB of XML, 10 letters each |" in text


@pytest.mark.slow
def test_omgevingen_are_used_at_once_and_let_go(tmp_path: Path) -> None:
    flags = ("--number", "3", "--seconds", "0.5", "--idle", "0.2", "--rounds", "1", "--connections", "4")
    found, text = run("omgevingen", tmp_path, *flags)
    one, new, used, dropped = found["weights"]
    assert found["acknowledged"] == found["metered"] > 0
    assert one["files"] <= new["files"] <= used["files"]
    assert dropped["files"] < used["files"]
    assert "| 3 more, used |" in text


@pytest.mark.slow
@pytest.mark.postgres
def test_omgevingen_share_the_connections_of_a_postgresql_of_their_own(tmp_path: Path) -> None:
    flags = ("--number", "2", "--seconds", "0.3", "--idle", "0.2", "--rounds", "1", "--connections", "4")
    found, text = run("omgevingen", tmp_path, *flags, "--database", "postgresql")
    assert found["acknowledged"] == found["metered"] > 0
    assert all(each["connections"] > 0 and each["backends"] > 0 for each in found["weights"])
    assert "PostgreSQL" in text


@pytest.mark.slow
def test_weblinks_are_followed_and_found_as_the_web_server_made_them(tmp_path: Path) -> None:
    found, text = run("weblinks", tmp_path, "--links", "200", "--hosts", "5", "--rounds", "2", "--timeout", "5")
    assert found["wrong"] == 0
    assert found["standen"]["in orde"] == 186
    assert [each["number"] for each in found["rounds"]] == [1, 2]
    assert all(each["seconds"] > 0 and each["peak"] > 0 for each in found["rounds"])
    assert "| round 2 |" in text


@pytest.mark.slow
def test_what_was_acknowledged_before_a_kill_is_counted_afterwards(tmp_path: Path) -> None:
    found, text = run("faults", tmp_path, "--kills", "1", "--seed", "7")
    assert (found["cuts"], found["seed"], found["lost"], found["twice"]) == (1, 7, 0, 0)
    assert found["berichten"] >= found["deliveries"] >= 20
    assert found["doubtful"] >= found["absent"]
    assert f"| berichten acknowledged | {found['berichten']:,} |" in text


def test_every_table_has_a_place_in_the_document() -> None:
    assert sorted(re.findall("<!-- (.+): begin -->", DOCUMENT.read_text("utf-8"))) == sorted(TABLES)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(not cluster.is_installed(), reason=cluster.MISSING)
def test_a_simulator_is_killed_behind_its_balancer_and_the_books_on_the_replica_agree(tmp_path: Path) -> None:
    found, text = run("machines", tmp_path, "--rate", "20", "--seconds", "2", "--only", "killed")
    assert found["problems"] == found["books"]["check"] == []
    (killed,) = found["runs"]
    assert killed["deliveries"] == 40
    assert found["books"]["acknowledged"] <= found["books"]["stored"] == found["books"]["metered"] > 0
    assert found["books"]["mails"] > found["books"]["twice"] == 0
    assert "| one hangs and is killed | 40 |" in text


@pytest.mark.slow
@pytest.mark.skipif(not wrk.is_installed(), reason=wrk.MISSING)
def test_the_ceiling_is_measured_and_a_part_of_it_leaves_the_document_alone(tmp_path: Path) -> None:
    flags = ("--seconds", "1", "--runs", "1", "--warmup", "1", "--connections", "8", "--only", "this", "--only", "rows")
    found, text = run("ceiling", tmp_path, *flags)
    assert [each["name"] for each in found["servers"]] == ["this simulator", "the rows alone"]
    assert [each["ours"] is not None for each in found["servers"]] == [False, True]
    assert all(each["errors"] == 0 and each["runs"]["8"]["rate"] > 0 for each in found["servers"])
    assert "Requests per second" not in text


def test_a_peer_that_cannot_run_here_says_what_it_misses() -> None:
    peer = Peer("X", "npm:x", "1", "nothing", ("no-such-program",), lambda *_: [])
    assert peer.missing() == "no-such-program not installed"


def need(peer: Peer) -> None:
    if not peer.is_here():
        pytest.skip(peer.missing() or f"make ceiling has not installed {peer.package} yet")


@pytest.mark.slow
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_starts_and_its_first_delivery_is_answered_well(peer: Peer, tmp_path: Path) -> None:
    need(peer)
    with serving(peer, tmp_path, None) as started:
        main = psutil.Process(started.process.pid)
        assert main.is_running()
    assert not main.is_running()


@pytest.mark.parametrize("status", [201, 200])
def test_a_peer_that_refuses_its_first_delivery_is_not_measured(tmp_path: Path, status: int) -> None:
    def serve_files(_home: Path, _work: Path, port: int) -> list[str]:
        return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]

    refuses = Peer(
        "X", "python", "1", "answers 501 to any POST", (), serve_files, Request("/", {}, "{id} {bsn}", status)
    )
    refused = pytest.raises(click.ClickException, match=f"X did not answer {status} but")
    with refused, serving(refuses, tmp_path, None, patience=1):
        pass


@pytest.mark.slow
@pytest.mark.skipif(not wrk.is_installed(), reason=wrk.MISSING)
@pytest.mark.parametrize(
    "peer", [each for each in PEERS if each.name in {"nginx", "moto SES"}], ids=lambda peer: peer.name
)
def test_a_peer_is_measured_with_the_deliveries_it_was_started_for(peer: Peer, tmp_path: Path) -> None:
    need(peer)
    flags = ("--seconds", "1", "--runs", "1", "--warmup", "1", "--connections", "4", "--only", peer.name)
    found, _ = run("ceiling", tmp_path, *flags)
    (measured,) = found["servers"]
    assert (measured["name"], measured["errors"], measured["remark"]) == (peer.name, 0, "")
    assert measured["answered"] > 0
    assert measured["runs"]["4"]["rate"] > 0


def test_every_peer_has_a_version_of_its_own_or_was_there_already() -> None:
    assert all(peer.version or peer.package == "nginx" for peer in PEERS)


def test_tying_to_a_core_ends_with_it() -> None:
    import os

    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("this system ties nothing to a core")
    before = os.sched_getaffinity(0)
    with on_core(min(before)):
        assert os.sched_getaffinity(0) == {min(before)}
    assert os.sched_getaffinity(0) == before


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        (("--load-core", "4096"), "there is no core 4096 here"),
        (("--workers", "2", "--database", "postgresql"), "--workers would share one core"),
    ],
)
@pytest.mark.skipif((os.cpu_count() or 1) < 2 or sys.platform == "win32", reason="needs two cores")
def test_cores_that_cannot_do_it_are_said_before_anything_starts(flags: tuple[str, ...], why: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "loadtests.bench.soak", *flags], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr
