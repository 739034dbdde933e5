"""``/leveranciersportaal/conformiteit``: checklist, coverage, rules with their proof, and the report to take along."""

from flask import Blueprint, Response, render_template

from simulator.afnemers import current_afnemer
from simulator.conformiteit.renderings import (
    HTML_TYPE,
    JSON_TYPE,
    as_html,
    as_pdf,
    draw_dekking,
    make_rapport,
    name_file,
)
from simulator.conformiteit.schemas import RapportUit
from simulator.infra.http import current_omgeving, encode_json
from simulator.infra.pdf import PDF_TYPE

_PAD = "/leveranciersportaal/conformiteit"
pages = Blueprint("conformiteit", __name__, template_folder="templates")


@pages.get(_PAD)
def show_overzicht() -> str:
    """What was shown, what is missing and how to show it, and how much of the contract was touched."""
    rapport = _rapport()
    tekening = draw_dekking(rapport.feiten.dekking)
    return render_template("conformiteit/overzicht.html", rapport=rapport, tekening=tekening)


@pages.get(f"{_PAD}/regels")
def show_regels() -> str:
    """Every rule that the Afnemer can touch, and the exchanges that prove how it was."""
    return render_template("conformiteit/regels.html", rapport=_rapport())


@pages.get(f"{_PAD}.pdf")
def download_pdf() -> Response:
    """The report on paper."""
    rapport = _rapport()
    return _download(rapport, "pdf", as_pdf(rapport), PDF_TYPE)


@pages.get(f"{_PAD}.html")
def download_html() -> Response:
    """The report as one file; to keep, because the policy of pages allows no style inside."""
    rapport = _rapport()
    return _download(rapport, "html", as_html(rapport).encode(), f"{HTML_TYPE}; charset=utf-8")


@pages.get(f"{_PAD}.json")
def download_json() -> Response:
    """The report for programs, as the API gives it."""
    rapport = _rapport()
    return _download(rapport, "json", encode_json(rapport), JSON_TYPE)


def _rapport() -> RapportUit:
    return make_rapport(current_omgeving(), current_afnemer())


def _download(rapport: RapportUit, formaat: str, inhoud: bytes, content_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name_file(rapport, formaat)}"'}
    return Response(inhoud, headers=headers, content_type=content_type)
