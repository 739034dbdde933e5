"""Who may enter the portal: an Afnemer who signed in with a key that still holds."""

from urllib.parse import quote

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from simulator.infra.http import count_refusal, current_omgeving
from simulator.leveranciersportaal.errors import AanmeldingOntbreekt, AanmeldingVerlopen, SleutelIngetrokken
from simulator.leveranciersportaal.usecases.sessies import use_sessie
from simulator.leveranciersportaal.values import Reden, cookie_of_sessie

_REDENEN: dict[type[Exception], Reden] = {
    AanmeldingVerlopen: Reden.VERLOPEN,
    SleutelIngetrokken: Reden.INGETROKKEN,
}


def require_ingelogd() -> ResponseReturnValue | None:
    """Let in who is signed in, as the Afnemer that ``afnemers.current_afnemer`` gives; others go and sign in first.

    Whose connection is closed comes in as well, to see why; what it may do then is for each use case to refuse.
    """
    omgeving = current_omgeving()
    try:
        g.afnemer = use_sessie(omgeving, request.cookies.get(cookie_of_sessie(omgeving.naam), ""))
    except AanmeldingOntbreekt as refusal:
        if type(refusal) in _REDENEN:  # who never signed in is refused nothing
            count_refusal(refusal)
        reden = _REDENEN.get(type(refusal))
        return redirect(url_for("leverancierstoegang.aanmelden", reden=reden, terug=_requested_page()), 303)
    return None


def _requested_page() -> str | None:
    if request.method not in {"GET", "HEAD"}:  # A form cannot be sent again after signing in.
        return None
    vraag = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{vraag}" if vraag else "")
