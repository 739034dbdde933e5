"""The tariffs: those of the file, with what was decided or set for an omgeving laid over them."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from simulator.facturatie.errors import TarievenOngeldig
from simulator.facturatie.rules.tarieven import follow_besluit, override_tarief, read_eigen_tarief, read_tarieven
from simulator.facturatie.values import Tarief
from simulator.infra.omgeving import Omgeving
from simulator.settings import Settings
from simulator.voorwaarden import Tariefbesluit, overleg

EIGEN_TARIEVEN = "facturatie_tarieven"
"""The setting of an omgeving that holds its own tariffs, by year."""
_FILE = Path("tarieven", "tarieven.toml")
_DEFAULT = Settings().fixtures_dir / _FILE
_configured: Path | None = None


def use_tarieven(fixtures: Path) -> None:
    """Say what MijnOverheid costs in the omgevingen of this process; raises ``TarievenOngeldig``, naming the file.

    Configuration, the same in all workers: what is set for one omgeving is in its database. Fixtures without tariffs
    are fine: then those of the simulator hold.
    """
    global _configured  # noqa: PLW0603 - set once, by create_app
    file = fixtures / _FILE if (fixtures / _FILE).exists() else _DEFAULT
    _read(file)
    _configured = file


def list_tarieven(omgeving: Omgeving) -> tuple[Tarief, ...]:
    """What MijnOverheid costs in this omgeving, the oldest tariff first.

    Over the file lies what was decided after the Afnemersoverleg (3.8), and over that what the beheerder set.
    """
    tarieven = _read(_configured or _DEFAULT)
    with omgeving.reading() as session:
        besluiten = [each.inhoud for each in overleg.list_besluiten(session)]
    for besluit in besluiten:  # in order: of two for one year the last holds
        if isinstance(besluit, Tariefbesluit):
            tarieven = override_tarief(tarieven, follow_besluit(besluit))
    eigen: Mapping[str, Mapping[str, Any]] = omgeving.instelling(EIGEN_TARIEVEN, {})
    for jaar, inhoud in eigen.items():
        tarieven = override_tarief(tarieven, read_eigen_tarief(int(jaar), inhoud))
    return tarieven


@cache
def _read(file: Path) -> tuple[Tarief, ...]:
    try:
        document = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise TarievenOngeldig(f"{file} is niet te lezen: {error}") from error
    try:
        return read_tarieven(document)
    except TarievenOngeldig as error:
        raise type(error)(f"{file}: {error.detail}", errors=error.errors) from error
