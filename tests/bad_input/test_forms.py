"""Forms that are too large or never end: they are read before anybody knows who sends them."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
import requests

from simulator.infra.http import FORM
from tests.bad_input.sockets import talk
from tests.running import Wereld

MB = 1_000_000
PATHS = ("/digid/inloggen", "/instellingen", "/leveranciersportaal/aanmelden")


def _talk(wereld: Wereld, path: str, header: str, pieces: Iterator[bytes]) -> bytes:
    host = urlsplit(wereld.base).netloc
    head = (
        f"POST /omgevingen/{wereld.naam}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{header}\r\n\r\n"
    )

    def send(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return talk(wereld, head.encode(), send)


def _is_well(wereld: Wereld) -> bool:
    return requests.get(wereld.base + "/digid/inloggen", timeout=30).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_says_it_is_200_mb_is_refused_before_it_is_sent(wereld: Wereld, path: str) -> None:
    answer = _talk(wereld, path, f"Content-Length: {200 * MB}", iter(()))
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert b"<h1>Het verzoek is te groot</h1>" in answer
    assert b"SIM-omvang" in answer
    assert _is_well(wereld)


def test_a_form_in_pieces_without_end_is_refused_and_not_kept(wereld: Wereld) -> None:
    piece = f"{MB:x}\r\n".encode() + b"a=&&" * (MB // 4) + b"\r\n"
    before = wereld.simulator.memory()
    answer = _talk(wereld, "/digid/inloggen", "Transfer-Encoding: chunked", (piece for _ in range(200)))
    assert not answer or answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert _is_well(wereld)
    assert wereld.simulator.memory() - before < 100 * MB


def test_a_form_in_pieces_is_refused_from_the_size_at_which_it_would_be_cut(wereld: Wereld) -> None:
    def send(size: int) -> requests.Response:
        return requests.post(wereld.base + "/digid/inloggen", data=iter((b"a" * size,)), timeout=30)

    assert [send(size).status_code for size in (FORM - 1, FORM)] == [400, 413]


def test_a_small_form_in_pieces_is_taken(wereld: Wereld) -> None:
    with requests.Session() as session:
        page = session.get(wereld.base + "/digid/inloggen", timeout=30).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        form = urlencode({"csrf_token": token[1], "persona": "actief", "niveau": "basis"}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        pieces = iter((form[:10], form[10:]))
        answer = session.post(
            wereld.base + "/digid/inloggen", data=pieces, headers=headers, allow_redirects=False, timeout=30
        )
        assert answer.status_code == 303
