"""The connection per dienst: where it is on its way, what the next step needs, contacts, documents and history."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from simulator.aansluiting import current_checklist, documenten, overzicht, stappen, voorbeeld
from simulator.afnemers import Dienst, Sector, current_afnemer
from simulator.infra.errors import Refusal
from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages

_SECTOREN = {
    Sector.RIJK: "Rijksoverheid",
    Sector.MEDEOVERHEID: "Medeoverheid",
    Sector.PRIVAAT: "Private organisatie",
}
_FASEN = {
    stappen.Fase.AANVRAAG: "Aanvraag",
    stappen.Fase.VOORBEREIDING: "Voorbereiding",
    stappen.Fase.PREPRODUCTIE: "Preproductie",
    stappen.Fase.TESTEN: "Testen",
    stappen.Fase.PRODUCTIE: "Productie",
    stappen.Fase.BEEINDIGD: "Beëindigd",
}


@pages.get("/aansluiting")
def show_aansluiting() -> str:
    return _page()


@pages.post("/aansluiting/aanvullen")
def complete_dossier() -> ResponseReturnValue:
    """Supply what is missing with invented papers: for who shows the road, not for who walks it."""
    try:
        dienst = Dienst(request.form.get("dienst", ""))
        aangevuld = voorbeeld.complete_dossier(current_omgeving(), current_afnemer(), dienst, current_checklist())
    except ValueError:
        return _page(), 400
    except Refusal as refusal:
        return _refused(refusal)
    flash(f"{dienst.naam}: aangevuld met voorbeeldpapieren ({len(aangevuld)}).", "ok")
    return redirect(url_for(".show_aansluiting"), 303)


@pages.post("/aansluiting/stap")
def take_stap() -> ResponseReturnValue:
    """Take the next step, if it is one of the Afnemer."""
    afnemer = current_afnemer()
    try:
        dienst = Dienst(request.form.get("dienst", ""))
        opdracht = stappen.Stapopdracht(dienst, None, stappen.Wie(stappen.Partij.AFNEMER, afnemer.naam[:100]))
        stappen.take_stap(current_omgeving(), afnemer, opdracht, current_checklist())
    except ValueError:
        return _page(), 400
    except Refusal as refusal:
        return _refused(refusal)
    flash(f"{dienst.naam}: de stap is gezet.", "ok")
    return redirect(url_for(".show_aansluiting"), 303)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    count_refusal(refusal)
    return _page(refusal), refusal.status


def _page(refusal: Refusal | None = None) -> str:
    omgeving, afnemer = current_omgeving(), current_afnemer()
    found = {each.dienst: each for each in overzicht.list_overzichten(omgeving, afnemer, current_checklist())}
    return render_template(
        "leveranciersportaal/aansluiting.html",
        fout=refusal,
        sector=_SECTOREN[afnemer.sector],
        aansluitingen=[(dienst, found.get(dienst)) for dienst in Dienst],
        documenten=documenten.list_documenten(omgeving, afnemer),
        certificaten=[
            (each, each.is_geldig(omgeving.now())) for each in documenten.list_certificaten(omgeving, afnemer)
        ],
        fasen=_FASEN,
        weg=tuple(_FASEN)[:-1],
    )
