"""``mosim weblinks`` against a simulator whose own threads do the agenda."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from simulator.app import create_app, start_workers
from simulator.infra.clock import start_klok
from simulator.infra.omgevingen import STANDAARD
from simulator.settings import Settings
from tests.cli.conftest import Shell
from tests.weblinks.website import website
from tests.weblinks.world import Wereld

KEY = ("--key", "demo-voorbeeldstad")


@dataclass(frozen=True)
class Draaiend:
    shell: Shell
    wereld: Wereld


@pytest.fixture
def draaiend(tmp_path: Path) -> Iterator[Draaiend]:
    settings = Settings(data=tmp_path, log_level="error", weblink_timeout=30.0, weblink_rate=1000.0)
    app = create_app(settings)
    runner, server = start_workers(app), make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    with website() as site:
        wereld = Wereld(app.extensions["omgevingen"].get(STANDAARD), site)
        with wereld.omgeving.unit_of_work() as uow:
            uow.change_state(start_klok(wereld.omgeving.state.klok.modus.ECHT))
        yield Draaiend(Shell(f"http://127.0.0.1:{server.port}", STANDAARD), wereld)
    server.shutdown()
    server.server_close()
    thread.join(5)
    runner.stop()
    app.extensions["omgevingen"].close()


def test_check_waits_shows_what_does_not_work_and_says_so_in_its_exit_code(draaiend: Draaiend, tmp_path: Path) -> None:
    shell, wereld = draaiend.shell, draaiend.wereld
    empty = shell.run("weblinks", "check", *KEY)
    assert (empty.exit_code, "Gecontroleerd" in empty.stdout) == (0, True)
    wereld.site.pages["/weg"] = 404
    wereld.register("/goed", "/weg")
    found = shell.json("weblinks", "check", *KEY)
    assert (found["gestart"], found["samenvatting"]["wachtend"]) == (2, 0)
    assert found["samenvatting"]["standen"]["in orde"] == 1
    assert [each["httpStatus"] for each in found["slecht"]] == [404]
    result = shell.run("weblinks", "check", *KEY, "--stand", "kapot")
    assert result.exit_code == 1
    assert "/weg" in result.stdout
    file = tmp_path / "rapport.html"
    assert "wrote" in shell.run("weblinks", "rapport", *KEY, "--output", str(file)).stdout
    assert "<svg" in file.read_text("utf-8")
    assert shell.run("weblinks", "rapport", *KEY, "--output", str(tmp_path / "nergens" / "x.html")).exit_code == 1


def test_domains_are_shown_registered_and_taken_back(draaiend: Draaiend) -> None:
    shown = draaiend.shell.json("weblinks", "domeinen", *KEY, "--erbij", "nieuw.example")
    assert "nieuw.example" in [each["domein"] for each in shown]
    shown = draaiend.shell.run("weblinks", "domeinen", *KEY, "--weg", "nieuw.example").stdout
    assert "voorbeeldstad.example" in shown
    assert "nieuw.example" not in shown
    refused = draaiend.shell.run("weblinks", "domeinen", *KEY, "--erbij", "localhorst")
    assert (refused.exit_code, "VW-7.1-domein" in refused.stderr) == (1, True)
