"""A real web server on this machine, with TLS and every misbehaviour."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BufferedReader

from simulator.weblinks.usecases.volgen import MOMENT_HEADER
from tests.weblinks.certificates import Authority, authority

HOST = "mijn.voorbeeldstad.example"


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]

    @property
    def moment(self) -> datetime:
        """What time it is in the omgeving, as it told."""
        return datetime.fromisoformat(self.headers[MOMENT_HEADER.lower()])


Page = Callable[["Connection", Request], None]


@dataclass
class Connection:
    """One visitor."""

    socket: ssl.SSLSocket
    closing: threading.Event

    def send(self, text: str) -> None:
        self.socket.sendall(text.encode("latin-1"))

    def answer(self, status: int, *headers: str, body: str = "") -> None:
        lines = [f"HTTP/1.1 {status} Zo", f"Content-Length: {len(body)}", *headers]
        self.send("\r\n".join(lines) + "\r\n\r\n" + body)

    def reset(self) -> None:
        """Close as a machine that crashed does: no goodbye."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


@dataclass
class Website:
    """A running server; a page is a status, a place to go to, or a function."""

    port: int
    pages: dict[str, Page | int | str] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [f"{each.method} {each.path}" for each in self.requests]


@contextlib.contextmanager
def website(
    context: ssl.SSLContext | None = None, address: str = "127.0.0.1", port: int = 0, host: str = HOST
) -> Iterator[Website]:
    """A server on a free port; by default with a good certificate for ``host``."""
    context = context or good_context(host)
    with socket.create_server((address, port), backlog=512) as listener:
        site = Website(listener.getsockname()[1])
        threads = [threading.Thread(target=_accept, args=(site, listener, context), daemon=True)]
        threads[0].start()
        try:
            yield site
        finally:
            site.closing.set()
            listener.shutdown(socket.SHUT_RDWR)
            threads[0].join(5)


_contexts: dict[tuple[str, ...], ssl.SSLContext] = {}


def good_context(*names: str, signed_by: Authority | None = None) -> ssl.SSLContext:
    """A certificate that is as it should be."""
    if signed_by is not None:
        return signed_by.context(names)
    if names not in _contexts:
        _contexts[names] = authority().context(names)
    return _contexts[names]


def _accept(site: Website, listener: socket.socket, context: ssl.SSLContext) -> None:
    while not site.closing.is_set():
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        site.connections += 1
        threading.Thread(target=_serve, args=(site, plain, context), daemon=True).start()


def _serve(site: Website, plain: socket.socket, context: ssl.SSLContext) -> None:
    with contextlib.suppress(OSError, ValueError):
        plain.settimeout(30)
        with context.wrap_socket(plain, server_side=True) as secured, secured.makefile("rb") as reader:
            head = _read_head(reader)
            if not head:
                return
            method, path, _ = head[0].split(" ")
            pairs = (line.split(": ", 1) for line in head[1:])
            request = Request(method, path, {name.lower(): value for name, value in pairs})
            site.requests.append(request)
            _answer(site.pages.get(path.partition("?")[0], 200), Connection(secured, site.closing), request)
    plain.close()


def _read_head(reader: BufferedReader) -> list[str]:
    """The lines before the empty one; none when the visitor leaves before that."""
    lines: list[str] = []
    for line in reader:
        if line == b"\r\n":
            return lines
        lines.append(line.decode("latin-1").strip())
    return []


def _answer(page: Page | int | str, connection: Connection, request: Request) -> None:
    if isinstance(page, int):
        connection.answer(page)
    elif isinstance(page, str):
        connection.answer(302, f"Location: {page}")
    else:
        page(connection, request)


def hang(connection: Connection, _request: Request) -> None:
    connection.closing.wait(20)


def drip(connection: Connection, _request: Request) -> None:
    """A header that never ends, a letter at a time."""
    connection.send("HTTP/1.1 200 Zo\r\nX-Traag: ")
    while not connection.closing.wait(0.02):
        connection.send("x")


def drip_body(connection: Connection, request: Request) -> None:
    """No HEAD here, and a body that never ends, a letter at a time."""
    if request.method == "HEAD":
        connection.answer(405)
        return
    connection.send("HTTP/1.1 200 Zo\r\n\r\n")
    while not connection.closing.wait(0.02):
        connection.send("x")


def endless(connection: Connection, request: Request) -> None:
    """No HEAD here, and a body that never ends, as fast as it goes."""
    if request.method == "HEAD":
        connection.answer(405)
        return
    connection.send("HTTP/1.1 200 Zo\r\n\r\n")
    while not connection.closing.is_set():
        connection.send("x" * 65_536)


def endless_head(connection: Connection, _request: Request) -> None:
    connection.send("HTTP/1.1 200 Zo\r\n")
    while not connection.closing.is_set():
        connection.send("X-Nog-Een: kop\r\n" * 1000)


def reset(connection: Connection, _request: Request) -> None:
    connection.reset()


def cut_off(connection: Connection, request: Request) -> None:
    """Promise more than is sent."""
    if request.method == "HEAD":
        connection.answer(405)
        return
    connection.send("HTTP/1.1 200 Zo\r\nContent-Length: 1000\r\n\r\nkort")


def mumble(connection: Connection, _request: Request) -> None:
    connection.send("220 ftp.voorbeeld.example klaar\r\n\r\n")


def only_get(connection: Connection, request: Request) -> None:
    connection.answer(405 if request.method == "HEAD" else 200)


def reset_head(connection: Connection, request: Request) -> None:
    if request.method == "HEAD":
        connection.reset()
    else:
        connection.answer(200)


def gone_from(moment: datetime) -> Page:
    """There until a simulated moment, and 404 from then on."""

    def page(connection: Connection, request: Request) -> None:
        connection.answer(404 if request.moment >= moment else 200)

    return page


def away_between(start: datetime, end: datetime) -> Page:
    """A fault of the server from ``start`` to ``end``."""

    def page(connection: Connection, request: Request) -> None:
        connection.answer(503 if start <= request.moment < end else 200)

    return page


def lokaal(site: Website, *hosts: str) -> dict[str, str]:
    """The setting that lets these names lead to the server."""
    names: Sequence[str] = hosts or (HOST,)
    return dict.fromkeys(names, site.place)
