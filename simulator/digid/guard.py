"""Who may enter as a citizen: the guard of pages and of the API for programs, with a session of DigiD."""

from typing import cast
from urllib.parse import quote

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.digid.errors import NiveauTeLaag, SessieOntbreekt, SessieStil, SessieVerlopen
from simulator.digid.usecases.sessies import Burger, count_weigering, enter_mijnoverheid
from simulator.digid.values import Reden, cookie_of_sessie
from simulator.infra.headers import is_for_programs
from simulator.infra.http import current_omgeving

_BEARER = "bearer "
_REDENEN: dict[type[Exception], Reden] = {
    NiveauTeLaag: Reden.NIVEAU,
    SessieStil: Reden.STIL,
    SessieVerlopen: Reden.DUUR,
}


def require_burger() -> ResponseReturnValue | None:
    """Let a citizen in who is logged in on the level of today.

    Anyone else: a page sends them to DigiD and remembers where they were going; an API answers 401 or 403.
    """
    try:
        g.burger = enter_mijnoverheid(current_omgeving(), _sent_token())
    except (SessieOntbreekt, NiveauTeLaag) as refusal:
        if is_for_programs(request.path):
            if isinstance(refusal, SessieOntbreekt):
                refusal.headers["WWW-Authenticate"] = "Bearer"
            raise
        if refusal.regel is not None:
            count_weigering(current_omgeving(), refusal.regel)
        return redirect(url_for("digid.inloggen", reden=_REDENEN.get(type(refusal)), naar=_requested_page()), 303)
    return None


def current_burger() -> Burger:
    """Give the citizen who was let in; only behind ``require_burger``."""
    return cast("Burger", g.burger)


def find_burger() -> Burger | None:
    """Give the citizen who is logged in, if anybody is; for pages that are open to all."""
    if "burger" not in g:
        try:
            g.burger = enter_mijnoverheid(current_omgeving(), _sent_token())
        except (SessieOntbreekt, NiveauTeLaag):
            return None
    return current_burger()


def _sent_token() -> str:
    header = request.headers.get("Authorization", "")
    if header.lower().startswith(_BEARER):
        return header[len(_BEARER) :].strip()
    return request.cookies.get(cookie_of_sessie(current_omgeving().naam), "")


def _requested_page() -> str | None:
    if request.method not in {"GET", "HEAD"}:  # A form cannot be sent again after logging in.
        return None
    vraag = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{vraag}" if vraag else "")
