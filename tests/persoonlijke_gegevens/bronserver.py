"""A real local web server that answers as a source does, or misbehaves as one may."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GROEPEN = [{"titel": "Diploma", "velden": [{"type": "tekst", "label": "Opleiding", "waarde": "Wiskunde B"}]}]
ANTWOORD = {"peildatum": "2026-11-01", "groepen": GROEPEN}


class Bronserver(ThreadingHTTPServer):
    """What it was asked, and how often; ``stop`` lets everything that hangs go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.stop = threading.Event()
        self.together = threading.Barrier(2)
        self.host_headers: list[str] = []

    def url(self, path: str = "/goed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Bronserver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), "body": body})
        getattr(self, "_" + self.path.strip("/").replace("-", "_"))()

    def log_message(self, *_args: object) -> None:
        return None

    def _answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _goed(self) -> None:
        self._answer(200, json.dumps(ANTWOORD).encode())

    def _samen(self) -> None:
        """Answers only when another is asked at the same time."""
        self.server.together.wait(5)
        self._goed()

    def _leeg(self) -> None:
        self._answer(200, b'{"peildatum": "2026-11-01", "groepen": []}')

    def _fout(self) -> None:
        self._answer(500, b"stuk")

    def _onzin(self) -> None:
        self._answer(200, b"<html>")

    def _andere_vorm(self) -> None:
        self._answer(200, b'{"peildatum": "gisteren"}')

    def _rare_datum(self) -> None:
        velden = [{"type": "datum", "label": "Ooit", "waarde": "2026-13-40"}]
        self._answer(
            200, json.dumps({"peildatum": "2026-11-01", "groepen": [{"titel": "x", "velden": velden}]}).encode()
        )

    def _groot(self) -> None:
        self._answer(200, b" " * (1 << 20))

    def _negatief(self) -> None:
        """A chunk of less than nothing."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{}")

    def _hangt(self) -> None:
        self.server.stop.wait(20)

    def _druppelt(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stop.wait(0.02):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def _verhuisd(self) -> None:
        self._answer(307, b"", Location="/goed")

    def _rond(self) -> None:
        self._answer(307, b"", Location="/rond")

    def _elders(self) -> None:
        self._answer(307, b"", Location="http://169.254.169.254/latest")

    def _als_get(self) -> None:
        self._answer(302, b"", Location="/goed")


@contextmanager
def running_bronserver() -> Iterator[Bronserver]:
    server = Bronserver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
