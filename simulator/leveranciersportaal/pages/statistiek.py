"""Statistics: what was used per day or month and berichttype, whom the post reaches, and how much of it is read."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from simulator.afnemers import Dienst, current_afnemer
from simulator.infra.charts import Chart, Column, draw_bars
from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.errors import PeriodeOnleesbaar
from simulator.leveranciersportaal.pages.blueprint import pages
from simulator.leveranciersportaal.rules import read_dag
from simulator.leveranciersportaal.schemas import CSV_TYPE, as_csv
from simulator.leveranciersportaal.usecases import statistiek

_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@pages.get("/statistiek")
def show_statistiek() -> ResponseReturnValue:
    omgeving, afnemer = current_omgeving(), current_afnemer()
    per = statistiek.PER_MAAND if request.args.get("per") == statistiek.PER_MAAND else statistiek.PER_DAG
    fout = None
    try:
        van, tot = read_dag(request.args.get("van", "")), read_dag(request.args.get("tot", ""))
        cijfers = statistiek.get_statistiek(omgeving, afnemer, van, tot, per)
    except PeriodeOnleesbaar as refusal:
        count_refusal(refusal)
        fout, cijfers = refusal, statistiek.get_statistiek(omgeving, afnemer, None, None, per)
    if fout is None and request.args.get("formaat") == "csv":
        return _csv(cijfers)
    pagina = render_template(
        "leveranciersportaal/statistiek.html",
        cijfers=cijfers,
        fout=fout,
        beelden=[(dienst, _draw(cijfers, dienst)) for dienst in Dienst if dienst in cijfers.diensten],
        bereik=statistiek.get_bereik(omgeving, afnemer),
        gelezen=statistiek.get_leesaandeel(omgeving, afnemer),
    )
    return pagina, fout.status if fout else 200


def _draw(cijfers: statistiek.Statistiek, dienst: Dienst) -> Chart:
    soort = "Berichten" if dienst is Dienst.BERICHTENBOX else "Eenheden"
    return draw_bars([Column(_name(periode), (aantal,)) for periode, aantal in cijfers.list_reeks(dienst)], (soort,))


def _name(periode: str) -> str:
    """``2026-11-23`` as 23-11, ``2026-11`` as nov 2026: short enough for the axis."""
    jaar, maand, *dag = periode.split("-")
    return f"{int(dag[0])}-{int(maand)}" if dag else f"{_MAANDEN[int(maand) - 1]} {jaar}"


def _csv(cijfers: statistiek.Statistiek) -> Response:
    rijen = ([each.periode, each.dienst.value, each.berichttype, each.aantal] for each in cijfers.gebruik)
    naam = f"statistiek-{cijfers.van}-{cijfers.tot}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{naam}"'}
    lines = as_csv(["periode", "dienst", "berichttype", "aantal"], rijen)
    return Response(lines, headers=headers, content_type=f"{CSV_TYPE}; charset=utf-8")
