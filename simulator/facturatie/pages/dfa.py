"""The Dossier Financiële Afspraken: what was agreed about money, per year, for the Afnemer who looks."""

from flask import render_template

from simulator.afnemers import current_afnemer
from simulator.facturatie.pages.blueprint import pages
from simulator.facturatie.usecases.afspraken import list_afspraken
from simulator.infra.http import current_omgeving


@pages.get("/dfa")
def show_dfa() -> str:
    afnemer = current_afnemer()
    return render_template(
        "facturatie/dfa.html", afnemer=afnemer, afspraken=list_afspraken(current_omgeving(), afnemer)
    )
