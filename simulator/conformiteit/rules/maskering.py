"""What may be kept of an exchange: never a key, never a BSN, and of a long body only its beginning."""

import re
from collections.abc import Iterable

from simulator.conformiteit.values import Bericht

MAX_INHOUD = 2_000
"""Characters of a body."""
_HEADERS = frozenset(
    {
        "accept", "api-version", "content-type", "content-length", "location", "retry-after", "user-agent",
        "x-message-id", "x-simulator-omgeving", "x-simulator-scenario",
    }
)  # fmt: skip
"""Those that may be kept. A list of what may, not of what may not: a key can travel under any name."""
_NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_MASKED = "*" * 9


def _spell(naam: str) -> str:
    """The pattern of a name in JSON, where each letter may be written as its number."""
    return "".join(rf"(?:{letter}|\\u{ord(letter):04x})" for letter in naam)


_GEHEIM = re.compile(
    rf'("(?:{_spell("secret")}|{_spell("sleutel")})"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{{].*|[^\s,}}\]]+)',
    re.DOTALL | re.IGNORECASE,
)
"""What an Afnemer entrusts to us, also where the body is cut; a list or an object, which it cannot be, takes along what
follows."""


def conceal(text: str) -> str:
    """The text with every number of nine digits, which might be a BSN, made unreadable."""
    return _NINE_DIGITS.sub(_MASKED, text)


def keep_bericht(headers: Iterable[tuple[str, str]], inhoud: bytes) -> Bericht:
    """Half of an exchange as it may be kept."""
    kept = {naam: conceal(waarde)[:300] for naam, waarde in sorted(headers) if naam.lower() in _HEADERS}
    # A number or a key may lie across the cut, so first conceal; NUL cannot be stored by PostgreSQL.
    text = inhoud[: 4 * MAX_INHOUD].decode(errors="replace").replace("\x00", "\ufffd")
    text = conceal(_GEHEIM.sub(rf'\1"{_MASKED}"', text))
    return Bericht(kept, text[:MAX_INHOUD], len(text) > MAX_INHOUD or len(inhoud) > 4 * MAX_INHOUD)
