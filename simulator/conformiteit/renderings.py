"""The conformity report as a document: one HTML file that needs nothing from elsewhere, and an accessible PDF."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import cast

from babel.dates import format_datetime
from flask import current_app
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from simulator.afnemers import AfnemerRecord
from simulator.conformiteit.schemas import DekkingUit, RapportUit, as_rapport
from simulator.conformiteit.usecases.rapport import build_rapport
from simulator.infra.charts import Chart, Column, draw_bars
from simulator.infra.clock import NEDERLAND, from_micros, real_micros
from simulator.infra.omgeving import Omgeving
from simulator.infra.pdf import PACKAGE, PDF_TYPE, render_pdf
from simulator.infra.regels import Regel

JSON_TYPE, HTML_TYPE = "application/json", "text/html"
DOCUMENT_TYPES = (JSON_TYPE, HTML_TYPE, PDF_TYPE)
_STIJLBLADEN = ("papier.css", "grafiek.css", "conformiteit.css")


def make_rapport(omgeving: Omgeving, afnemer: AfnemerRecord) -> RapportUit:
    """The report of an Afnemer, as of now."""
    catalogus = cast("Mapping[str, Regel]", current_app.extensions["regels"])
    return as_rapport(build_rapport(omgeving, afnemer, catalogus.values()), from_micros(real_micros()))


def draw_dekking(dekking: DekkingUit) -> Chart:
    """Coverage as a picture: per group of rules a bar of what was touched and what was not."""
    columns = [Column(each.groep, (each.geraakt, each.bereikbaar - each.geraakt)) for each in dekking.groepen]
    return draw_bars(columns, ("geraakt", "nog niet geraakt"))


def as_html(rapport: RapportUit) -> str:
    """The report as one file."""
    return _render(rapport, stijl="\n".join(map(_read_stijl, _STIJLBLADEN)), gemaakt_op=rapport.gemaakt_op)


def as_pdf(rapport: RapportUit) -> bytes:
    """The report on A4, the same to the byte for the same facts; raises ``PdfUnavailable``."""
    html = _render(rapport, stijl="", gemaakt_op=None)
    return render_pdf(html, titel=titel_of(rapport), moment=rapport.feiten.simulator.klok)


def titel_of(rapport: RapportUit) -> str:
    """Of the page, and of the PDF."""
    return f"Conformiteitsrapport {rapport.feiten.afnemer.naam} (simulatie)"


def name_file(rapport: RapportUit, formaat: str) -> str:
    """Under which name a browser keeps it."""
    klok = rapport.feiten.simulator.klok.astimezone(NEDERLAND)
    return f"conformiteit-{rapport.feiten.afnemer.oin}-{klok:%Y-%m-%d}.{formaat}"


def _render(rapport: RapportUit, *, stijl: str, gemaakt_op: datetime | None) -> str:
    return _environment().get_template("conformiteit/document.html").render(
        rapport=rapport, titel=titel_of(rapport), stijl=stijl, stijlbladen=_STIJLBLADEN, gemaakt_op=gemaakt_op,
        tekening=draw_dekking(rapport.feiten.dekking),
    )  # fmt: skip


@cache
def _read_stijl(file: str) -> str:
    return (PACKAGE / "portaal" / "static" / file).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("simulator.conformiteit"), PackageLoader("simulator.portaal")]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["moment"] = _write_moment
    return environment


def _write_moment(moment: datetime) -> str:
    return str(format_datetime(moment, "d MMMM y 'om' HH:mm", tzinfo=NEDERLAND, locale="nl"))
