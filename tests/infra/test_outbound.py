"""The way out, as far as weblinks do not show it: which address is connected to."""

import socket
from collections.abc import Sequence
from typing import Any

import pytest

from simulator.infra.clock import stopwatch
from simulator.infra.outbound import Failure, Limits, Outbound, OutboundFailed, Target, is_pem
from tests.weblinks.certificates import authority
from tests.weblinks.website import HOST, website


def answers(*addresses: str) -> Sequence[Any]:
    """What a resolver says of a name with these addresses."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]


def failure_of(outbound: Outbound, target: Target) -> Failure:
    with pytest.raises(OutboundFailed) as caught:
        outbound.ask("HEAD", target, authority().pem)
    return caught.value.failure


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("::ffff:10.0.0.1",), ("fe80::1%eth0",)]
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
            answer = outbound.ask("HEAD", Target(HOST, port=checked.port, internal=True), authority().pem)
            assert answer.status == 200
    assert (checked.connections, other.connections, said) == (3, 0, ["127.0.0.1"])


def test_the_next_address_is_tried_when_the_first_takes_no_connection() -> None:
    with website() as site:
        outbound = Outbound(lookup=lambda _host, _port: answers("::1", "127.0.0.1"))
        target = Target(HOST, port=site.port, internal=True)
        assert outbound.ask("HEAD", target, authority().pem).status == 200


def test_a_resolver_that_does_not_answer_costs_no_more_than_the_time_there_is() -> None:
    import threading

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


def test_authorities_are_certificates_in_pem_or_nothing() -> None:
    assert is_pem("")
    assert is_pem(authority().pem)
    assert not is_pem("geen certificaat")
    assert not is_pem("géén certificaat")
    assert not is_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
