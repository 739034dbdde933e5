"""A program that acts for a citizen, such as an app: the API of the portaal, with a session of the control API."""

from typing import Any
from urllib.parse import quote

from simulator.load.visits.burger import NEW, pick_burger, pick_reader, wants
from simulator.load.visits.visit import OK, Check, Visit

_PORTAAL = "/api/portaal/v1"
_SESSION = frozenset({201, 403})  # some people cannot log in, and then a refusal is the right answer
_REFUSED = 403
_CATEGORIE = "wonen"
Headers = dict[str, str]


def read_post(visit: Visit) -> None:
    """``burger``: log in, look at the inbox, and read up to three new messages."""
    headers = _log_in(visit, pick_reader(visit))
    if headers:
        _get(visit, headers, "/overzicht", "GET overzicht")
        _read_berichten(visit, headers)


def use_programma(visit: Visit) -> None:
    """``programma``: the same, and for who came for it, zaken, gegevens, and who saw these."""
    headers = _log_in(visit, pick_burger(visit))
    if not headers:
        return
    _get(visit, headers, "/overzicht", "GET overzicht", _has("diensten"))
    _read_berichten(visit, headers)
    if wants(visit, "zaken"):
        _open_zaken(visit, headers)
    if wants(visit, "gegevens"):
        visit.think()
        _get(visit, headers, "/gegevens", "GET gegevens", _has("blokken"))
        visit.think()
        _get(visit, headers, f"/gegevens?categorie={_CATEGORIE}", "GET gegevens categorie", _has("blokken"))
    if wants(visit, "verwerkingen"):
        visit.think()
        _get(visit, headers, "/verwerkingen", "GET verwerkingen", _has("verwerkingen"))


def as_beheerder(visit: Visit) -> Headers:
    """The headers for the control API."""
    return {"Authorization": f"Bearer {visit.service.plan.token}"}


def _log_in(visit: Visit, bsn: str) -> Headers:
    """The headers of a session; none for somebody who cannot log in."""
    session = visit.ask(
        "POST", "/__admin/v1/sessies", name="log in", expected=_SESSION, headers=as_beheerder(visit), json={"bsn": bsn}
    )
    if not visit.pass_door("the login was refused" if session.status_code == _REFUSED else ""):
        return {}
    return {"Authorization": f"Bearer {session.json()['token']}"}


def _read_berichten(visit: Visit, headers: Headers) -> None:
    visit.think()
    inbox = _get(visit, headers, "/berichten", "GET inbox")
    for bericht in [each for each in inbox["berichten"] if not each["gelezen"]][:NEW]:
        path = f"/berichten/{bericht['id']}"
        visit.think()
        _get(visit, headers, path, "GET bericht")
        visit.ask("PATCH", _PORTAAL + path, name="PATCH bericht", expected=OK, headers=headers, json={"gelezen": True})


def _open_zaken(visit: Visit, headers: Headers) -> None:
    visit.think()
    zaken = _get(visit, headers, "/zaken", "GET zaken")["zaken"]
    if not zaken:
        zaken = _get(visit, headers, "/zaken?fase=afgehandeld", "GET zaken afgehandeld")["zaken"]
    if zaken:
        visit.think()
        _get(visit, headers, f"/zaken/{quote(zaken[0]['id'])}", "GET zaak", _has("stappen"))


def _get(visit: Visit, headers: Headers, path: str, name: str, check: Check | None = None) -> Any:
    return visit.ask("GET", _PORTAAL + path, name=name, expected=OK, check=check, headers=headers).json()


def _has(member: str) -> Check:
    return lambda response: "" if response.json()[member] is not None else f"no {member}"
