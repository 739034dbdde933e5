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

HEADER = "X-API-Key"


def require_afnemer() -> None:
    """Let an Afnemer in on its API key; raises a 401 for no or a wrong key, a 403 for a closed connection."""
    sleutel = request.headers.get(HEADER, "")
    if not sleutel:
        raise SleutelOntbreekt
    afnemer = afnemer_index(current_omgeving()).by_key_hash.get(hash_token(sleutel))
    if afnemer is None:
        raise SleutelOngeldig
    g.afnemer = check_actief(afnemer)


def require_dienst(dienst: Dienst) -> Callable[[], None]:
    """A guard that lets in Afnemers that are connected to one dienst; raises a 403 for the others."""

    def guard() -> None:
        require_afnemer()
        check_dienst(current_afnemer(), dienst)

    return guard


def current_afnemer() -> AfnemerRecord:
    """The Afnemer that the guard let in."""
    return cast("AfnemerRecord", g.afnemer)
