"""Routes whose way back, from a name to a URL, is worked out when somebody first asks for it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """Werkzeug compiles two functions for each route; for hundreds of them that is a twentieth of a start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - Werkzeug's own
        compile_builder = super()._compile_builder

        @cache
        def builder() -> Callable[..., tuple[str, str]]:
            return compile_builder(append_unknown)

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return builder()(rule, **values)

        return build
