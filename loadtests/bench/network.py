"""Several machines made of one: namespaces with a network address each, or, without the right, loopback addresses."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BLOCK = os.getpid() % 250
"""Two rehearsals at once have different networks."""


@dataclass(frozen=True)
class Machine:
    """A place with an address of its own; ``within`` is the command to start something there by."""

    name: str
    address: str
    within: tuple[str, ...] = ()

    def start(self, *command: str, **options: object) -> "subprocess.Popen[str]":
        return subprocess.Popen([*self.within, *command], text=True, **options)  # type: ignore[call-overload,no-any-return] # passed on as they are


@contextlib.contextmanager
def machines(names: Sequence[str]) -> Iterator[dict[str, Machine]]:
    """One for each name, by name; gone afterwards."""
    if not may_make_namespaces():
        yield {name: Machine(name, f"127.77.{_BLOCK}.{number}") for number, name in enumerate(names, 2)}
        return
    bridge, made = f"mosim{os.getpid()}", {}
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("address", "add", f"10.77.{_BLOCK}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for number, name in enumerate(names, 2):
            space = f"{bridge}-{name}"
            _ip("netns", "add", space)
            made[name] = Machine(name, f"10.77.{_BLOCK}.{number}", ("ip", "netns", "exec", space))
            _plug_in(bridge, space, number)
        yield made
    finally:
        for name in made:
            _ip("netns", "delete", f"{bridge}-{name}", check=False)
        _ip("link", "delete", bridge, check=False)


def may_make_namespaces() -> bool:
    """Whether this user may, on this system."""
    if shutil.which("ip") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    probe = f"mosim{os.getpid()}-probe"
    allowed = _ip("netns", "add", probe, check=False) and _ip("link", "add", probe[:15], "type", "bridge", check=False)
    _ip("link", "delete", probe[:15], check=False)
    _ip("netns", "delete", probe, check=False)
    return allowed


def _plug_in(bridge: str, space: str, number: int) -> None:
    """A cable from the namespace to the bridge, with an address at its end."""
    cable = f"{bridge}v{number}"[:15]
    _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
    _ip("link", "set", cable, "master", bridge, "up")
    _ip("-n", space, "address", "add", f"10.77.{_BLOCK}.{number}/24", "dev", "eth0")
    for device in ("lo", "eth0"):
        _ip("-n", space, "link", "set", device, "up")


def _ip(*words: str, check: bool = True) -> bool:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")
    return done.returncode == 0
