"""Delivery services of somebody else: real HTTP servers that know nothing of the simulator."""

import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

SERVICE_TIME = 0.05
_BOX = "/base/api/berichtenbox/v1"
_RESULTAAT = b"""<ns3:BerichtVerwerkResponse xmlns:ns2="urn:s" xmlns:ns3="urn:r"><Berichten>
<ns2:Bericht><VerwerkingsCode>Verwerkt</VerwerkingsCode><Stadium>NA</Stadium></ns2:Bericht>
<ns2:Bericht><ns2:VerwerkingsCode>TechnischProbleem</ns2:VerwerkingsCode></ns2:Bericht></Berichten></ns3:BerichtVerwerkResponse>"""


class Service(BaseHTTPRequestHandler):
    """What the services have in common."""

    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: object, **headers: str) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class SlowService(Service):
    """It takes its time, and one request after the other."""

    takes = SERVICE_TIME
    turn = threading.Lock()
    keys: ClassVar[set[str]] = set()
    asked: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys.add(self.headers["Authorization"])
        self.asked.set()
        with self.turn:
            time.sleep(self.takes)
        self.answer(201, {"statusID": "1", "statusURI": "/status/1"})

    def do_GET(self) -> None:
        verwerkt = {"Berichten": [{"VerwerkingsCode": "Verwerkt"}]}
        self.answer(200, {"status": "REPORT", "context": {"Verwerkt": verwerkt}})


class OneASecond(SlowService):
    """The same, and much slower."""

    takes = 1.0


class UnfinishedService(Service):
    """It takes everything in, and never has a result."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(201, {"statusID": "1"})

    def do_GET(self) -> None:
        self.answer(200, {"status": "IN_PROGRESS", "context": {}})


class OtherService(Service):
    """It lives under a path, says where results are in other ways, and has them only when asked a second time."""

    asked: ClassVar[Counter[str]] = Counter()
    number: ClassVar[Iterator[int]] = iter(range(1_000_000))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        number = next(self.number)
        if self.path == f"{_BOX}/berichten":
            self.answer(201, {"statusID": f"{number}"})
        elif self.path == f"{_BOX}/batches":
            self.answer(202, b"", Location=f"/base/results/{number}")
        else:
            self.answer(404, b"")

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        is_ready = self.asked[self.path] > 1
        if self.path.startswith("/base/results/"):
            self.answer(200 if is_ready else 404, _RESULTAAT if is_ready else b"", Retry_After="1")
        elif self.path.startswith(f"{_BOX}/status/"):
            verwerkt = {"Berichten": [{"VerwerkingsCode": "Verwerkt"}]} if is_ready else None
            self.answer(200, {"status": "REPORT" if is_ready else "IN_PROGRESS", "context": {"Verwerkt": verwerkt}})
        else:
            self.answer(404, b"")


class UnwillingService(Service):
    """It answers in all the ways in which a service may not be there, one after the other."""

    number: ClassVar[Iterator[int]] = iter(range(1_000_000))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        match next(self.number) % 4:
            case 0:
                problem = json.dumps({"title": "Even niet beschikbaar", "status": 503}).encode()
                self.answer(503, problem, Content_Type="application/problem+json", Retry_After="1")
            case 1:
                self.answer(502, b"<html>Bad Gateway</html>", Content_Type="text/html")
            case 2:
                self.answer(201, b"<html>Welcome</html>", Content_Type="text/html")
            case _:
                self.close_connection = True


class ForgetfulPortaal(Service):
    """It lets everybody log in, and then asks them to log in."""

    def do_GET(self) -> None:
        self.answer(200, b'<button name="persona" value="actief"></button><b data-sms-code>123-456</b>')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()


class ClosedPortaal(Service):
    """It lets nobody in, and remembers how many were at the door when it refused the first."""

    at_the_door: ClassVar[list[int]] = []
    number: ClassVar[Iterator[int]] = iter(range(1, 1_000_000))
    came = 0

    def do_GET(self) -> None:
        ClosedPortaal.came = next(self.number)
        self.answer(200, b'<button name="persona" value="actief"></button>')

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.at_the_door.append(self.came)
        self.answer(403, b"")


@contextlib.contextmanager
def running_service(kind: type[Service]) -> Iterator[str]:
    """Serve on a free port of this machine; gives the URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()
