"""The way out: which address is connected to, who proves to be there, for how long, and how much comes in."""

import contextlib
import gzip
import socket
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from simulator.infra.clock import stopwatch
from simulator.infra.http_client import Outbound, Request, read_url
from simulator.infra.outbound import Failure, Limits, OutboundFailed, Target, is_pem
from tests.weblinks import website as web
from tests.weblinks.certificates import authority
from tests.weblinks.website import HOST, Connection, Website, website

HEAD, GET, POST = Request("HEAD"), Request(), Request("POST")


def answers(*addresses: str) -> Sequence[Any]:
    """What a resolver says of a name with these addresses."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]


def failure_of(outbound: Outbound, target: Target) -> Failure:
    with pytest.raises(OutboundFailed) as caught:
        outbound.ask(HEAD, target, authority().pem)
    return caught.value.failure


def fetch_failure(outbound: Outbound, target: Target, request: Request = GET) -> Failure:
    with pytest.raises(OutboundFailed) as caught:
        outbound.fetch(request, target, authority().pem)
    return caught.value.failure


def target_of(site: Website, path: str = "/", *, secure: bool = True) -> Target:
    return Target(HOST, path, site.port, secure=secure, internal=True, place=("127.0.0.1", None))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1:2::808:808]",
     "[2002:7f00:1::]", "localhost", "2130706433", "127.1"],
)  # fmt: skip
def test_an_address_that_is_not_on_the_internet_is_refused(host: str) -> None:
    assert fetch_failure(Outbound(), read_url(f"https://{host}/"), POST) is Failure.ADDRESS_INTERNAL


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("93.184.216.34", "10.0.0.1"), ("::ffff:10.0.0.1",), ("fe80::1%eth0",)],
)
def test_a_name_with_an_internal_address_is_not_connected_to(addresses: tuple[str, ...]) -> None:
    with website() as site:
        outbound = Outbound(lookup=lambda _host, _port: answers(*addresses))
        assert failure_of(outbound, Target(HOST, port=site.port)) is Failure.ADDRESS_INTERNAL
        assert site.connections == 0


def test_what_dns_says_after_the_check_changes_nothing() -> None:
    """DNS rebinding: the name is resolved once, and the connection goes to the address that was judged."""
    said: list[str] = []

    def rebind(_host: str, _port: int) -> Sequence[Any]:
        said.append("127.0.0.2" if said else "127.0.0.1")
        return answers(said[-1])

    with website() as checked, website(address="127.0.0.2", port=checked.port) as other:
        outbound = Outbound(lookup=rebind)
        for _ in range(3):
            answer = outbound.ask(HEAD, Target(HOST, port=checked.port, internal=True), authority().pem)
            assert answer.status == 200
    assert (checked.connections, other.connections, said) == (3, 0, ["127.0.0.1"])


def test_the_next_address_is_tried_when_the_first_takes_no_connection() -> None:
    with website() as site:
        outbound = Outbound(lookup=lambda _host, _port: answers("::1", "127.0.0.1"))
        target = Target(HOST, port=site.port, internal=True)
        assert outbound.ask(HEAD, target, authority().pem).status == 200


def test_a_resolver_that_does_not_answer_costs_no_more_than_the_time_there_is() -> None:
    never = threading.Event()

    def hang(_host: str, _port: int) -> Sequence[Any]:
        never.wait(5)
        return ()

    started = stopwatch()
    assert failure_of(Outbound(Limits(0.1), lookup=hang), Target(HOST)) is Failure.NAME_UNKNOWN
    assert stopwatch() - started < 1
    never.set()


def test_a_name_that_is_not_there_is_unknown() -> None:
    def refuse(_host: str, _port: int) -> Sequence[Any]:
        raise socket.gaierror

    assert failure_of(Outbound(lookup=refuse), Target(HOST)) is Failure.NAME_UNKNOWN


def test_a_server_that_takes_the_connection_and_says_nothing_is_too_slow() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = Target(HOST, port=listener.getsockname()[1], internal=True, place=("127.0.0.1", None))
        assert failure_of(Outbound(Limits(0.1)), target) is Failure.TOO_SLOW


def test_what_is_allowed_by_name_may_be_here_and_without_tls() -> None:
    target = read_url("http://127.0.0.1:8000/", {"127.0.0.1"})
    assert target == Target("127.0.0.1", "/", 8000, secure=False, internal=True)


@pytest.mark.parametrize(
    "url",
    ["http://93.184.216.34/", "ftp://127.0.0.1/", "https://jan@voorbeeld.nl/", "https:///pad", "https://[::1/",
     "https://voorbeeld.nl:99999/"],
)  # fmt: skip
def test_an_url_that_is_not_https_to_a_host_is_never_asked(url: str) -> None:
    with pytest.raises(OutboundFailed) as refused:
        read_url(url, {"127.0.0.1"})
    assert refused.value.failure is Failure.NOT_ALLOWED


def test_tls_is_that_of_the_name_while_the_connection_goes_to_the_address() -> None:
    with website(host="bron.example") as site:
        outbound = Outbound(lookup=lambda _host, _port: answers("127.0.0.1"))
        good, other = (Target(host, port=site.port, internal=True) for host in ("bron.example", "ander.example"))
        assert outbound.fetch(POST, good, authority().pem).status == 200
        assert fetch_failure(outbound, other, POST) is Failure.CERTIFICATE_OF_ANOTHER
        assert failure_of(outbound, other) is Failure.CERTIFICATE_OF_ANOTHER
        with pytest.raises(OutboundFailed) as caught:
            outbound.fetch(POST, good)
        assert caught.value.failure is Failure.CERTIFICATE_UNTRUSTED
        assert [each.headers["host"] for each in site.requests] == [f"bron.example:{site.port}"]


def test_nothing_is_followed_by_itself() -> None:
    with website() as site:
        site.pages = {"/": "https://169.254.169.254/latest"}
        answer = Outbound().fetch(GET, target_of(site), authority().pem)
        assert (answer.status, answer.location, answer.content) == (302, "https://169.254.169.254/latest", b"")
        assert site.connections == 1


@pytest.mark.parametrize("page", [web.hang, web.drip, web.drip_body])
def test_one_deadline_holds_for_a_server_that_drips(page: web.Page) -> None:
    with website() as site:
        site.pages = {"/": page}
        started = stopwatch()
        assert fetch_failure(Outbound(Limits(0.3)), target_of(site)) is Failure.TOO_SLOW
        assert stopwatch() - started < 10


def test_one_deadline_holds_while_the_handshake_drips() -> None:
    closing = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            visitor, _ = listener.accept()
            with visitor, contextlib.suppress(OSError):
                visitor.sendall(b"\x16\x03\x03\x40\x00")  # the head of a record of 16 kB
                while not closing.wait(0.02):
                    visitor.sendall(b"\x00")

        thread = threading.Thread(target=serve)
        thread.start()
        site = Website(listener.getsockname()[1])
        try:
            assert fetch_failure(Outbound(Limits(0.2)), target_of(site)) is Failure.TOO_SLOW
        finally:
            closing.set()
            thread.join(5)


def test_one_deadline_holds_while_nobody_reads_what_is_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        target = target_of(Website(deaf.getsockname()[1]), secure=False)
        request = Request("POST", body=b" " * 50_000_000)
        assert fetch_failure(Outbound(Limits(0.2)), target, request) is Failure.TOO_SLOW


def test_of_a_body_no_more_than_the_limit_is_kept() -> None:
    with website() as site:
        site.pages = {"/": lambda connection, _request: connection.answer(200, body="x" * 1000), "/endless": _pour}
        outbound = Outbound(Limits(10, 1000))
        assert len(outbound.fetch(GET, target_of(site), authority().pem).content) == 1000
        assert fetch_failure(Outbound(Limits(10, 999)), target_of(site)) is Failure.ENDLESS
        assert fetch_failure(outbound, target_of(site, path="/endless")) is Failure.ENDLESS


def _pour(connection: Connection, _request: web.Request) -> None:
    connection.send("HTTP/1.1 200 Zo\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not connection.closing.is_set():
        connection.send("1000\r\n" + "x" * 4096 + "\r\n")


@pytest.mark.parametrize(("size", "failure"), [("-5", Failure.NO_HTTP), ("-1", Failure.ENDLESS)])
def test_a_chunk_of_less_than_nothing_is_no_way_past_the_limit(size: str, failure: Failure) -> None:
    def page(connection: Connection, _request: web.Request) -> None:
        connection.send(f"HTTP/1.1 200 Zo\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n")
        while not connection.closing.is_set():
            connection.send("x" * 4096)

    with website() as site:
        site.pages = {"/": page}
        assert fetch_failure(Outbound(Limits(10, 1000)), target_of(site)) is failure


def test_what_is_compressed_unasked_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 10_000_000)

    def page(connection: Connection, request: web.Request) -> None:
        assert request.headers["accept-encoding"] == "identity"
        connection.answer(200, "Content-Encoding: gzip", body=bomb.decode("latin-1"))

    with website() as site:
        site.pages = {"/": page}
        assert Outbound(Limits(10, 100_000)).fetch(GET, target_of(site), authority().pem).content == bomb


def test_a_body_that_is_cut_off_is_not_taken_for_a_whole() -> None:
    with website() as site:
        site.pages = {"/": web.cut_off}
        assert fetch_failure(Outbound(), target_of(site)) is Failure.BROKEN_OFF


@pytest.mark.parametrize(
    ("path", "headers"), [("/ HTTP/1.1\r\nX: y", {}), ("/caf\xe9", {}), ("/", {"X-API-Key": "geheim\r\nX: y"})]
)
def test_nobody_puts_a_second_request_or_header_into_ours(path: str, headers: dict[str, str]) -> None:
    with website() as site:
        failure = fetch_failure(Outbound(), target_of(site, path=path), Request(headers=headers))
        assert (failure, site.requests) == (Failure.NOT_ALLOWED, [])


def test_authorities_are_certificates_in_pem_or_nothing() -> None:
    assert is_pem("")
    assert is_pem(authority().pem)
    assert not is_pem("geen certificaat")
    assert not is_pem("géén certificaat")
    assert not is_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
