"""The sender keeps its rate, and counts what a stall of the server costs."""

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from loadtests.bench.sender import CREATED, LOST, UNSENT, Letters, Plan, Window, content_length, send
from tests.running import RunningSimulator

STALL = 0.5


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Stalling(BaseHTTPRequestHandler):
    """Answers at once, but for one pause in which nothing is answered at all."""

    protocol_version = "HTTP/1.1"
    seen = 0
    lock = threading.Lock()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        with Stalling.lock:
            Stalling.seen += 1
            if Stalling.seen == 10:
                time.sleep(STALL)
        self.send_response(201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


class Refusing(socketserver.StreamRequestHandler):
    """Hangs up instead of answering."""

    def handle(self) -> None:
        self.rfile.readline()


def collect(base: str, plan: Plan) -> tuple[Window, list[Window]]:
    windows: list[Window] = []
    return send(base, Letters(["999000012"]), plan, None, windows.append), windows


def test_a_stall_is_counted_for_everything_that_was_due_in_it() -> None:
    with serving(Stalling) as base:
        total, windows = collect(base, Plan(seconds=1.5, rate=100, connections=4, window=0.5))
    assert total.statuses == {CREATED: 150}, "the rate is kept whatever the answers do"
    assert sum(window.statuses[CREATED] for window in windows) == 150
    assert total.latencies.worst >= STALL * 0.9
    assert total.latencies.percentile(0.9) >= STALL / 4, "not only the four that were on their way waited"


def test_what_was_never_sent_is_not_lost() -> None:
    window = Window(statuses=Counter({CREATED: 5, LOST: 1, UNSENT: 3}))
    assert (window.errors, window.unsent) == (1, 3)


def test_a_connection_that_goes_away_is_an_error_and_not_silence() -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        total, _ = collect(f"http://127.0.0.1:{server.server_address[1]}", Plan(seconds=0.3, rate=20, connections=2))
        server.shutdown()
        thread.join()
    assert total.statuses == {LOST: 6}
    assert total.errors == 6


def test_without_a_rate_it_delivers_all_that_the_simulator_can_take(simulator: RunningSimulator) -> None:
    total, _ = collect(simulator.base, Plan(seconds=0.5, connections=4))
    assert total.statuses[CREATED] > 0
    assert not total.errors


@pytest.mark.parametrize(
    ("head", "length"),
    [(b"HTTP/1.1 201 Created\r\ncontent-length: 12\r\nx: y", 12), (b"HTTP/1.1 204 No Content", 0)],
)
def test_the_length_of_an_answer_is_read(head: bytes, length: int) -> None:
    assert content_length(head) == length
