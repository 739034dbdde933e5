"""A name server for one name, as Docker's own answers for a service with several containers: all their addresses."""

import socket
import struct
import sys
from collections.abc import Sequence

_HEADER = struct.Struct(">HHHHHH")
_A = 1


def answer(query: bytes, name: str, addresses: Sequence[str]) -> bytes:
    """What to say to a question (RFC 1035): the addresses, or that there are none of that kind or by that name."""
    number = _HEADER.unpack_from(query)[0]
    asked, end = _read_name(query)
    question = query[_HEADER.size : end + 4]
    kind = struct.unpack_from(">H", query, end)[0]
    found = [socket.inet_aton(each) for each in addresses] if asked == name and kind == _A else []
    flags = 0x8580 if asked == name else 0x8583  # an answer with authority, or no such name
    records = b"".join(struct.pack(">HHHLH", 0xC00C, _A, 1, 1, 4) + each for each in found)
    return _HEADER.pack(number, flags, 1, len(found), 0, 0) + question + records


def _read_name(query: bytes) -> tuple[str, int]:
    labels, place = [], _HEADER.size
    while length := query[place]:
        labels.append(query[place + 1 : place + 1 + length].decode())
        place += length + 1
    return ".".join(labels), place + 1


def serve(address: str, port: int, name: str, addresses: Sequence[str]) -> None:
    """Answer until somebody ends it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind((address, port))
        while True:
            query, sender = door.recvfrom(512)
            door.sendto(answer(query, name, addresses), sender)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:])
