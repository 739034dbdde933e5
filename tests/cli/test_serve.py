from dataclasses import replace
from pathlib import Path

from simulator.cli.serve import settle_token
from simulator.settings import Settings


def test_the_token_of_the_last_time_stays_valid(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first = settle_token(settings)
    assert len(first) >= 32
    assert settle_token(settings) == first
    assert (tmp_path / "admin-token").stat().st_mode & 0o777 == 0o600


def test_a_token_that_is_set_wins_from_the_last_one(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settle_token(settings)
    assert settle_token(replace(settings, admin_token="mijn-token")) == "mijn-token"


def test_without_a_control_api_there_is_no_token(tmp_path: Path) -> None:
    assert settle_token(Settings(data=tmp_path, admin=False)) == ""
    assert not (tmp_path / "admin-token").exists()
