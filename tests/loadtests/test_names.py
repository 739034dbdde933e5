"""The name server of the rehearsal answers as a resolver expects it (RFC 1035)."""

import socket

from loadtests.bench.names import answer

ADDRESSES = ("10.77.0.4", "10.77.0.5")


def ask(name: str, kind: int) -> tuple[int, int, bytes]:
    """The response code, the number of answers, and all of it."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    query = b"\xab\xcd\x01\x00\x00\x01" + bytes(6) + labels + b"\x00" + kind.to_bytes(2, "big") + b"\x00\x01"
    said = answer(query, "simulator-node", ADDRESSES)
    assert said[:2] == query[:2]
    assert said[12 : len(query)] == query[12:]
    return said[3] & 15, int.from_bytes(said[6:8], "big"), said[len(query) :]


def test_all_addresses_of_the_name_are_given() -> None:
    code, number, records = ask("simulator-node", 1)
    assert (code, number) == (0, 2)
    assert [records[end - 4 : end] for end in (16, 32)] == [socket.inet_aton(each) for each in ADDRESSES]


def test_of_another_kind_there_is_none_and_another_name_is_nobody() -> None:
    assert ask("simulator-node", 28) == (0, 0, b"")
    assert ask("somebody.else", 1) == (3, 0, b"")
