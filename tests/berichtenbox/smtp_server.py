"""A mail server of a few lines on a real socket, so that sending is tested as it happens."""

import socketserver
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 simulator")
        for line in self.rfile:
            verb = line.strip().upper()[:4]
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            elif verb == b"RCPT" and any(each in line.decode() for each in cast("_Server", self.server).refused):
                self._say("550 nobody of that name")
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        cast("_Server", self.server).taken.append(message)
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refused: Collection[str]) -> None:
        self.taken: list[EmailMessage] = []
        self.refused = refused
        super().__init__(("127.0.0.1", 0), _Session)


@contextmanager
def mail_server(refused: Collection[str] = ()) -> Iterator[tuple[str, list[EmailMessage]]]:
    """Its URL, and the messages it takes in; it knows nobody at the addresses that are ``refused``."""
    with _Server(refused) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}", server.taken
        server.shutdown()
