"""Who may deliver in the name of this Afnemer, and in whose name it may deliver itself."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.afnemers import current_afnemer
from simulator.infra.errors import Refusal
from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.usecases import mandaten

_MAX = 40


@pages.get("/mandaten")
def list_mandaten() -> str:
    return _page()


@pages.post("/mandaten")
def grant_mandaat() -> ResponseReturnValue:
    return _change(mandaten.grant_mandaat, "mag vanaf nu namens u aanleveren")


@pages.post("/mandaten/intrekken")
def withdraw_mandaat() -> ResponseReturnValue:
    return _change(mandaten.withdraw_mandaat, "mag niet meer namens u aanleveren")


def _change(do: mandaten.Wijzig, gevolg: str) -> ResponseReturnValue:
    try:
        intermediair = do(current_omgeving(), current_afnemer(), _oin())
    except Refusal as refusal:
        count_refusal(refusal)
        return _page(refusal), refusal.status
    flash(f"{intermediair.naam} {gevolg}.", "ok")
    return redirect(url_for(".list_mandaten"), 303)


def _oin() -> str:
    return "".join(request.form.get("oin", "").split())[:_MAX]


def _page(refusal: Refusal | None = None) -> str:
    overzicht = mandaten.get_mandaten(current_omgeving(), current_afnemer())
    return render_template("leveranciersportaal/mandaten.html", mandaten=overzicht, fout=refusal, oin=_oin())
