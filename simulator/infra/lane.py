"""The short road: a plain request to a busy path is answered before Flask; anything else goes on to Flask, unread."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from simulator.infra.edge import OMGEVING, RETIRED, ROUTE, name_omgeving
from simulator.infra.omgeving import Omgeving
from simulator.infra.omgevingen import Omgevingen

Environ = dict[str, Any]
_MOST_BYTES = 1 << 16
_PLAIN_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?\Z")


class LaneRequest(NamedTuple):
    """What an answer on the short road is made of."""

    omgeving: Omgeving
    environ: Environ
    read: Callable[[], bytes]
    """The body. Ask for it when the sender is known: who sends half of it keeps a thread."""


class LaneAnswer(NamedTuple):
    """An answer in JSON, as the route behind it would give it."""

    status: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class _Body:
    """What comes with a request, which can be read once; kept for who has to answer it after all."""

    __slots__ = ("_length", "_stream", "content")

    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._length = length
        self.content: bytes | None = None

    def read(self) -> bytes:
        content: bytes = self._stream.read(self._length)
        self.content = content
        if len(content) < self._length:  # it hung up
            raise EOFError
        return content


Answer = Callable[[LaneRequest], LaneAnswer]


class Lane:
    """WSGI around Flask; ``answers`` has a function per path that takes ``POST`` of plain JSON.

    Such a function is the road of success only: whatever it raises is dropped, and Flask answers the request as if it
    had not been seen. So it may fail at any point where doing it again is harmless.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], omgevingen: Omgevingen, answers: Mapping[str, Answer]
    ) -> None:
        self._application = application
        self._omgevingen = omgevingen
        self._answers = dict(answers)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self._answers.get(environ["PATH_INFO"])
        if answer is None or not _is_plain(environ):
            return self._application(environ, start_response)
        body = _Body(environ["wsgi.input"], int(environ["CONTENT_LENGTH"]))
        found: tuple[Omgeving, LaneAnswer] | None = None
        with suppress(Exception):  # whatever it is, the route meets it again and has the words for it
            omgeving = self._omgevingen.get(name_omgeving(environ))
            found = omgeving, answer(LaneRequest(omgeving, environ, body.read))
        if found is None:
            if body.content is not None:
                environ["wsgi.input"] = io.BytesIO(body.content)
            return self._application(environ, start_response)
        omgeving, given = found
        environ[OMGEVING], environ[ROUTE] = omgeving.naam, environ["PATH_INFO"]
        environ[RETIRED] = omgeving.instelling(RETIRED, None)
        start_response(
            given.status,
            [("Content-Type", "application/json"), ("Content-Length", str(len(given.body))), *given.headers],
        )
        return [given.body]


def _is_plain(environ: Environ) -> bool:
    """Nothing that Flask would have a word to say about."""
    length = environ.get("CONTENT_LENGTH", "")
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == "application/json"
        and length.isascii() and length.isdigit() and int(length) <= _MOST_BYTES
        and "HTTP_TRANSFER_ENCODING" not in environ
        and _PLAIN_HOST.match(environ.get("HTTP_HOST", "")) is not None
    )  # fmt: skip
