from ipaddress import ip_address

import pytest

from simulator.infra.addresses import is_public, is_special_name, read_host


@pytest.mark.parametrize("text", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_that_everybody_reaches_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "fec0::1",
        "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "64:ff9b:1:2::808:808",
        "2002:a00:1::", "2001:db8::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)  # fmt: skip
def test_an_address_of_somebody_is_not_however_it_is_wrapped(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0x7F000001", "127.0.0.1"),
        ("017700000001", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("1.2.256", "1.2.1.0"),
        ("[::1]", "::1"), ("::1", "::1"), ("0", "0.0.0.0"),
    ],
)  # fmt: skip
def test_a_host_that_browsers_take_for_an_address_is_one(host: str, address: str) -> None:
    assert str(read_host(host)) == address


@pytest.mark.parametrize(
    "host", ["voorbeeld.nl", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "4294967296", "08.1", "a1", "", "."]
)
def test_any_other_host_is_a_name(host: str) -> None:
    assert read_host(host) is None


def test_some_names_are_never_of_the_internet() -> None:
    assert all(map(is_special_name, ("localhost", "a.localhost", "intranet", "x.internal", "printer.local.", "")))
    assert not any(map(is_special_name, ("voorbeeld.nl", "localhost.nl", "internal.example")))
