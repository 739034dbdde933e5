"""A live source to begin with: it registers itself with a simulator, and answers what a citizen is shown.

    python docs/examples/bron.py --token TOKEN

Then log in and open Persoonlijke gegevens, Onderwijs. Standard library only; Ctrl-C stops it and takes the source back.
"""

import argparse
import json
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
BRON = "/api/persoonlijke-gegevens/v1/bronnen/voorbeeld"
DIPLOMA = [
    {"type": "tekst", "label": "Opleiding", "waarde": "Wiskunde B"},
    {"type": "datum", "label": "Behaald op", "waarde": "2009-06-25"},
]


class Bron(BaseHTTPRequestHandler):
    """Answers a question about one person: the BSN is in the body, never in the address."""

    def do_POST(self) -> None:
        """Say what this organisation registered; here the same about everybody."""
        vraag = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        print(f"asked about {vraag['categorie']}, in trace {self.headers['traceparent']}", flush=True)  # noqa: T201 - for who tries this
        content = json.dumps({"peildatum": "2026-01-01", "groepen": [{"titel": "Diploma", "velden": DIPLOMA}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """One line a question is enough."""


def send(method: str, url: str, headers: dict[str, str], body: Any = None) -> None:
    """One request to the simulator."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers}, method=method)  # noqa: S310 - given by who starts this
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()


def read_arguments() -> argparse.Namespace:
    """Where the simulator is, and as whom to register."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the simulator")
    parser.add_argument("--omgeving", default="standaard")
    parser.add_argument("--key", default="demo-belastingen", help="API key of the Afnemer")
    parser.add_argument("--token", help="of the control API; without it: read from data/admin-token")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    return parser.parse_args()


def main() -> None:
    """Listen, register, and answer until somebody presses Ctrl-C."""
    given = read_arguments()
    token = given.token or Path("data", "admin-token").read_text("utf-8").strip()
    afnemer = {"X-API-Key": given.key, "X-Simulator-Omgeving": given.omgeving}
    beheer = {"Authorization": f"Bearer {token}", "X-Simulator-Omgeving": given.omgeving}
    with ThreadingHTTPServer((HOST, given.port), Bron) as server:
        # A source is at https:// and not inside a network, unless the omgeving allows the host by name.
        send("PATCH", f"{given.url}/__admin/v1/instellingen", beheer, {"bronnenToegestaan": [HOST]})
        url = f"http://{HOST}:{server.server_address[1]}/"
        bron = {"titel": "Diplomaregister", "categorie": "onderwijs", "url": url, "bewarenSeconden": 60}
        send("PUT", given.url + BRON, afnemer, bron)
        print(f"answers on {url}; see {given.url}/persoonlijke-gegevens/onderwijs", flush=True)  # noqa: T201 - as above
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            send("DELETE", given.url + BRON, afnemer)


if __name__ == "__main__":
    main()
