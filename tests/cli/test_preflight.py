import shutil
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from simulator.cli import main
from simulator.settings import Settings


def serve(tmp_path: Path, *flags: str) -> Result:
    """Refused before anything starts: a command that would start would never come back."""
    return CliRunner().invoke(main, ["serve", "--port", "0", "--data", str(tmp_path / "data"), *flags])


def assert_refused(result: Result, *parts: str) -> None:
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    for part in parts:
        assert part in result.stderr


def test_a_port_that_is_taken_is_said_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert_refused(serve(tmp_path, "--port", port), f"port {port} on 127.0.0.1 is taken", "--port")


def test_an_address_of_another_machine_is_not_called_taken(tmp_path: Path) -> None:
    result = serve(tmp_path, "--host", "192.0.2.1", "--port", "8000")
    assert_refused(result, "cannot listen on port 8000 on 192.0.2.1")
    assert "taken" not in result.stderr


def test_an_address_of_another_machine_is_said_for_any_free_port_too(tmp_path: Path) -> None:
    assert_refused(serve(tmp_path, "--host", "192.0.2.1"), "cannot listen on 192.0.2.1: ")


@pytest.mark.parametrize("host", ["::1", "a..b", "x" * 64])
def test_what_has_no_ipv4_address_is_said(tmp_path: Path, host: str) -> None:
    assert_refused(serve(tmp_path, "--host", host), f"cannot listen on {host}: ", "--host")


def test_a_data_directory_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    assert_refused(serve(tmp_path), "cannot write in", "--data")


def test_a_data_directory_in_use_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with FileLock(tmp_path / "data" / ".lock"):
        assert_refused(serve(tmp_path), "another simulator is running in")


def test_fixtures_that_are_not_there_are_said(tmp_path: Path) -> None:
    assert_refused(serve(tmp_path, "--fixtures", str(tmp_path / "nergens")), "there is no folder afnemers")


def test_tariffs_that_cannot_be_are_said_each_with_its_place(tmp_path: Path) -> None:
    fixtures = shutil.copytree(Settings().fixtures_dir, tmp_path / "fixtures")
    file = fixtures / "tarieven" / "tarieven.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("prijs = 0.454", "prijs = -1").replace("prijs = 0.48", "pris = 0.48"), "utf-8")
    result = serve(tmp_path, "--fixtures", str(fixtures))
    assert result.exit_code == 1
    for pointer in ("/tarief/0/prijs", "/tarief/2/prijs", "/tarief/2/pris"):
        assert f"  {pointer}: " in result.stderr


@pytest.mark.parametrize(
    "url", ["127.0.0.1:25", "http://127.0.0.1", "smtp://", "smtp://x:abc", "smtp://x:99999", "smtp://[::1"]
)
def test_a_mail_server_that_is_no_smtp_url_is_said(tmp_path: Path, url: str) -> None:
    assert_refused(serve(tmp_path, "--smtp-url", url), "smtp://host:port")


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    assert_refused(serve(tmp_path, "--database-url", f"postgresql://x@127.0.0.1:{port}/y"), "cannot reach the database")
