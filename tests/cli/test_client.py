import socket
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from simulator.cli import client, main
from simulator.cli.client import describe_problem, read_token
from tests.cli.conftest import Shell
from tests.cli.slow_simulator import slow_simulator
from tests.running import TOKEN


def test_when_nothing_answers_it_says_how_to_start_a_simulator(shell: Shell) -> None:
    result = shell.run("klok", "--url", "http://127.0.0.1:9")
    assert result.exit_code == 3
    assert "start one with: mosim serve" in result.stderr
    assert "Traceback" not in result.output


def test_a_wrong_token_says_where_the_token_is(shell: Shell) -> None:
    result = shell.run("klok", "--token", "fout")
    assert result.exit_code == 1
    assert "SIM-beheer-token" in result.stderr
    assert "DATA/admin-token" in result.stderr


def test_an_unknown_omgeving_is_named(shell: Shell) -> None:
    result = shell.run("klok", "--omgeving", "bestaat-niet")
    assert (result.exit_code, "bestaat-niet" in result.stderr) == (1, True)


def test_the_token_is_found_in_the_data_directory(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "admin-token").write_text(TOKEN + "\n", "utf-8")
    assert shell.run("klok", "--data", str(tmp_path), SIMULATOR_ADMIN_TOKEN="").exit_code == 0
    assert read_token(tmp_path / "nergens") == ""


def test_a_problem_is_shown_with_title_detail_rule_and_every_error() -> None:
    problem = {
        "title": "Ongeldig",
        "detail": "Twee fouten.",
        "verwacht": "iets anders",
        "regel": {"id": "BB-x", "titel": "Een regel", "bron": "TA 1"},
        "errors": [{"pointer": "/a", "detail": "te lang"}, {"pointer": "", "detail": "mist b"}],
    }
    text = "\n".join(describe_problem(400, problem))
    for part in ("Ongeldig (HTTP 400): Twee fouten.", "verwacht: iets anders", "BB-x", "/a: te lang", "/: mist b"):
        assert part in text


@pytest.mark.parametrize("command", ["afnemers", "gebruikers", "omgevingen", "klok", "deliver", "seed", "check"])
def test_every_command_has_help(shell: Shell, command: str) -> None:
    result = shell.run(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.parametrize("flag", ["--token", "--omgeving"])
def test_a_character_that_cannot_be_sent_is_said(shell: Shell, flag: str) -> None:
    result = shell.run("klok", flag, "“standaard”")
    assert (result.exit_code, "has a character that no key" in result.output) == (2, True)


@pytest.mark.parametrize("url", ["myhost", "http://127.0.0.1:80a"])
def test_an_address_that_is_none_is_said_by_readyz(shell: Shell, url: str) -> None:
    result = shell.run("readyz", "--url", url)
    assert (result.exit_code, f"url '{url}'" in result.output) == (2, True), result.output


def test_what_is_no_simulator_is_not_ready(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            with other.accept()[0] as connection:
                connection.sendall(b"hello, this is no HTTP\r\n\r\n")

        answering = Thread(target=answer)
        answering.start()
        result = shell.run("readyz", "--url", f"http://127.0.0.1:{other.getsockname()[1]}")
        answering.join()
    assert (result.exit_code, result.stdout.startswith("not ready")) == (1, True), result.output


@pytest.mark.parametrize(
    ("words", "code"),
    [(("klok", "vooruit", "P300D"), 0), (("scenario", "next", "kort"), 0), (("klok", "set", "stil"), 1)],
)
def test_a_leap_of_the_clock_may_take_long_and_nothing_else(
    words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_TIMEOUT", 0.2)
    with slow_simulator() as url:
        result = CliRunner().invoke(main, [*words, "--url", url, "--token", TOKEN])
    assert result.exit_code == code, result.output
    assert ("timed out" in result.output) == (code == 1)
