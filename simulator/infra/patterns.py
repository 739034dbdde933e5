"""The form of a whole text, written so that JSON Schema (ECMA 262) and Python read it alike."""

_BEGIN, _END = "^(?:", r")(?!\n)$"


def whole(form: str) -> str:
    """The pattern of texts that have this form from the first character to the last.

    In Python ``$`` matches before a line end that ends the text too, which would let that line end through.
    """
    return f"{_BEGIN}{form}{_END}"


# A NUL cannot be stored by PostgreSQL, and XML 1.0 can carry no other control characters than these three.
TEXT = whole(r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*")
"""The pattern of texts that people read: of control characters only tabs and line ends."""


CHARACTER = r"[^\u0000-\u001f\u007f]"
"""One character of a text that has no second line."""
_INK = r"[^\s\u0000-\u001f\u007f]"
LINE = whole(f"{_INK}({CHARACTER}*{_INK})?")
"""The pattern of texts on one line, with no white space around them."""


def form_of(pattern: str) -> str:
    """What ``whole`` was told, as people read it; any other pattern as it is."""
    is_whole = pattern.startswith(_BEGIN) and pattern.endswith(_END)
    return pattern[len(_BEGIN) : -len(_END)] if is_whole else pattern
