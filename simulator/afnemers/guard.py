"""Who is asking: the guard of every path that is meant for Afnemers."""

from collections.abc import Callable
from typing import cast

from flask import g, request

from simulator.afnemers.errors import SleutelOngeldig, SleutelOntbreekt
from simulator.afnemers.queries import afnemer_index
from simulator.afnemers.rules import check_actief, check_dienst
from simulator.afnemers.values.afnemer import AfnemerRecord, Dienst
from simulator.infra.http import current_omgeving
from simulator.infra.ids import hash_token
from simulator.infra.omgeving import Omgeving

HEADER = "X-API-Key"


def authenticate(omgeving: Omgeving, sleutel: str, dienst: Dienst | None = None) -> AfnemerRecord:
    """The Afnemer with this API key; raises a 401 for no or a wrong key, a 403 without connection (to ``dienst``)."""
    if not sleutel:
        raise SleutelOntbreekt
    afnemer = afnemer_index(omgeving).by_key_hash.get(hash_token(sleutel))
    if afnemer is None:
        raise SleutelOngeldig
    check_actief(afnemer)
    if dienst is not None:
        check_dienst(afnemer, dienst)
    return afnemer


def require_afnemer(dienst: Dienst | None = None) -> None:
    """Let an Afnemer in on its API key; refuses as ``authenticate`` does."""
    g.afnemer = authenticate(current_omgeving(), _sent_key(), dienst)


def require_dienst(dienst: Dienst) -> Callable[[], None]:
    """A guard that lets in Afnemers that are connected to one dienst; raises a 403 for the others."""

    def guard() -> None:
        require_afnemer(dienst)

    return guard


def _sent_key() -> str:
    """The key; in ``Authorization`` for programs that can set no other header, such as a notification component."""
    _, _, key = request.headers.get("Authorization", "").rpartition(" ")
    return request.headers.get(HEADER, "") or key


def current_afnemer() -> AfnemerRecord:
    """The Afnemer that the guard let in."""
    return cast("AfnemerRecord", g.afnemer)
