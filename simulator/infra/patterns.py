"""The form of a whole text, written so that JSON Schema (ECMA 262) and Python read it alike."""

_BEGIN, _END = "^(?:", r")(?!\n)$"


def whole(form: str) -> str:
    """The pattern of texts that have this form from the first character to the last.

    In Python ``$`` matches before a line end that ends the text too, which would let that line end through.
    """
    return f"{_BEGIN}{form}{_END}"


def form_of(pattern: str) -> str:
    """What ``whole`` was told, as people read it; any other pattern as it is."""
    is_whole = pattern.startswith(_BEGIN) and pattern.endswith(_END)
    return pattern[len(_BEGIN) : -len(_END)] if is_whole else pattern
