"""A simulator of a few lines on a real socket, that takes its time for whatever changes something."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SECONDS = 0.6
STAP = {"nummer": 1, "titel": "Een", "uitleg": "Er gebeurt iets.", "kijk": None, "na": None}
VERHAAL = {"naam": "kort", "klaar": False, "gespeeld": 0, "stappen": [STAP]}
KLOK = {"moment": "2026-03-01T09:00:00Z", "modus": "stil"}


class _Simulator(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(VERHAAL)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(SECONDS)
        self._answer({"scenario": VERHAAL, "nummer": 1, "wat": "Klaar.", **KLOK})

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def slow_simulator() -> Iterator[str]:
    """Gives the URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Simulator) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
