"""The demo zaken of ``fixtures/zaken`` as requests of their Afnemers, and how ``serve --demo`` sends them.

Runs also in the process that starts the workers, which must stay light: standard library only.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from simulator.infra.headers import DEMO_AGENT

ZAKEN = "/api/lopende-zaken/v1/zaken"
CONFLICT = 409
_VERBRUIK = "/api/verbruik/v1/verbruik"
_TIMEOUT = 10


class Zaaklevering(NamedTuple):
    """One request about a zaak; the same ``message_id`` each time, so that a second start stores nothing new."""

    sleutel: str
    method: str
    path: str
    message_id: str
    body: bytes


def read_zaken(folder: Path, vandaag: date) -> Iterator[Zaaklevering]:
    """Every zaak with its statuses, file by file; in the fixtures a day is a number of days from ``vandaag``."""
    for file in sorted(folder.glob("*.json")):
        document = json.loads(file.read_text("utf-8"))
        for each in document["zaken"]:
            yield from _read_zaak(document["sleutel"], each, vandaag)


def deliver_zaken(base: str, folder: Path) -> list[str]:
    """Deliver all of them to the simulator at ``base``; answers lines to print, never raises."""
    sent = 0
    try:
        for levering in read_zaken(folder, _ask_today(base)):
            try:
                _send(base, levering)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code != CONFLICT:  # of an earlier start, on another day
                        return [f"The demo zaken were refused: HTTP {error.code} for {levering.path}"]
            sent += levering.method == "PUT"
    except (HTTPException, OSError, ValueError, LookupError, TypeError) as error:
        return [f"The demo zaken could not be delivered: {error}"]
    return [f"Delivered {sent} zaken in every state, most of them of persona actief"]


def _read_zaak(sleutel: str, given: dict[str, Any], vandaag: date) -> Iterator[Zaaklevering]:
    path = f"{ZAKEN}/{given['identificatie']}"
    initiator = {
        "betrokkeneType": "natuurlijk_persoon",
        "omschrijvingGeneriek": "initiator",
        "betrokkeneIdentificatie": {"inpBsn": given["bsn"]},
    }
    zaak = {naam: _as_day(value, vandaag) for naam, value in given["zaak"].items()}
    yield Zaaklevering(sleutel, "PUT", path, f"demo-{given['identificatie']}", _encode(zaak | {"rollen": [initiator]}))
    for number, status in enumerate(given["statussen"], 1):
        gezet = status["datumStatusGezet"]
        moment = f"{_as_day(gezet, vandaag)}T{gezet['tijd']}:00Z"
        message_id = f"demo-{given['identificatie']}-{number}"
        yield Zaaklevering(
            sleutel, "POST", f"{path}/statussen", message_id, _encode(status | {"datumStatusGezet": moment})
        )


def _as_day(value: Any, vandaag: date) -> Any:
    return (vandaag + timedelta(days=value["dagen"])).isoformat() if isinstance(value, dict) else value


def _encode(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _ask_today(base: str) -> date:
    """The simulated day, as an Afnemer can know it."""
    request = urllib.request.Request(base + _VERBRUIK, headers={"X-API-Key": "demo-voorbeeldstad"})  # noqa: S310 - our own address
    return date.fromisoformat(_open(request)["tot"])


def _send(base: str, levering: Zaaklevering) -> None:
    headers = {
        "X-API-Key": levering.sleutel,
        "X-Message-ID": levering.message_id,
        "Content-Type": "application/json",
    }
    _open(urllib.request.Request(base + levering.path, levering.body, headers, method=levering.method))  # noqa: S310 - our own address


def _open(request: urllib.request.Request) -> dict[str, Any]:
    request.add_header("User-Agent", DEMO_AGENT)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_TIMEOUT) as answer:
        decoded: dict[str, Any] = json.load(answer)
        return decoded
