"""The berichttypes of the Afnemer: list, create, switch on and off."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.afnemers import Dienst, current_afnemer
from simulator.berichtenbox import berichttypes
from simulator.infra.errors import Refusal
from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.usecases.toegang import check_toegang

_MAX = 200
"""Characters of a field that are looked at."""


@pages.get("/berichttypes")
def list_berichttypes() -> str:
    return _page()


@pages.post("/berichttypes")
def add_berichttype() -> ResponseReturnValue:
    afnemer = current_afnemer()
    code, omschrijving = _field("code"), _field("omschrijving")
    nieuw = berichttypes.BerichttypeRecord(code, omschrijving, actief="actief" in request.form)
    try:
        check_toegang(afnemer, Dienst.BERICHTENBOX)
        berichttypes.add_berichttype(current_omgeving(), afnemer, nieuw)
    except Refusal as refusal:
        return _refused(refusal)
    flash(f"Berichttype {code} is gemaakt.", "ok")
    return redirect(url_for(".list_berichttypes"), 303)


@pages.post("/berichttypes/schakelen")
def switch_berichttype() -> ResponseReturnValue:
    afnemer, actief = current_afnemer(), request.form.get("zet") == "aan"
    try:
        check_toegang(afnemer, Dienst.BERICHTENBOX)
        wijziging = berichttypes.BerichttypeWijziging(_field("code"), actief=actief)
        berichttype = berichttypes.change_berichttype(current_omgeving(), afnemer, wijziging)
    except Refusal as refusal:
        return _refused(refusal)
    stand = "aan" if actief else "uit"
    flash(f"Berichttype {berichttype.code} staat {stand}, vanaf de volgende aanlevering.", "ok")
    return redirect(url_for(".list_berichttypes"), 303)


def _field(naam: str) -> str:
    return request.form.get(naam, "").strip()[:_MAX]


def _refused(refusal: Refusal) -> ResponseReturnValue:
    count_refusal(refusal)
    return _page(refusal), refusal.status


def _page(refusal: Refusal | None = None) -> str:
    return render_template(
        "leveranciersportaal/berichttypes.html",
        berichttypes=berichttypes.list_berichttypes(current_omgeving(), current_afnemer()),
        mag=Dienst.BERICHTENBOX in current_afnemer().diensten and current_afnemer().actief,
        fout=refusal,
        velden={error.pointer.removeprefix("/"): error.detail for error in refusal.errors} if refusal else {},
        code=_field("code"),
        omschrijving=_field("omschrijving"),
    )
