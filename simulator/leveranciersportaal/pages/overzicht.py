"""The first page: how the connection is, what this month brought, and what asks for attention."""

from flask import render_template

from simulator.afnemers import current_afnemer
from simulator.infra.http import current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.usecases.overzicht import get_overzicht


@pages.get("")
def overzicht() -> str:
    return render_template(
        "leveranciersportaal/overzicht.html", overzicht=get_overzicht(current_omgeving(), current_afnemer())
    )
