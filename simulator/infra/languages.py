"""The languages of the pages: Dutch as it is written, and English from the catalogues of the rooms.

A room keeps its English in ``translations/en.po`` beside its blueprints; the Dutch text itself is the key, so that what
is missing is shown in Dutch. Answers to programs are always Dutch.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import Babel
from markupsafe import Markup

from simulator.infra.headers import is_for_programs

LANGUAGES: Mapping[str, str] = {"nl": "Nederlands", "en": "English"}
COOKIE = "taal"
_DEFAULT = "nl"
_NUMBER = re.compile(r"\d+")
_YEAR = 365 * 24 * 3600


def current_language() -> str:
    """The language of this page: asked in the address (``?taal=en``), else chosen before, else Dutch."""
    if not has_request_context() or is_for_programs(request.path):
        return _DEFAULT
    for wanted in (request.args.get(COOKIE), request.cookies.get(COOKIE)):
        if wanted is not None and wanted in LANGUAGES:
            return wanted
    return _DEFAULT


def gettext(text: str) -> str:
    """``text`` in the language of this page."""
    return _look_up(text)[0] if current_language() != _DEFAULT else text


def ngettext(one: str, more: str, number: int) -> str:
    """``one`` or ``more``, by ``number``, in the language of this page."""
    if current_language() == _DEFAULT:
        return one if number == 1 else more
    found = _look_up(one)
    return found[0] if number == 1 else found[1] if len(found) > 1 else more


def translate(text: str) -> str:
    """A sentence that came from below the pages; its numbers stand in the catalogue as ``#``."""
    if current_language() == _DEFAULT:
        return text
    exact = _look_up(text)[0]
    if exact != text:
        return exact
    numbers = iter(_NUMBER.findall(text))
    found = _look_up(pattern := _NUMBER.sub("#", text))[0]
    return text if found == pattern else re.sub("#", lambda _: next(numbers), found)


def install(app: Flask) -> None:
    """Give templates ``_()``, ``{% trans %}`` and ``|translate``, and visitors a choice; when all rooms hang."""
    Babel(app, default_locale=_DEFAULT, default_timezone="Europe/Amsterdam", locale_selector=_current_locale)
    folders = {Path(blueprint.root_path) / "translations" for blueprint in app.blueprints.values()}
    app.extensions["catalogues"] = tuple(sorted(file for folder in folders for file in folder.glob("en.po")))
    env = app.jinja_env
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # of its i18n extension
    env.filters["translate"] = translate
    env.globals["language"] = current_language
    env.globals["other_language"] = _other_language
    app.after_request(_remember)


@cache
def read_catalogue(file: Path) -> dict[str, tuple[str, ...]]:
    """The translations in one file, by Dutch text; of a text with a plural both forms."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - 40 ms, only for who asks for English

    with file.open("rb") as opened:
        catalogue = read_po(opened, locale="en", domain="messages")
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if message.id and all(forms):
            found[message.id if isinstance(message.id, str) else message.id[0]] = tuple(map(str, forms))
    return found


def _current_locale() -> str:
    """Dates in English are written as in Europe: the day first."""
    return "en_GB" if current_language() == "en" else _DEFAULT


def _look_up(text: str) -> tuple[str, ...]:
    for file in cast("tuple[Path, ...]", current_app.extensions["catalogues"]):
        found = read_catalogue(file).get(text)
        if found:
            return found
    return (text,)


def _other_language() -> Markup:
    """A link to this page in the language that it is not in now; from the answer to a form it leads to the start."""
    other = next(each for each in LANGUAGES if each != current_language())
    known = request.method == "GET" and request.endpoint is not None
    query = {**request.args.to_dict(flat=False), COOKIE: [other]} if known else {COOKIE: [other]}
    path = request.script_root + (request.path if known else "/")
    return Markup('<a href="{}" lang="{}" hreflang="{}">{}</a>').format(
        path + "?" + urlencode(query, doseq=True), other, other, LANGUAGES[other]
    )


def _remember(response: Response) -> Response:
    wanted = request.args.get(COOKIE)
    if wanted is not None and wanted in LANGUAGES and not is_for_programs(request.path):
        path = request.script_root or "/"
        response.set_cookie(
            COOKIE, wanted, max_age=_YEAR, path=path, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response
