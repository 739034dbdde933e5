"""How far a run is, for who watches: one line that changes on a terminal, now and then a line in a log."""

from collections.abc import Iterable

_EVERY = 10.0
_LINES = 60
_TOLD = 5
"""Kinds of failure that are told while a run goes on; the report has them all."""


class Progress:
    """What to write while a run of so many ``seconds`` goes on."""

    def __init__(self, seconds: float, *, on_terminal: bool) -> None:
        self._seconds = seconds
        self._on_terminal = on_terminal
        self._every = max(_EVERY, seconds / _LINES)
        self._next = self._every
        self._told: list[str] = []

    def say(self, gone: float, requests: int, failed: int, kinds: Iterable[str] = ()) -> str:
        """The text for this moment, empty if a log had one not long ago; a kind of failure is told when it is new."""
        new = [each for each in dict.fromkeys(kinds) if each not in self._told][: _TOLD - len(self._told)]
        self._told += new
        told = "".join(f"{'Failed: ' + each:<70}\n" for each in new)
        return told + self._say(gone, requests, failed)

    def _say(self, gone: float, requests: int, failed: int) -> str:
        line = f"{gone:.0f} of {self._seconds:.0f} s, {requests:,} requests, {failed:,} failed"
        if self._on_terminal:
            return f"\r{line:<70}\r"
        if gone < self._next:
            return ""
        self._next = gone + self._every
        return line + "\n"
