"""The Voorwaarden that hold, the changes that were announced, and the answer of the Afnemer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.afnemers import current_afnemer
from simulator.infra.errors import Refusal
from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.usecases.voorwaarden import answer_wijziging, get_voorwaarden
from simulator.voorwaarden import wijzigingen


@pages.get("/voorwaarden")
def show_voorwaarden() -> str:
    return _page()


@pages.post("/voorwaarden")
def submit_antwoord() -> ResponseReturnValue:
    is_aanvaard = request.form.get("antwoord") == wijzigingen.Antwoord.AANVAARD
    antwoord = wijzigingen.Antwoord.AANVAARD if is_aanvaard else wijzigingen.Antwoord.GEWEIGERD
    try:
        gegeven = answer_wijziging(
            current_omgeving(), current_afnemer(), request.form.get("kenmerk", "")[:60], antwoord
        )
    except Refusal as refusal:
        count_refusal(refusal)
        return _page(refusal), refusal.status
    flash(f"U hebt versie {gegeven.versie} van de Voorwaarden {antwoord.value}.", "ok" if is_aanvaard else "warning")
    return redirect(url_for(".show_voorwaarden"), 303)


def _page(refusal: Refusal | None = None) -> str:
    return render_template(
        "leveranciersportaal/voorwaarden.html",
        voorwaarden=get_voorwaarden(current_omgeving(), current_afnemer()),
        fout=refusal,
    )
