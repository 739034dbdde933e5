"""What Afnemers do with the data of people: ask the BRP, and deliver what they registered themselves."""

import json
from typing import Any

from simulator.infra.clock import from_micros, real_micros
from simulator.infra.ids import seeded
from simulator.load.visits.visit import JSON, OK, Visit

_BRP = "/haalcentraal/api/brp/personen"
_GEGEVENS = "/api/persoonlijke-gegevens/v1/gegevens"
_SOORT = "RaadpleegMetBurgerservicenummer"
_VELDEN = ("burgerservicenummer", "naam.volledigeNaam", "geboorte.datum", "adressering", "verblijfplaats")


def ask_brp(visit: Visit) -> None:
    """``brp``: who is this, and where does he live; before something is decided about somebody."""
    people = visit.service.afzender.pick_people(visit.number, 1)
    body = {"type": _SOORT, "fields": _VELDEN, "burgerservicenummer": people}
    visit.ask_as_afnemer(
        "POST", _BRP, name="POST personen", expected=OK, check=_check_personen, data=json.dumps(body).encode(),
        headers=JSON,
    )  # fmt: skip


def deliver_gegevens(visit: Visit) -> None:
    """``gegevens``: the WOZ value of somebody's house."""
    (bsn,) = visit.service.afzender.pick_people(visit.number, 1)
    visit.ask_as_afnemer(
        "PUT",
        _GEGEVENS,
        name="PUT gegevens",
        expected=OK,
        check=lambda response: "" if response.json()["opgeslagen"] == 1 else "it was not stored",
        data=json.dumps({"gegevens": [_describe_woning(bsn)]}).encode(),
        headers=JSON,
    )
    visit.service.recent_gegevens.append(bsn)


def _describe_woning(bsn: str) -> dict[str, Any]:
    today = from_micros(real_micros()).date()
    waarde = 150_000 + seeded(0, bsn) % 500 * 1_000
    velden = [
        {"type": "bedrag", "label": "WOZ-waarde", "waarde": f"{waarde}.00"},
        {"type": "datum", "label": "Waardepeildatum", "waarde": f"{today.year - 1}-01-01"},
    ]
    return {
        "bsn": bsn,
        "categorie": "wonen",
        "peildatum": today.isoformat(),
        "groepen": [{"titel": "WOZ", "velden": velden}],
    }


def _check_personen(response: Any) -> str:
    document = response.json()
    if document["type"] != _SOORT:
        return "an answer to another question"
    return "" if document["personen"] else "nobody"
