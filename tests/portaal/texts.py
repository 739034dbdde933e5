"""The texts of the pages, read from the sources: what is marked for translation, and what somebody forgot to mark."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import Environment

ROOT = Path(__file__).parents[2] / "simulator"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
OPTIONS = {"trimmed": "true", "silent": "false"}
_READ_ALOUD = re.compile(r'\b(?:aria-label|placeholder|alt|title)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>|<[^>]*\Z|\A[^<>]*>", re.DOTALL)
_CODE = re.compile(r"<(code|pre)\b.*?</\1>|<svg\b.*?</svg>|<(code|pre)\b.*\Z|\A.*</(code|pre)>", re.DOTALL)
Token = tuple[int, str, str]
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FRAGMENT = re.compile(r"<!DOCTYPE html>|&\w+;")


def list_templates() -> list[Path]:
    return sorted(ROOT.glob("*/templates/*/*.html"))


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0]


def list_marked(room: str) -> set[str]:
    """Every text of a room that is marked, by its singular."""
    found = set()
    for file in sorted((ROOT / room).rglob("*")):
        method = {".html": "jinja2", ".py": "python"}.get(file.suffix)
        if method is None:
            continue
        options = OPTIONS if method == "jinja2" else {}
        for _, message, *_ in extract_from_file(method, file, keywords=KEYWORDS, options=options):
            found.add(message if isinstance(message, str) else message[0])
    return found


def list_unmarked(file: Path) -> list[str]:
    """Words that a template shows or a screen reader says, and that are not marked for translation."""
    return [text for text in _shown(file.read_text("utf-8")) if _LETTERS.search(text)]


def _shown(source: str) -> Iterator[str]:
    tokens = list(Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(source))
    yield from _list_literals(tokens)
    html = _FRAGMENT.sub(" ", "".join(_list_data(tokens)))
    for match in _READ_ALOUD.finditer(html):
        yield match[1]
    yield from (piece.strip() for piece in _TAG.sub("\0", _CODE.sub("\0", html)).split("\0"))


def _list_literals(tokens: list[Token]) -> Iterator[str]:
    """Sentences in the code of a template that nothing translates."""
    called = ""
    for _, kind, value in tokens:
        if kind == "string" and _is_sentence(value) and called not in {"_", "ngettext"}:
            yield value
        called = value if kind == "name" else called


def _list_data(tokens: list[Token]) -> Iterator[str]:
    """The HTML outside of ``{% trans %}``, with a mark for each piece of code in between."""
    translated = starts = False
    for _, kind, value in tokens:
        if kind == "name" and starts and value in {"trans", "endtrans"}:
            translated = value == "trans"
        starts = kind == "block_begin" or (starts and kind == "whitespace")
        if kind == "data" and not translated:
            yield value
        elif kind in {"variable_begin", "block_begin"}:
            yield "\0"


def _is_sentence(literal: str) -> bool:
    return bool(re.match(r"['\"][A-Z]\w+|['\"][^'\"<>/]*[a-z]{2,} [a-z]{2,}", literal))
