"""Bodies that are too large, lie about it or never end, on real sockets; and many who want one name at once."""

import json
import socket
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.bad_input.sockets import talk
from tests.berichtenbox.documents import (
    aanlevering_json,
    batch_xml,
    bericht_json,
    bericht_xml,
    bijlage_json,
    bijlage_xml,
    guid,
)
from tests.journeys.actors import Afnemer
from tests.running import Wereld, running_simulator

MB = 1_000_000
KEY = {"X-API-Key": "demo-voorbeeldstad"}
BERICHTEN, BATCHES = "/api/berichtenbox/v1/berichten", "/api/berichtenbox/v1/batches"
PATHS = (
    (BERICHTEN, "application/json"),
    (BATCHES, "application/xml"),
    ("/api/berichtenbox/v1/abonnementen/_valideren", "application/json"),
)


def _head(wereld: Wereld, path: str, **headers: str) -> bytes:
    sent = {"Host": urlsplit(wereld.base).netloc, **KEY, "X-Message-ID": guid(), "Connection": "close", **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in sent.items())
    return f"POST /omgevingen/{wereld.naam}{path} HTTP/1.1\r\n{lines}\r\n".encode()


def _is_well(wereld: Wereld) -> bool:
    return wereld.afnemer("GET", "/api/berichtenbox/v1/berichttypes").status_code == 200 and Afnemer(wereld).used() == 0


@pytest.mark.parametrize(("path", "kind"), PATHS)
def test_a_body_that_says_it_is_200_mb_is_refused_before_it_is_sent(wereld: Wereld, path: str, kind: str) -> None:
    head = _head(wereld, path, Content_Type=kind, Content_Length=str(200 * MB))
    answer = talk(wereld, head, lambda _: None)
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert b'"regel"' in answer
    assert _is_well(wereld)


@pytest.mark.parametrize(("path", "kind"), PATHS)
def test_200_mb_in_pieces_that_never_said_how_much_are_refused_and_not_kept(
    wereld: Wereld, path: str, kind: str
) -> None:
    head = _head(wereld, path, Content_Type=kind, Transfer_Encoding="chunked")
    piece = f"{MB:x}\r\n".encode() + b" " * MB + b"\r\n"

    def send(connection: socket.socket) -> None:
        for _ in range(200):
            connection.sendall(piece)
        connection.sendall(b"0\r\n\r\n")

    before = wereld.simulator.memory()
    answer = talk(wereld, head, send)
    assert not answer or answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert _is_well(wereld)
    assert wereld.simulator.memory() - before < 250 * MB


@pytest.mark.parametrize("length", ["-1", "x", "1e3", "99999999999999999999", "10, 10"])
def test_a_length_that_is_no_number_is_refused_by_the_server(wereld: Wereld, length: str) -> None:
    head = _head(wereld, BERICHTEN, Content_Type="application/json", Content_Length=length)
    answer = talk(wereld, head, lambda connection: connection.sendall(b"{}"))
    assert not answer or answer[9:10] == b"4", answer[:200]
    assert _is_well(wereld)


@pytest.mark.parametrize(("path", "kind"), [(BERICHTEN, "application/json"), (BATCHES, "application/xml")])
def test_a_body_that_stops_half_way_stores_nothing(wereld: Wereld, path: str, kind: str) -> None:
    body = requests.Request("POST", "http://x", json=aanlevering_json()).prepare().body or b""
    head = _head(wereld, path, Content_Type=kind, Content_Length=str(len(body) + 100))

    def send(connection: socket.socket) -> None:
        connection.sendall(body if isinstance(body, bytes) else body.encode())
        connection.shutdown(socket.SHUT_WR)

    answer = talk(wereld, head, send)
    assert not answer or answer[9:10] == b"4", answer[:200]
    assert _is_well(wereld)


def test_a_length_that_is_too_short_cuts_the_document_and_stores_nothing(wereld: Wereld) -> None:
    body = requests.Request("POST", "http://x", json=aanlevering_json()).prepare().body or b""
    head = _head(wereld, BERICHTEN, Content_Type="application/json", Content_Length=str(len(body) - 10))
    answer = talk(
        wereld, head, lambda connection: connection.sendall(body if isinstance(body, bytes) else body.encode())
    )
    assert answer.startswith(b"HTTP/1.1 400"), answer[:200]
    assert _is_well(wereld)


