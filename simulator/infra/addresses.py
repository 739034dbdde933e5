"""Which network addresses are anybody's, and which are somebody's own: what an outgoing request may not reach."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

IpAddress = IPv4Address | IPv6Address
# Networks whose addresses carry an IPv4 address in their last 32 bits: NAT64, and the old "compatible" form.
_CARRY_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_OWN_NAT64 = IPv6Network("64:ff9b:1::/48")  # RFC 8215: where the IPv4 address is in it, its owner decides
_NUMBER = re.compile(r"0x[0-9a-f]*\Z|[0-9]+\Z")
_MAX_PARTS = 4
_MAX_IPV4 = 2**32
_SPECIAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "onion")


def is_public(address: IpAddress) -> bool:
    """Whether everybody on the Internet reaches the same machine there; IPv4 inside IPv6 counts as what it is."""
    if isinstance(address, IPv6Address):
        inner = _ipv4_inside(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address in _OWN_NAT64:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def read_host(host: str) -> IpAddress | None:
    """The address that a host in a URL is, in any form that browsers take for one (``127.1``, ``0x7f000001``)."""
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return _read_loose_ipv4(host.lower().removesuffix("."))


def is_special_name(host: str) -> bool:
    """Whether a name is never one of the public Internet: ``localhost``, a name without a dot, ``x.internal``."""
    name = host.lower().removesuffix(".")
    return "." not in name or any(name == special or name.endswith("." + special) for special in _SPECIAL_NAMES)


def _ipv4_inside(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _CARRY_IPV4):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _read_loose_ipv4(host: str) -> IPv4Address | None:
    """As the URL standard reads hosts that end in a number: one to four parts, decimal, octal or hexadecimal."""
    parts = host.split(".")
    if len(parts) > _MAX_PARTS or not all(_NUMBER.match(part) for part in parts):
        return None
    try:
        *first, last = (_read_number(part) for part in parts)
    except ValueError:
        return None
    if any(number > 0xFF for number in first) or last >= 256 ** (5 - len(parts)):  # noqa: PLR2004 - a byte
        return None
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(first))
    return IPv4Address(value) if value < _MAX_IPV4 else None


def _read_number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") and text != "0" else 10)
