"""A web server for ``loadtests/weblinks``, in a process of its own: many names, and a few pages of each misbehaviour.

It prints its port and the certificate of its authority as a line of JSON, and serves until its input ends.
"""

import asyncio
import contextlib
import json
import sys

from tests.weblinks.certificates import authority

SUFFIX = "voorbeeldstad.example"
KINDS = {"moved": range(93, 96), "gone": range(96, 98), "hangs": range(98, 99), "resets": range(99, 100)}
"""Of a hundred pages which are what; the others are fine."""
_HANG = 60.0


def name_host(number: int) -> str:
    """One of the names of this server."""
    return f"site-{number}.{SUFFIX}"


def kind_of(page: int) -> str:
    """What is the matter with a page."""
    return next((kind for kind, part in KINDS.items() if page % 100 in part), "fine")


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One visitor, one page."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
        head = await reader.readuntil(b"\r\n\r\n")
        page = head.split(b" ", 2)[1].rpartition(b"/")[2]
        kind = kind_of(int(page)) if page.isdigit() else "fine"
        if kind == "resets":
            writer.transport.abort()
            return
        if kind == "hangs":
            await asyncio.sleep(_HANG)
        status = {"moved": b"302 Found\r\nLocation: /login", "gone": b"404 Not Found"}.get(kind, b"200 OK")
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


async def main(hosts: int) -> None:
    """Serve until standard input ends."""
    context = authority().context([name_host(number) for number in range(hosts)])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, backlog=1024)
    async with server:
        print(json.dumps({"port": server.sockets[0].getsockname()[1], "authority": authority().pem}), flush=True)  # noqa: T201 - its one answer
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