def test_a_batch_of_just_within_100_mb_is_taken_and_one_byte_more_is_not(wereld: Wereld) -> None:
    batch_id = guid()
    bijlage = bijlage_xml(Inhoud="JVBERi0x" * 80_000)
    document = batch_xml(batch_id, *(bericht_xml(batch_id, [bijlage]) for _ in range(155)))
    document += b" " * (100 * MB - len(document))
    assert len(document) == 100 * MB
    headers = {"Content-Type": "application/xml"}
    before = wereld.simulator.begin_peak()
    assert wereld.afnemer("POST", BATCHES, data=document, headers=headers).status_code == 202
    assert wereld.simulator.peak() - before < 3 * len(document)
    assert Afnemer(wereld).used() == 155
    more = wereld.afnemer("POST", BATCHES, data=document + b" ", headers=headers)
    assert (more.status_code, more.json()["regel"]["id"]) == (413, "BB-omvang")
    assert Afnemer(wereld).used() == 155


def test_100_mb_of_json_are_taken_and_never_three_times_in_memory(wereld: Wereld) -> None:
    bijlage = bijlage_json(Inhoud="JVBERi0x" * 80_000)
    berichten = [bericht_json(Bijlagen=[bijlage]) for _ in range(150)]
    document = json.dumps(aanlevering_json(*berichten)).encode()
    document += b" " * (100 * MB - len(document))
    headers = {"Content-Type": "application/json", "X-Message-ID": guid()}
    before = wereld.simulator.begin_peak()
    assert wereld.afnemer("POST", BERICHTEN, data=document, headers=headers).status_code == 201
    assert wereld.simulator.peak() - before < 3 * len(document)
    assert Afnemer(wereld).used() == 150


def test_a_large_body_waits_for_room_while_small_ones_pass_and_too_many_are_sent_away(tmp_path: Path) -> None:
    """Room for one, and four threads, so at most two large ones: one inside, one waiting."""
    batch_id = guid()
    document = batch_xml(batch_id, bericht_xml(batch_id)) + b" " * 20 * MB
    headers = {"Content-Type": "application/xml"}
    with (
        running_simulator(tmp_path, "--large-bodies", "2", "--threads", "4") as simulator,
        ThreadPoolExecutor(2) as pool,
    ):
        wereld = Wereld(simulator, "standaard")
        head = _head(wereld, BATCHES, Content_Type="application/xml", Content_Length=str(len(document)))
        address = urlsplit(simulator.base)
        with socket.create_connection((address.hostname, address.port), timeout=60) as slow:
            slow.sendall(head + document[:-1])  # more than fits in any buffer, so now it is inside
            others = [pool.submit(wereld.afnemer, "POST", BATCHES, data=document, headers=headers) for _ in range(2)]
            sent_away, waiting = wait(others, timeout=60, return_when=FIRST_COMPLETED)
            refused = sent_away.pop().result()
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
            assert refused.json()["type"].endswith(":te-veel-grote-verzoeken")
            assert Afnemer(wereld).deliver()[0]["VerwerkingsCode"] == "Verwerkt"
            assert not waiting.copy().pop().done()
            slow.sendall(document[-1:])
            assert slow.recv(65_536).startswith(b"HTTP/1.1 202")
        assert waiting.pop().result().status_code == 202
        assert Afnemer(wereld).used() == 2


def test_headers_without_end_are_refused_and_the_simulator_goes_on(wereld: Wereld) -> None:
    head = _head(wereld, BERICHTEN, Content_Type="application/json", X_Lang="x" * MB)
    answer = talk(wereld, head, lambda _: None)
    assert not answer or answer[9:10] == b"4", answer[:200]
    assert _is_well(wereld)


def test_of_twenty_who_make_one_omgeving_at_once_one_succeeds(wereld: Wereld) -> None:
    simulator, naam = wereld.simulator, f"{wereld.naam}-samen"

    def create(_: int) -> tuple[int, str]:
        answer = simulator.control("POST", "/omgevingen", json={"naam": naam})
        return answer.status_code, answer.json().get("regel", {}).get("id", "")

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(create, range(20)))
        assert answers == [(201, "")] + [(409, "SIM-omgeving-uniek")] * 19
        assert Afnemer(Wereld(simulator, naam)).deliver()[0]["VerwerkingsCode"] == "Verwerkt"
        dropped = sorted(pool.map(lambda _: simulator.control("DELETE", f"/omgevingen/{naam}").status_code, range(20)))
    assert dropped.count(204) >= 1
    assert set(dropped) <= {204, 404}
    names = [each["naam"] for each in simulator.control("GET", "/omgevingen").json()["omgevingen"]]
    assert naam not in names
