"""What keeps a year from being played."""

from collections.abc import Mapping
from typing import Any


class Unusable(ValueError):  # noqa: N818 - the message is for the person at the command line
    """A plan or a choice that cannot be used; the message says which and why."""


class Unreachable(Exception):  # noqa: N818 - the simulator went away, or never was there
    """Nothing answers on this address."""


class Refused(Exception):  # noqa: N818 - the simulator's own answer
    """The simulator refused something that a year needs."""

    def __init__(self, what: str, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(what)
        self.status = status
        self.problem = problem

    @property
    def regel(self) -> str:
        """The id of the rule that was broken, if there is one."""
        return str((self.problem.get("regel") or {}).get("id", ""))
