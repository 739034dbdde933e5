"""Invoices: an advance at the start, months and year that close by themselves, and what was on paper in the end."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from simulator.year.calendar import spread
from simulator.year.connection import Connection
from simulator.year.errors import Refused
from simulator.year.figures import Factuurcijfers
from simulator.year.plan import Jaarplan

_FACTURATIE = "/facturatie"
_PAGE = 1000
_HONDERD = 100


def open_books(connection: Connection, plan: Jaarplan, jaar: int, berichten: int) -> str:
    """Let months close by themselves, and invoice in advance; answers why there is no advance, if that is so."""
    connection.admin("PUT", f"{_FACTURATIE}/automatisch", {"aan": True})
    if not plan.facturatie.voorschot_procent:
        return ""
    for oin, aantal in _forecast(plan, berichten).items():
        verwacht = round(aantal * plan.facturatie.voorschot_procent / _HONDERD)
        try:
            connection.admin("POST", f"{_FACTURATIE}/voorschotten", {"oin": oin, "jaar": jaar, "verwacht": verwacht})
        except Refused as refused:
            if refused.status != HTTPStatus.CONFLICT:  # no tariff, or nothing to pay
                raise
            return str(refused.problem.get("detail") or refused.problem.get("title"))
    return ""


def list_invoices(connection: Connection, jaar: int) -> Iterator[Factuurcijfers]:
    """Every invoice about this year, oldest first."""
    after = ""
    while True:
        asked = f"?jaar={jaar}&aantal={_PAGE}" + (f"&na={after}" if after else "")
        page = connection.admin("GET", f"{_FACTURATIE}/facturen{asked}")
        yield from map(_read, page["facturen"])
        after = page.get("volgende") or ""
        if not after:
            return


def _forecast(plan: Jaarplan, berichten: int) -> Mapping[str, int]:
    """How many berichten each Afnemer is to offer."""
    shares = spread(berichten, [each.promille for each in plan.campagnes])
    expected = dict.fromkeys((each.oin for each in plan.afnemers), 0)
    for campagne, aantal in zip(plan.campagnes, shares, strict=True):
        expected[campagne.afnemer] += aantal
    return expected


def _read(factuur: Mapping[str, Any]) -> Factuurcijfers:
    return Factuurcijfers(
        factuur["nummer"],
        factuur["oin"],
        factuur["soort"],
        factuur["periode"]["naam"],
        factuur["datum"],
        factuur["totaalExclCent"],
        factuur["totaalBtwCent"],
        factuur["totaalInclCent"],
    )
