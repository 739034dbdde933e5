"""Settings: flag before variable before file before default, and a clear word about what cannot be."""

from dataclasses import fields
from pathlib import Path

import pytest

from simulator.settings import InvalidSetting, Settings, as_environ, load_settings


def test_a_flag_wins_from_a_variable_that_wins_from_the_file_that_wins_from_the_default(tmp_path: Path) -> None:
    file = tmp_path / "simulator.toml"
    file.write_text("port = 1\nthreads = 2\nseed = 3\n")
    loaded = load_settings({"port": 11}, {"SIMULATOR_PORT": "21", "SIMULATOR_THREADS": "22"}, file)
    assert (loaded.settings.port, loaded.settings.threads, loaded.settings.seed) == (11, 22, 3)
    origins = [loaded.origins[name] for name in ("port", "threads", "seed", "host")]
    assert origins == ["flag", "variable", "file", "default"]


def test_settings_survive_the_way_through_the_environment_to_a_worker() -> None:
    settings = Settings(port=9, admin=False, demo=True, data=Path("elders"), database_url="postgresql://x", workers=3)
    assert load_settings(environ=as_environ(settings)).settings == settings


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"SIMULATOR_PORT": "veel"}, "port"),
        ({"SIMULATOR_PORT": "70000"}, "65535"),
        ({"SIMULATOR_SEED": str(2**63)}, "seed"),
        ({"SIMULATOR_SEED": str(-(2**63) - 1)}, "seed"),
        ({"SIMULATOR_DEMO": "misschien"}, "demo"),
        ({"SIMULATOR_LOG_LEVEL": "loud"}, "choose one of"),
        ({"SIMULATOR_DATABASE_URL": "mysql://x"}, "postgresql"),
        ({"SIMULATOR_WORKERS": "2"}, "PostgreSQL"),
        ({"SIMULATOR_CONFIG": "/nergens/x.toml"}, "cannot read"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(environ: dict[str, str], word: str) -> None:
    with pytest.raises(InvalidSetting, match=word):
        load_settings(environ=environ)


def test_an_unknown_key_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "simulator.toml"
    file.write_text("poort = 1\n")
    with pytest.raises(InvalidSetting, match="poort"):
        load_settings(environ={}, file=file)


def test_every_setting_explains_itself() -> None:
    assert all(each.metadata["help"] for each in fields(Settings))
