"""An invoice as HTML: the same template makes the middle of a page and the whole of a PDF."""

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from simulator.facturatie.documents.woorden import (
    AFZENDER,
    SIMULATIE,
    TITELS,
    as_aantal,
    as_datum,
    as_euro,
    as_prijs,
    as_tijdvak,
    describe_klant,
)
from simulator.facturatie.values import Factuur, Factuurregel

FILTERS: dict[str, Callable[..., str]] = {
    "aantal": as_aantal,
    "datum": as_datum,
    "euro": as_euro,
    "prijs": as_prijs,
    "tijdvak": as_tijdvak,
}
"""How templates of this room write numbers and days."""
LinkOf = Callable[[Factuurregel], str]


def as_html(factuur: Factuur, link_of: LinkOf | None = None) -> str:
    """The invoice as an ``<article>``; ``link_of`` gives the address of what is behind a line, empty for nothing."""
    return _render("facturatie/factuur_document.html", factuur, link_of)


def as_document(factuur: Factuur) -> str:
    """The invoice as a whole page on paper."""
    return _render("facturatie/factuur_pdf.html", factuur, None)


def titel_of(factuur: Factuur) -> str:
    """``Maandfactuur 2022-00012``: of the page, and of the PDF."""
    return f"{TITELS[factuur.soort]} {factuur.nummer}"


def _render(template: str, factuur: Factuur, link_of: LinkOf | None) -> str:
    kop, _, rest = SIMULATIE.partition(". ")
    return _environment().get_template(template).render(
        factuur=factuur,
        titel=TITELS[factuur.soort],
        afzender=AFZENDER,
        klant=describe_klant(factuur.afnemer.oin, factuur.afnemer.naam),
        kop=kop,
        rest=rest,
        link_of=link_of,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("simulator.facturatie"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(FILTERS)
    return environment
