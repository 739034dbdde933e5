"""The control API: everything about the simulator that a test may steer."""

from simulator.control.api import (  # noqa: F401 - their routes register themselves
    aansluiting,
    afnemers,
    conformiteit,
    facturatie,
    omgevingen,
    personen,
    scenarios,
    tijd,
    verwerkingen,
    voorwaarden,
)
from simulator.control.api.document import api

__all__ = ["api"]
