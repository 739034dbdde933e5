"""What will it cost: a form that keeps what was filled in, and the answer month by month, with a picture."""

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue

from simulator.afnemers import current_afnemer
from simulator.facturatie.documents.woorden import as_euro
from simulator.facturatie.errors import PeriodeVoor2018, PrognoseOngeldig, TariefOnbekend
from simulator.facturatie.pages.blueprint import pages
from simulator.facturatie.rules.formulier import Formulier, read_formulier
from simulator.facturatie.rules.kosten import MAANDEN
from simulator.facturatie.usecases.afspraken import list_tariefjaren
from simulator.facturatie.usecases.prognose import make_prognose
from simulator.facturatie.values import Prognose
from simulator.infra.charts import Chart, Column, draw_bars
from simulator.infra.clock import dutch_day
from simulator.infra.http import count_refusal, current_omgeving

_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@pages.get("/prognose")
def show_prognose() -> ResponseReturnValue:
    """An empty form, or with ``aantal`` in the address the answer too: a prognosis can be sent to a colleague."""
    omgeving = current_omgeving()
    dit_jaar = dutch_day(omgeving.now()).year
    formulier = Formulier.of(request.args, dit_jaar)
    if "aantal" not in request.args:
        return _page(formulier)
    try:
        prognose = make_prognose(omgeving, current_afnemer(), read_formulier(formulier))
    except (PrognoseOngeldig, TariefOnbekend, PeriodeVoor2018) as refusal:
        count_refusal(refusal)
        fouten = {each.pointer.removeprefix("/"): each.detail for each in refusal.errors}
        return _page(formulier, fouten=fouten or {"tarief": refusal.detail}), refusal.status
    return _page(formulier, prognose)


def _page(formulier: Formulier, prognose: Prognose | None = None, fouten: Mapping[str, str] | None = None) -> str:
    return render_template(
        "facturatie/prognose.html",
        formulier=formulier,
        fouten=fouten or {},
        prognose=prognose,
        grafiek=_draw(prognose) if prognose else None,
        duurste=max(prognose.maanden, key=lambda each: each.bedrag_cent) if prognose else None,
        maandnamen=MAANDEN,
        tariefjaren=list_tariefjaren(current_omgeving()),
    )


def _draw(prognose: Prognose) -> Chart:
    """Cents per month; the fixed costs on top of those of use, when there are any."""
    met_overig = any(each.overig_cent for each in prognose.maanden)
    columns = [
        Column(
            _KORT[each.maand - 1],
            (each.gebruik_cent, each.overig_cent) if met_overig else (each.gebruik_cent,),
        )
        for each in prognose.maanden
    ]
    return draw_bars(columns, ("berichten", "vast en aansluiten") if met_overig else ("berichten",), _whole_euro)


def _whole_euro(cent: int) -> str:
    """``€ 1.234`` where nothing stands behind the comma."""
    return as_euro(cent).removesuffix(",00")
