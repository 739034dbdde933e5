"""What ``serve --demo`` does once the simulator is ready: deliver through the APIs, and say what to do next.

Runs in the process that starts the workers, which must stay light: standard library only.
"""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any

from simulator.cli.demo_gegevens import PATH, read_gegevens
from simulator.cli.output import own_name
from simulator.infra.clock import from_micros, real_micros
from simulator.infra.headers import DEMO_AGENT
from simulator.infra.ids import new_guid

_OIN = "00000099000000001000"
_KEY = "demo-voorbeeldstad"
_BSN = "999990019"
_TIMEOUT = 10
_CONFLICT = 409
# Always the same ids and the same bytes: a second start on the same data gets the same answer, and stores nothing new.
_MESSAGE_ID = "5b0f2f0e-7a5c-4c1e-9d3c-3f6f0a1d0001"
_ONDERWERP = "Welkom in de Berichtenbox"
_BODY = json.dumps(
    {
        "BerichtLeverancierID": _OIN,
        "Berichten": [
            {
                "BerichtID": "5b0f2f0e-7a5c-4c1e-9d3c-3f6f0a1d0002",
                "BerichtType": "ALGEMEEN",
                "GebruikerID": _BSN,
                "Onderwerp": _ONDERWERP,
                "Berichttekst": (
                    r"Beste mevrouw Actief,\r\n\r\nDit bericht is via de API van de Berichtenbox aangeleverd door "
                    r"Gemeente Voorbeeldstad, en geteld als één verwerkt bericht.\r\n\r\nMet vriendelijke groet,"
                    r"\r\nGemeente Voorbeeldstad"
                ),
            }
        ],
    }
).encode()


def deliver_demo(base: str) -> list[str]:
    """Deliver one bericht from Gemeente Voorbeeldstad to persona ``actief``; answers lines to print, never raises."""
    try:
        answer = _ask(f"{base}/api/berichtenbox/v1/berichten", _BODY)
        status = _ask(answer["statusURI"])
        code = _code_of(status)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _CONFLICT:
                return ["The demo bericht of an earlier version is already there."]
            return [f"The demo bericht was refused: {_reason(error)}"]
    except (HTTPException, OSError, ValueError, LookupError, TypeError) as error:
        return [f"The demo bericht could not be delivered: {error}"]
    return [f'Delivered "{_ONDERWERP}" from Gemeente Voorbeeldstad to persona actief: {code}']


def deliver_gegevens(base: str) -> list[str]:
    """Deliver what the demo Afnemers registered about the personas; answers lines to print, never raises."""
    stored = 0
    try:
        for key, body in read_gegevens(from_micros(real_micros()).date()):
            stored += int(_ask(base + PATH, body, key, "PUT")["opgeslagen"])
    except (HTTPException, OSError, ValueError, LookupError, TypeError) as error:
        return [f"The personal data of the demo could not be delivered: {error}"]
    return [f"Delivered {stored} sets of personal data about the personas: {base}/persoonlijke-gegevens"]


def next_steps(base: str) -> list[str]:
    """What to do next: read it, deliver one yourself, see what was counted."""
    body = (
        f'{{"BerichtLeverancierID":"{_OIN}","Berichten":[{{"BerichtID":"{new_guid()}","BerichtType":"ALGEMEEN",'
        f'"GebruikerID":"{_BSN}","Onderwerp":"Mijn eerste bericht","Berichttekst":"Hallo!"}}]}}'
    )
    return [
        "",
        f"Read it:        {base}/digid/inloggen",
        "                user name actief, password Simulator-1!, the SMS code is on the simulated phone",
        "Deliver one yourself:",
        f"  curl {base}/api/berichtenbox/v1/berichten \\",
        f"    -H 'X-API-Key: {_KEY}' -H 'X-Message-ID: {new_guid()}' \\",
        f"    -H 'Content-Type: application/json' -d '{body}'",
        f"See it counted: curl -H 'X-API-Key: {_KEY}' {base}/api/verbruik/v1/verbruik",
        f"Every rule:     {base}/regels",
        f"The API:        {base}/api/berichtenbox/v1/openapi.json",
        f"Play a story:   {own_name()} scenario play verhuizing   (all six: {base}/scenarios)",
        f"More to see:    {own_name()} seed   (empties the omgeving first)",
        "",
    ]


def _ask(url: str, body: bytes | None = None, key: str = _KEY, method: str | None = None) -> dict[str, Any]:
    headers = {"X-API-Key": key, "X-Message-ID": _MESSAGE_ID, "Content-Type": "application/json"}
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 - our own address
    request.add_header("User-Agent", DEMO_AGENT)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=_TIMEOUT) as answer:
        decoded: dict[str, Any] = json.load(answer)
        return decoded


def _code_of(status: dict[str, Any]) -> str:
    verwerkt = status["context"].get("Verwerkt")
    return str(verwerkt["Berichten"][0]["VerwerkingsCode"]) if verwerkt else str(status["status"])


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        problem = json.load(error)
        return f"{problem['title']}: {problem['detail']}"
    except (OSError, ValueError, LookupError, TypeError):
        return f"HTTP {error.code}"
