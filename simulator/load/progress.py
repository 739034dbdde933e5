"""How far a run is, for who watches: one line that changes on a terminal, now and then a line in a log."""

_EVERY = 10.0
_LINES = 60


class Progress:
    """What to write while a run of so many ``seconds`` goes on."""

    def __init__(self, seconds: float, *, on_terminal: bool) -> None:
        self._seconds = seconds
        self._on_terminal = on_terminal
        self._every = max(_EVERY, seconds / _LINES)
        self._next = self._every

    def say(self, gone: float, requests: int, failed: int) -> str:
        """The text for this moment; empty if a log had one not long ago."""
        line = f"{gone:.0f} of {self._seconds:.0f} s, {requests:,} requests, {failed:,} failed"
        if self._on_terminal:
            return f"\r{line:<70}\r"
        if gone < self._next:
            return ""
        self._next = gone + self._every
        return line + "\n"
