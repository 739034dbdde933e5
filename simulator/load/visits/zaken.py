"""What Afnemers do with Lopende Zaken: ask who has a box, deliver a zaak, and tell how it goes on."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from simulator.infra.clock import from_micros, real_micros
from simulator.infra.ids import new_guid, seeded
from simulator.load.visits.visit import JSON, OK, Visit, Zaaktype

_ZAKEN = "/api/lopende-zaken/v1"
_TAKEN_IN = frozenset({200, 201})
_PEOPLE = 3
"""So many are asked for a box, until one has it: who has none is told on paper, and that is no failure."""


def deliver_zaak(visit: Visit) -> None:
    """``zaak``: a new zaak with its first status, and the statuses after that; some go all the way to their end."""
    chance = seeded(visit.number, "zaak")
    zaaktype = _pick_zaaktype(visit, chance)
    bsn = _find_initiator(visit)
    if not visit.pass_door("" if bsn else f"none of {_PEOPLE} people has a box for zaken"):
        return
    first, *later = zaaktype.statustypen
    path = f"{_ZAKEN}/zaken/{new_guid()}"
    _tell(visit, "PUT", path, "PUT zaak", _describe_zaak(zaaktype, bsn, _describe_status(first)))
    visit.service.recent_zaken.append(bsn)
    for statustype in later[: chance % (len(later) + 1)]:
        visit.think()
        _tell(visit, "POST", f"{path}/statussen", "POST status", _describe_status(statustype))


def _pick_zaaktype(visit: Visit, chance: int) -> Zaaktype:
    """One of the Afnemer's own, so that any Afnemer will do."""
    known = visit.service.zaaktypen
    if not known:
        answer = visit.ask_as_afnemer(
            "GET", f"{_ZAKEN}/zaaktypen", name="GET zaaktypen", expected=OK, check=_check_zaaktypen
        )
        known[:] = _read_zaaktypen(answer)
    return known[chance % len(known)]


def _read_zaaktypen(response: Any) -> list[Zaaktype]:
    return [
        Zaaktype(each["identificatie"], tuple(status["omschrijving"] for status in each["statustypen"]))
        for each in response.json()["zaaktypen"]
        if each["actief"] and each["statustypen"]
    ]


def _check_zaaktypen(response: Any) -> str:
    return "" if _read_zaaktypen(response) else "this Afnemer has no zaaktype with statustypen"


def _find_initiator(visit: Visit) -> str:
    """The first of some people who has a box for zaken; nobody when none has."""
    people = visit.service.afzender.pick_people(visit.number, _PEOPLE)
    answer = visit.ask_as_afnemer(
        "POST",
        f"{_ZAKEN}/postbussen/_controleren",
        name="POST postbussen",
        expected=OK,
        check=lambda response: "" if len(response.json()["postbussen"]) == len(people) else "an answer is missing",
        data=json.dumps({"gebruikers": people}).encode(),
        headers=JSON,
    )
    return next((each["gebruiker"] for each in answer.json()["postbussen"] if each["isActief"]), "")


def _tell(visit: Visit, method: str, path: str, name: str, body: Mapping[str, Any]) -> None:
    headers = JSON | {"X-Message-ID": str(new_guid())}
    visit.ask_as_afnemer(
        method,
        path,
        name=name,
        expected=_TAKEN_IN,
        check=lambda response: "" if response.json()["identificatie"] in path else "another zaak",
        data=json.dumps(body).encode(),
        headers=headers,
    )


def _describe_status(statustype: str) -> dict[str, str]:
    moment = from_micros(real_micros())
    return {"statustype": statustype, "datumStatusGezet": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


def _describe_zaak(zaaktype: Zaaktype, bsn: str, status: Mapping[str, str]) -> dict[str, Any]:
    today = from_micros(real_micros()).date()
    return {
        "zaaktype": zaaktype.identificatie,
        "omschrijving": f"Aanvraag van {today:%d-%m-%Y}",
        "startdatum": today.isoformat(),
        "uiterlijkeEinddatumAfdoening": (today + timedelta(weeks=8)).isoformat(),
        "rollen": [
            {
                "betrokkeneType": "natuurlijk_persoon",
                "omschrijvingGeneriek": "initiator",
                "betrokkeneIdentificatie": {"inpBsn": bsn},
            }
        ],
        "status": status,
    }
