"""The control API: everything about the simulator that a test may steer."""

from simulator.control.api import afnemers, omgevingen, personen, scenarios, tijd  # noqa: F401 - their routes register themselves
from simulator.control.api.document import api

__all__ = ["api"]
