"""Set what MijnOverheid costs in one year of one omgeving; its file stays as it is."""

from collections.abc import Mapping
from typing import Any

from simulator.facturatie.errors import TARIEFBESTAND
from simulator.facturatie.queries.tarieven import EIGEN_TARIEVEN
from simulator.facturatie.rules.tarieven import read_eigen_tarief
from simulator.facturatie.values import Tarief
from simulator.infra.omgeving import Omgeving
from simulator.infra.regels import Uitkomst


def set_tarief(omgeving: Omgeving, jaar: int, inhoud: Mapping[str, Any]) -> Tarief:
    """Lay a tariff over that of the file; raises ``TarievenOngeldig`` or ``PeriodeVoor2018``.

    What was invoiced stays; closing its period again issues the difference.
    """
    tarief = read_eigen_tarief(jaar, inhoud)
    _store(omgeving, jaar, inhoud)
    return tarief


def drop_tarief(omgeving: Omgeving, jaar: int) -> None:
    """Go back to the tariff of the file; where none was set this changes nothing."""
    _store(omgeving, jaar, None)


def _store(omgeving: Omgeving, jaar: int, inhoud: Mapping[str, Any] | None) -> None:
    with omgeving.unit_of_work() as uow:
        before: Mapping[str, Any] = uow.hold_state().instellingen.get(EIGEN_TARIEVEN, {})
        eigen = {key: each for key, each in before.items() if key != str(jaar)}
        if inhoud is not None:
            eigen[str(jaar)] = dict(inhoud)
            uow.tel(TARIEFBESTAND, Uitkomst.GESLAAGD)
        uow.change_state(None, None, **{EIGEN_TARIEVEN: eigen})
