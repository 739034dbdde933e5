"""Signing in and out; open to all."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.afnemers import afnemer_index, seed
from simulator.infra.errors import Refusal
from simulator.infra.http import count_refusal, current_omgeving
from simulator.infra.ids import hash_token
from simulator.leveranciersportaal.errors import AanmeldingGeweigerd
from simulator.leveranciersportaal.rules import choose_terug
from simulator.leveranciersportaal.usecases.sessies import end_sessie, start_sessie
from simulator.leveranciersportaal.values import PAD, Reden, cookie_of_sessie
from simulator.settings import Settings

toegang = Blueprint("leverancierstoegang", "simulator.leveranciersportaal", url_prefix=PAD)
_MAX_SLEUTEL = 200
_UITLEG = {
    Reden.VERLOPEN: "U bent afgemeld, omdat u 8 uur was aangemeld, in de tijd van deze omgeving. Meld u opnieuw aan.",
    Reden.INGETROKKEN: "U bent afgemeld, omdat de sleutel waarmee u was aangemeld, is ingetrokken.",
}


class Demosleutel(NamedTuple):
    """A key of the fixtures that holds in this omgeving: known to everybody, so it may stand on the page."""

    naam: str
    sleutel: str


@toegang.get("/aanmelden")
def aanmelden() -> ResponseReturnValue:
    """Ask for the key, with the reason when somebody was sent here."""
    return _page(choose_terug(request.args.get("terug", "")))


@toegang.post("/aanmelden")
def submit_aanmelden() -> ResponseReturnValue:
    """Take a key that was typed, or one of the demo."""
    terug = choose_terug(request.form.get("terug", ""))
    sleutel = request.form.get("demo") or request.form.get("sleutel", "").strip()
    try:
        token = start_sessie(current_omgeving(), sleutel[:_MAX_SLEUTEL])
    except AanmeldingGeweigerd as refusal:
        count_refusal(refusal)
        return _page(terug, refusal)
    _forget()
    antwoord = make_response(redirect(request.script_root + terug, 303))
    antwoord.set_cookie(_cookie(), token, path=_pad(), secure=request.is_secure, httponly=True, samesite="Lax")
    return antwoord


@toegang.post("/afmelden")
def afmelden() -> Response:
    """Sign out, and say so."""
    _forget()
    antwoord = make_response(redirect(url_for(".aanmelden", reden="afgemeld"), 303))
    antwoord.delete_cookie(_cookie(), path=_pad(), httponly=True, samesite="Lax")
    return antwoord


def _page(terug: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    reden = request.args.get("reden", "")
    pagina = render_template(
        "leveranciersportaal/aanmelden.html",
        terug=terug,
        fout=refusal,
        melding=_UITLEG[Reden(reden)] if reden in set(Reden) else "",
        is_afgemeld=reden == "afgemeld",
        demosleutels=list(_list_demosleutels()),
    )
    return pagina, refusal.status if refusal else 200


def _list_demosleutels() -> Iterator[Demosleutel]:
    fixtures = cast("Settings", current_app.extensions["settings"]).fixtures_dir
    uitgegeven = afnemer_index(current_omgeving()).by_key_hash
    for each in seed.load_afnemers(fixtures / "afnemers"):
        afnemer = uitgegeven.get(hash_token(each.sleutel))
        if afnemer is not None:
            yield Demosleutel(afnemer.naam, each.sleutel)


def _forget() -> None:
    """End what this browser was signed in with before, if anything."""
    token = request.cookies.get(_cookie())
    if token:
        end_sessie(current_omgeving(), token)


def _cookie() -> str:
    return cookie_of_sessie(current_omgeving().naam)


def _pad() -> str:
    return request.script_root or "/"
