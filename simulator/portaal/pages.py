"""The start page, the Instellingen, and what every page shows around its own content."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from simulator.digid import current_burger, find_burger
from simulator.infra.errors import InvalidInput
from simulator.infra.http import count_refusal, current_omgeving, current_trace
from simulator.infra.ids import new_guid
from simulator.infra.languages import gettext
from simulator.portaal.errors import PersoonNotFound
from simulator.portaal.usecases.diensten import Dienststand, list_standen, log_startpagina
from simulator.portaal.usecases.instellingen import (
    Voorkeuren,
    activate_box,
    get_persoon,
    list_organisaties,
    log_instellingen,
    store_voorkeuren,
)
from simulator.portaal.usecases.mailbox import list_mails

home = Blueprint(
    "portaal", __name__, static_folder="static", static_url_path="/portaal/static", template_folder="templates"
)
"""Open to all: the start page and the static files."""
pages = Blueprint("instellingen", __name__)
"""For who is logged in."""
_MAILS = 25
"""E-mails on one page, which stays light."""


@dataclass
class Schil:
    """What stands around the content of a page; asked only when a template shows it."""

    @cached_property
    def naam(self) -> str | None:
        """Name of the person who is logged in; ``None`` also for who lives here no more, and must log in again."""
        burger = find_burger()
        try:
            return None if burger is None else get_persoon(current_omgeving(), burger.bsn).naam
        except PersoonNotFound:
            return None

    @cached_property
    def standen(self) -> tuple[Dienststand, ...]:
        """The services, each with its state for this person."""
        burger = find_burger()
        return () if burger is None else list_standen(current_omgeving(), burger.bsn)


@home.app_context_processor
def offer_schil() -> dict[str, object]:
    return {"schil": Schil()}


@home.get("/")
def show_home() -> str:
    burger = find_burger()
    if burger is None:
        base_url = request.host_url.rstrip("/") + request.script_root
        return render_template(
            "portaal/welkom.html",
            base_url=base_url,
            message_id=new_guid(),
            bericht_id=new_guid(),
            beheer_api=current_app.extensions["settings"].admin,
            hide_login=True,
        )
    omgeving = current_omgeving()
    log_startpagina(omgeving, burger.bsn, current_trace())
    organisaties = list_organisaties(omgeving, burger.bsn)
    return render_template(
        "portaal/home.html",
        persoon=get_persoon(omgeving, burger.bsn),
        nu=omgeving.now(),
        aantal_organisaties=len(organisaties),
        aantal_aan=sum(organisatie.aan for organisatie in organisaties),
    )


@home.get("/help")
def show_help() -> str:
    return render_template("portaal/help.html")


@pages.get("/berichtenbox/kennisgevingen")
def show_kennisgevingen() -> str:
    """The simulated mailbox, of all services; it has been at this address from the start."""
    mails = list_mails(current_omgeving(), current_burger().bsn, _MAILS)
    return render_template("berichtenbox/kennisgevingen.html", mails=mails, meeste=_MAILS)


@pages.get("/instellingen")
def show_instellingen() -> str:
    return _instellingen()


@pages.post("/instellingen")
def store_instellingen() -> ResponseReturnValue:
    omgeving, bsn, email = current_omgeving(), current_burger().bsn, request.form.get("email", "").strip()
    shown, ticked = set(request.form.getlist("getoond")), set(request.form.getlist("organisatie"))
    voorkeuren = Voorkeuren(
        bsn,
        email or None,
        # Without an address the ticks say nothing.
        kennisgeving=bool(email) and "kennisgeving" in request.form,
        herhaling=bool(email) and "herhaling" in request.form,
        # What the form did not show says nothing either: the box was opened, or an organisation came, after it.
        organisaties={each.oin: each.oin in ticked for each in list_organisaties(omgeving, bsn) if each.oin in shown},
    )
    try:
        store_voorkeuren(omgeving, voorkeuren)
    except InvalidInput as refusal:
        count_refusal(refusal)
        return _instellingen(refusal.detail, email), refusal.status
    flash(gettext("Uw instellingen zijn bewaard."), "ok")
    return redirect(request.script_root + "/instellingen", 303)


@pages.post("/instellingen/activeren")
def activate() -> ResponseReturnValue:
    activate_box(current_omgeving(), current_burger().bsn)
    flash(gettext("Uw Berichtenbox is actief. Kies hieronder van wie u digitale post wilt."), "ok")
    return redirect(request.script_root + "/instellingen", 303)


def _instellingen(fout: str = "", email: str | None = None) -> str:
    omgeving, bsn = current_omgeving(), current_burger().bsn
    log_instellingen(omgeving, bsn, current_trace())
    persoon = get_persoon(omgeving, bsn)
    return render_template(
        "portaal/instellingen.html",
        persoon=persoon,
        organisaties=list_organisaties(omgeving, bsn),
        fout=fout,
        email=persoon.email or "" if email is None else email,
    )
