"""Lopende Zaken as the citizen sees them: what goes on, what has ended, and one zaak with its steps."""

from flask import Blueprint, render_template, request

from simulator.digid import current_burger
from simulator.infra.http import current_omgeving, current_trace
from simulator.lopende_zaken.usecases import inzage
from simulator.lopende_zaken.usecases.zaken import Lijstvraag, count_burger_zaken
from simulator.lopende_zaken.values import Fase

pages = Blueprint("zaken", __name__, template_folder="templates")
_PER_PAGINA = 25


@pages.get("/lopende-zaken", defaults={"fase": Fase.LOPEND})
@pages.get("/lopende-zaken/<any(afgehandeld):fase>")
def show_zaken(fase: str) -> str:
    omgeving, bsn, na = current_omgeving(), current_burger().bsn, request.args.get("na", "")
    lijst = inzage.show_zaken(omgeving, bsn, Lijstvraag(Fase(fase), na, _PER_PAGINA), current_trace())
    return render_template(
        "lopende_zaken/lijst.html", fase=Fase(fase), lijst=lijst, na=na, telling=count_burger_zaken(omgeving, bsn)
    )


@pages.get("/lopende-zaken/<kenmerk>")
def show_zaak(kenmerk: str) -> str:
    zaak = inzage.read_zaak(current_omgeving(), current_burger().bsn, kenmerk, current_trace())
    return render_template("lopende_zaken/zaak.html", zaak=zaak)
