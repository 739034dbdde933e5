"""A module that is imported when it is first used: for what costs each start much, and serves few requests."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until then.

    The type checker sees the module itself, in the other branch of ``if TYPE_CHECKING``; an annotation that names it
    has quotes, because it is read when the function is made.
    """

    def __init__(self, naam: str) -> None:
        self._naam = naam

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(import_module(self._naam), attribute)
        setattr(self, attribute, found)  # from now on it is found without coming here
        return found
