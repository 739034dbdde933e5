"""Names of hosts: their one written form, and which names people take for each other."""

import re
import unicodedata
from collections.abc import Iterable

MAX_NAAM = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_ACE = "xn--"
# Letters that look like others: Cyrillic, Greek, Armenian, and the digits that stand for letters in made-up names.
_LOOKS_LIKE = str.maketrans(
    {
        other: plain
        for plain, others in {
            "a": "аα", "b": "ьв", "c": "сϲ", "d": "ԁđ", "e": "еε", "g": "ɡց", "h": "һհħ", "i": "іιı", "j": "јϳ",
            "k": "кκ", "l": "ӏł1|", "m": "м", "n": "пηո", "o": "оοσօ0ø", "p": "рρ", "q": "ԛգ", "r": "гր", "s": "ѕ",
            "t": "тτ", "u": "υսц", "v": "ѵν", "w": "ԝωա", "x": "хχ", "y": "уγ", "z": "ᴢ",
        }.items()
        for other in others
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


class HostnaamOnleesbaar(ValueError):  # noqa: N818 - a reason, told by the rule that asked
    """The text is no name of a host."""


def read_hostnaam(text: str) -> str:
    """The name in the form in which it travels: small ASCII letters, punycode where needed, no dot at the end.

    Raises ``HostnaamOnleesbaar``.
    """
    name = text.strip().lower().removesuffix(".")
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
        show_hostnaam(name)
    except UnicodeError as error:
        raise HostnaamOnleesbaar(text[:60]) from error
    if len(name) > MAX_NAAM or not all(_LABEL.match(label) for label in name.split(".")):
        raise HostnaamOnleesbaar(text[:60])
    return name


def show_hostnaam(naam: str) -> str:
    """The name as people read it: ``xn--sdwest-pya.nl`` becomes ``súdwest.nl``; raises ``UnicodeError``."""
    if _ACE not in naam:
        return naam
    # The codec of the standard library decodes any label; only one that comes out the same again is well-formed.
    shown = naam.encode("ascii").decode("idna")
    if shown.encode("idna").decode("ascii") != naam:
        raise UnicodeError(naam)
    return shown


def is_within(naam: str, domeinen: Iterable[str]) -> bool:
    """Whether the name is one of the domains, or lies below one."""
    return any(naam == domein or naam.endswith("." + domein) for domein in domeinen)


def has_mixed_scripts(naam: str) -> bool:
    """Whether a label of the name has letters of another script than Latin: Dutch organisations have none."""
    return any(not _is_latin(letter) for letter in show_hostnaam(naam))


def find_look_alike(naam: str, domeinen: Iterable[str]) -> str | None:
    """The domain that people would read in this name although it is not within it; ``None`` if none."""
    seen = _skeleton(show_hostnaam(naam))
    for domein in domeinen:
        skeleton = _skeleton(show_hostnaam(domein))
        if (seen == skeleton or seen.endswith("." + skeleton)) and not is_within(naam, (domein,)):
            return domein
    return None


def _is_latin(letter: str) -> bool:
    return letter.isascii() or not letter.isalpha() or unicodedata.name(letter, "").startswith("LATIN ")


def _skeleton(text: str) -> str:
    """What is left of a name for somebody who glances at it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LOOKS_LIKE)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain
