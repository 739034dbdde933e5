import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from simulator.infra.outbound_post import Grenzen, OutboundFailed, Reden, _Pinned, find_address, post
from tests.persoonlijke_gegevens.bronserver import Bronserver, running_bronserver

HERE = frozenset({"127.0.0.1", "localhost"})


@pytest.fixture
def server() -> Iterator[Bronserver]:
    with running_bronserver() as running:
        yield running


def ask(url: str, allowed: frozenset[str] = HERE, seconds: float = 5) -> bytes:
    return post(url, b"{}", {"Content-Type": "application/json"}, Grenzen(seconds, allowed_hosts=allowed))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "localhost",
     "2130706433", "127.1"],
)  # fmt: skip
def test_an_address_that_is_not_on_the_internet_is_refused(host: str) -> None:
    with pytest.raises(OutboundFailed) as refused:
        find_address(f"https://{host}/")
    assert refused.value.reden is Reden.ADRES


def test_what_is_allowed_by_name_may_be_here_and_without_tls() -> None:
    assert find_address("http://127.0.0.1:8000/", HERE) == "127.0.0.1"
    with pytest.raises(OutboundFailed):
        find_address("http://93.184.216.34/", HERE)


def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_host: str, port: int, **_kwargs: object) -> list[object]:
        return [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(OutboundFailed):
        find_address("https://bron.example/")


def test_the_address_that_was_checked_is_called_and_the_name_is_in_the_host_header(server: Bronserver) -> None:
    assert b"Wiskunde" in ask(server.url(host="localhost"))
    assert server.asked[0]["headers"]["Host"] == f"localhost:{server.server_address[1]}"


@pytest.mark.parametrize(
    ("path", "reden"),
    [
        ("/groot", Reden.TE_GROOT),
        ("/fout", Reden.STATUS),
        ("/rond", Reden.DOORVERWEZEN),
        ("/elders", Reden.DOORVERWEZEN),
    ],
)
def test_each_misbehaviour_has_its_reason(server: Bronserver, path: str, reden: Reden) -> None:
    with pytest.raises(OutboundFailed) as refused:
        ask(server.url(path))
    assert refused.value.reden is reden


@pytest.mark.parametrize("path", ["/hangt", "/druppelt"])
def test_time_is_limited_in_all_and_not_per_piece(server: Bronserver, path: str) -> None:
    with pytest.raises(OutboundFailed) as refused:
        ask(server.url(path), seconds=0.1)
    assert refused.value.reden is Reden.TE_LAAT


def test_a_certificate_is_asked_for_by_name(server: Bronserver) -> None:
    with pytest.raises(OutboundFailed) as refused:
        ask(server.url(host="localhost").replace("http://", "https://"))
    assert refused.value.reden is Reden.ONBEREIKBAAR


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_tls_is_that_of_the_name_while_the_connection_goes_to_the_address(server: Bronserver, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=bron.example", "-addext", "subjectAltName=DNS:bron.example"], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    for naam in ("bron.example", "ander.example"):
        with requests.Session() as session:
            session.trust_env, session.verify = False, str(certificate)
            session.mount("https://", _Pinned("127.0.0.1"))
            url = f"https://{naam}:{server.server_address[1]}/goed"
            if naam == "bron.example":
                assert session.post(url, data=b"{}", headers={"Host": naam}, timeout=5).status_code == 200
            else:
                with pytest.raises(requests.exceptions.SSLError, match="doesn't match"):
                    session.post(url, data=b"{}", headers={"Host": naam}, timeout=5)
