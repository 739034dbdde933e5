"""Every setting of the simulator: its flag, its variable, its default; the only reader of the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

PREFIX = "SIMULATOR_"
Origin = Literal["flag", "variable", "file", "default"]


class InvalidSetting(ValueError):  # noqa: N818 - the message is for the person at the command line
    """A setting has a value it cannot have; the message names the setting, the value and where it came from."""


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings: field ``x_y`` is flag ``--x-y``, variable ``SIMULATOR_X_Y`` and key ``x_y`` of the file."""

    host: str = _setting("127.0.0.1", "Address to listen on; anything but loopback opens the simulator to the network.")
    port: int = _setting(8000, "Port to listen on; 0 takes a free one and prints it.")
    data: Path = _setting(Path("data"), "Directory for the SQLite files, the admin token and the lock.")
    database_url: str = _setting(
        "", "postgresql://… to keep everything in PostgreSQL; empty means SQLite in the data directory."
    )
    workers: int = _setting(1, "Worker processes; more than one needs PostgreSQL.")
    threads: int = _setting(32, "Threads per worker; also the largest number of deliveries that share one commit.")
    large_bodies: int = _setting(
        200, "MB of bodies over 1 MB that a worker has in hand at once; the others wait their turn."
    )
    admin: bool = _setting(True, "Offer the control API (/__admin).")
    admin_token: str = _setting("", "Token of the control API; made and printed by serve when empty.")
    demo: bool = _setting(False, "Deliver one demo message at the start and print what to do next.")
    seed: int = _setting(1, "Seed of a new omgeving: same seed, same people.")
    population: Literal["test", "landelijk"] = _setting(
        "test", "Range of BSNs that live here: test (90,909 test numbers) or landelijk (18 million that may exist)."
    )
    verwerkingstijd: float = _setting(
        0.0, "Simulated seconds between receipt and result of a delivery, in a new omgeving."
    )
    smtp_url: str = _setting("", "smtp://host:port to send kennisgevingen for real as well; empty records them only.")
    weblink_timeout: float = _setting(10.0, "Seconds for each question to a website when weblinks are checked.")
    weblink_concurrency: int = _setting(32, "Weblinks that are checked at once.")
    weblink_rate: float = _setting(10.0, "Weblinks at one host that are checked in a second.")
    log_level: Literal["debug", "info", "warning", "error"] = _setting("info", "Least level that is logged.")
    log_format: Literal["auto", "json", "console"] = _setting("auto", "json, console, or auto: console on a terminal.")
    fixtures: Path = _setting(
        Path(), "Directory with afnemers/ and personas/; default: those that come with the simulator."
    )

    @property
    def fixtures_dir(self) -> Path:
        """Where the fixtures are: as configured, else inside the installed package, else in the checkout."""
        if self.fixtures != Path():
            return self.fixtures
        packaged = Path(__file__).parent / "_fixtures"
        return packaged if packaged.is_dir() else Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and for each field where its value came from."""

    settings: Settings
    origins: Mapping[str, Origin]


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def load_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> LoadedSettings:
    """Settings by precedence: flag, then variable, then file (TOML), then default; raises ``InvalidSetting``."""
    environ = os.environ if environ is None else environ
    if file is None and environ.get(PREFIX + "CONFIG"):
        file = Path(environ[PREFIX + "CONFIG"])
    from_file = _read_file(file) if file else {}
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for each in fields(Settings):
        variable = variable_of(each.name)
        if flags and flags.get(each.name) is not None:
            origin, raw = "flag", flags[each.name]
        elif variable in environ:
            origin, raw = "variable", environ[variable]
        elif each.name in from_file:
            origin, raw = "file", from_file[each.name]
        else:
            origins[each.name] = "default"
            continue
        values[each.name] = _convert(each.name, each.type, raw, origin)
        origins[each.name] = origin  # type: ignore[assignment]  # the literals above are all an Origin
    return LoadedSettings(_checked(Settings(**values)), origins)


def find_fixtures() -> Path:
    """Where the demo data is, for commands that ask a running simulator for the rest; raises ``InvalidSetting``."""
    return load_settings({"workers": 1}).settings.fixtures_dir  # more of them would need to know of its database


def as_environ(settings: Settings) -> dict[str, str]:
    """The settings as variables, for the worker processes that ``serve`` starts."""
    values = {each.name: getattr(settings, each.name) for each in fields(Settings)}
    texts = {name: str(int(value)) if isinstance(value, bool) else str(value) for name, value in values.items()}
    return {variable_of(name): text for name, text in texts.items() if values[name] != Path()}


def export_settings(settings: Settings) -> None:
    """Put the settings into the environment of this process, so that the workers it starts read the same."""
    os.environ.update(as_environ(settings))


def extend_environ(values: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process with more in it, for a program that it starts."""
    return os.environ | values


def _read_file(file: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        msg = f"cannot read the configuration file {file}: {error}"
        raise InvalidSetting(msg) from error
    unknown = sorted(set(content) - {each.name for each in fields(Settings)})
    if unknown:
        msg = f"unknown setting in {file}: {', '.join(unknown)}"
        raise InvalidSetting(msg)
    return content


def _convert(name: str, kind: Any, raw: object, origin: str) -> Any:
    try:
        if get_origin(kind) is Literal:
            return _one_of(raw, get_args(kind))
        if kind is bool:
            return raw if isinstance(raw, bool) else _as_bool(str(raw))
        return kind(raw)
    except (TypeError, ValueError) as error:
        msg = f"{name} (from {origin}): {raw!r} is not valid: {error}"
        raise InvalidSetting(msg) from error


def _one_of(raw: object, choices: tuple[object, ...]) -> object:
    if raw not in choices:
        msg = f"choose one of {', '.join(map(str, choices))}"
        raise ValueError(msg)
    return raw


def _as_bool(text: str) -> bool:
    lowered = text.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off", ""}:
        return False
    msg = "use 1 or 0"
    raise ValueError(msg)


def _checked(settings: Settings) -> Settings:
    limits = {
        "port": (0, 65535),
        "seed": (-(2**63), 2**63 - 1),
        "workers": (1, 64),
        "threads": (1, 512),
        "large_bodies": (1, 1_000_000),
        "verwerkingstijd": (0, 31_536_000),
        "weblink_timeout": (0.05, 120),
        "weblink_concurrency": (1, 256),
        "weblink_rate": (0.1, 100_000),
    }
    for name, (low, high) in limits.items():
        if not low <= getattr(settings, name) <= high:
            msg = f"{name}: {getattr(settings, name)} is not between {low} and {high}"
            raise InvalidSetting(msg)
    if settings.database_url and not settings.database_url.startswith(
        ("postgresql://", "postgres://", "postgresql+psycopg://")
    ):
        msg = f"database_url: only postgresql://… is supported, not {settings.database_url.split(':', 1)[0]}"
        raise InvalidSetting(msg)
    if settings.workers > 1 and not settings.database_url:
        msg = f"workers: {settings.workers} workers need PostgreSQL (--database-url); SQLite takes one worker"
        raise InvalidSetting(msg)
    return settings
