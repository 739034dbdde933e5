"""The report about the weblinks of the Afnemer."""

from flask import render_template

from simulator.afnemers import Dienst, current_afnemer
from simulator.infra.charts import Column, draw_bars
from simulator.infra.http import current_omgeving
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.usecases.weblinks import MEESTE, get_weblinks

_STANDEN = ("werken", "vragen aandacht", "werken niet")


@pages.get("/weblinks")
def show_weblinks() -> str:
    gevonden = get_weblinks(current_omgeving(), current_afnemer())
    dagen = [Column(f"{dag.day}-{dag.month}", tuple(telling)) for dag, telling in gevonden.trend]
    return render_template(
        "leveranciersportaal/weblinks.html",
        weblinks=gevonden,
        beeld=draw_bars(dagen, _STANDEN),
        meeste=MEESTE,
        aangesloten=Dienst.LOPENDE_ZAKEN in current_afnemer().diensten,
    )
