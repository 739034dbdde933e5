"""What no well-behaved client sends, over a socket of its own."""

import contextlib
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.running import Wereld


def talk(wereld: Wereld, head: bytes, send: Callable[[socket.socket], None]) -> bytes:
    """Send the head, then what ``send`` sends until the other side has enough of it; answers what it said."""
    address = urlsplit(wereld.base)
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        answer = b""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it hung up; what did it say before?
            connection.sendall(head)
            send(connection)
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                answer += part
    return answer
